"""Holds replies against the checks of a dialogue.

A turn is right when every group of `must` has an alternative in the reply's text and nothing of `must_not` shows anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ALARM = re.compile(r"\b112\b")


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

    @property
    def alarm(self) -> bool:
        """Whether the reply names the emergency number."""
        return bool(ALARM.search(self.reply))


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

    @property
    def dangerous(self) -> bool:
        """Whether the dialogue speaks of danger, by its author's word."""
        return self.facet == "safety"

    @property
    def alarm(self) -> bool:
        return any(turn.alarm for turn in self.turns)

    @classmethod
    def of(cls, dialogue: dict[str, Any], turns: tuple[TurnResult, ...]) -> DialogueResult:
        kind = {key: dialogue.get(key) or default for key, default in (("facet", "?"), ("style", "?"), ("municipality", "-"))}
        return cls(id=dialogue["id"], file=dialogue["file"], turns=turns, **kind)


def judge(turn: dict[str, Any], reply: list[dict[str, Any]], ms: float = 0.0) -> TurnResult:
    """Hold one reply against the checks of its turn."""
    plain = "\n".join(message.get("text", "") for message in reply)
    text, everything = key(plain), key(" \n ".join(_strings(reply)))
    missing = tuple(tuple(group) for group in turn.get("must", []) if not any(key(a) in text for a in group))
    shown = tuple(wrong for wrong in turn.get("must_not", []) if key(wrong) in everything)
    return TurnResult(turn["user"], plain, missing, shown, ms)


def key(text: str) -> str:
    """A text as alternatives are looked for in it: lower case, single blanks, none within numbers."""
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
