"""The root logger's handler, added when user code first imports logging: the module is not paid for otherwise."""
import os
import sys

current = {"request_id": None}


def is_json():
    return os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"


def to_text(value):
    import json

    return json.dumps(value, ensure_ascii=False, default=str).encode("utf-8", "replace").decode("utf-8")


def write_event(text):
    """One event. A carriage return inside stands for a line break, as in AWS's runtimes."""
    sys.stdout.write(text.replace("\r\n", "\r").replace("\n", "\r") + "\n")
    sys.stdout.flush()


def _handler(logging):
    class Text(logging.Formatter):
        default_time_format = "%Y-%m-%dT%H:%M:%S"
        default_msec_format = "%s.%03dZ"

    class Json(logging.Formatter):
        def format(self, record):
            stamp = self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ")
            entry = {"timestamp": stamp, "level": record.levelname, "message": record.getMessage(), "logger": record.name}
            if record.exc_info:
                kind, error, _ = record.exc_info
                entry["stackTrace"] = self.formatException(record.exc_info).split("\n")
                entry["errorType"] = kind.__name__ if kind else None
                entry["errorMessage"] = str(error)
            if current["request_id"]:
                entry["requestId"] = current["request_id"]
            return to_text(entry)

    class Handler(logging.Handler):
        def emit(self, record):
            try:
                record.aws_request_id = current["request_id"] or ""
                write_event(self.format(record).rstrip("\n"))
            except Exception:
                self.handleError(record)

    import time

    handler = Handler()
    handler.setFormatter(Json() if is_json() else Text("[%(levelname)s]\t%(asctime)s\t%(aws_request_id)s\t%(message)s"))
    handler.formatter.converter = time.gmtime
    return handler


def _equip(logging):
    logging.root.addHandler(_handler(logging))
    wanted = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "").upper()
    levels = {"TRACE": 5, "DEBUG": 10, "INFO": 20, "WARN": 30, "ERROR": 40, "FATAL": 50}
    if is_json():
        logging.root.setLevel(levels.get(wanted, 20))


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
    if "logging" in sys.modules:
        _equip(sys.modules["logging"])
    else:
        sys.meta_path.insert(0, _Finder())
