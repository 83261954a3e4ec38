"""Two or three kinds of help of one municipality side by side: which a message means, and what is told of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from knowledge import composition as compose
from knowledge.answer import NOT_STATED, Answer
from knowledge.comparison import FEWEST, MOST, compare, level_name
from knowledge.comparison_phrases import everyday_kind, finds
from knowledge.danish import fold
from knowledge.facets import NEIGHBOURS, asked_facet
from knowledge.model import Fact, Municipality, Service
from knowledge.question import NO_TOPIC, Question
from knowledge.scope import GENERAL, MANY_SERVICES, name_in
from knowledge.selection import SPECIAL, Selection
from knowledge.turn import Turn
from knowledge.wording import say

TOPIC_NAMED = 0.2  # topic probability from which a kind of help counts as named beside another
TOPIC_HINTED = 0.003  # the same where its name stands in the message
HINTED = 0.08  # the same after "for så vidt angår"
PARTICULAR = 0.25  # facet probability from which something particular is asked beside a look at the whole
WHERE = ("delivery_place", "provider")  # facets whose facts name places
GUESS = 0.2  # facet probability below which nothing in particular is asked
WHOLE = ("overview", "definition", "purpose", "need_covered", "included", "guide", "special_notes")  # look at the whole help
LEADS = ("need_covered", "purpose", "overview", "eligibility")  # the first of these tells what a help is for
ABOUT = ("special_notes", "not_included", "citizen_obligations")  # what may be meant beside it
SOFT = ("assessment_method", "eligibility", "legal_basis", "citizen_obligations")  # facets a difference sounds like ...
PLAINLY = 0.5  # ... and the probability from which a difference is asked for in that, and not in all
ITEMS, FACTS = 4, 6
HIT = 0.1  # what a part of a name adds to the likeness of words
NAMES_ONE = 0.4  # topic probability from which a follow-up is about one kind of help
NAME_PART, MOST_SHARE = 6, 2  # letters that a part of a name is known by; names it may be part of and still tell one


def services_compared(turn: Turn) -> list[Service]:
    """Two or three services of one municipality that the message sets beside each other."""
    question = turn.question
    place = question.mentions.last_municipality or turn.memory.municipality or turn.page_municipality
    municipality = turn.snapshot.municipality(place)
    if municipality is None or len(municipality.services) < FEWEST:
        return []
    if told := _told_before(turn, municipality):
        return told
    by_paragraph = [_under(municipality, paragraph) for paragraph in question.mentions.paragraphs]
    told = [service for services in by_paragraph for service in services if len(services) == 1]
    narrow = [service for service in told if service.topics[0] != GENERAL]
    if len(narrow) < FEWEST and not _sets_apart(question):
        of_a_kind = (question.flags.all_services or question.flags.whole_list) and not question.flags.other_services
        return _of_one_kind(municipality, question) if of_a_kind else []
    named = _named_services(turn, municipality)
    if len(narrow) < FEWEST:  # "§ 97 eller netværksstøtte efter § 85"
        both = _among(municipality, narrow, named)
        if len(both) < FEWEST:
            both = _among(municipality, both, _likeliest_under(municipality, question, both))
        if FEWEST <= len(both) <= MOST:
            return both
    if len(told) >= FEWEST:
        return told
    if finds("two_kinds", question.analysis.folded):
        return _of_one_kind(municipality, question)
    both = _among(municipality, told, named)  # "ledsagerordning eller almindelig § 85"
    if len(both) == 1 and len(question.mentions.levels) < FEWEST:  # and it is not levels that are set apart
        general = finds("general_support", question.analysis.folded) and both[0].topics[0] != GENERAL
        general = general and MANY_SERVICES not in both[0].paragraphs  # "§ 99 eller bostøtten"
        rest = _under(municipality, MANY_SERVICES) if general else _called_in_part(turn, municipality, both[0])
        both = _among(municipality, both, rest)
    return both if FEWEST <= len(both) <= MOST else []


def _sets_apart(question: Question) -> bool:
    """Whether a message asks what sets two kinds of help apart, or asks the same of both."""
    folded = question.analysis.folded
    if finds("apart", folded) or finds("apart_asked", question.analysis.asked_folded):
        return True
    return len(question.beside) >= FEWEST and finds("apart_told", folded)


def _told_before(turn: Turn, municipality: Municipality) -> list[Service]:
    """The services set beside each other in the answer before, where a follow-up asks of both: "får hun penge for det ene af
    dem?", names none ("hvor tit kommer man der?"), or only gives another level."""
    question, helps = turn.question, turn.memory.helps
    services = [service for service in municipality.services if service.id in helps]
    if len(services) < FEWEST or question.mentions.paragraphs or len(question.beside) >= FEWEST:
        return []
    if finds("of_them", question.analysis.folded):
        return services
    again = question.facets == turn.memory.facets or question.facets == {"extent": 1.0}
    of_both = question.refers_back and _names_none_else(question, turn.memory.topics, services)
    return services if turn.memory.of_helps and (again or of_both) else []


def _names_none_else(question: Question, before: dict[str, float], services: Sequence[Service]) -> bool:
    """Whether a follow-up names no kind of help of its own: "får han penge for det?" is not about support with money."""
    best = max(question.topics, key=question.topics.__getitem__, default=NO_TOPIC)
    if question.topics == before or best == NO_TOPIC or question.topics[best] < NAMES_ONE:
        return True
    kinds = {service.topics[0]: question.topics.get(service.topics[0], 0.0) for service in services}
    return question.points_back and best not in kinds and max(kinds.values()) >= TOPIC_NAMED


def _among(municipality: Municipality, *chosen: Sequence[Service]) -> list[Service]:
    """The services of one or another list, in the document's order."""
    ids = {service.id for services in chosen for service in services}
    return [service for service in municipality.services if service.id in ids]


def _likeliest_under(municipality: Municipality, question: Question, but: Sequence[Service]) -> list[Service]:
    """Of the services under a paragraph that has many, the one whose kind of help is named."""
    if MANY_SERVICES not in question.mentions.paragraphs:
        return []
    left_out = {service.id for service in but}
    under = [
        s for s in municipality.services if MANY_SERVICES in s.paragraphs and s.topics[0] != GENERAL and s.id not in left_out
    ]
    best = max(under, key=lambda service: question.topics.get(service.topics[0], 0.0), default=None)
    return [best] if best and question.topics.get(best.topics[0], 0.0) >= TOPIC_NAMED / 4 else []


def _called_in_part(turn: Turn, municipality: Municipality, beside: Service) -> list[Service]:
    """The service that is set beside another one by a part of its name: "støtten til netværket", "opstartshjælpen"."""
    words = [key for key in turn.question.analysis.keys if len(key) >= NAME_PART]
    stems = {service.id: _stems(service) for service in municipality.services if service.topics[0] != GENERAL}
    shared = {stem for own in stems.values() for stem in own if sum(stem in other for other in stems.values()) > MOST_SHARE}
    own = stems.get(beside.id, frozenset()) | shared
    hits = {service_id: sum(word[:NAME_PART] in other - own for word in words) for service_id, other in stems.items()}
    services = [service for service in municipality.services if hits.get(service.id, 0) and service is not beside]
    best = max(services, key=lambda service: turn.matches.of_service(service) + HIT * hits[service.id], default=None)
    return [best] if best else []


def _stems(service: Service) -> frozenset[str]:
    words = (word for name in (service.name, *service.aliases) for word in fold(name).replace("-", " ").split())
    return frozenset(word[:NAME_PART] for word in words if len(word) >= NAME_PART)


def _of_one_kind(municipality: Municipality, question: Question) -> list[Service]:
    """The services that share the kind of help all forms of which are asked for: "hvilke former for botilbud er der", "hvad er
    der af dagtilbud"."""
    said = everyday_kind(question.analysis.folded)
    together = [service for service in municipality.services if service.topics[0] in said]
    if FEWEST <= len(together) <= MOST:
        return together
    if question.flags.whole_list and not question.flags.all_services:
        return []
    topics = {t: p for t, p in question.topics.items() if t not in (NO_TOPIC, GENERAL) and p >= TOPIC_NAMED}
    shared = [t for t in topics if t in _shared_topics(municipality)]
    if not shared:
        return []
    topic = max(shared, key=topics.__getitem__)
    services = [service for service in municipality.services if topic in service.topics]
    return services if len(services) <= MOST else []


def _under(municipality: Municipality, paragraph: str) -> list[Service]:
    """The services under a paragraph; of the many kinds of help under one, the help described in general."""
    services = [service for service in municipality.services if paragraph in service.paragraphs]
    if paragraph == MANY_SERVICES:
        return [service for service in services if service.topics[0] == GENERAL]
    return services


def _named_services(turn: Turn, municipality: Municipality) -> list[Service]:
    """The services that a name or a kind of help in the message stands for, in the document's order."""
    question, folded = turn.question, turn.question.analysis.folded
    if len(question.beside) >= FEWEST:
        return _among(municipality, [s for topic in question.beside for s in _of_the_kind(turn, municipality, topic)])
    called, kinds = [], []
    for names in turn.snapshot.names[municipality.id]:
        kind = names.service.topics[0]
        if kind == GENERAL:
            continue
        topic = question.topics.get(kind, 0.0)
        if name_in(names, folded) > 0.0 and (topic >= TOPIC_HINTED or kind not in _shared_topics(municipality)):
            called.append(names.service)
        elif topic >= TOPIC_NAMED:
            kinds.append(kind)
    told = {service.topics[0] for service in called}
    nearest = [s for kind in dict.fromkeys(kinds) if kind not in told for s in _of_the_kind(turn, municipality, kind)]
    return _among(municipality, called, nearest)


def _of_the_kind(turn: Turn, municipality: Municipality, topic: str) -> list[Service]:
    """The service that a kind of help stands for: its own, else one that it is part of; of several the one whose name, else
    whose words are nearest."""
    mainly = [service for service in municipality.services if service.topics[0] == topic]
    services = mainly or [service for service in municipality.services if topic in service.topics]
    names = {names.service.id: name_in(names, turn.question.analysis.folded) for names in turn.snapshot.names[municipality.id]}
    nearest = max(services, key=lambda service: (names[service.id], turn.matches.of_service(service)), default=None)
    return [nearest] if nearest else []


def _shared_topics(municipality: Municipality) -> set[str]:
    topics = [topic for service in municipality.services for topic in service.topics]
    return {topic for topic in topics if topics.count(topic) > 1}


def services_side_by_side(turn: Turn, services: Sequence[Service], answer_in: Callable[[Turn, Municipality], Answer]) -> Answer:
    """The same facet of several services of one municipality.

    Args:
        answer_in: answers a question in one municipality, for the help that is described in general.
    """
    municipality = turn.snapshot.catalogue.by_id[services[0].municipality]
    facet, level = _facet_of_all(turn.question, services), turn.question.mentions.level
    parts = [_service_part(turn, municipality, service, facet) for service in services]
    if all(part.status == NOT_STATED for part in parts) and turn.question.facets.get(facet, 0.0) < PLAINLY:
        facet = "overview"  # what nobody states was hardly asked
        parts = [_service_part(turn, municipality, service, facet) for service in services]
    parts = [_led_by_what_it_leaves(part, services) for part in parts] if facet in (*WHOLE, *ABOUT) else parts
    parts = [
        _of_all_kinds(turn, municipality, facet, answer_in)
        if part.status == NOT_STATED and service.topics[0] == GENERAL
        else part
        for part, service in zip(parts, services)
    ]
    return replace(compare(facet, parts, level), municipality=municipality)


def _facet_of_all(question: Question, services: Sequence[Service]) -> str:
    """What is asked of all services alike; a look at each where that is nothing in particular."""
    facet, folded, level = asked_facet(question), question.analysis.folded, question.mentions.level
    chosen = facet == "free_choice" and finds("choosing", folded)
    respect = finds("in_respect_of", folded)
    if facet in WHOLE or facet not in NEIGHBOURS or question.facets.get(facet, 0.0) < GUESS or chosen:
        asked = particular(question, HINTED if respect else PARTICULAR)
        facet = max(asked, key=asked.__getitem__, default="overview")
    if facet in (*WHOLE, *SOFT) and " tema" in folded:
        return "eligibility"  # the target group is told by themes
    unsure = question.facets.get(facet, 0.0) < PLAINLY and not (facet == "eligibility" and level is not None) and not respect
    if facet in SOFT and unsure and finds("apart", folded):
        facet = "overview"  # "hvad er forskellen?", whatever it sounds like besides
    if facet in (*ABOUT, "provider") and finds("one_thing", folded):
        facet = "overview"  # "det er vel det samme?", "to navne for den samme"
    if facet == "overview" and level is not None:
        return "extent" if all(_has_hours_by_level(service) for service in services) else "eligibility"
    return facet


def _has_hours_by_level(service: Service) -> bool:
    return any(fact.value and fact.value["kind"] == "hours_by_level" for fact in service.facts)


def _led_by_what_it_leaves(part: Answer, services: Sequence[Service]) -> Answer:
    """A sub-answer with what its help leaves to another one of those compared in front: cooking leaves shopping."""
    others = {service.topics[0] for service in services if service is not part.service}
    own = part.service.facts if part.service else ()
    left = [f for f in own if f.stated and f.facet == "not_included" and not others.isdisjoint(f.topics)]
    return replace(part, facts=tuple(_once(*left, *part.facts))) if left and part.status != NOT_STATED else part


def _once(*facts: Fact) -> list[Fact]:
    """Each fact once, where it comes first; by its id, because a fact may hold a table."""
    first: dict[str, Fact] = {}
    for fact in facts:
        first.setdefault(fact.id, fact)
    return list(first.values())


def _of_all_kinds(
    turn: Turn, municipality: Municipality, facet: str, answer_in: Callable[[Turn, Municipality], Answer]
) -> Answer:
    """What most kinds of a help state, where the description of it in general is silent."""
    mentions = replace(turn.question.mentions, paragraphs=(MANY_SERVICES,))
    question = replace(turn.question, topics={GENERAL: 1.0}, facets={facet: 1.0}, mentions=mentions)
    return answer_in(replace(turn, question=question, memory=replace(turn.memory, service="")), municipality)


def _service_part(turn: Turn, municipality: Municipality, service: Service, facet: str) -> Answer:
    facts = _overview(turn, service) if facet == "overview" else [f for f in service.facts if f.stated and facet in f.facets]
    nearest = max(service.facts, key=lambda fact: turn.matches.of(fact).score)
    if facet != "overview" and nearest.stated and nearest not in facts and turn.matches.of(nearest).score >= SPECIAL:
        facts = [*facts[:1], nearest, *facts[1:]]  # "kommer de så to forskellige dage?"
    if not facts:
        gaps = [fact for fact in service.facts if not fact.stated and facet == fact.facet]
        return compose.not_stated(municipality, service, facet, [], [], gaps[:1])
    facts = _once(*_places_named(turn, service), *facts)
    level = turn.question.mentions.level if facet == "extent" else None
    selection = Selection(facet, tuple(facts[:FACTS]), asked=facet)
    part = compose.answered(municipality, service, selection, turn.question, turn.memory, level=level)
    return replace(part, verdict=_no_hours_at(facts, level)) if level is not None else part


def _places_named(turn: Turn, service: Service) -> list[Fact]:
    """What tells that a place the message calls by its name belongs to a service: "på Mosetoften eller på Soltoften?"."""
    keys = {key for key in turn.question.analysis.keys if len(key) >= NAME_PART}
    return [fact for fact in service.facts if fact.stated and fact.facet in WHERE and keys & _proper_names(fact.text)][:1]


@lru_cache(maxsize=1_000)
def _proper_names(text: str) -> frozenset[str]:
    """The folded words of a text that are written with a capital within a sentence."""
    return frozenset(map(fold, re.findall(r"(?<=[a-zæøå,] )([A-ZÆØÅ]\w+)", text)))


def _no_hours_at(facts: Sequence[Fact], level: int) -> str:
    """That the document has hours for other levels and none for this one; "" otherwise."""
    hours = [fact.value["levels"] for fact in facts if fact.value and fact.value["kind"] == "hours_by_level"]
    if not hours or any(str(level) in levels for levels in hours):
        return ""
    return say("no_hours_at", "comparison", level=level_name(level))


def _overview(turn: Turn, service: Service) -> list[Fact]:
    """What the words are plainly about, else what the help is for, and the first things it includes."""
    stated = [fact for fact in service.facts if fact.stated]
    nearest = max(stated, key=lambda fact: turn.matches.of(fact).score, default=None)
    special = [nearest] if nearest and nearest.facet in ABOUT and turn.matches.of(nearest).score >= SPECIAL else []
    leads = [fact for facet in LEADS for fact in stated if fact.facet == facet]
    return [*special, *leads[:1], *[fact for fact in stated if fact.facet == "included"][:ITEMS]]


def particular(question: Question, least: float = PARTICULAR) -> dict[str, float]:
    """What may be asked beside a look at the whole: "hvad er forskellen i omfang"."""
    choosing = finds("choosing", question.analysis.folded)  # "vi skal vælge mellem de to" asks nothing of the choice
    left_out = (*WHOLE, "free_choice") if choosing else WHOLE
    return {f: p for f, p in question.facets.items() if f in NEIGHBOURS and f not in left_out and p >= least}
