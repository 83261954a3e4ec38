"""Switches that turn a channel off, in the database so that every replica sees them within seconds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Column, DateTime, String, Table, delete, insert, select

from state.audit import Entry, note
from state.database import Database, metadata
from state.errors import StateUnavailable

CHANNELS = ("widget", "console", "page", "rest")
_SEEN_FOR = 2.0  # seconds a replica goes by what it last saw

switches = Table(
    "channel_switch",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("off", Boolean, nullable=False),
    Column("reason", String(300), nullable=False),
    Column("who", String(200), nullable=False),
    Column("at", DateTime, nullable=False),
)


@dataclass(frozen=True)
class Switch:
    """The state of one channel. `who` and `at` tell who set it last; empty when nobody ever did."""

    channel: str
    off: bool = False
    reason: str = ""
    who: str = ""
    at: datetime | None = None


class Switches:
    """The switches of one database.

    Args:
        clock: seconds, for how long something was seen.
    """

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic):
        self._database, self._clock = database, clock
        self._lock = threading.Lock()
        self._seen: tuple[float, frozenset[str]] = (float("-inf"), frozenset())

    def set(self, switch: Switch, now: datetime) -> None:
        """Turn a channel off or on, with an entry in the audit log.

        Raises:
            ValueError: when there is no such channel.
        """
        if switch.channel not in CHANNELS:
            raise ValueError(f"no channel '{switch.channel}': {', '.join(CHANNELS)}")
        values = {**vars(switch), "reason": switch.reason[:300], "who": switch.who[:200], "at": now}
        what = f"channel.{'off' if switch.off else 'on'}"
        with self._database.begin() as connection:
            connection.execute(delete(switches).where(switches.c.channel == switch.channel))
            connection.execute(insert(switches).values(**values))
            note(connection, Entry(now, switch.who, what, f"{switch.channel}: {switch.reason}"))
        self._seen = (float("-inf"), frozenset())

    def all(self) -> list[Switch]:
        """Every channel as it is now."""
        rows = {row.channel: row for row in self._database.fetch(select(switches))}
        return [Switch(**dict(rows[channel])) if channel in rows else Switch(channel) for channel in CHANNELS]

    def recently_off(self, channel: str) -> bool | None:
        """Whether the channel is off where that was seen within the last two seconds, None otherwise; waits for nothing."""
        seen_at, off = self._seen
        return channel in off if self._clock() - seen_at < _SEEN_FOR else None

    def is_off(self, channel: str) -> bool:
        """Whether the channel is off, as seen within the last two seconds; as last seen when the database is away."""
        with self._lock:
            if (known := self.recently_off(channel)) is not None:
                return known
            off = self._seen[1]
            with suppress(StateUnavailable):
                off = frozenset(switch.channel for switch in self.all() if switch.off)
            self._seen = (self._clock(), off)
            return channel in off
