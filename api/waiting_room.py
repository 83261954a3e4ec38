"""How many turns are answered at the same time, so that too many messages are refused at once and never left hanging."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from api.problems import Problem

AT_ONCE = 16  # turns; one computes while others wait for the database
SEATS = 200  # messages that may wait
PATIENCE = 15.0  # seconds a message waits: answer or refusal come before the widget (30 s) and nginx (60 s) give up
RETRY_AFTER = 10  # seconds


class WaitingRoom:
    """Lets messages in one after another in the order in which they came, and refuses those it could not serve in time.

    Args:
        at_once: turns that are answered at the same time.
        seats: messages that may wait.
        patience: seconds a message waits.
    """

    def __init__(self, at_once: int = AT_ONCE, seats: int = SEATS, patience: float = PATIENCE):
        self._free, self._seats, self._patience = at_once, seats, patience
        self._waiting: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Answer a message inside of this.

        Raises:
            Problem: 503 with Retry-After when too many wait, or this one waited too long; it was not handled.
        """
        await self._enter()
        try:
            yield
        finally:
            self._leave()

    def demand_seat(self) -> None:
        """Refuse a message that would find no seat before anything is spent on it. Raises as `turn`."""
        if not self._free and len(self._waiting) >= self._seats:
            raise _overloaded()

    async def _enter(self) -> None:
        self.demand_seat()
        if self._free:  # then nobody waits: a place that becomes free is handed over
            self._free -= 1
            return
        loop = asyncio.get_running_loop()
        mine: asyncio.Future[None] = loop.create_future()
        self._waiting.append(mine)
        alarm = loop.call_later(self._patience, _refuse, mine)
        try:
            await mine
        except BaseException:
            if mine in self._waiting:
                self._waiting.remove(mine)
            elif not mine.cancelled() and mine.exception() is None:  # let in at the moment in which the request was ended
                self._leave()
            raise
        finally:
            alarm.cancel()

    def _leave(self) -> None:
        while self._waiting:
            first = self._waiting.popleft()
            if not first.done():  # otherwise it is giving up
                first.set_result(None)
                return
        self._free += 1


def _refuse(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_exception(_overloaded())


def _overloaded() -> Problem:
    detail = f"Send the message again in {RETRY_AFTER} s; it was not handled."
    return Problem(503, "Too many messages at the moment", detail, headers={"Retry-After": str(RETRY_AFTER)})
