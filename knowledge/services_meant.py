"""Which two or three kinds of help of one municipality a message sets beside each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.comparison import FEWEST, MOST
from knowledge.comparison_phrases import everyday_kind, finds
from knowledge.danish import fold
from knowledge.model import Municipality, Service
from knowledge.question import NO_TOPIC, Question
from knowledge.scope import GENERAL, MANY_SERVICES, name_in
from knowledge.turn import Turn

TOPIC_NAMED = 0.2  # topic probability from which a kind of help counts as named beside another
TOPIC_HINTED = 0.003  # the same where its name stands in the message
NAMES_ONE = 0.4  # topic probability from which a follow-up is about one kind of help
NAME_PART, MOST_SHARE = 6, 2  # letters that a part of a name is known by; names it may be part of and still tell one
HINTED_EACH = 0.08  # topic probability that each of some kinds of help needs which pieces of a message name
HINTED_FAINTLY, PLAINLY_MEASURED = 0.04, 0.8  # the same where hours are asked, by this probability
NAMED_EACH = 0.3  # the same of kinds of help that no piece names
# What is asked of each of them alike, and the probability of these together from which one is asked.
ALIKE = (
    "cost",
    "extent",
    "schedule",
    "follow_up",
    "delivery_place",
    "start_time",
    "free_choice",
    "provider",
    "approval",
    "staff_qualifications",
)
MOSTLY = 0.5
OF_EACH = ("eligibility", "purpose")  # what is asked of helps that are called by their names
OF_TWO, OF_TWO_LEAST = ("eligibility", "not_included", "citizen_obligations", "purpose"), 0.35  # asked of two; its probability
FEW_NAMING = 20  # tokens of a message in which two kinds of help are named for that
BY_NAME = 1.0  # how well a sentence calls a help by its own name
SURELY = 0.3  # and its probability
FEW_ASKING = 9  # words of a message that sets one help beside the one talked about
FEW_WORDS = 6  # words of a follow-up that is about what was set side by side before it
HIT = 0.1  # what a part of a name adds to the likeness of words
_AND = re.compile(r" (?:og|eller|samt|bade) |[/+,]")


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
        if both := _asked_of_both(turn, municipality, narrow):
            return both
        listed = question.flags.all_services or question.flags.whole_list
        of_a_kind = listed and not narrow and not question.flags.other_services
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
        beside = _beside(turn, municipality, both[0]) or _talked_about(turn, municipality)
        both = _among(municipality, both, beside)
    return both if FEWEST <= len(both) <= MOST else []


def _sets_apart(question: Question) -> bool:
    """Whether a message asks what sets two kinds of help apart, or asks the same of both."""
    folded = question.analysis.folded
    if finds("apart", folded) or finds("apart_asked", question.analysis.asked_folded):
        return True
    return len(question.beside) >= FEWEST and finds("apart_told", folded)


def _asked_of_both(turn: Turn, municipality: Municipality, told: Sequence[Service]) -> list[Service]:
    """Two services that a message names at the beginning of a talk to ask the same of both: "de vil lære ham at lave mad og at
    vaske tøj, hvad kommer det til at koste?".

    Args:
        told: those that it names by their paragraph: "§ 99 og ledsagerordningen".
    """
    question = turn.question
    called = _called_by_name(turn, municipality)
    if FEWEST <= len(called) <= MOST and not turn.memory.service and not told:
        return called
    measured = sum(question.facets.get(facet, 0.0) for facet in ALIKE)
    conditions = (
        question.facets.get("eligibility", 0.0) if len(question.named) >= FEWEST and not question.mentions.themes else 0.0
    )
    by_paragraph = bool({*question.mentions.paragraphs} - {MANY_SERVICES}) and not told
    joined = _asks_of_two(question)
    plain = (max(measured, conditions) >= MOSTLY or joined) and not by_paragraph
    if not plain or turn.memory.service or not _AND.search(question.analysis.folded):
        return []
    likely = (t for t, p in question.topics.items() if p >= NAMED_EACH and t not in (NO_TOPIC, GENERAL))
    faintly = question.facets.get("extent", 0.0) >= PLAINLY_MEASURED  # "timer til rengøring og til at købe ind"
    least = HINTED_FAINTLY if faintly else HINTED_EACH if measured >= MOSTLY or joined else TOPIC_NAMED
    named = [topic for topic in question.named if question.topics.get(topic, 0.0) >= least]
    topics = named if len(named) >= FEWEST else likely
    both = _among(municipality, told, [service for topic in topics for service in of_the_kind(turn, municipality, topic)])
    akin = set.intersection(*(set(service.topics) for service in both)) if both else set()  # one of two homes is meant
    alternatives = topics is named and " eller " in question.analysis.folded
    return both if FEWEST <= len(both) <= MOST and (alternatives or not akin) else []


def _asks_of_two(question: Question) -> bool:
    """Whether a short message names two kinds of help and asks a condition, a duty or the like: "hvad indgår ikke i flytning og
    ledsagelse?"."""
    short = len(question.analysis.words) <= FEW_NAMING and len(question.named) == FEWEST
    return short and max(question.facets.get(facet, 0.0) for facet in OF_TWO) >= OF_TWO_LEAST


def _called_by_name(turn: Turn, municipality: Municipality) -> list[Service]:
    """The services that one sentence calls by their names to ask the same of them: "specialundervisning og beskyttet
    beskæftigelse, hvem er de for?"."""
    asked = turn.question.analysis.asked_folded
    if max(turn.question.facets.get(facet, 0.0) for facet in OF_EACH) < SURELY or not _AND.search(asked):
        return []
    called = [names.service for names in turn.snapshot.names[municipality.id] if name_in(names, asked) >= BY_NAME]
    return [service for service in called if service.topics[0] != GENERAL]


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
    few = len(question.analysis.words) <= FEW_WORDS and not question.mentions.municipalities
    of_both = (again or question.refers_back or few) and _names_none_else(question, turn.memory.topics, services)
    return services if turn.memory.of_helps and of_both else []


def _names_none_else(question: Question, before: dict[str, float], services: Sequence[Service]) -> bool:
    """Whether a follow-up names no kind of help of its own: "får han penge for det?" is not about support with money."""
    best = max(question.topics, key=question.topics.__getitem__, default=NO_TOPIC)
    if question.topics == before or best == NO_TOPIC or question.topics[best] < NAMES_ONE:
        return True
    if all(best in service.topics for service in services):
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


def _beside(turn: Turn, municipality: Municipality, one: Service) -> list[Service]:
    """What a single service that was recognised is set beside: support in general ("§ 99 eller bostøtten"), or one that is
    called by a part of its name."""
    general = MANY_SERVICES not in one.paragraphs and finds("general_support", turn.question.analysis.folded)
    return _under(municipality, MANY_SERVICES) if general else _called_in_part(turn, municipality, one)


def _talked_about(turn: Turn, municipality: Municipality) -> list[Service]:
    """The help talked about, which a few words set another one beside: "og forskellen til § 104?"."""
    few = len(turn.question.analysis.words) <= FEW_ASKING
    return [service for service in municipality.services if few and service.id == turn.memory.service]


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
    return frozenset(stem for name in (service.name, *service.aliases) for stem in stems(name))


def stems(text: str) -> frozenset[str]:
    """The first letters of the longer words of a text, by which forms and compounds of a word are known."""
    words = fold(text).replace("-", " ").split()
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
        return _among(municipality, [s for topic in question.beside for s in of_the_kind(turn, municipality, topic)])
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
    nearest = [s for kind in dict.fromkeys(kinds) if kind not in told for s in of_the_kind(turn, municipality, kind)]
    return _among(municipality, called, nearest)


def of_the_kind(turn: Turn, municipality: Municipality, topic: str) -> list[Service]:
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
