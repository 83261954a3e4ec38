"""Whether a turn costs more the longer its conversation is, and the more municipalities there are."""

from __future__ import annotations

import asyncio
import uuid
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from bench.catalogues import write_catalogue
from bench.dialogues import LONG
from bench.driver import timed_turns
from bench.systems.system import System
from bench.systems.vejviser import Vejviser

WINDOW = len(LONG)  # turns in a row that hold every message of the conversation once
PAIRS = 2  # windows of the long conversation that are held against turns 11-20 of young ones


def conversation(system: System, turns: int) -> dict[str, Any]:
    """One conversation that says the same ten messages over and over.

    Its last turns are told in turn with those of conversations that have just begun, message for message, so that whatever else
    the machine does hits both alike.
    """
    return asyncio.run(_conversation(system, turns))


async def _conversation(system: System, turns: int) -> dict[str, Any]:
    compared = PAIRS * WINDOW
    long = uuid.uuid4().hex
    before = await timed_turns(system, _text, turns - compared, conversation=long)
    early, late = [], []
    for _ in range(PAIRS):
        young = uuid.uuid4().hex
        await timed_turns(system, _text, WINDOW, conversation=young)
        for number in range(WINDOW):
            early += await timed_turns(system, lambda _, n=number: _text(n), 1, conversation=young)
            late += await timed_turns(system, lambda _, n=number: _text(n), 1, conversation=long)
    times = [*before, *late]
    return {
        "turns": turns,
        "windows_ms": [round(median(times[n : n + WINDOW]), 2) for n in range(0, turns - WINDOW + 1, WINDOW)],
        "early_ms": round(median(early), 2),
        "late_ms": round(median(late), 2),
        "ratio": round(median(late) / median(early), 2),
    }


def _text(number: int) -> str:
    return LONG[number % WINDOW]


def catalogue(work: Path, port: int, size: tuple[int, int] | None, places: int) -> dict[str, Any]:
    """Turns with a catalogue of `size` (municipalities, services each), or with the shipped one.

    The conversation is held in `places` pairs of municipalities in turn, twice; the second time counts.
    """
    folder = None
    names = ["Gladsaxe", "Glostrup", "Gentofte", "Brønderslev"]
    if size:
        folder = work / "catalogue"
        names = write_catalogue(folder, *size)
    system = Vejviser(work, port, folder)
    system.start()
    try:
        asyncio.run(_in_places(system, names, places))
        used = system.cpu_seconds()
        times = asyncio.run(_in_places(system, names, places))
        cpu = (system.cpu_seconds() - used) / len(times) * 1e3
        loaded = system.footprint()
        system.restart()
        again = system.footprint()
    finally:
        system.stop()
    return {
        "municipalities": len(names) if size else 5,
        "services_each": size[1] if size else None,
        "turns": len(times),
        "p50_ms": round(median(times), 2),
        "cpu_ms": round(cpu, 2),
        "first_start_s": loaded["cold_start_s"],
        "later_start_s": again["cold_start_s"],
        "rss_mb": loaded["rss_mb"],
    }


async def _in_places(system: System, names: list[str], places: int) -> list[float]:
    step = max(1, len(names) // places)
    times = []
    for n, here in enumerate(islice(names, 0, places * step, step)):
        there = names[(n * step + 1) % len(names)]
        said = [text.replace("gladsaxe", here).replace("glostrup", there) for text in LONG]
        times += await timed_turns(system, said.__getitem__, len(said))
    return times
