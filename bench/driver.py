"""Conversations with a system, several at a time, each turn timed by the clock of whoever waits for it."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from statistics import median, quantiles
from typing import Any

import aiohttp

from bench.systems.system import System
from bot.evaluation.judging import DialogueResult, judge

TIMEOUT = 120.0
Dialogues = list[dict[str, Any]]


@dataclass(frozen=True)
class Load:
    """What a system did under some load. Times are milliseconds; `cpu_ms` is processor time of its processes a turn."""

    concurrent: int
    turns: int
    seconds: float
    turns_per_second: float
    p50: float
    p99: float
    cpu_ms: float
    errors: int


async def load(system: System, dialogues: Dialogues, concurrent: int, seconds: float) -> Load:
    """Talk for some seconds: as many conversations at a time as asked, the next dialogue as soon as one ends."""
    times: list[float] = []
    errors, numbers = [0], count()
    async with talking(concurrent) as client:
        used, began = system.cpu_seconds(), time.perf_counter()
        until = began + seconds

        async def converse() -> None:
            while time.perf_counter() < until:
                dialogue = dialogues[next(numbers) % len(dialogues)]
                conversation = uuid.uuid4().hex
                for turn in dialogue["turns"]:
                    if time.perf_counter() >= until:
                        return
                    start = time.perf_counter()
                    try:
                        await system.say(client, conversation, turn["user"], dialogue.get("page", ""))
                        times.append((time.perf_counter() - start) * 1e3)
                    except (aiohttp.ClientError, TimeoutError):
                        errors[0] += 1

        await asyncio.gather(*(converse() for _ in range(concurrent)))
        took, used = time.perf_counter() - began, system.cpu_seconds() - used
    if not times:
        raise RuntimeError(f"{system.name} answered nothing in {seconds:.0f} s with {concurrent} conversations")
    return Load(
        concurrent=concurrent,
        turns=len(times),
        seconds=round(took, 1),
        turns_per_second=round(len(times) / took, 1),
        p50=round(median(times), 1),
        p99=round(quantiles(times, n=100)[98] if len(times) > 1 else times[0], 1),
        cpu_ms=round(used / len(times) * 1e3, 2),
        errors=errors[0],
    )


async def judged(system: System, dialogues: Dialogues, at_a_time: int = 4) -> list[DialogueResult]:
    """Every dialogue once, held against its checks."""
    async with talking(at_a_time) as client:

        async def one(dialogue: dict[str, Any]) -> DialogueResult:
            conversation, page = uuid.uuid4().hex, dialogue.get("page", "")
            turns = [judge(t, await system.say(client, conversation, t["user"], page)) for t in dialogue["turns"]]
            return DialogueResult.of(dialogue, tuple(turns))

        return [result for group in _groups(dialogues, at_a_time) for result in await asyncio.gather(*map(one, group))]


async def timed_turns(
    system: System, texts: Callable[[int], str], turns: int, page: str = "", conversation: str = ""
) -> list[float]:
    """One conversation, one turn after the other; milliseconds of each."""
    times = []
    conversation = conversation or uuid.uuid4().hex
    async with talking(1) as client:
        for number in range(turns):
            start = time.perf_counter()
            await system.say(client, conversation, texts(number), page)
            times.append((time.perf_counter() - start) * 1e3)
    return times


def talking(connections: int = 1) -> aiohttp.ClientSession:
    """A client with that many connections. It is aiohttp's because httpx takes three times the processor time a request, and
    the driver shares the machine with what it measures."""
    timeout = aiohttp.ClientTimeout(total=TIMEOUT)
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=connections), timeout=timeout)


def _groups(dialogues: Dialogues, size: int) -> Iterator[Dialogues]:
    return (dialogues[n : n + size] for n in range(0, len(dialogues), size))
