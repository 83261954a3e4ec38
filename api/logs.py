"""Logs: one JSON object a line on standard error, with a request id and without personal data.

Texts of exceptions are left out, because drivers and libraries put parameters into them: a fault is told by its type and the
places in the code. Addresses are told as route templates, without ids and queries.
"""

from __future__ import annotations

import logging
import sys
import traceback
from contextlib import suppress
from types import TracebackType
from typing import Any, TextIO

import structlog

Fault = tuple[type[BaseException], BaseException, TracebackType | None]

_FRAMES = 12  # of a fault, the innermost


def configure(as_json: bool = True, level: int = logging.INFO) -> None:
    """Set up structlog and the standard loggers (uvicorn, Rasa, SQLAlchemy) alike.

    Args:
        as_json: otherwise lines for a person at a terminal.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_fault_texts,
    ]
    render: Any = structlog.dev.ConsoleRenderer(colors=False)
    if as_json:
        render = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(  # our own lines are written at once: by way of a standard logger each costs twice as much
        processors=[*shared, render],
        logger_factory=OwnLines,
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
    handler = StandardError()
    final = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, render]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=[*shared, named], processors=final))
    root = logging.getLogger()
    root.handlers, root.level = [handler], logging.WARNING
    for name in ("api", "bot", "state", "knowledge", "actions"):
        logging.getLogger(name).setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True


def standard_error() -> TextIO:
    """What standard error is at the moment of a line; whoever took the place of an earlier one may have closed it."""
    return sys.stderr


class OwnLines:
    """Writes rendered lines, whatever their level, to standard error."""

    def __init__(self, *name: str) -> None:
        """Takes and leaves the name that a logger is made with."""

    def msg(self, line: str) -> None:
        with suppress(OSError, ValueError):  # no room for it, or closed: a lost line costs nobody an answer
            standard_error().write(f"{line}\n")

    debug = info = warning = error = critical = exception = msg


class StandardError(logging.StreamHandler):
    """Writes the lines of standard loggers to standard error."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> Any:
        return standard_error()


def named(logger: Any, method: str, entry: dict[str, Any]) -> dict[str, Any]:
    """The name of a standard logger, whose line is otherwise told without where it comes from."""
    record = entry.get("_record")
    return {**entry, "logger": record.name} if record else entry


def without_fault_texts(logger: Any, method: str, entry: dict[str, Any]) -> dict[str, Any]:
    """Replace `exc_info` by the types of the faults and the places in the code."""
    fault = _fault_of(entry.pop("exc_info", None))
    if fault is not None:
        kind, error, trace = fault
        entry["fault"] = [each.__name__ for each in _chain(error)]
        entry["where"] = [
            f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(trace)[-_FRAMES:]
        ]
    return entry


def _fault_of(given: Any) -> Fault | None:
    if given is True:
        given = sys.exc_info()
    if isinstance(given, BaseException):
        given = (type(given), given, given.__traceback__)
    return given if isinstance(given, tuple) and given and given[0] else None


def _chain(error: BaseException | None) -> list[type[BaseException]]:
    found: list[type[BaseException]] = []
    while error is not None and len(found) < 5:
        found.append(type(error))
        error = error.__cause__ or error.__context__
    return found
