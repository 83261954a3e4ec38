"""Runs Rasa without TensorFlow, which this bot's pipeline never uses.

`import rasa.core.agent` imports TensorFlow (350 MB, several seconds) for components that are in no pipeline here. `lighten`
puts a placeholder in the place of TensorFlow and the packages around it: Rasa's modules can be imported, its neural
components can be named, and whoever really uses one is told what to do. VEJVISER_FULL_RASA=1 switches it off.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import os
import sys
from collections.abc import Callable, Sequence
from types import FunctionType, ModuleType
from typing import Any

LEFT_OUT = frozenset({"tensorflow", "tensorflow_text", "tensorflow_hub", "tensorflow_addons", "keras"})


class TensorFlowLeftOut(ImportError):
    """A neural component of Rasa was used while TensorFlow is left out."""

    def __init__(self, name: str):
        super().__init__(f"{name} was used, but TensorFlow is left out to save memory. Mend: set VEJVISER_FULL_RASA=1")


class _Left(type):
    """Metaclass of everything that a left-out package seems to hold: good for naming, inheriting and decorating only."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _left(f"{cls.__module__}.{cls.__qualname__}", name)

    def __call__(cls, *arguments: Any, **named: Any) -> Any:
        if len(arguments) == 1 and not named and isinstance(arguments[0], (FunctionType, type)):
            return arguments[0]  # a decorator
        raise TensorFlowLeftOut(f"{cls.__module__}.{cls.__qualname__}")

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

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if name.partition(".")[0] not in LEFT_OUT:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _Package(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing in it."""


def lighten(wanted: Callable[[str], str | None] = os.environ.get) -> bool:
    """Leave TensorFlow out from now on; to be called before Rasa is imported.

    Returns:
        Whether it is left out: not with VEJVISER_FULL_RASA=1, nor when TensorFlow is already loaded.
    """
    if (wanted("VEJVISER_FULL_RASA") or "0") != "0":
        return False
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        if any(name in sys.modules for name in LEFT_OUT):
            return False
        sys.meta_path.insert(0, _Finder())
    return True
