"""Which help a message means that calls it by its place in the list told last ("fortæl mere om nr. 2"), or by a word that tells
it apart from the others ("og det længerevarende?", "den med bofællesskab")."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from knowledge.danish import fold, spoken
from knowledge.facets import NEIGHBOURS
from knowledge.model import Service
from knowledge.question import NO_TOPIC, Memory, Question
from knowledge.selection import LOOK
from knowledge.snapshot import Snapshot
from knowledge.vocabulary import pattern, vocabulary

FEW = 12  # words of a message that may call a help by its place
TELLING = 6  # letters of a word that tells a help apart
LAST = -1  # the number of the last place


def by_place(snapshot: Snapshot, question: Question, memory: Memory) -> tuple[Question, Memory]:
    """A message that calls a help by its place in the list told last, as one that calls it by its name.

    One that says no more than the place asks what the help is, or what was asked of another place before it.
    """
    service, calling = service_called(snapshot, question, memory), _called()
    of_another = memory.service in memory.listed
    if service is None:
        service, calling = _told_apart(snapshot, question, memory), pattern("called_by_a_word")
        of_another = memory.facet not in ("", "overview")
    if service is None:
        return question, memory
    said = question.analysis.folded
    beside = set(spoken(calling.sub(" ", said).split()))
    more = not beside.isdisjoint(_words("asking_for_more"))
    rest = beside - _words("asking_for_more") - _words("beside_a_place")
    facets = {f: p for f, p in question.facets.items() if f in NEIGHBOURS and f != "contact"} if rest else {}
    facets = facets or (memory.facets if of_another and memory.facets and not rest and not more else LOOK)
    named = snapshot.question(calling.sub(f" {service.name} ", said), facets, {service.topics[0]: 1.0})
    return replace(named, english=question.english), replace(memory, service=service.id, awaiting="")


def the_rest(snapshot: Snapshot, question: Question, memory: Memory) -> tuple[Question, Memory]:
    """ "Flere?" and "nævn dem alle" as the question for the whole list that the talk is about: what one help includes, else all
    kinds of help."""
    if not memory.municipality or memory.awaiting == "municipality":
        return question, memory
    if not pattern("asks_for_the_rest").search(question.analysis.folded):
        return question, memory
    service = snapshot.services.get(memory.service)
    if service is None:
        asked = snapshot.question(vocabulary().language["all_help_asked"][0], LOOK, {NO_TOPIC: 1.0})
        memory = replace(memory, service="", text="", topics={})
    else:
        asked = snapshot.question(vocabulary().language["whole_list_asked"][0], {"included": 1.0}, {service.topics[0]: 1.0})
    return replace(asked, english=question.english), memory


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


def _told_apart(snapshot: Snapshot, question: Question, memory: Memory) -> Service | None:
    """The help whose name alone, of all in the municipality, has the word that a short message calls it by."""
    municipality = snapshot.municipality(memory.municipality)
    short = memory.facets and len(question.analysis.words) <= FEW
    called = pattern("called_by_a_word").search(question.analysis.folded) if municipality and short else None
    if called is None or municipality is None or question.mentions.municipalities:
        return None
    word = called.group("word").rstrip("st") if len(called.group("word")) > TELLING else called.group("word")
    having = [service for service in municipality.services if word in fold(service.name)]
    return having[0] if len(having) == 1 and having[0].id != memory.service and len(word) >= TELLING else None


@lru_cache(maxsize=1)
def _called() -> re.Pattern[str]:
    words = "|".join(sorted(vocabulary().language["places"], key=len, reverse=True))
    return re.compile(vocabulary().language["called_by_place"][0].replace("PLACES", words))


@lru_cache(maxsize=2)
def _words(name: str) -> frozenset[str]:
    return frozenset(vocabulary().language[name])
