"""How well each fact fits a question: the facet it answers, its words, its topic, and how likely it is to be the answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from knowledge.chances import Evidence, chances
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
    weights, topics = facet_weights(question, before), question.topics
    evidence = [
        Evidence(
            fact,
            matches.of(fact),
            max([weights.get(facet, 0.0) for facet in fact.facets]),
            sum([topics.get(topic, 0.0) for topic in fact.topics]),
        )
        for fact in facts
    ]
    ranked = []
    for found, chance in zip(evidence, chances(evidence, question, broad)):
        figure = FIGURE if question.flags.figure and found.fact.value else 0.0
        ranked.append(Ranked(found.fact, by_hand(found) + figure, found.match, figure, chance))
    return sorted(ranked, key=lambda item: -item.score)


def by_hand(found: Evidence) -> float:
    """How well a fact fits by the hand-set weights."""
    return found.facet + WORDS * found.match.score + TOPIC * found.topic
