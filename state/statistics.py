"""Counts of what is asked and what became of it: by day, in words of the vocabulary only, never a text or a conversation.

Each process adds up in memory and writes now and then, so that counting costs a turn nothing; what a process killed between
two writes had counted is lost. Only with VEJVISER_KEEP_UNANSWERED=1 are messages without an answer kept, redacted and apart
from everything that could join them to a conversation.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Integer, String, Table, Text, delete, func, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from state.conversations import feedback
from state.database import Database, metadata

KEPT_TEXTS = 50  # unanswered messages one process holds until it writes

_KEYS = ("day", "municipality", "facet", "topic", "service", "status")
turn_statistics = Table(
    "turn_statistics",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("municipality", String(80), primary_key=True),
    Column("facet", String(40), primary_key=True),
    Column("topic", String(40), primary_key=True),
    Column("service", String(120), primary_key=True),
    Column("status", String(40), primary_key=True),
    Column("count", Integer, nullable=False),
)
unanswered = Table(
    "unanswered_message",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("day", String(10), nullable=False, index=True),
    Column("municipality", String(80), nullable=False),
    Column("facet", String(40), nullable=False),
    Column("status", String(40), nullable=False),
    Column("text", Text, nullable=False),
)


@dataclass(frozen=True, order=True)
class Asked:
    """One kind of turn; "" where something was not said or not found."""

    day: str
    municipality: str
    facet: str
    topic: str
    service: str
    status: str


@dataclass(frozen=True)
class Unanswered:
    """A redacted message that got no answer."""

    day: str
    municipality: str
    facet: str
    status: str
    text: str


class Statistics:
    """The counts of one database. `add` never touches it; `write` does."""

    def __init__(self, database: Database):
        self._database = database
        self._counts: Counter[Asked] = Counter()
        self._texts: list[Unanswered] = []
        self._lock = threading.Lock()

    def add(self, asked: Asked, text: Unanswered | None = None) -> None:
        """Count a turn, and hold its text when it is to be kept."""
        with self._lock:
            self._counts[asked] += 1
            if text is not None and len(self._texts) < KEPT_TEXTS:
                self._texts.append(text)

    def write(self) -> int:
        """Add what was counted since the last time to the database; how many turns.

        Raises:
            StateUnavailable: when it cannot be written; the counts are then held for the next time.
        """
        with self._lock:
            counts, texts = self._counts, self._texts
            self._counts, self._texts = Counter(), []
        try:
            self._add_up(counts, texts)
        except Exception:
            with self._lock:
                self._counts.update(counts)
                self._texts = [*texts, *self._texts][:KEPT_TEXTS]
            raise
        return sum(counts.values())

    def by(self, *keys: str, since: date, where: dict[str, Iterable[str]] | None = None) -> list[dict[str, Any]]:
        """Counts by some of day, municipality, facet, topic, service, status; each row has its keys and `count`.

        Args:
            since: first day.
            where: accepted values of some keys.
        """
        columns = [turn_statistics.c[key] for key in keys]
        query = select(*columns, func.sum(turn_statistics.c.count).label("count")).where(
            turn_statistics.c.day >= since.isoformat()
        )
        for key, values in (where or {}).items():
            query = query.where(turn_statistics.c[key].in_(list(values)))
        return [dict(row._mapping) for row in self._database.fetch(query.group_by(*columns).order_by(*columns))]

    def opinions(self, since: date) -> list[dict[str, Any]]:
        """How many citizens found answers helpful or not, by day: rows of day, helpful, count."""
        columns = (feedback.c.day, feedback.c.helpful)
        query = select(*columns, func.count().label("count")).where(feedback.c.day >= since.isoformat())
        return [dict(row._mapping) for row in self._database.fetch(query.group_by(*columns).order_by(*columns))]

    def texts(self, limit: int = 100) -> list[Unanswered]:
        """The newest kept messages without an answer."""
        columns = [unanswered.c[key] for key in ("day", "municipality", "facet", "status", "text")]
        newest = select(*columns).order_by(unanswered.c.id.desc()).limit(limit)
        return [Unanswered(*row) for row in self._database.fetch(newest)]

    def purge_texts(self, before: date) -> int:
        """Delete kept messages from before a day; how many."""
        return self._database.execute(delete(unanswered).where(unanswered.c.day < before.isoformat()))

    def _add_up(self, counts: Counter[Asked], texts: list[Unanswered]) -> None:
        for attempt in range(3):
            try:
                with self._database.begin() as connection:
                    for asked, count in sorted(counts.items()):  # one order for all replicas, so that none waits in a ring
                        _increase(connection, asked, count)
                    if texts:
                        connection.execute(insert(unanswered), [vars(text) for text in texts])
                return
            except IntegrityError:  # another replica began the same row at this moment
                if attempt == 2:
                    raise


def _increase(connection: Connection, asked: Asked, count: int) -> None:
    values = dict(zip(_KEYS, astuple(asked)))
    same = [turn_statistics.c[key] == value for key, value in values.items()]
    more = update(turn_statistics).where(*same).values(count=turn_statistics.c.count + count)
    if connection.execute(more).rowcount == 0:
        connection.execute(insert(turn_statistics).values(**values, count=count))
