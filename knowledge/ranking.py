"""How well each fact fits a question: the facet it answers, its words, its topic, and how likely it is to be the answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from knowledge.facets import facet_weights
from knowledge.matching import Match, Matches
from knowledge.model import Fact
from knowledge.question import Question

WORDS = 0.8  # weight of word likeness beside the probability of the facet
TOPIC = 0.25  # weight of a fact's own topic being the topic asked for
FIGURE = 0.12  # weight of a typed value when a figure or a date is asked for


class Ranked(NamedTuple):
    """A fact with how well it fits: `score` in all, `words` the word likeness alone (0-1), `figure` the part of a value."""

    fact: Fact
    score: float
    match: Match
    figure: float = 0.0

    @property
    def words(self) -> float:
        return self.match.score


def rank(facts: Iterable[Fact], question: Question, matches: Matches, before: str = "") -> list[Ranked]:
    """The facts, best first; ties keep the document's order."""
    weights, topics = facet_weights(question, before), question.topics
    ranked = []
    for fact in facts:
        match = matches.of(fact)
        facet = max([weights.get(f, 0.0) for f in fact.facets])
        topic = sum([topics.get(t, 0.0) for t in fact.topics])
        figure = FIGURE if question.flags.figure and fact.value else 0.0
        ranked.append(Ranked(fact, facet + WORDS * match.score + TOPIC * topic + figure, match, figure))
    return sorted(ranked, key=lambda item: -item.score)
