"""Runs Rasa without the packages that this bot never uses.

`import rasa.core.agent` imports TensorFlow (350 MB, several seconds), the clients of seven chat services, two databases and a
web server (another 35 MB and most of a second), all for parts that are in no configuration here. `lighten` puts placeholders
in their place: Rasa's modules can be imported, its neural components and channels can be named, and whoever really uses one
is told what to do. VEJVISER_FULL_RASA=1 switches it off.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import os
import sys
from collections.abc import Callable, Sequence
from types import FunctionType, ModuleType
from typing import Any

NEURAL = {"tensorflow", "tensorflow_text", "tensorflow_hub", "tensorflow_addons", "keras"}
CHANNELS = {
    "aiogram",
    "engineio",
    "fbmessenger",
    "mattermostwrapper",
    "rocketchat_API",
    "slack_sdk",
    "socketio",
    "twilio",
    "webexteamssdk",
}
STORES = {"boto3", "botocore", "bson", "pymongo"}
SERVER = {"sanic", "sanic_cors", "sanic_jwt"}
CONSOLE = {"prompt_toolkit", "questionary"}
LEFT_OUT = frozenset(NEURAL | CHANNELS | STORES | SERVER | CONSOLE)


class PackageLeftOut(ImportError):
    """A part of Rasa was used whose package is left out."""

    def __init__(self, name: str):
        super().__init__(f"{name} was used, but its package is left out to save memory. Mend: set VEJVISER_FULL_RASA=1")


class _Left(type):
    """Metaclass of everything that a left-out package seems to hold: good for naming, inheriting and decorating only."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _left(f"{cls.__module__}.{cls.__qualname__}", name)

    def __call__(cls, *arguments: Any, **named: Any) -> Any:
        if len(arguments) == 1 and not named and isinstance(arguments[0], (FunctionType, type)):
            return arguments[0]  # a decorator
        raise PackageLeftOut(f"{cls.__module__}.{cls.__qualname__}")

    def __getitem__(cls, _: Any) -> _Left:
        return cls


def _left(owner: str, name: str) -> _Left:
    return _Left(name, (), {"__module__": owner})


class _Package(ModuleType):
    """A left-out package or module."""

    __path__: Sequence[str] = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _left(self.__name__, name)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds a placeholder for each left-out package and everything below it."""

    def __init__(self, packages: frozenset[str]):
        self._packages = packages

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if name.partition(".")[0] not in self._packages:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _Package(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing in it."""


def lighten(wanted: Callable[[str], str | None] = os.environ.get) -> None:
    """Leave the packages out from now on, those that are loaded already excepted; to be called before Rasa is imported."""
    if (wanted("VEJVISER_FULL_RASA") or "0") == "0" and not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder(LEFT_OUT.difference(sys.modules)))
