"""Which gap a question names: by a word that nothing stated about the help holds.

Likeness of words alone misses it in a long message: "min svigermor taler kun tamil, skaffer I en tolk, når hun skal til
psykiateren" is mostly about going to the psychiatrist. But no document speaks of interpreters, and a gap does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from knowledge.danish import fold
from knowledge.matching import UNTELLING
from knowledge.model import Catalogue, Fact

KEPT = 256  # services whose gaps are laid out in memory; some 30 kB each
LEAST = 4  # letters of a word that tells anything
STEM = 5  # letters from which another ending makes no other word
_LETTERS = re.compile(r"[^\W\d_]+")
LEFT_ALONE = ("complaint", "contact")  # facets whose silence is told in a way of its own


class Gap(NamedTuple):
    """Something a document leaves out, and what names it: the folded words of a phrase, all of them."""

    fact: Fact
    names: tuple[frozenset[str], ...]


class Silence:
    """The gaps of a catalogue by service; laid out at the first question about it."""

    def __init__(self, catalogue: Catalogue):
        self._services = {service.id: service for service in catalogue.services()}
        self._municipalities = catalogue.by_id
        self.of = lru_cache(maxsize=KEPT)(self._gaps)
        self._filed = lru_cache(maxsize=KEPT)(self._by_word)

    def named(self, service: str, asked: str) -> list[Fact]:
        """The gaps of a service and its municipality that a question names.

        Args:
            asked: the folded key of the sentences that ask.
        """
        words, filed = frozenset(asked.split()), self._filed(service)
        found = {n for word in words & filed.keys() for n, name in filed[word] if name <= words}
        return [self.of(service)[n].fact for n in sorted(found)]

    def _by_word(self, service: str) -> dict[str, list[tuple[int, frozenset[str]]]]:
        """The names of a service's gaps, each under one of its words, with the place of its gap."""
        filed: dict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        for n, gap in enumerate(self.of(service)):
            for name in gap.names:
                filed[max(name, key=lambda word: (len(word), word))].append((n, name))
        return dict(filed)

    def _gaps(self, service: str) -> tuple[Gap, ...]:
        own = self._services[service]
        facts = (*own.facts, *self._municipalities[own.municipality].facts)
        known = _words(fact for fact in facts if fact.stated)
        gaps = (fact for fact in facts if not fact.stated and fact.facet not in LEFT_ALONE)
        found = (Gap(fact, tuple(name for name in map(_content, fact.words) if _tells(name, known))) for fact in gaps)
        return tuple(gap for gap in found if gap.names)


def _words(facts: Iterable[Fact]) -> frozenset[str]:
    """Every word of some facts and of the questions they answer, and the beginning of each."""
    texts = (text for fact in facts for text in (fact.text, *fact.words, *(ask.text for ask in fact.asks)))
    words = {word for text in texts for word in _LETTERS.findall(fold(text))}
    return frozenset(words | {word[:STEM] for word in words})


def _content(phrase: str) -> frozenset[str]:
    """The words of a phrase that tell something: "på hold" is named by "er det på et hold"."""
    return frozenset(word for word in fold(phrase).split() if word not in UNTELLING)


def _tells(name: frozenset[str], known: frozenset[str]) -> bool:
    """Whether one of the words is one that nothing stated holds in any form."""
    return any(len(word) >= LEAST and word not in known and word[:STEM] not in known for word in name)
