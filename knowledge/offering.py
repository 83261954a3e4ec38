"""Which kinds of help answer the need of somebody who calls none by its name: "jeg keder mig", "botilbud", two at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from knowledge import composition as compose
from knowledge.comparison_phrases import everyday_kind
from knowledge.model import Fact, Municipality, Service
from knowledge.question import NO_TOPIC
from knowledge.scope import GENERAL, MANY_SERVICES, Scope, is_named, name_in
from knowledge.services_meant import of_the_kind
from knowledge.turn import Turn
from knowledge.wording import say

FEW_WORDS = 3  # words of a message that only calls a kind of help, and asks for no list
HARDLY = 0.03  # lead of a service over another of its kind by which the words of a need hardly decide between them
BY_NAME = 1.0  # how well a message calls a help by its own name, and not by a word for it
PLAINLY_ONE = 0.6  # the same from which a need is one for it alone
SEVERAL = 2  # kinds of help told of, beyond which what there is for each is asked
NAMED = 0.5  # topic probability from which one kind of help is meant and not all of them
NEEDS = ("included", "need_covered", "purpose")  # facets that tell what a help is for
UNSPECIFIC = ("need_covered", "overview")  # facets asked for by who tells a need and knows of no help
HINTED = 0.04  # topic probability from which a need hints at a kind of help ...
PART = 0.3  # share of its likeness that a need has to a help of which it is only a part
ALIKE, MOST_ALIKE = 0.25, 3  # ... and what it and the likeness of words must come to; how many such facts are told


def needs_named(turn: Turn, municipality: Municipality) -> list[tuple[Service, Fact]]:
    """The services for the needs that a message names one by one at the beginning of a talk, each with what it does that is
    most like its need; none where one help is called by its name, or something in particular is asked of one."""
    question, kinds = turn.question, [topic for topic in turn.question.named if topic != GENERAL]
    meant = {service.id for topic in kinds for service in of_the_kind(turn, municipality, topic)}
    services = [service for service in municipality.services if service.id in meant]
    if turn.memory.service or len(question.mentions.municipalities) > 1 or (question.flags.yes_no and len(services) <= SEVERAL):
        return []
    names, folded = turn.snapshot.names[municipality.id], question.analysis.folded
    if sum(name_in(called, folded) > BY_NAME for called in names if called.service in services) == 1:
        return []
    return _what_they_do(turn, services)


def under_one_word(turn: Turn, municipality: Municipality, facet: str) -> list[tuple[Service, Fact]]:
    """The services that one everyday word stands for, none of which it names alone ("botilbud", "noget at stå op til"), each
    with what it does.

    Args:
        facet: what is asked; who tells a need and only hints at the kind of help by such a word is asking for it too.
    """
    topics, question = turn.question.topics, turn.question
    if question.mentions.paragraphs or question.named:
        return []
    said = everyday_kind(question.analysis.folded)
    together = [service for service in municipality.services if service.topics[0] in said]
    about = {topic for service in together for topic in service.topics}
    one = max((topics.get(service.topics[0], 0.0) for service in together), default=0.0)
    hinted = sum(topics.get(topic, 0.0) for topic in about) >= NAMED and one < PLAINLY_ONE
    if facet == "overview" or len(together) < SEVERAL or not hinted:
        topic = max((t for t in topics if t not in (NO_TOPIC, GENERAL)), key=topics.__getitem__, default="")
        together = [service for service in municipality.services if topic in service.topics]
        plain = facet == "overview" and topics.get(topic, 0.0) >= NAMED
        if not plain or len(together) < SEVERAL or any(service.topics[0] == topic for service in together):
            return []
    aims = [(service, fact) for service in together for fact in service.facts if fact.stated and fact.facet == "purpose"]
    first = {service.id: (service, fact) for service, fact in reversed(aims)}  # what they are for tells them apart
    return [first[service.id] for service in together] if len(first) == len(together) else _what_they_do(turn, together)


def as_likely(turn: Turn, scope: Scope) -> list[tuple[Service, Fact]]:
    """Two services of one kind of help between which the words of a need hardly decide, each with what it does."""
    service, rivals = scope.service, scope.rivals
    if service is None or not rivals or scope.lead > HARDLY or turn.memory.service or turn.question.completes:
        return []
    if rivals[0].topics[0] not in service.topics or is_meant(turn, service) or is_meant(turn, rivals[0]):
        return []
    told = _what_they_do(turn, (service, rivals[0]))
    return told if len(told) == SEVERAL else []


def nearest_to_need(turn: Turn, municipality: Municipality) -> list[tuple[Service, Fact]]:
    """What the services do that is most like a need, one fact a service, the likest first.

    Where several needs are told, or were told before, they tell which services.
    """
    needs = turn.question.told or turn.memory.told
    words, topics = turn.matches.overall, dict.fromkeys(needs, 1.0) or turn.question.topics

    def likeness(service: Service, fact: Fact) -> float:
        about = max((topics.get(topic, 0.0) for topic in (*fact.topics, *service.topics[:1])), default=0.0)
        if needs and not set(needs) & set(service.topics):  # a part of another help, as shopping is of a residence
            about *= PART
        return float(words[turn.snapshot.position[fact.id]]) + about if about >= HINTED else 0.0

    best: list[tuple[float, Service, Fact]] = []
    for service in municipality.services:
        told = _helping(service)
        if told and service.topics[0] != GENERAL:
            fact = max(told, key=partial(likeness, service))
            best.append((likeness(service, fact), service, fact))
    alike = sorted((item for item in best if item[0] >= ALIKE), key=lambda item: -item[0])
    return [(service, fact) for _, service, fact in alike[: max(MOST_ALIKE, len(needs))]]


def _what_they_do(turn: Turn, services: Sequence[Service]) -> list[tuple[Service, Fact]]:
    """What each of some services does that is most like the need, without those that tell of nothing they do."""
    helping = [(service, _helping(service)) for service in services]
    return [(service, max(told, key=lambda fact: turn.matches.of(fact).score)) for service, told in helping if told]


def _helping(service: Service) -> list[Fact]:
    """What a service does for whoever needs it."""
    return [fact for fact in service.facts if fact.stated and fact.facet in NEEDS]


def help_meant(turn: Turn, municipality: Municipality, service: Service, facet: str) -> str:
    """Which help it is that answers a need, said first to whoever tells the need and calls no help by its name."""
    told = facet in UNSPECIFIC and len(municipality.services) > 1
    known = turn.memory.service == service.id or service.topics[0] == GENERAL or turn.question.completes
    if not told or known or is_meant(turn, service):
        return ""
    return say("help_meant", service=compose.service_label(service), municipality=municipality.full_name)


def is_meant(turn: Turn, service: Service) -> bool:
    """Whether the question calls the service by one of its names, or by a paragraph that is its own."""
    own = service.topics[0] != GENERAL and MANY_SERVICES not in service.paragraphs
    by_paragraph = own and not set(service.paragraphs).isdisjoint(turn.question.mentions.paragraphs)
    return by_paragraph or is_named(turn.snapshot, service, turn.question)
