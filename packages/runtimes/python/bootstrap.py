"""
Runs inside the sandbox as /var/runtime/bootstrap.py, on Python 3.8 and newer, started with -I -S. No dependency.
With `--wait` it was started before its function is known: it asks for it, and then goes on as if it had been started with it. With `--zygote LIBRARY` it goes on in copies of
itself only (mayfly_zygote.py).
"""
import builtins
import os
import sys

sys.path.insert(0, "/var/runtime")


_version = "python%d.%d" % sys.version_info[:2]
_standard = [entry for entry in sys.path if entry != "/var/runtime"]


def _sdk_folders():
    """What `mayfly runtimes install boto3` fetched goes before what the machine happens to have."""
    sites = [
        "%s/lib/%s/site-packages" % (sys.prefix, _version),
        "/usr/local/lib/%s/dist-packages" % _version,
        "/usr/lib/python3/dist-packages",
    ]
    sdk = "/var/sdk/boto3/" + ("3.10" if sys.version_info >= (3, 10) else "3.8")
    return [sdk] + (sites[:1] if sys.prefix != "/usr" else sites[1:])


def _own_folders():
    """Those of the function."""
    own = [entry for entry in os.environ.get("PYTHONPATH", "").split(":") if entry]
    runtime = [] if "/var/runtime" in own else ["/var/runtime"]
    layers = ["/opt/python/lib/%s/site-packages" % _version, "/opt/python"]
    return [os.environ["LAMBDA_TASK_ROOT"]] + own + runtime + layers


def _set_path():
    """The order of AWS's runtimes: the code first, layers, what the runtime itself carries last."""
    sys.path[:] = _own_folders() + _standard + _sdk_folders()


def _exit(code=None):
    raise SystemExit(code)


def _wait_for_function(client):
    """Loads what most functions need while nobody waits, then takes on the function's variables and folder."""
    import datetime  # noqa: F401
    import decimal  # noqa: F401
    import importlib.util  # noqa: F401
    import json
    import re  # noqa: F401
    import time  # noqa: F401
    import traceback  # noqa: F401

    for name, value in json.loads(client.assignment().decode("utf-8")).items():
        if os.environ.get(name) != value:
            os.environ[name] = value
    # The folder of the code is another one since it was mounted.
    os.chdir(os.environ["LAMBDA_TASK_ROOT"])


def _become_zygote(library):
    """Goes on in copies only: with their arguments, and what is loaded ahead."""
    from mayfly_preloaded import Preloaded

    preloaded = Preloaded()
    from mayfly_zygote import Zygote

    preloaded.load_sdk(_standard, _sdk_folders())
    return Zygote(library, preloaded).serve().arguments, preloaded


_arguments, _preloaded, _zone = sys.argv[1:], None, os.environ.get("TZ")
# A line is written when it ends: nothing is lost if the process is killed.
for _stream in (sys.stdout, sys.stderr):
    _stream.reconfigure(line_buffering=True)
# The site module, which is left out for a quick start, would have made these.
builtins.exit = builtins.quit = _exit

from mayfly_runtime import run  # noqa: E402
from mayfly_runtime_client import RuntimeClient  # noqa: E402

if _arguments[:1] == ["--zygote"]:
    _arguments, _preloaded = _become_zygote(_arguments[1])
_client = RuntimeClient(os.environ["AWS_LAMBDA_RUNTIME_API"])
if _arguments[-1:] == ["--wait"]:
    _wait_for_function(_client)
if os.environ.get("TZ") != _zone:
    __import__("time").tzset()
if _preloaded is not None and _preloaded.hides_modules_of(_own_folders()):
    os.execv(sys.executable, [sys.executable, "-I", "-S", "-X", "utf8", __file__])
_set_path()
if _preloaded is not None:
    _preloaded.offer()
del sys.argv[1:]
run(_client)
