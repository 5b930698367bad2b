"""
Runs inside the sandbox as /var/runtime/bootstrap.py, on Python 3.8 and newer, started with -I -S. No dependency.
With `--wait` it was started before its function is known: it asks for it, and then goes on as if it had been started with it.
"""
import builtins
import os
import sys

sys.path.insert(0, "/var/runtime")


def _set_path():
    """The order of AWS's runtimes: the code first, layers, what the runtime itself carries last."""
    version = "python%d.%d" % sys.version_info[:2]
    task = os.environ["LAMBDA_TASK_ROOT"]
    standard = [entry for entry in sys.path if entry != "/var/runtime"]
    own = [entry for entry in os.environ.get("PYTHONPATH", "").split(":") if entry]
    layers = ["/opt/python/lib/%s/site-packages" % version, "/opt/python"]
    sites = [
        "%s/lib/%s/site-packages" % (sys.prefix, version),
        "/usr/local/lib/%s/dist-packages" % version,
        "/usr/lib/python3/dist-packages",
    ]
    # What `mayfly runtimes install boto3` fetched goes before what the machine happens to have.
    sdk = "/var/sdk/boto3/" + ("3.10" if sys.version_info >= (3, 10) else "3.8")
    runtime = [] if "/var/runtime" in own else ["/var/runtime"]
    sys.path[:] = [task] + own + runtime + layers + standard + [sdk] + (sites[:1] if sys.prefix != "/usr" else sites[1:])


def _exit(code=None):
    raise SystemExit(code)


def _wait_for_function(client):
    """Loads what most functions need while nobody waits, then takes on the function's variables and folder."""
    import datetime  # noqa: F401
    import decimal  # noqa: F401
    import importlib.util  # noqa: F401
    import json
    import re  # noqa: F401
    import time
    import traceback  # noqa: F401

    os.environ.update(json.loads(client.assignment().decode("utf-8")))
    time.tzset()
    # The folder of the code is another one since it was mounted.
    os.chdir(os.environ["LAMBDA_TASK_ROOT"])


_is_waiting = sys.argv[1:] == ["--wait"]
# A line is written when it ends: nothing is lost if the process is killed.
for _stream in (sys.stdout, sys.stderr):
    _stream.reconfigure(line_buffering=True)
# The site module, which is left out for a quick start, would have made these.
builtins.exit = builtins.quit = _exit

from mayfly_runtime import run  # noqa: E402
from mayfly_runtime_client import RuntimeClient  # noqa: E402

_client = RuntimeClient(os.environ["AWS_LAMBDA_RUNTIME_API"])
if _is_waiting:
    _wait_for_function(_client)
_set_path()
del sys.argv[1:]
run(_client)
