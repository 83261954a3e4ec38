"""Runs dialogues against a bot, every one as a conversation of its own."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterable
from typing import Any

from bot.evaluation.judging import DialogueResult, judge
from bot.evaluation.report import Report
from bot.runtime import Bot

_RUNS = itertools.count(1)


def evaluate(bot: Bot, dialogues: Iterable[dict[str, Any]], totals_only: bool = False) -> Report:
    """Run and judge dialogues.

    Args:
        totals_only: treat every set as kept back.
    """
    return Report(asyncio.run(_run_all(bot, dialogues)), totals_only)


async def _run_all(bot: Bot, dialogues: Iterable[dict[str, Any]]) -> tuple[DialogueResult, ...]:
    return tuple([await _run(bot, dialogue) for dialogue in dialogues])


async def _run(bot: Bot, dialogue: dict[str, Any]) -> DialogueResult:
    sender = f"evaluation-{next(_RUNS)}"  # no digits by chance that a dialogue must not show
    metadata = {"municipality": dialogue["page"]} if dialogue.get("page") else None
    turns = []
    for turn in dialogue["turns"]:
        start = time.perf_counter()
        reply = await bot.handle(turn["user"], sender, metadata)
        turns.append(judge(turn, reply, (time.perf_counter() - start) * 1e3))
    return DialogueResult.of(dialogue, tuple(turns))
