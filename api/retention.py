"""Conversations are kept for a number of days after their last message, then everything of them is deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from starlette.concurrency import run_in_threadpool as threaded

from api.talk import SENDER
from bot.persistence.conversations import ConversationStore
from state.conversations import Conversations
from state.database import Database
from state.leases import take
from state.statistics import Statistics

JOB = "retention"


@dataclass(frozen=True)
class Retention:
    """Deletes what is over its time.

    Args:
        days: conversations silent longer are deleted, and kept messages without an answer from before.
    """

    database: Database
    memories: ConversationStore
    conversations: Conversations
    statistics: Statistics
    days: int

    async def purge(self, now: datetime) -> int:
        """Delete what is over its time; how many conversations it was.

        Args:
            now: naive UTC.

        Raises:
            StateUnavailable: when the database is away; what was deleted until then stays deleted.
        """
        before, total = now - timedelta(days=self.days), 0
        while over := await threaded(self.conversations.older_than, before):
            for identifier in over:
                await self.memories.forget(SENDER + identifier)
                await threaded(self.conversations.delete, identifier)
            total += len(over)
        total += await self.memories.purge(before.replace(tzinfo=timezone.utc).timestamp())
        await threaded(self.statistics.purge_texts, before.date())
        await threaded(self.database.tidy)
        return total

    async def purge_in_turn(self, now: datetime, every: timedelta) -> int | None:
        """`purge` when no other replica did it within `every`; None when another one did."""
        if not await threaded(take, self.database, JOB, every, now):
            return None
        return await self.purge(now)
