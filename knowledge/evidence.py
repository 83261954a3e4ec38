"""What is known of some facts before they are ranked, in columns: a question is asked of a hundred facts at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from knowledge.matching import Match, Matches
from knowledge.model import Fact

KEPT = 128  # groups of facts laid out in memory, some 10 kB each; nine questions of ten ask of a group that was asked of before
LONGEST, UNIT = 300, 100  # letters of a fact's text: the most that count, and the unit


class Outline(NamedTuple):
    """Facets a fact answers, the main one first, and the kind of its typed value ("-" for none)."""

    facets: tuple[str, ...]
    kind: str


class Layout(NamedTuple):
    """Some facts, and what is the same of them whatever is asked.

    Attributes:
        outlines, outline: the different outlines, and which of them each fact has.
        topics, topic: likewise of the topics.
        told: facts x 4: whether it is stated, has topics, is one of a service, and how long its text is.
    """

    facts: tuple[Fact, ...]
    outlines: tuple[Outline, ...]
    outline: np.ndarray
    topics: tuple[tuple[str, ...], ...]
    topic: np.ndarray
    told: np.ndarray

    @classmethod
    def of(cls, facts: tuple[Fact, ...]) -> Layout:
        outlines: dict[Outline, int] = {}
        topics: dict[tuple[str, ...], int] = {}
        outline = np.array([outlines.setdefault(_outline(fact), len(outlines)) for fact in facts], dtype=np.intp)
        topic = np.array([topics.setdefault(fact.topics, len(topics)) for fact in facts], dtype=np.intp)
        told = [(fact.stated, bool(fact.topics), bool(fact.service), min(len(fact.text), LONGEST) / UNIT) for fact in facts]
        return cls(facts, tuple(outlines), outline, tuple(topics), topic, np.array(told, dtype=float))

    def by_facet(self, weights: Mapping[str, float]) -> np.ndarray:
        """For each fact the highest weight of a facet it answers."""
        return np.array([max([weights.get(facet, 0.0) for facet in facets]) for facets, _ in self.outlines])[self.outline]

    def by_topic(self, weights: Mapping[str, float]) -> np.ndarray:
        """For each fact the weights of its topics together."""
        return np.array([sum([weights.get(topic, 0.0) for topic in topics]) for topics in self.topics])[self.topic]


class _Layouts:
    """The layouts used last. A group is told by its facts being the same objects: comparing them part by part takes longer
    than laying them out."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, ...], Layout] = OrderedDict()

    def of(self, facts: tuple[Fact, ...]) -> Layout:
        key = tuple(map(id, facts))  # a layout holds its facts, so no other object gets their ids meanwhile
        found = self._kept.pop(key, None) or Layout.of(facts)
        self._kept[key] = found
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return found


layout_of = _Layouts().of


def _outline(fact: Fact) -> Outline:
    return Outline(fact.facets, f"value:{fact.value['kind']}" if fact.value else "-")


class Evidence(NamedTuple):
    """What is known of some facts, one value a fact.

    Attributes:
        words: the likeness of words alone (0-1), of questions heard too.
        facet: the weight of its facet.
        topic: the probability of its topics.
    """

    layout: Layout
    matches: Sequence[Match]
    words: np.ndarray
    facet: np.ndarray
    topic: np.ndarray

    @classmethod
    def of(cls, facts: Iterable[Fact], matches: Matches, facets: Mapping[str, float], topics: Mapping[str, float]) -> Evidence:
        """Of facts as they fit a message whose facets and topics have some weights."""
        layout = layout_of(tuple(facts))
        found = matches.of_all(layout.facts)
        words = np.array([match.score for match in found])
        return cls(layout, found, words, layout.by_facet(facets), layout.by_topic(topics))

    @property
    def facts(self) -> tuple[Fact, ...]:
        return self.layout.facts
