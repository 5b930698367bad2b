"""Runs inside the sandbox as /var/runtime/bootstrap.py, on Python 3.8 and newer, started with -I -S. No dependency."""
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
    runtime = [] if "/var/runtime" in own else ["/var/runtime"]
    sys.path[:] = [task] + own + runtime + layers + standard + (sites[:1] if sys.prefix != "/usr" else sites[1:])


def _exit(code=None):
    raise SystemExit(code)


_set_path()
# A line is written when it ends: nothing is lost if the process is killed.
for _stream in (sys.stdout, sys.stderr):
    _stream.reconfigure(line_buffering=True)
# The site module, which is left out for a quick start, would have made these.
builtins.exit = builtins.quit = _exit

from mayfly_runtime import run  # noqa: E402

run()
