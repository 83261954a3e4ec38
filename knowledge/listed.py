"""Which help a message means that calls it by its place in the list told last: "fortæl mere om nr. 2"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from knowledge.danish import spoken
from knowledge.facets import NEIGHBOURS
from knowledge.model import Service
from knowledge.question import Memory, Question
from knowledge.selection import LOOK
from knowledge.snapshot import Snapshot
from knowledge.vocabulary import vocabulary

FEW = 12  # words of a message that may call a help by its place
LAST = -1  # the number of the last place


def by_place(snapshot: Snapshot, question: Question, memory: Memory) -> tuple[Question, Memory]:
    """A message that calls a help by its place in the list told last, as one that calls it by its name.

    One that says no more than the place asks what the help is, or what was asked of another place before it.
    """
    service = service_called(snapshot, question, memory)
    if service is None:
        return question, memory
    said = question.analysis.folded
    beside = set(spoken(_called().sub(" ", said).split()))
    more = not beside.isdisjoint(_words("asking_for_more"))
    rest = beside - _words("asking_for_more") - _words("beside_a_place")
    of_another = memory.service in memory.listed and memory.facets
    facets = {f: p for f, p in question.facets.items() if f in NEIGHBOURS and f != "contact"} if rest else {}
    facets = facets or (memory.facets if of_another and not rest and not more else LOOK)
    named = snapshot.question(_called().sub(f" {service.name} ", said), facets, {service.topics[0]: 1.0})
    return replace(named, english=question.english), replace(memory, service=service.id, awaiting="")


def service_called(snapshot: Snapshot, question: Question, memory: Memory) -> Service | None:
    """The help at the place that a message calls; None where it calls none, the list is shorter or the catalogue has another
    one now."""
    called = _called().search(question.analysis.folded) if memory.listed and len(question.analysis.words) <= FEW else None
    if called is None:
        return None
    told = called.group("number") or called.group("ordinal")
    number = int(told) if told.isdigit() else vocabulary().language["places"][told]
    if number != LAST and not 1 <= number <= len(memory.listed):
        return None
    return snapshot.services.get(memory.listed[number if number == LAST else number - 1])


@lru_cache(maxsize=1)
def _called() -> re.Pattern[str]:
    words = "|".join(sorted(vocabulary().language["places"], key=len, reverse=True))
    return re.compile(vocabulary().language["called_by_place"][0].replace("PLACES", words))


@lru_cache(maxsize=2)
def _words(name: str) -> frozenset[str]:
    return frozenset(vocabulary().language[name])
