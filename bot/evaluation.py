"""Runs dialogue sets against a bot and reports the share answered right, by file, facet and style.

The format is JSON Lines, one dialogue a line: id, municipality, service, facet, style, turns [{user, must, must_not}]. A turn
is right when every group of `must` has an alternative in the reply's text and nothing of `must_not` shows anywhere.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from bot.runtime import Bot


@dataclass(frozen=True)
class TurnResult:
    """One turn: what was said, and what was missing or wrongly shown. `ms` is the time the turn took."""

    user: str
    reply: str
    missing: tuple[tuple[str, ...], ...]
    shown: tuple[str, ...]
    ms: float

    @property
    def right(self) -> bool:
        return bool(self.reply) and not self.missing and not self.shown


@dataclass(frozen=True)
class DialogueResult:
    """One dialogue; right when all its turns are."""

    id: str
    file: str
    facet: str
    style: str
    municipality: str
    turns: tuple[TurnResult, ...]

    @property
    def right(self) -> bool:
        return all(turn.right for turn in self.turns)


@dataclass(frozen=True)
class Report:
    """All results with their shares."""

    results: tuple[DialogueResult, ...]
    groups: tuple[str, ...] = field(default=("file", "facet", "style", "municipality"))

    @property
    def accuracy(self) -> float:
        return sum(r.right for r in self.results) / max(1, len(self.results))

    @property
    def median_ms(self) -> float:
        times = [turn.ms for result in self.results for turn in result.turns]
        return round(median(times), 2) if times else 0.0

    def failures(self) -> list[DialogueResult]:
        return [result for result in self.results if not result.right]

    def by(self, group: str) -> dict[str, tuple[int, int]]:
        """(right, all) per value of a group, the worst first."""
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for result in self.results:
            entry = counts[getattr(result, group)]
            entry[0] += result.right
            entry[1] += 1
        return {key: (v[0], v[1]) for key, v in sorted(counts.items(), key=lambda kv: (kv[1][0] / kv[1][1], kv[0]))}

    def as_json(self) -> dict[str, Any]:
        return {
            "dialogues": len(self.results),
            "right": sum(r.right for r in self.results),
            "accuracy": round(self.accuracy, 4),
            "median_ms": self.median_ms,
            **{group: {k: list(v) for k, v in self.by(group).items()} for group in self.groups},
            "failures": [
                {
                    "id": r.id,
                    "facet": r.facet,
                    "style": r.style,
                    "turns": [{"user": t.user, "reply": t.reply, "missing": t.missing, "shown": t.shown} for t in r.turns],
                }
                for r in self.failures()
            ],
        }


def read_dialogues(files: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """The dialogues of some files, each with the file's stem as `file`.

    Raises:
        ValueError: naming file and line when a line is not JSON.
    """
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                yield {**json.loads(line), "file": path.stem}
            except json.JSONDecodeError as error:
                raise ValueError(f"{path}:{number}: not JSON ({error.msg})") from error


def evaluate(bot: Bot, dialogues: Iterable[dict[str, Any]]) -> Report:
    """Run every dialogue as a conversation of its own."""
    return asyncio.run(_evaluate(bot, list(dialogues)))


async def _evaluate(bot: Bot, dialogues: list[dict[str, Any]]) -> Report:
    return Report(tuple([await _run(bot, dialogue) for dialogue in dialogues]))


async def _run(bot: Bot, dialogue: dict[str, Any]) -> DialogueResult:
    sender = uuid.uuid4().hex
    turns = []
    for turn in dialogue["turns"]:
        start = time.perf_counter()
        reply = await bot.handle(turn["user"], sender)
        turns.append(judge(turn, reply, (time.perf_counter() - start) * 1e3))
    return DialogueResult(
        dialogue["id"],
        dialogue["file"],
        dialogue.get("facet", "?"),
        dialogue.get("style", "?"),
        dialogue.get("municipality", "") or "-",
        tuple(turns),
    )


def judge(turn: dict[str, Any], reply: list[dict[str, Any]], ms: float = 0.0) -> TurnResult:
    """Hold one reply against the checks of its turn."""
    plain = "\n".join(message.get("text", "") for message in reply)
    text, everything = _key(plain), _key(" \n ".join(_strings(reply)))
    missing = tuple(tuple(group) for group in turn.get("must", []) if not any(_key(a) in text for a in group))
    shown = tuple(wrong for wrong in turn.get("must_not", []) if _key(wrong) in everything)
    return TurnResult(turn["user"], plain, missing, shown, ms)


def _key(text: str) -> str:
    folded = re.sub(r"\s+", " ", text.lower().replace("\u00a0", " "))
    return re.sub(r"(?<=\d) (?=\d)", "", folded)


def _strings(item: Any) -> Iterator[str]:
    if isinstance(item, str):
        yield item
    elif isinstance(item, dict):
        for value in item.values():
            yield from _strings(value)
    elif isinstance(item, list):
        for value in item:
            yield from _strings(value)
