"""What several kinds of help of a municipality state in the same way, so that it can be said of all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz

from knowledge.model import Fact, Service
from knowledge.turn import Turn

SAME_SENSE = 78  # rapidfuzz ratio from which two facts say the same
FITS = 0.25  # word likeness from which what services share goes by the words, and not by how many share it
MOST = 0.6  # share of services that must agree for a summary
VALUES = ("co_payment", "deadline", "time_of_day", "frequency")  # kinds of value that are all a fact says
Sense = str | tuple[tuple[str, Any], ...]  # what a fact says: a text, or the items of a typed value


def shared_by_most(turn: Turn, services: Sequence[Service], facet: str, least: float = MOST) -> list[tuple[Fact, int]]:
    """The facts of a facet that services state in the same way, each with how many do: those that fit the words first,
    then the most shared. Of facts that say the same the one that fits best stands for all.

    Args:
        least: the share of the services that must state a fact.
    """
    seen: list[tuple[Sense, list[Fact]]] = []
    for service in services:
        for fact in service.facts:
            if fact.facet != facet or not fact.stated:
                continue
            sense = _sense(fact)
            same = next((facts for known, facts in seen if _says_the_same(known, sense)), None)
            if same is None:
                seen.append((sense, [fact]))
            else:
                same.append(fact)
    shared = []
    for _, facts in seen:
        count = len({fact.service for fact in facts})
        if count >= least * len(services):
            best = max(facts, key=lambda fact: turn.matches.of(fact).score)
            words = turn.matches.of(best).score
            shared.append((words if words >= FITS else 0.0, count, best))
    return [(fact, count) for _, count, fact in sorted(shared, key=lambda item: item[:2], reverse=True)]


def _sense(fact: Fact) -> Sense:
    """What a fact says: its typed value where it has one that is all it says, else its text."""
    if fact.value and fact.value["kind"] in VALUES:
        return tuple(sorted((key, str(value)) for key, value in fact.value.items()))
    return fact.facet if fact.facet == "free_choice" else fact.text


def _says_the_same(one: Sense, other: Sense) -> bool:
    """Whether two senses are one: values must be equal, texts only alike."""
    if isinstance(one, str) and isinstance(other, str):
        return fuzz.token_sort_ratio(one, other) >= SAME_SENSE
    return one == other
