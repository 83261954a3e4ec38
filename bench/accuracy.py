"""How much is right: whole dialogues for what answers, the reading of first messages for everything."""

from __future__ import annotations

import asyncio
from typing import Any

from bench.dialogues import First
from bench.driver import Dialogues, judged, talking
from bench.systems.system import System


def of_dialogues(system: System, dialogues: Dialogues) -> dict[str, Any]:
    """Share of turns and of whole dialogues that hold against their checks."""
    results = asyncio.run(judged(system, dialogues))
    turns = [turn for result in results for turn in result.turns]
    right = sum(result.right for result in results)
    return {
        "dialogues": len(results),
        "dialogues_right": round(right / len(results), 4),
        "turns": len(turns),
        "turns_right": round(sum(turn.right for turn in turns) / len(turns), 4),
    }


def of_reading(system: System, firsts: list[First]) -> dict[str, Any]:
    """Share of first messages whose intent is the facet that was meant, and whose topic is one of the service meant."""
    readings = asyncio.run(_read(system, firsts))
    about = [(first, reading) for first, reading in zip(firsts, readings) if first.topics]
    has_topics = any(reading.topic for reading in readings)
    return {
        "messages": len(firsts),
        "facet_right": round(sum(f.intent == r.intent for f, r in zip(firsts, readings)) / len(firsts), 4),
        "topic_messages": len(about),
        "topic_right": round(sum(r.topic in f.topics for f, r in about) / len(about), 4) if about and has_topics else None,
    }


async def _read(system: System, firsts: list[First]) -> list[Any]:
    async with talking() as client:
        return [await system.read(client, first.text) for first in firsts]
