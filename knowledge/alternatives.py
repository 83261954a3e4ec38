"""Many patterns as one, each tried only in a text that holds the pieces it cannot match without.

Python tries every alternative of a long pattern at every place of a text. Whether a piece of text stands in another is told
far quicker, and most messages hold nothing of what most patterns need. Which pieces may stand in a text is told by
its trigrams: each alternative is filed under one of its own, so that most are not even looked at.
"""

from __future__ import annotations

import re
import sre_parse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from sre_constants import BRANCH, LITERAL, MAX_REPEAT, MIN_REPEAT, SUBPATTERN
from typing import Any

GRAM = 3
KEPT = 32  # texts remembered: a message is held against every kind of danger, by several components
Pieces = frozenset[str]  # one of them at least
Needs = tuple[Pieces, ...]  # each of them, the most telling first


class AnyOf:
    """Some patterns, any of which may match."""

    def __init__(self, patterns: Sequence[str]):
        self._together = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
        self._patterns = [re.compile(pattern) for pattern in patterns]
        needs = [(number, need) for number, pattern in enumerate(patterns) for need in required_text(pattern)]
        common = Counter(gram for _, need in needs for pieces in need[:1] for piece in pieces for gram in trigrams(piece))
        anywhere: set[int] = set()
        self._filed: dict[str, list[tuple[str, Needs, int]]] = defaultdict(list)
        for number, need in needs:
            if not need or min(map(len, need[0])) < GRAM:
                anywhere.add(number)
                continue
            for piece in need[0]:
                rarest = min(trigrams(piece), key=lambda gram: (common[gram], gram))
                self._filed[rarest].append((piece, need[1:], number))
        self._anywhere = sorted(anywhere)
        self.cut = lru_cache(maxsize=KEPT)(self._cut)

    def matches(self, text: str) -> bool:
        """Whether one of them matches somewhere."""
        return any(self._patterns[number].search(text) for number in self._likely(text))

    def found(self, text: str) -> list[int]:
        """The places, in the sequence of patterns, of those that match somewhere."""
        return [number for number in self._likely(text) if self._patterns[number].search(text)]

    def _likely(self, text: str) -> Iterator[int]:
        """The patterns that may match."""
        tried: set[int] = set()
        for gram in self._filed.keys() & trigrams(text):
            for piece, others, number in self._filed[gram]:
                if piece in text and number not in tried and _holds(text, others):
                    tried.add(number)
                    yield number
        yield from self._anywhere

    def _cut(self, replacement: str, text: str) -> str:
        """The text with what they match replaced."""
        return self._together.sub(replacement, text) if self.matches(text) else text


class WhichOf:
    """Some patterns under each of some labels; `labels(text)` are those of which one matches.

    Args:
        patterns: label -> its patterns.
    """

    def __init__(self, patterns: Mapping[str, Sequence[str]]):
        self._labels = [label for label, of_it in patterns.items() for _ in of_it]
        self._any = AnyOf([pattern for of_it in patterns.values() for pattern in of_it])
        self.labels = lru_cache(maxsize=KEPT)(self._of)

    def _of(self, text: str) -> frozenset[str]:
        return frozenset(self._labels[number] for number in self._any.found(text))


def required_text(pattern: str) -> list[Needs]:
    r"""For each alternative of a pattern what stands in every text that it matches; nothing where that is not known.

    Example:
        `\b(?:slog|ramte) (?:mig|hende)\b` has two alternatives: one needs "slog ", the other "ramte ", and both need one of
        "mig" and "hende".
    """
    parsed = sre_parse.parse(pattern)
    if parsed.state.flags & re.IGNORECASE:
        return [()]
    parts = list(parsed)
    split = next((n for n, (kind, _) in enumerate(parts) if kind is BRANCH), None)
    if split is None:
        return [_of_sequence(parts)]
    return [_of_sequence([*parts[:split], *branch, *parts[split + 1 :]]) for branch in parts[split][1][1]]


@lru_cache(maxsize=KEPT)
def trigrams(text: str) -> frozenset[str]:
    """All sequences of three characters."""
    return frozenset(text[at : at + GRAM] for at in range(len(text) - GRAM + 1))


def _holds(text: str, needs: Needs) -> bool:
    for pieces in needs:
        for piece in pieces:
            if piece in text:
                break
        else:
            return False
    return True


def _of_sequence(parts: Iterable[tuple[Any, Any]]) -> Needs:
    """What all the parts of a sequence need."""
    found: list[Pieces] = []
    run = ""
    for kind, value in parts:
        if kind is LITERAL:
            run += chr(value)
            continue
        found += [frozenset({run}), *_of_part(kind, value)]
        run = ""
    needs = dict.fromkeys([*found, frozenset({run})])
    return tuple(sorted((pieces for pieces in needs if _tells(pieces)), key=lambda pieces: (-_tells(pieces), sorted(pieces))))


def _of_part(kind: Any, value: Any) -> Needs:
    if kind is BRANCH:
        branches = [_of_sequence(branch)[:1] for branch in value[1]]
        return (frozenset().union(*(pieces for need in branches for pieces in need)),) if all(branches) else ()
    if kind is SUBPATTERN:
        _, switched_on, _, inner = value
        return () if switched_on & re.IGNORECASE else _of_sequence(inner)
    if kind in (MAX_REPEAT, MIN_REPEAT) and value[0] > 0:
        return _of_sequence(value[2])
    return ()


def _tells(pieces: Pieces) -> int:
    """How telling pieces are: the length of the shortest, because that is the likeliest to stand somewhere by chance."""
    return min(map(len, pieces), default=0)
