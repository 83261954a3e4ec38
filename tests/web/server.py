"""The server under test."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RunningServer:
    """url: its origin, without a slash at the end."""

    url: str
