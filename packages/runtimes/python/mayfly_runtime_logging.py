"""What goes to the log, and the root logger's handler, added when user code first imports logging: the module is not paid for otherwise."""
import os
import sys

# Set by install().
JSON = False
current = {"request_id": None}

# Ranks of levels, as a frame's type holds them.
DEBUG, INFO, WARN, ERROR, FATAL = 2, 3, 4, 5, 6


def to_text(value):
    import json

    return json.dumps(value, ensure_ascii=False, default=str).encode("utf-8", "replace").decode("utf-8")


def write_event(text, rank, microseconds=None):
    """One event, in a frame that keeps its lines together: type, length, microseconds, text."""
    import time

    # What was printed before comes before.
    try:
        sys.stdout.flush()
    except Exception:
        pass
    data = text.encode("utf-8", "replace")
    if microseconds is None:
        microseconds = time.time_ns() // 1000
    kind = 0xA55A0000 + rank * 4 + (2 if JSON else 3)
    frame = kind.to_bytes(4, "big") + len(data).to_bytes(4, "big") + microseconds.to_bytes(8, "big") + data
    while frame:
        try:
            frame = frame[os.write(1, frame) :]
        except BlockingIOError:
            time.sleep(0.001)
        except OSError:
            return


def _json_formatter(logging):
    reserved = set(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {"message", "asctime", "aws_request_id"}

    class Json(logging.Formatter):
        """https://github.com/aws/aws-lambda-python-runtime-interface-client/blob/main/awslambdaric/lambda_runtime_log_utils.py"""

        def format(self, record):
            kind, error, trace = record.exc_info or (None, None, None)
            level = min(50, max(0, record.levelno)) // 10 * 10
            entry = {
                "timestamp": self.formatTime(record, "%Y-%m-%dT%H:%M:%S") + ".%03dZ" % record.msecs,
                "level": logging.getLevelName(level),
                "message": record.getMessage(),
                "logger": record.name,
                "requestId": current["request_id"] or None,
            }
            if kind is not None:
                import traceback

                entry["stackTrace"] = traceback.format_tb(trace)
                entry["errorType"] = kind.__name__
                entry["errorMessage"] = str(error)
                entry["location"] = "%s:%s:%s" % (record.pathname, record.funcName, record.lineno)
            for key, value in record.__dict__.items():
                if key not in reserved and key not in entry:
                    entry[key] = value
            return to_text({key: value for key, value in entry.items() if value is not None})

    return Json()


def _make_classes(logging):
    class Text(logging.Formatter):
        default_time_format = "%Y-%m-%dT%H:%M:%S"
        default_msec_format = "%s.%03dZ"

    class Handler(logging.Handler):
        def emit(self, record):
            try:
                record.aws_request_id = current["request_id"] or ""
                rank = min(50, max(0, record.levelno)) // 10
                write_event(self.format(record), rank and rank + 1, int(record.created * 1000000))
            except Exception:
                self.handleError(record)

    return Handler, Text


_prepared = None


def prepare():
    """Makes ahead what most functions need once logging is imported."""
    global _prepared
    import logging

    _prepared = _make_handler(logging)


def _handler(logging):
    if _prepared is None:
        return _make_handler(logging)
    if JSON:
        _prepared.setFormatter(_json_formatter(logging))
        _prepared.formatter.converter = __import__("time").gmtime
    return _prepared


def _make_handler(logging):
    import time

    handler_class, text = _make_classes(logging)
    handler = handler_class()
    handler.setFormatter(
        _json_formatter(logging) if JSON else text("[%(levelname)s]\t%(asctime)s\t%(aws_request_id)s\t%(message)s")
    )
    handler.formatter.converter = time.gmtime
    return handler


def _equip(logging):
    logging.root.addHandler(_handler(logging))
    # AWS's runtime obeys the variable whatever the format is; with JSON the service sets it.
    wanted = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "").upper()
    levels = {"TRACE": 10, "DEBUG": 10, "INFO": 20, "WARN": 30, "WARNING": 30, "ERROR": 40, "FATAL": 50, "CRITICAL": 50}
    if wanted in levels:
        logging.root.setLevel(levels[wanted])


class _Finder:
    """Waits for the first import of logging, lets it happen, then equips the module."""

    def find_spec(self, name, path=None, target=None):
        if name != "logging":
            return None
        sys.meta_path.remove(self)
        from importlib.util import find_spec

        spec = find_spec("logging")
        execute = spec.loader.exec_module

        def exec_module(module):
            execute(module)
            _equip(module)

        spec.loader.exec_module = exec_module
        return spec


def install():
    global JSON
    JSON = os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"
    if "logging" in sys.modules:
        _equip(sys.modules["logging"])
    else:
        sys.meta_path.insert(0, _Finder())
