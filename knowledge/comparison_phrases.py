"""Turns of phrase that tell what a message compares: `catalogue/vocabulary/comparison.yml`, read and applied."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from knowledge.alternatives import AnyOf, WhichOf
from knowledge.vocabulary import read_table, vocabulary


@lru_cache(maxsize=1)
def rival_levels() -> tuple[re.Pattern[str], dict[str, int]]:
    """What sets two levels beside each other, and the level each word stands for."""
    between = "|".join(re.escape(word) for word in _table()["between_levels"])
    words = {word: level.number for level in vocabulary().levels.values() for word in (*level.words, *level.bare)}
    level = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    pair = re.compile(rf"\b({level})\b(?: \w+){{0,2}} (?:{between}) (?:\w+ ){{0,2}}?({level})\b")
    return pair, words


@lru_cache(maxsize=1)
def ranked_facets() -> list[tuple[str, list[re.Pattern[str]]]]:
    return [(facet, [re.compile(pattern) for pattern in patterns]) for facet, patterns in _table()["ranked"].items()]


def ranked_in(folded: str) -> str:
    """The facet that a ranking in a folded text asks for, whatever else it sounds like; "" when there is none."""
    return next((facet for facet, patterns in ranked_facets() if any(p.search(folded) for p in patterns)), "")


def everyday_kind(folded: str) -> frozenset[str]:
    """The topics that an everyday word for several kinds of help stands for ("dagtilbud"); empty where a text holds none."""
    return next((topics for pattern, topics in _everyday_kinds() if pattern.search(folded)), frozenset())


@lru_cache(maxsize=1)
def _everyday_kinds() -> list[tuple[re.Pattern[str], frozenset[str]]]:
    return [(re.compile(kind["said"]), frozenset(kind["topics"])) for kind in _table()["everyday_kinds"]]


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return read_table("comparison.yml")


def finds(key: str, folded: str, names: str = "") -> bool:
    """Whether a folded text holds a turn of phrase of a kind; `names` stands for NAME in the patterns."""
    return _of_places(key, names).matches(folded) if names else key in _phrases().labels(folded)


def means_all(awaiting: str, folded: str) -> bool:
    """Whether a message answers the question which municipality is meant (`Memory.awaiting`) by all of them."""
    return awaiting == "municipality" and finds("all_alone", folded)


@lru_cache(maxsize=1)
def _phrases() -> WhichOf:
    """The turns of phrase that hold no name."""
    return WhichOf({key: found for key, found in _table().items() if all(_is_plain(pattern) for pattern in found)})


def _is_plain(pattern: Any) -> bool:
    return isinstance(pattern, str) and "NAME" not in pattern


@lru_cache(maxsize=500)
def _of_places(key: str, names: str) -> AnyOf:
    return AnyOf([pattern.replace("NAME", names) for pattern in _table()[key]])
