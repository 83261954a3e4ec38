"""Many patterns as one, each tried only in a text that holds a piece it cannot match without.

Python tries every alternative of a long pattern at every place of a text. Whether a piece of text stands in another is told
far quicker, and most messages hold nothing of what most patterns of danger need. Which pieces may stand in a text is told by
its trigrams: each piece is filed under one of its own, so that most patterns are not even looked at.
"""

from __future__ import annotations

import re
import sre_parse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from sre_constants import BRANCH, LITERAL, MAX_REPEAT, MIN_REPEAT, SUBPATTERN
from typing import Any

GRAM = 3
Pieces = frozenset[str]


class AnyOf:
    """Some patterns, any of which may match."""

    def __init__(self, patterns: Sequence[str]):
        self._together = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
        needs = [(required_text(pattern), re.compile(pattern)) for pattern in patterns]
        common = Counter(gram for pieces, _ in needs for piece in pieces for gram in trigrams(piece))
        self._anywhere: list[re.Pattern[str]] = []
        self._filed: dict[str, list[tuple[str, re.Pattern[str]]]] = defaultdict(list)
        for pieces, pattern in needs:
            if not pieces or min(map(len, pieces)) < GRAM:
                self._anywhere.append(pattern)
                continue
            for piece in pieces:
                self._filed[min(trigrams(piece), key=lambda gram: (common[gram], gram))].append((piece, pattern))

    def matches(self, text: str) -> bool:
        """Whether one of them matches somewhere."""
        return any(pattern.search(text) for pattern in self._likely(text))

    def _likely(self, text: str) -> Iterator[re.Pattern[str]]:
        """The patterns that may match."""
        for gram in self._filed.keys() & trigrams(text):
            yield from (pattern for piece, pattern in self._filed[gram] if piece in text)
        yield from self._anywhere

    def cut(self, replacement: str, text: str) -> str:
        """The text with what they match replaced."""
        return self._together.sub(replacement, text) if self.matches(text) else text


def required_text(pattern: str) -> Pieces:
    r"""Pieces of which at least one stands in every text that holds a match; empty when none are known.

    Example:
        `\b(?:slog|ramte) (?:mig|hende)\b` needs one of "slog" and "ramte".
    """
    parsed = sre_parse.parse(pattern)
    return frozenset() if parsed.state.flags & re.IGNORECASE else _of_sequence(parsed)


@lru_cache(maxsize=32)  # a message is held against every kind of danger
def trigrams(text: str) -> frozenset[str]:
    """All sequences of three characters."""
    return frozenset(text[at : at + GRAM] for at in range(len(text) - GRAM + 1))


def _of_sequence(parts: Iterable[tuple[Any, Any]]) -> Pieces:
    """The most telling of what the parts of a sequence need."""
    found: list[Pieces] = []
    run = ""
    for kind, value in parts:
        if kind is LITERAL:
            run += chr(value)
            continue
        found += [frozenset({run}), _of_part(kind, value)]
        run = ""
    best = max([*found, frozenset({run})], key=_tells)
    return best if _tells(best) else frozenset()


def _of_part(kind: Any, value: Any) -> Pieces:
    if kind is BRANCH:
        branches = [_of_sequence(branch) for branch in value[1]]
        return frozenset().union(*branches) if all(branches) else frozenset()
    if kind is SUBPATTERN:
        _, switched_on, _, inner = value
        return frozenset() if switched_on & re.IGNORECASE else _of_sequence(inner)
    if kind in (MAX_REPEAT, MIN_REPEAT) and value[0] > 0:
        return _of_sequence(value[2])
    return frozenset()


def _tells(pieces: Pieces) -> int:
    """How telling pieces are: the length of the shortest, because that is the likeliest to stand somewhere by chance."""
    return min(map(len, pieces), default=0)
