"""How well each fact fits a question: the facet it answers, its words, its topic, and how likely it is to be the answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from knowledge.chances import chances
from knowledge.evidence import Evidence
from knowledge.facets import facet_weights
from knowledge.matching import Match, Matches
from knowledge.model import Fact
from knowledge.question import Question

WORDS = 0.8  # weight of word likeness beside the probability of the facet
TOPIC = 0.25  # weight of a fact's own topic being the topic asked for
FIGURE = 0.12  # weight of a typed value when a figure or a date is asked for


class Ranked(NamedTuple):
    """A fact with how well it fits.

    Attributes:
        score: by hand-set weights of facet, words and topic.
        figure: the part of it that a typed value has.
        chance: probability of being part of the answer, by what was learned from dialogues.
    """

    fact: Fact
    score: float
    match: Match
    figure: float = 0.0
    chance: float = 0.0

    @property
    def words(self) -> float:
        """The likeness of words alone (0-1), of questions heard too."""
        return self.match.score


def rank(facts: Iterable[Fact], question: Question, matches: Matches, before: str = "", broad: bool = False) -> list[Ranked]:
    """The facts, best first; ties keep the document's order.

    Args:
        before: the facet of the question before, which a short follow-up continues.
        broad: the service is about many kinds of help.
    """
    evidence = Evidence.of(facts, matches, facet_weights(question, before), question.topics)
    if not evidence.facts:
        return []
    figures = [FIGURE if question.flags.figure and fact.value else 0.0 for fact in evidence.facts]
    scores = by_hand(evidence) + figures
    order = np.argsort(-scores, kind="stable").tolist()
    columns = (evidence.facts, scores.tolist(), evidence.matches, figures, chances(evidence, question, broad).tolist())
    ranked = list(map(Ranked._make, zip(*columns)))
    return [ranked[n] for n in order]


def by_hand(evidence: Evidence) -> np.ndarray:
    """How well each fact fits by the hand-set weights."""
    return evidence.facet + WORDS * evidence.words + TOPIC * evidence.topic
