"""Latency of a turn, in this process: one conversation of ten turns, repeated, and one long conversation.

Run with `python -m bench.turns`; `make bench` measures over HTTP. Milliseconds: quote medians, compare figures of one run only.
"""

from __future__ import annotations

import asyncio
import resource
import time
import uuid
from statistics import median, quantiles

from bench.dialogues import LONG as CONVERSATION
from bot.runtime import Bot
from bot.training import ensure_model
from knowledge.sharing import current_store

ROUNDS, LONG = 20, 500


async def _conversation(bot: Bot, turns: int, sender: str) -> list[float]:
    times = []
    snapshot = current_store().snapshot
    for n in range(turns):
        if n % len(CONVERSATION) == 0:  # no message is answered from a cache that an earlier round filled
            snapshot.analyser.analyse.cache_clear()
            snapshot.linker.link.cache_clear()
        text = CONVERSATION[n % len(CONVERSATION)]
        start = time.perf_counter()
        await bot.handle(text, sender)
        times.append((time.perf_counter() - start) * 1e3)
    return times


async def _measure(bot: Bot) -> None:
    await _conversation(bot, 10, "warm-up")
    rounds = [await _conversation(bot, len(CONVERSATION), uuid.uuid4().hex) for _ in range(ROUNDS)]
    times = sorted(t for turns in rounds for t in turns)
    print(
        f"turn, {ROUNDS} conversations of {len(CONVERSATION)}: median {median(times):.1f} ms, "
        f"p99 {quantiles(times, n=100)[98]:.1f} ms"
    )
    long = await _conversation(bot, LONG, uuid.uuid4().hex)
    print(f"one conversation of {LONG} turns: turns 1-10 {median(long[:10]):.1f} ms, last 10 {median(long[-10:]):.1f} ms")


def main() -> None:
    start = time.perf_counter()
    bot = Bot(ensure_model())
    asyncio.run(bot.handle("hej", "first"))
    print(f"load until the first answer: {time.perf_counter() - start:.1f} s")
    asyncio.run(_measure(bot))
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
