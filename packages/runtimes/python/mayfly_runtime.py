"""The loop: load the handler, ask for events, answer."""
import os
import sys

from mayfly_runtime_context import LambdaContext
from mayfly_runtime_errors import HandlerFault, error_of, log_error
import mayfly_runtime_logging as logs


def _tell_of_sdk(error):
    """AWS's runtime carries boto3; here it may have to be fetched first."""
    if (getattr(error, "name", None) or "").split(".")[0] in ("boto3", "botocore"):
        logs.write_event("boto3 is not on this machine yet. To get it for all Python functions: mayfly runtimes install boto3", logs.WARN)


def load_handler(text):
    """The function that `dir/file.function` names. Raises HandlerFault, or what the module raised."""
    import importlib

    module_name, dot, name = text.rpartition(".")
    if not dot or not module_name:
        raise HandlerFault("Runtime.MalformedHandlerName", "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % text)
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise HandlerFault("Runtime.ImportModuleError", "Cannot use built-in module %s as a handler module" % module_name)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        _tell_of_sdk(error)
        raise HandlerFault("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, error))
    except SyntaxError as error:
        trace = ['  File "%s" Line %s\n    %s\n' % (error.filename, error.lineno, (error.text or "").rstrip("\n"))]
        raise HandlerFault("Runtime.UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module_name, error), trace)
    handler = getattr(module, name, None)
    if handler is None:
        raise HandlerFault("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (name, module_name))
    return handler


def _is_ascii_only():
    """AWS's runtimes leave other letters as they are from python3.12 on."""
    return os.environ.get("AWS_EXECUTION_ENV", "") in ["AWS_Lambda_python3.%d" % minor for minor in (8, 9, 10, 11)]


def _to_json(value):
    import json

    try:
        text = json.dumps(value, ensure_ascii=_is_ascii_only())
        # Half of a surrogate pair has no UTF-8.
        return text.encode("utf-8") if text.isascii() else _encoded(text, value)
    except Exception as error:
        raise HandlerFault("Runtime.MarshalError", "Unable to marshal response: %s" % error)


def _encoded(text, value):
    import json

    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value).encode("ascii")


def _from_json(body):
    import json

    try:
        return json.loads(body.decode("utf-8"))
    except Exception as error:
        raise HandlerFault("Runtime.UnmarshalError", "Unable to unmarshal input: %s" % error)


def _flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass


def run(client):
    logs.install()
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Exception as error:
        shape = error_of(error, "")
        log_error(shape, "")
        _flush()
        client.post("init/error", logs.to_text(shape).encode("utf-8"), shape["errorType"])
        os._exit(1)
    _flush()
    head, body = client.next()
    while True:
        request_id = head["lambda-runtime-aws-request-id"]
        logs.current["request_id"] = request_id
        if "lambda-runtime-trace-id" in head:
            os.environ["_X_AMZN_TRACE_ID"] = head["lambda-runtime-trace-id"]
        try:
            answer = _to_json(handler(_from_json(body), LambdaContext(head)))
            outcome = ("invocation/%s/response" % request_id, answer, None)
        except Exception as error:
            shape = error_of(error, request_id)
            log_error(shape, request_id)
            outcome = ("invocation/%s/error" % request_id, logs.to_text(shape).encode("utf-8"), shape["errorType"])
        _flush()
        head, body = client.answer(*outcome)
