"""Whether a turn costs more the longer its conversation is, and the more municipalities there are."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
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


def conversation(system: System, turns: int) -> dict[str, Any]:
    """One conversation that says the same ten messages over and over.

    Every message was said before in another conversation, and the windows that are compared hold the same messages.
    """
    texts: Callable[[int], str] = lambda number: LONG[number % len(LONG)]  # noqa: E731
    asyncio.run(timed_turns(system, texts, 2 * WINDOW))
    times = asyncio.run(timed_turns(system, texts, turns))
    windows = [median(times[n : n + WINDOW]) for n in range(0, turns - WINDOW + 1, WINDOW)]
    early, late = median(times[WINDOW : 3 * WINDOW]), median(times[-2 * WINDOW :])
    return {
        "turns": turns,
        "windows_ms": [round(value, 2) for value in windows],
        "early_ms": round(early, 2),
        "late_ms": round(late, 2),
        "ratio": round(late / early, 2),
    }


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
