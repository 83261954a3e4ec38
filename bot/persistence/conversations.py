"""Rasa tracker stores that keep one small row a conversation: in memory, or in a database."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import BigInteger, Column, Integer, String, Table, Text, bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from bot.persistence.state import Reply, Restoring, Row, StoredTracker
from state.database import Database, metadata
from state.errors import ConversationBusy

MAX_CONVERSATIONS = 10_000  # of the store in memory; about 4 kB each

memories = Table(
    "bot_memory",
    metadata,
    Column("id", String(255), primary_key=True),
    Column("state", Text, nullable=False),
    Column("replies", Text, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("last_active", BigInteger, nullable=False, index=True),  # seconds since 1970
)

Clock = Callable[[], float]

_AT_ONCE = 500  # conversations deleted in one transaction
_READ = select(memories.c.state, memories.c.replies, memories.c.turns, memories.c.revision).where(
    memories.c.id == bindparam("conversation")
)
_UPDATE = (  # written once: SQLAlchemy would compile one made of values anew at each turn
    update(memories)
    .where(memories.c.id == bindparam("conversation"), memories.c.revision == bindparam("seen"))
    .values({column: bindparam(f"new_{column.name}") for column in memories.c if not column.primary_key})
)


class ConversationStore(TrackerStore):
    """Keeps the newest state of each conversation. A turn is one read and one write, however long the conversation is.

    Args:
        now: the clock that says when a conversation was last active.
    """

    def __init__(self, now: Clock = time.time):
        super().__init__(Domain.empty())
        self._now = now

    async def get_or_create_tracker(
        self, sender_id: str, max_event_history: int | None = None, append_action_listen: bool = True
    ) -> StoredTracker:
        """The stored tracker or a new one; a new one is stored with its first turn, not before."""
        return self._restoring().tracker(sender_id, await self._read(sender_id) or Row())

    async def retrieve(self, sender_id: str) -> StoredTracker | None:
        row = await self._read(sender_id)
        return None if row is None else self._restoring().tracker(sender_id, row)

    async def save(self, tracker: DialogueStateTracker) -> None:
        await self.save_turn(tracker, None)

    async def save_turn(self, tracker: DialogueStateTracker, reply: Reply | None) -> None:
        """Store a conversation after a turn, together with the reply where the client may ask for it again.

        Raises:
            ConversationBusy: when another turn was stored since this one was read.
            StateUnavailable: when it cannot be stored.
        """
        await self._write(tracker.sender_id, self._restoring().row(tracker, reply))

    async def forget(self, conversation: str) -> bool:
        """Delete everything that is kept of a conversation.

        Returns:
            True when there was something.
        """
        raise NotImplementedError

    async def purge(self, silent_since: float) -> int:
        """Delete the conversations that were last active before a time (seconds since 1970); how many they were."""
        raise NotImplementedError

    async def tidy(self) -> None:
        """Give back the room of what was deleted."""

    async def ping(self) -> None:
        """Raises StateUnavailable unless conversations can be read."""

    def close(self) -> None:
        """Let go of what is held."""

    def _restoring(self) -> Restoring:
        return Restoring(self.domain.slots)

    async def _read(self, conversation: str) -> Row | None:
        raise NotImplementedError

    async def _write(self, conversation: str, row: Row) -> None:
        raise NotImplementedError


class MemoryConversations(ConversationStore):
    """Conversations of this process, the ones silent longest dropped beyond a limit. For tests, tools and benchmarks."""

    def __init__(self, now: Clock = time.time, limit: int = MAX_CONVERSATIONS):
        super().__init__(now)
        self._rows: dict[str, tuple[Row, float]] = {}
        self._limit = limit

    async def keys(self) -> Iterable[str]:
        return list(self._rows)

    async def forget(self, conversation: str) -> bool:
        return self._rows.pop(conversation, None) is not None

    async def purge(self, silent_since: float) -> int:
        old = [conversation for conversation, (_, active) in self._rows.items() if active < silent_since]
        for conversation in old:
            del self._rows[conversation]
        return len(old)

    async def _read(self, conversation: str) -> Row | None:
        return self._rows.get(conversation, (None, 0.0))[0]

    async def _write(self, conversation: str, row: Row) -> None:
        stored = self._rows.pop(conversation, (Row(), 0.0))
        if stored[0].revision != row.revision - 1:
            self._rows[conversation] = stored
            raise ConversationBusy("another turn of this conversation was stored in between")
        self._rows[conversation] = (row, self._now())
        while len(self._rows) > self._limit:
            del self._rows[next(iter(self._rows))]


class SqlConversations(ConversationStore):
    """Conversations in a database that several replicas may share."""

    def __init__(self, database: Database, now: Clock = time.time):
        super().__init__(now)
        self.database = database

    async def keys(self) -> Iterable[str]:
        return await self.database.run(lambda connection: list(connection.execute(select(memories.c.id)).scalars()), read=True)

    async def forget(self, conversation: str) -> bool:
        return await self.database.run(lambda connection: delete_conversations(connection, [conversation])) > 0

    async def purge(self, silent_since: float) -> int:
        old = select(memories.c.id).where(memories.c.last_active < int(silent_since)).limit(_AT_ONCE)
        total = 0
        while ids := await self.database.run(lambda connection: list(connection.execute(old).scalars()), read=True):
            total += await self.database.run(lambda connection, ids=ids: delete_conversations(connection, ids))
        return total

    async def tidy(self) -> None:
        await asyncio.to_thread(self.database.tidy)

    async def ping(self) -> None:
        await self.database.ping()

    def close(self) -> None:
        self.database.close()

    async def _read(self, conversation: str) -> Row | None:
        found = await self.database.look(_READ, {"conversation": conversation})
        return None if found is None else Row(found.state, found.replies, found.turns, found.revision)

    async def _write(self, conversation: str, row: Row) -> None:
        values = {**vars(row), "last_active": int(self._now())}
        if not await self.database.write(lambda connection: _replace(connection, conversation, values)):
            raise ConversationBusy("another turn of this conversation was stored in between")


def delete_conversations(connection: Connection, ids: list[str]) -> int:
    """Delete what the bot remembers of conversations; how many there were."""
    return connection.execute(delete(memories).where(memories.c.id.in_(ids))).rowcount


def _replace(connection: Connection, conversation: str, values: dict[str, str | int]) -> bool:
    """Write a row if nobody wrote it since it was read."""
    seen = int(values["revision"]) - 1
    if seen == 0:
        try:
            connection.execute(insert(memories), {"id": conversation, **values})
        except IntegrityError:
            return False
        return True
    new = {f"new_{name}": value for name, value in values.items()}
    return connection.execute(_UPDATE, {"conversation": conversation, "seen": seen, **new}).rowcount == 1
