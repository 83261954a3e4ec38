"""Which municipalities' documents describe a kind of help: "hvem har en ledsagerordning?", "er det kun Glostrup?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from knowledge import composition as compose
from knowledge.answer import ANSWERED, NOT_STATED, Answer
from knowledge.brief import join_items
from knowledge.comparison import TABLE, compare, place_name
from knowledge.comparison_phrases import finds
from knowledge.facets import LIST_FACETS, NEIGHBOURS, likeliest
from knowledge.model import Municipality, Service
from knowledge.question import NO_TOPIC, PLACES, Question
from knowledge.scope import GENERAL
from knowledge.selection import LOOK
from knowledge.services_meant import of_the_kind
from knowledge.turn import Turn
from knowledge.vocabulary import vocabulary
from knowledge.wording import say

BEYOND_DOUBT = 0.9  # topic probability from which it is said unasked where a help is described
NAMED, SHARES = 0.6, 0.2  # topic probability from which kinds of help are named together, and of each of them
ANYWHERE = (*LIST_FACETS, *(facet for facet in NEIGHBOURS if facet not in LIST_FACETS))
PLAIN, SURER = 0.7, 0.85  # facet probability from which another thing is asked, and one of those ...
ASKS_WHO = ("contact", "eligibility", "provider")  # ... that "hvem har" sounds like


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
    beside = {place.id: part for place in places if place not in having and (part := _beside(place, paragraph, kinds))}
    silent = [place for place in places if place not in having and place.id not in beside]
    names = {
        "names": join_items(map(place_name, having)),
        "beside": join_items(place_name(place) for place in places if place.id in beside),
        "silent": join_items(map(place_name, silent)),
        "help": _called(paragraph, kinds),
    }
    first = (
        "described_only" if len(having) == 1 and len(places) > 1 else "described_by" if silent or beside else "described_all"
    )
    keys = [first, *(["described_beside"] if beside else []), *(["not_described_by"] if silent else [])]
    parts = [_look(turn, place, found[place.id], kinds, answer_in) for place in having]
    lacking = [Answer(NOT_STATED, say("not_described", TABLE), facet="included", municipality=place) for place in silent]
    answer = compare("overview", [*parts, *beside.values(), *lacking], apart=" ".join(say(key, TABLE, **names) for key in keys))
    # the talk goes on about the one that is described
    only = parts[0] if len(parts) == 1 and (paragraph or not beside) else None
    return replace(answer, municipality=only.municipality, service=only.service) if only else answer


def only_described(turn: Turn) -> str:
    """That the document of one municipality alone describes the help named beyond doubt, while it is asked which is meant; ""
    otherwise."""
    question = turn.question
    paragraph, kinds = next(iter(question.mentions.paragraphs), ""), _kinds(question, BEYOND_DOUBT)
    named = turn.snapshot.named_municipalities()
    having = [place for place in named if _services(turn, place, paragraph, kinds)]
    if len(having) != 1 or any(_beside(place, paragraph, kinds) for place in named if place not in having):
        return ""
    return say("only_described", TABLE, name=place_name(having[0]), help=_called(paragraph, kinds))


def _called(paragraph: str, kinds: Sequence[str]) -> str:
    """What some help is called in running text."""
    if paragraph:
        return say("help_under", TABLE, paragraph=paragraph)
    names = (vocabulary().topics[kind].name for kind in kinds)
    return join_items(f"{name[:1].lower()}{name[1:]}" for name in names)


def _named(turn: Turn) -> tuple[str, tuple[str, ...]]:
    """The paragraph and the kinds of help that a message names, else those of the question before it."""
    question, before = turn.question, turn.memory
    paragraph, kinds = next(iter(question.mentions.paragraphs), ""), _kinds(question)
    if paragraph or (kinds and question.topics != before.topics) or not before.text:
        return paragraph, kinds
    told = turn.snapshot.linker.link(turn.snapshot.analyser.analyse(before.text))
    return next(iter(told.paragraphs), ""), _kinds(replace(question, topics=before.topics))


def _asks_else(question: Question) -> bool:
    """Whether another thing is plainly asked than who has it."""
    least = SURER if question.intent in ASKS_WHO else PLAIN
    return likeliest(question) >= least and question.intent in NEIGHBOURS


def _kinds(question: Question, least: float = NAMED) -> tuple[str, ...]:
    """The kind of help that is named, or those that a name is shared by ("botilbud"); none for support in general."""
    named = {t: p for t, p in question.topics.items() if t not in (NO_TOPIC, GENERAL) and p >= SHARES}
    return tuple(named) if sum(named.values()) >= least else ()


def _services(turn: Turn, place: Municipality, paragraph: str, kinds: Sequence[str]) -> list[Service]:
    """The services of a municipality under a paragraph, else of some kinds; of each kind the one that is meant."""
    if paragraph:
        return [service for service in place.services if paragraph in service.paragraphs]
    return list({s.id: s for kind in kinds for s in of_the_kind(turn, place, kind)}.values())


def _beside(place: Municipality, paragraph: str, kinds: Sequence[str]) -> Answer | None:
    """What a municipality without such a help tells of it beside other help; None where it tells nothing."""
    if paragraph:
        return next((part for service in place.services if (part := _naming(service, place, paragraph))), None)
    if any(set(service.topics) & set(kinds) for service in place.services):
        return None
    return next((part for service in place.services if (part := _of_kinds(service, place, kinds, ANYWHERE))), None)


def _naming(service: Service, place: Municipality, paragraph: str) -> Answer | None:
    """What a service under another paragraph tells in which one is named: "ledsagelse efter § 97" is left out."""
    named = re.compile(rf"§ ?{re.escape(paragraph)}(?! ?[a-d]\b|\d)")
    found = tuple(fact for fact in service.facts if fact.stated and named.search(fact.text))
    return Answer(ANSWERED, "", found, found[0].facet, place, service) if found else None


def _of_kinds(
    service: Service, place: Municipality, kinds: Sequence[str], facets: Sequence[str] = LIST_FACETS
) -> Answer | None:
    """What a service tells of some kinds of help that are not its own name, in the order of some facets."""
    stated = [fact for facet in facets for fact in service.facts if fact.stated and fact.facet == facet]
    found = tuple(fact for fact in stated if set(fact.topics) & set(kinds))
    return Answer(ANSWERED, "", found, found[0].facet, place, service) if found else None


def _look(
    turn: Turn,
    place: Municipality,
    services: Sequence[Service],
    kinds: Sequence[str],
    answer_in: Callable[[Turn, Municipality], Answer],
) -> Answer:
    """What the help is in a municipality: one by itself, several by their names."""
    if len(services) > 1:
        named = say("describes_several", TABLE, names=join_items(map(compose.service_label, services)))
        return Answer(ANSWERED, named, facet="included", municipality=place)
    if services[0].topics[0] == GENERAL and (part := _of_kinds(services[0], place, kinds)):
        return part
    topics = {services[0].topics[0]: 1.0}
    asked = replace(turn.question, facets=LOOK, topics=topics, mentions=replace(turn.question.mentions, paragraphs=()))
    return answer_in(replace(turn, question=asked, memory=replace(turn.memory, service="")), place)
