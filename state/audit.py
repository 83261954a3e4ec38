"""Who changed what about the service, and when. Entries are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, DateTime, Integer, String, Table, insert, select
from sqlalchemy.engine import Connection

from state.database import Database, metadata

entries = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime, nullable=False),
    Column("who", String(200), nullable=False),
    Column("what", String(80), nullable=False),
    Column("detail", String(500), nullable=False),
)


@dataclass(frozen=True)
class Entry:
    """One change. `at` is naive UTC; `who` an account, or the user of the command line."""

    at: datetime
    who: str
    what: str
    detail: str = ""


def note(connection: Connection, entry: Entry) -> None:
    """Write an entry in the transaction of the change itself: there is no change without one."""
    values = {"at": entry.at, "who": entry.who[:200], "what": entry.what[:80], "detail": entry.detail[:500]}
    connection.execute(insert(entries).values(**values))


class Audit:
    """The audit log of one database."""

    def __init__(self, database: Database):
        self._database = database

    def note(self, entry: Entry) -> None:
        """Write an entry about a change made elsewhere."""
        with self._database.begin() as connection:
            note(connection, entry)

    def latest(self, limit: int = 100) -> list[Entry]:
        """The newest first."""
        rows = self._database.fetch(select(entries).order_by(entries.c.id.desc()).limit(limit))
        return [Entry(row.at, row.who, row.what, row.detail) for row in rows]
