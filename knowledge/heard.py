"""Questions of strangers and the facts that answered them, learned from the project's own dialogues.

The example questions of the catalogue were written by people who had the fact before them. These were not, and half-said
follow-ups are among them ("og hvis det kun er let?"): they tell the facts of one service apart, and nothing else is read from
them. `bot.evaluation.fitting` collects them. A fact that has been reworded or moved since is no longer the one that was
learned: its questions are left aside until they are collected anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from knowledge.model import Fact

HEARD = Path(__file__).parent / "learned" / "heard.json"
DIGITS = 12  # hexadecimal digits of a fact's mark


def mark_of(fact: Fact) -> str:
    """What a fact is known by: its service and facet and what it says, whatever its place in the file."""
    return hashlib.sha256(f"{fact.municipality}|{fact.service}|{fact.facet}|{fact.text}".encode()).hexdigest()[:DIGITS]


def heard_of(facts: Iterable[Fact]) -> dict[str, tuple[str, ...]]:
    """The questions heard of some facts, by the facts' ids."""
    heard = _heard()
    marks = ((fact.id, mark_of(fact)) for fact in facts)
    return {identifier: heard[mark] for identifier, mark in marks if mark in heard}


def write(questions: Mapping[str, Sequence[str]]) -> None:
    """Store the questions heard by their facts' marks, one question a line."""
    HEARD.write_text(json.dumps(questions, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    _heard.cache_clear()


@lru_cache(maxsize=1)
def _heard() -> dict[str, tuple[str, ...]]:
    data = json.loads(HEARD.read_text(encoding="utf-8"))
    return {mark: tuple(questions) for mark, questions in data.items()}
