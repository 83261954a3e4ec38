"""Keep the messages of one conversation in order: within a process, over those of a machine, and over replicas by Redis.

Two faults of Rasa's lock stores are mended here. A waiting message looks only once a second whether it is its turn. And
`RedisLockStore` reads, changes and writes the tickets of a conversation in separate steps, so two replicas can be given the
same ticket and both go ahead; here Redis does each step as one script, by its own clock.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import redis
import structlog
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore, LockStore, RedisLockStore

from state.errors import ConversationBusy, StateUnavailable, reason

log = structlog.get_logger(__name__)
Result = TypeVar("Result")

LIFETIME = 15.0  # seconds after which the ticket of a replica that died is void; a turn takes milliseconds
PATIENCE = 30.0  # seconds a message waits for those before it
LOOK_EVERY = 0.02  # seconds between two looks at the queue in Redis
LOOK_OFTEN = 0.002  # the same at a lock of this machine

# KEYS: tickets (sorted by when they expire; those of the same millisecond by their text, so that has a fixed length), counter.
# ARGV: lifetime in ms. Returns the ticket, and how many are before it.
_ISSUE = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local ticket = string.format('%016d', redis.call('INCR', KEYS[2]))
redis.call('ZADD', KEYS[1], now + ARGV[1], ticket)
redis.call('PEXPIRE', KEYS[1], ARGV[1] * 10)
redis.call('PEXPIRE', KEYS[2], ARGV[1] * 10)
return {ticket, redis.call('ZRANK', KEYS[1], ticket)}
"""
# KEYS: tickets. ARGV: a ticket. Returns 1 when it is its turn, 0 when others are before it, -1 when it is void.
_TURN = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local mine = redis.call('ZRANK', KEYS[1], ARGV[1])
if not mine then return -1 end
if mine > 0 then return 0 end
return 1
"""


class InOrderLocks(InMemoryLockStore):
    """Messages of a conversation wait for one another in the order in which they came; nothing is polled."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME, wait_time_in_seconds: float = 0
    ) -> AsyncIterator[None]:
        lock, users = self._waiting.get(conversation_id) or (asyncio.Lock(), 0)
        self._waiting[conversation_id] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._waiting[conversation_id]
            if users == 1:
                del self._waiting[conversation_id]
            else:
                self._waiting[conversation_id] = (lock, users - 1)

    async def ping(self) -> None:
        """Always there."""


class MachineLocks(InOrderLocks):
    """The same over several processes of one machine, which need no server between them for it.

    A conversation holds one byte of a file. The kernel lets go of it when the process that holds it dies, so nothing is left
    behind; conversations that fall on the same byte wait for one another without need, which is rare and short.

    Args:
        file: in a folder that all the processes see; made where it is missing, never written to.
        patience: seconds a message waits for another process before it gives up.
    """

    def __init__(self, file: Path, patience: float = PATIENCE):
        super().__init__()
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._patience = patience

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME, wait_time_in_seconds: float = LOOK_OFTEN
    ) -> AsyncIterator[None]:
        """Hold the conversation.

        Raises:
            ConversationBusy: when another process holds it for too long.
        """
        place = zlib.crc32(conversation_id.encode())
        async with super().lock(str(place)):  # the kernel knows processes, not the tasks of one
            await self._hold(place, wait_time_in_seconds)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN, 1, place)

    async def _hold(self, place: int, every: float) -> None:
        deadline = asyncio.get_running_loop().time() + self._patience
        while not self._taken(place):
            if asyncio.get_running_loop().time() > deadline:
                raise ConversationBusy("earlier messages of this conversation are still being answered")
            await asyncio.sleep(every)

    def _taken(self, place: int) -> bool:
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except BlockingIOError:
            return False
        return True


class RedisLocks(RedisLockStore):
    """Rasa's ticket lock in Redis, each step one script. Waits in this process are in order as well.

    Args:
        url: `redis://[:password@]host[:port][/db]`, or `rediss://` for TLS.
        lifetime: seconds a ticket lives.
        patience: seconds a message waits before it gives up.
    """

    def __init__(self, url: str, lifetime: float = LIFETIME, patience: float = PATIENCE):
        LockStore.__init__(self)
        self.key_prefix = "vejviser:lock:"
        self.red = redis.Redis.from_url(url, socket_timeout=3, socket_connect_timeout=3, health_check_interval=15)
        self._issue = self.red.register_script(_ISSUE)
        self._turn = self.red.register_script(_TURN)
        self._lifetime, self._patience = lifetime, patience

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME, wait_time_in_seconds: float = LOOK_EVERY
    ) -> AsyncIterator[None]:
        """Hold the conversation.

        Raises:
            ConversationBusy: when earlier messages are not answered in time.
            StateUnavailable: when Redis cannot be used.
        """
        key = self.key_prefix + conversation_id
        ticket, before = await _told(self._issue, keys=[key, f"{key}:next"], args=[int(self._lifetime * 1000)])
        try:
            if before:
                await self._wait(key, ticket, wait_time_in_seconds)
            yield
        finally:
            try:
                await _told(self.red.zrem, key, ticket)
            except StateUnavailable as error:  # the turn is taken all the same; its ticket becomes void by itself
                log.warning("lock.not_released", error=str(error))

    async def ping(self) -> None:
        """Raises StateUnavailable unless Redis answers."""
        await _told(self.red.ping)

    async def _wait(self, key: str, ticket: bytes, every: float) -> None:
        deadline = asyncio.get_running_loop().time() + self._patience
        while True:
            await asyncio.sleep(every)
            turn = await _told(self._turn, keys=[key], args=[ticket])
            if turn == 1:
                return
            if turn == -1 or asyncio.get_running_loop().time() > deadline:
                raise ConversationBusy("earlier messages of this conversation are still being answered")


async def _told(call: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
    try:
        return await asyncio.to_thread(call, *args, **kwargs)
    except redis.RedisError as error:
        raise StateUnavailable(f"the lock store: {reason(error)}") from error
