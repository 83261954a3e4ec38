"""How much a conversation, a client address or an attempt to log in may ask for: moving windows, in Redis or in memory."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import structlog
from limits import RateLimitItem, parse
from limits.storage import RedisStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError

from api.problems import Problem

log = structlog.get_logger(__name__)

OFF = "off"
TOO_MANY: dict[int | str, dict[str, Any]] = {
    429: {"description": "Too many requests; see Retry-After", "content": {"application/problem+json": {}}}
}
_SWEEP = 10_000  # keys; beyond it the silent ones are dropped


class MemoryWindows:
    """Moving windows in this process. That of `limits` keeps every key for ever and walks them all at each hit."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._hits: dict[str, tuple[deque[float], int]] = {}  # with the seconds of its window
        self._sweep_at = _SWEEP

    def hit(self, key: str, amount: int, seconds: int) -> float:
        """Count a hit; 0 when there was room, otherwise the seconds until there is (the hit is then not counted)."""
        now = self._clock()
        if len(self._hits) >= self._sweep_at:
            self._hits = {k: (hits, own) for k, (hits, own) in self._hits.items() if hits[-1] > now - own}
            self._sweep_at = max(_SWEEP, 2 * len(self._hits))
        hits, _ = self._hits.setdefault(key, (deque(), seconds))
        while hits and hits[0] <= now - seconds:
            hits.popleft()
        if len(hits) >= amount:
            return hits[0] + seconds - now
        hits.append(now)
        return 0.0


class Limits:
    """The limits by name, e.g. {"conversation": "15/minute"}.

    Args:
        redis_url: shared by all replicas; in memory when empty, and for as long as Redis is away.
        key: keyed digests of addresses and accounts are stored, never they themselves.
    """

    def __init__(self, limits: dict[str, str], redis_url: str, key: str, clock: Callable[[], float] = time.monotonic):
        self._items = {name: parse(text) for name, text in limits.items() if text != OFF}
        self._memory = MemoryWindows(clock)
        self._key = hashlib.sha256(key.encode()).digest()
        self._redis = _redis(redis_url) if redis_url else None

    async def demand(self, name: str, who: str) -> None:
        """Count one and go on, or refuse.

        Raises:
            Problem: 429 with Retry-After.
        """
        item = self._items.get(name)
        if item is None:
            return
        wait = await self._wait(item, f"{name}:{hashlib.blake2b(who.encode(), key=self._key, digest_size=16).hexdigest()}")
        if wait > 0:
            seconds = max(1, int(wait + 0.999))
            raise Problem(429, "Too many requests", f"Try again in {seconds} s.", headers={"Retry-After": str(seconds)})

    async def _wait(self, item: RateLimitItem, key: str) -> float:
        if self._redis is not None:
            try:
                return await asyncio.to_thread(_hit, self._redis, item, key)
            except RedisError as error:
                log.warning("limits.redis_away", error=type(error).__name__)
        return self._memory.hit(key, item.amount, item.get_expiry())


def _redis(url: str) -> RedisStorage:
    return storage_from_string(url, socket_timeout=1, socket_connect_timeout=1)


def _hit(storage: RedisStorage, item: RateLimitItem, key: str) -> float:
    limiter = MovingWindowRateLimiter(storage)
    if limiter.hit(item, "vejviser", key):
        return 0.0
    return limiter.get_window_stats(item, "vejviser", key)[0] - time.time()
