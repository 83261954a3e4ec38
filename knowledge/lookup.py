"""Structured look-ups without a conversation: one facet of one service, and search by words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answer import Answer
from knowledge.answering import answer_in
from knowledge.comparison import compare
from knowledge.counterparts import with_contrasts
from knowledge.errors import KnowledgeError
from knowledge.linking import Mentions
from knowledge.model import Fact, Service
from knowledge.question import NO_TOPIC, Flags, Memory, Question
from knowledge.snapshot import Snapshot
from knowledge.turn import Turn
from knowledge.vocabulary import vocabulary


class LookupFault(KnowledgeError):
    """A look-up names something that does not exist; `mend` says where to find the right names."""

    def __init__(self, what: str, mend: str):
        super().__init__(what)
        self.mend = mend


@dataclass(frozen=True)
class Hit:
    """A fact found by words; `score` is 0-1."""

    fact: Fact
    score: float


def answer_for(
    snapshot: Snapshot,
    municipality: str,
    facet: str,
    *,
    topic: str | None = None,
    service: str | None = None,
    level: int | None = None,
    age: int | None = None,
    pension: bool | None = None,
) -> Answer:
    """The answer the bot would give.

    Args:
        municipality, service, facet, topic: ids of the catalogue and the vocabulary.
        level: VUM level 0-4; age in years; pension: early-retirement pension granted.

    Raises:
        LookupFault: when one of the ids is unknown, or the service is another municipality's.
    """
    if snapshot.municipality(municipality) is None:
        raise LookupFault(f"No municipality '{municipality}'", "See /v1/municipalities.")
    if facet not in vocabulary().facets:
        raise LookupFault(f"No facet '{facet}'", "See /v1/facets.")
    if topic is not None and topic not in vocabulary().topics:
        raise LookupFault(f"No topic '{topic}'", "See /v1/topics.")
    named = _service(snapshot, municipality, service) if service is not None else None
    question = Question(
        analysis=snapshot.analyser.analyse(""),
        facets={facet: 1.0},
        flags=Flags(),
        topics={topic: 1.0} if topic else {NO_TOPIC: 1.0},
        mentions=Mentions(municipalities=(municipality,), last_municipality=municipality, level=level),
    )
    memory = Memory(service=named.id if named else "", age=age, pension=pension)
    turn = Turn(snapshot, question, memory, snapshot.match(question.analysis))
    return answer_in(turn, snapshot.catalogue.by_id[municipality])


def compare_places(
    snapshot: Snapshot,
    municipalities: Sequence[str],
    facet: str,
    *,
    topic: str | None = None,
    services: Sequence[str] = (),
    level: int | None = None,
) -> Answer:
    """The same facet in several municipalities side by side.

    Args:
        services: ids of services to compare, at most one a municipality; elsewhere the topic decides.

    Raises:
        LookupFault: when an id is unknown, or a service belongs to none of the municipalities.
    """
    owners = {snapshot.services[s].municipality: s for s in services if s in snapshot.services}
    stray = [s for s in services if s not in snapshot.services or snapshot.services[s].municipality not in municipalities]
    if stray:
        raise LookupFault(f"No service '{stray[0]}' in the municipalities compared", "See /v1/services.")
    parts = [
        answer_for(snapshot, place, facet, topic=topic, service=owners.get(place), level=level) for place in municipalities
    ]
    return compare(facet, with_contrasts(snapshot, facet, parts), level)


def search(snapshot: Snapshot, words: str, municipality: str | None = None, limit: int = 10) -> list[Hit]:
    """The facts whose own or everyday words fit best, best first."""
    matches = snapshot.match(snapshot.analyser.analyse(words))
    hits = [
        Hit(fact, float(score))
        for fact, score in zip(snapshot.facts, matches.overall)
        if score > 0 and municipality in (None, fact.municipality)
    ]
    return sorted(hits, key=lambda hit: -hit.score)[:limit]


def _service(snapshot: Snapshot, municipality: str, identifier: str) -> Service:
    service = snapshot.services.get(identifier)
    if service is None or service.municipality != municipality:
        raise LookupFault(f"No service '{identifier}' in {municipality}", f"See /v1/services?municipality={municipality}.")
    return service
