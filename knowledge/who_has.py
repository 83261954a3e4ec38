"""Which municipalities' documents describe a kind of help: "hvem har en ledsagerordning?", "er det kun Glostrup?"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from knowledge import composition as compose
from knowledge.answer import ANSWERED, NOT_STATED, Answer
from knowledge.brief import join_items
from knowledge.comparison import TABLE, compare, place_name
from knowledge.comparison_phrases import finds
from knowledge.facets import NEIGHBOURS, likeliest
from knowledge.model import Municipality, Service
from knowledge.question import NO_TOPIC, PLACES, Question
from knowledge.scope import GENERAL
from knowledge.selection import LOOK
from knowledge.services_meant import of_the_kind
from knowledge.turn import Turn
from knowledge.vocabulary import vocabulary
from knowledge.wording import say

NAMED, SHARES = 0.6, 0.2  # topic probability from which kinds of help are named together, and of each of them
PLAIN = 0.7  # facet probability from which another thing is asked than who has it ...
ASKS_WHO = ("contact", "eligibility", "guide", "overview", "provider", "need_covered")  # ... but "hvem har" sounds like these


def who_has(turn: Turn, places: Sequence[Municipality], answer_in: Callable[[Turn, Municipality], Answer]) -> Answer | None:
    """Who describes the kind of help asked about, with a look at it where it is described; None where something else is asked,
    or of no one kind.

    Args:
        answer_in: answers a turn in one municipality.
    """
    question = turn.question
    asked = question.mentions.folded
    has_it = finds("who_has", asked) and not finds("superlative", asked)  # "hvem giver mest?"
    if not question.reaches(PLACES) or not has_it or _asks_else(question):
        return None
    paragraph, kinds = _named(turn)
    found = {place.id: _services(turn, place, paragraph, kinds) for place in places}
    having = [place for place in places if found[place.id]]
    if not having:
        return None
    names = join_items(_lower(vocabulary().topics[kind].name) for kind in kinds)
    described = say("help_under", TABLE, paragraph=paragraph) if paragraph else names
    silent = [place for place in places if place not in having]
    key = "described_by_all" if not silent else "described_only" if len(having) == 1 else "described_by"
    apart = say(
        key,
        TABLE,
        names=join_items(map(place_name, having)),
        silent=join_items(map(place_name, silent)),
        help=described,
    )
    parts = [_look(turn, place, found[place.id], answer_in) for place in having]
    lacking = [Answer(NOT_STATED, say("not_described", TABLE), facet="included", municipality=place) for place in silent]
    answer = compare("overview", [*parts, *lacking], apart=apart)
    only = parts[0] if len(parts) == 1 else None  # the talk goes on about the one that is described
    return replace(answer, municipality=only.municipality, service=only.service) if only else answer


def _named(turn: Turn) -> tuple[str, tuple[str, ...]]:
    """The paragraph and the kinds of help that a message names, else those of the question before it."""
    question, before = turn.question, turn.memory
    paragraph, kinds = next(iter(question.mentions.paragraphs), ""), _kinds(question)
    if paragraph or (kinds and question.topics != before.topics) or not before.text:
        return paragraph, kinds
    told = turn.snapshot.linker.link(turn.snapshot.analyser.analyse(before.text))
    return next(iter(told.paragraphs), ""), _kinds(replace(question, topics=before.topics))


def _lower(name: str) -> str:
    return f"{name[:1].lower()}{name[1:]}"


def _asks_else(question: Question) -> bool:
    plainly = likeliest(question) >= PLAIN and question.intent in NEIGHBOURS
    return plainly and question.intent not in ASKS_WHO


def _kinds(question: Question) -> tuple[str, ...]:
    """The kind of help that is named, or those that a name is shared by ("botilbud"); none for support in general."""
    named = {t: p for t, p in question.topics.items() if t not in (NO_TOPIC, GENERAL) and p >= SHARES}
    return tuple(named) if sum(named.values()) >= NAMED else ()


def _services(turn: Turn, place: Municipality, paragraph: str, kinds: Sequence[str]) -> list[Service]:
    """The services of a municipality under a paragraph, else of some kinds; of each kind the one that is meant."""
    if paragraph:
        return [service for service in place.services if paragraph in service.paragraphs]
    return list({s.id: s for kind in kinds for s in of_the_kind(turn, place, kind)}.values())


def _look(
    turn: Turn, place: Municipality, services: Sequence[Service], answer_in: Callable[[Turn, Municipality], Answer]
) -> Answer:
    """What the help is in a municipality: one by itself, several by their names."""
    if len(services) > 1:
        named = say("describes_several", TABLE, names=join_items(map(compose.service_label, services)))
        return Answer(ANSWERED, named, facet="included", municipality=place)
    topics = {services[0].topics[0]: 1.0}
    asked = replace(turn.question, facets=LOOK, topics=topics, mentions=replace(turn.question.mentions, paragraphs=()))
    return answer_in(replace(turn, question=asked, memory=replace(turn.memory, service="")), place)
