"""What the running service does by itself: look for a changed catalogue, write counts, delete what is over its time.

A fault of one round is logged and the next round tries again; nothing here ends the service.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from api.metrics import Metrics
from api.retention import Retention
from knowledge.errors import KnowledgeError
from knowledge.snapshot import Store
from state.errors import StateError
from state.statistics import Statistics

log = structlog.get_logger(__name__)

Round = Callable[[], Awaitable[object]]
PURGE_EVERY = timedelta(hours=1)


class Housekeeping:
    """Rounds that are repeated while the service runs.

    Args:
        now: naive UTC.
    """

    def __init__(
        self,
        store: Store,
        retention: Retention,
        statistics: Statistics,
        metrics: Metrics,
        now: Callable[[], datetime] = datetime.utcnow,
    ):
        self._store, self._retention, self._statistics, self._metrics, self._now = store, retention, statistics, metrics, now
        self._loaded = self._seen = store.fingerprint()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, catalogue_seconds: float, statistics_seconds: float, purge_seconds: float) -> None:
        """Begin the rounds."""
        rounds: tuple[tuple[str, Round, float], ...] = (
            ("catalogue", self.look_at_catalogue, catalogue_seconds),
            ("statistics", self.write_statistics, statistics_seconds),
            ("retention", self.purge, purge_seconds),
        )
        self._tasks = [asyncio.create_task(_repeat(name, round_, seconds)) for name, round_, seconds in rounds]

    async def stop(self) -> None:
        """End the rounds and write what was counted."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        await _told("statistics", self.write_statistics)

    async def look_at_catalogue(self) -> None:
        """Reload the catalogue when its files changed; a broken one is refused and reported by /health.

        Files that differ from one look to the next are still being written, so that several files saved together are read
        together.
        """
        seen = await asyncio.to_thread(self._store.fingerprint)
        settled, self._seen = seen == self._seen, seen
        if settled and seen != self._loaded:
            self._loaded = seen
            if await asyncio.to_thread(self._store.reload):
                log.info("catalogue.reloaded", digest=self._store.snapshot.catalogue.digest[:8])
        self._metrics.problems.set(len(self._store.problems))

    async def write_statistics(self) -> None:
        """Add what was counted to the database."""
        await asyncio.to_thread(self._statistics.write)

    async def purge(self) -> None:
        """Delete conversations over their time; one replica at a time."""
        deleted = await self._retention.purge_in_turn(self._now(), PURGE_EVERY)
        if deleted is not None:
            self._metrics.purged.inc(deleted)
            log.info("retention.purged", conversations=deleted)


async def _repeat(name: str, round_: Round, seconds: float) -> None:
    while True:
        await _told(name, round_)
        await asyncio.sleep(seconds)


async def _told(name: str, round_: Round) -> None:
    try:
        await round_()
    except (StateError, KnowledgeError, OSError) as error:
        log.error("housekeeping.failed", job=name, error=str(error).splitlines()[0])
    except Exception:
        log.error("housekeeping.failed", job=name, exc_info=True)
