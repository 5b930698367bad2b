"""
What a zygote loads ahead, so that its copies need not: the AWS SDK, and of the standard library what that and most functions use.

A function must see none of it before its time. The SDK's modules are kept aside until the function imports one of them, and only if it would get this very SDK: not where it
brings its own, or parts of it, in its package, a layer, or a folder that it puts on the path later. A file of the function's that has a standard module's name
goes before that, as ever: then a copy is of no use, and the process starts anew.
"""
import os
import sys

SDK = ("boto3", "botocore", "dateutil", "jmespath", "s3transfer", "six", "urllib3")
# What `import boto3` does not load, and its clients and resources do.
LATER = ("boto3.dynamodb.conditions", "boto3.dynamodb.transform", "boto3.dynamodb.types", "boto3.s3.inject", "boto3.s3.transfer", "s3transfer.subscribers")
SUFFIXES = ("py", "pyc", "so")


def _top(name):
    return name.partition(".")[0]


def _holds(folder, names):
    """Whether a folder of the path has a module or package of these names."""
    try:
        entries = os.listdir(folder or ".")
    except FileNotFoundError:
        return False
    except OSError:
        # An archive: not looked into.
        return True
    for entry in entries:
        name, dot, rest = entry.partition(".")
        if name in names and (not dot or rest.rpartition(".")[2] in SUFFIXES):
            return True
    return False


def _identity(folder):
    try:
        status = os.stat(folder)
        return (status.st_dev, status.st_ino, status.st_mtime_ns)
    except OSError:
        return None


class Preloaded:
    def __init__(self):
        """Loads the standard library's part."""
        before = set(sys.modules)
        import datetime  # noqa: F401
        import decimal  # noqa: F401
        import importlib.util  # noqa: F401
        import json  # noqa: F401
        import re  # noqa: F401
        import time  # noqa: F401
        import traceback  # noqa: F401

        self._usual = before | set(sys.modules)
        self._sdk = {}
        self._finders = []
        self._folder = None
        self._wanted = None
        self._seen = None
        self.standard = frozenset()

    def load_sdk(self, standard, folders):
        """Loads the SDK, if one of the folders has it."""
        import importlib

        import mayfly_runtime_logging

        mayfly_runtime_logging.prepare()
        self._wanted = (standard, folders)
        self._seen = [_identity(folder) for folder in folders]
        self._folder = None
        finders, path = list(sys.meta_path), list(sys.path)
        sys.path[:] = standard + folders
        try:
            module = importlib.import_module("boto3")
            self._folder = os.path.dirname(os.path.dirname(module.__file__))
            for name in LATER:
                importlib.import_module(name)
        except Exception:
            # There is none, or none that works: whoever imports it is told.
            pass
        sys.path[:] = path
        mine = [name for name in sys.modules if _top(name) in SDK]
        self._sdk = {name: sys.modules.pop(name) for name in mine}
        self._finders = [finder for finder in sys.meta_path if finder not in finders]
        sys.meta_path[:] = finders
        if self._folder is None:
            self._sdk = {}
        self.standard = frozenset(_top(name) for name in set(sys.modules) - self._usual if not name.startswith("mayfly_"))
        # Folders that were not there may come.
        for folder in [folder for folder, finder in sys.path_importer_cache.items() if finder is None]:
            del sys.path_importer_cache[folder]

    def refresh(self):
        """Loads the SDK again if it came, or was exchanged. Whether it did."""
        if self._seen == [_identity(folder) for folder in self._wanted[1]]:
            return False
        self.load_sdk(*self._wanted)
        return True

    def hides_modules_of(self, folders):
        """Whether a standard module that was loaded stands in for one that a function's folders have."""
        return any(_holds(folder, self.standard) for folder in folders)

    def offer(self):
        """From now on an import of the SDK may get this one."""
        if self._sdk:
            sys.meta_path.insert(0, self)

    def _is_meant(self):
        """Whether a search along the path would find all of the SDK where this one is from."""
        for folder in sys.path:
            if folder == self._folder:
                return _identity(folder) in self._seen
            if _holds(folder, SDK):
                return False
        return False

    def find_spec(self, name, path=None, target=None):
        if name not in self._sdk:
            return None
        sys.meta_path.remove(self)
        if not self._is_meant() or any(package in sys.modules for package in SDK):
            self._sdk = {}
            return None
        # The one that is asked for is put there by whoever asked.
        module = self._sdk.pop(name)
        sys.modules.update(self._sdk)
        sys.meta_path.extend(self._finders)
        from importlib.machinery import ModuleSpec

        return ModuleSpec(name, _Loaded(module), is_package=hasattr(module, "__path__"))


class _Loaded:
    """Gives a module as it is."""

    def __init__(self, module):
        self._module = module
        self._spec = module.__spec__
        self._loader = module.__loader__

    def create_module(self, spec):
        return self._module

    def exec_module(self, module):
        module.__spec__ = self._spec
        module.__loader__ = self._loader
