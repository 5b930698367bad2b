"""How a failure is told: to the caller as `{errorMessage,errorType,requestId,stackTrace}`, to the log as text."""
import sys

import mayfly_runtime_logging as logs


class HandlerFault(Exception):
    """A failure of one of the runtime's own kinds."""

    def __init__(self, kind, message, trace=None):
        Exception.__init__(self, message)
        self.kind = kind
        self.message = message
        self.trace = trace or []


def _is_own(frame):
    name = frame.filename
    return name.startswith("/var/runtime/") or name.startswith("<frozen importlib")


def error_of(error, request_id):
    if isinstance(error, HandlerFault):
        return {"errorMessage": error.message, "errorType": error.kind, "requestId": request_id, "stackTrace": error.trace}
    import traceback

    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not _is_own(frame)]
    return {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "requestId": request_id,
        "stackTrace": traceback.StackSummary.from_list(frames).format(),
    }


def log_error(shape, request_id):
    if logs.JSON:
        import time

        record = {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "log_level": "ERROR",
            **shape,
        }
        logs.write_event(logs.to_text(record), logs.ERROR)
        return
    lines = ["[ERROR] %s: %s" % (shape["errorType"], shape["errorMessage"]), "Traceback (most recent call last):"]
    for entry in shape["stackTrace"]:
        for line in entry.rstrip("\n").split("\n"):
            stripped = line.lstrip(" ")
            lines.append("\u00a0" * (len(line) - len(stripped)) + stripped)
    logs.write_event("\n".join(lines), logs.ERROR)
