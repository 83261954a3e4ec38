"""Which service of a municipality a question is about."""

from __future__ import annotations

from dataclasses import dataclass, replace

from knowledge.matching import Matches
from knowledge.model import Municipality, Service
from knowledge.question import NO_TOPIC, Memory, Question
from knowledge.snapshot import ServiceNames, Snapshot

UNTOLD, LEAD = 0.05, 0.12  # score beside words that names no service; what words alone must lead by to choose one
TELLING = 0.15  # share of a message in words that not all services share, below which words choose none
ENOUGH = 0.42  # score a service needs to be taken
RIVAL = 0.06  # services this close to the best are rivals
MAIN_TOPIC, OTHER_TOPIC, FACT_TOPIC = 1.0, 0.85, 0.45
LEXICAL = 0.82
SAME_SERVICE, SAME_SERVICE_NO_TOPIC, SAME_SERVICE_VAGUE = 0.2, 0.7, 0.5
POINTS_BACK, POINTS_BACK_IN_FEW = 0.55, 0.95  # what a short message that points back adds to the service before
VAGUE = 0.5  # topic probability up to which a message that names nothing stays with the service before
TOLD = 0.65  # weight of a name that stands in a sentence that asks nothing ...
TOLD_BESIDE = 0.2  # ... and where something is asked about besides it: "hun får støtte til X. Kan hun også få Y?"
ENDINGS = frozenset(("s", "e", "n", "t", "r", "en", "et", "er", "ne", "ens", "ets", "erne", "ernes", "rne"))
INFLECTED_FROM = 6  # letters a name needs before an ending may follow it
CALLED = 0.6  # weight of a name that stands in the question itself
SPECIFIC = 0.25  # topic probability from which a kind of help counts as told beside support in general
NO_HELP = 0.3  # topic probability below which no kind of help is named
GENERAL = "stoette"
MANY_SERVICES = "85"  # the paragraph under which municipalities describe many services


@dataclass(frozen=True)
class Scope:
    """The service in question, None when it cannot be told; `rivals` are the services it could be as well,
    `lead` is how far the best is before the next."""

    municipality: Municipality
    service: Service | None
    score: float = 0.0
    rivals: tuple[Service, ...] = ()
    lead: float = 1.0


def choose_service(
    snapshot: Snapshot, municipality: Municipality, question: Question, memory: Memory, matches: Matches
) -> Scope:
    """Score every service of the municipality by name, paragraph, topic, words and context, and take the best."""
    if len(municipality.services) < 2:
        return Scope(municipality, next(iter(municipality.services), None), 1.0)
    question = replace(question, topics=_specific(question.topics))
    before = _before(snapshot, municipality, memory)
    offered = {topic for service in municipality.services for topic in service.topics}
    told = {topic: p for topic, p in question.topics.items() if topic in offered}
    words = LEXICAL if matches.tells_apart(municipality.id) >= TELLING else 0.0
    called = snapshot.names[municipality.id]
    of_all = any(names.service.topics[0] == GENERAL and _named(names, question) >= CALLED for names in called)
    scored = sorted(
        ((_score(names, question, told, before, matches, words, of_all), names.service) for names in called),
        key=lambda item: -item[0],
    )
    best, lead = scored[0][0], scored[0][0] - scored[1][0]
    by_words = best <= words * matches.of_service(scored[0][1]) + UNTOLD  # no name, no kind of help, nothing talked about
    if best < ENOUGH or (by_words and lead < LEAD):
        return Scope(municipality, None, best, tuple(service for _, service in scored[:3]), lead)
    rivals = tuple(service for score, service in scored[1:] if score > best - RIVAL)
    return Scope(municipality, scored[0][1], best, rivals, lead)


def _before(snapshot: Snapshot, municipality: Municipality, memory: Memory) -> str:
    """The service talked about before; where that was in another municipality, the one here that is the same kind of help."""
    service = snapshot.services.get(memory.service)
    if service is None or service.municipality == municipality.id:
        return memory.service
    return next((other.id for other in municipality.services if other.topics[0] == service.topics[0]), "")


def _score(
    names: ServiceNames,
    question: Question,
    told: dict[str, float],
    before: str,
    matches: Matches,
    words: float,
    general_named: bool,
) -> float:
    """How well a service fits; `told` are the kinds of help named that the municipality has a service for, `general_named`
    that the support in general is called by its name."""
    service = names.service
    named = max(_named(names, question), _paragraph(service, question))
    context = 0.0
    if before == service.id:
        others = {topic: p for topic, p in told.items() if topic != GENERAL or general_named}
        context = SAME_SERVICE + SAME_SERVICE_NO_TOPIC * max(0.0, 1.0 - sum(others.values()))
        if strongest(told) < VAGUE and not general_named:
            context += SAME_SERVICE_VAGUE
        if question.refers_back:
            context += POINTS_BACK_IN_FEW if question.points_back else POINTS_BACK
    return named + _topic(names, question) + words * matches.of_service(service) + context


def _specific(topics: dict[str, float]) -> dict[str, float]:
    """Where a kind of help is told, the support in general that it is part of says nothing of its own."""
    general = topics.get(GENERAL, 0.0)
    if strongest(topics) < SPECIFIC or not general:
        return topics
    return {topic: p / (1.0 - general) for topic, p in topics.items() if topic != GENERAL}


def is_named(snapshot: Snapshot, service: Service, question: Question) -> bool:
    """Whether the question calls the service by one of its names."""
    return any(_named(names, question) >= CALLED for names in snapshot.names[service.municipality] if names.service is service)


def _named(names: ServiceNames, question: Question) -> float:
    asked, folded = question.analysis.asked_folded, question.analysis.folded
    if asked == folded:
        return name_in(names, asked)
    told = TOLD_BESIDE if " ogsa " in asked else TOLD
    return max(name_in(names, asked), told * name_in(names, folded))


def name_in(names: ServiceNames, folded: str) -> float:
    """How well a folded text calls a service by one of its names, also with a Danish ending; 0 when it does not."""
    for n, phrase in enumerate(names.phrases):
        if names.stems[n] in folded and (phrase in folded or _inflected(names.stems[n], folded)):
            return 1.2 if len(phrase) > 24 or n == 0 else min(1.0, 0.4 + 0.2 * len(phrase.split()))
    return 0.0


def _inflected(name: str, folded: str) -> bool:
    """Whether a name stands in the text with a Danish ending: "ledsagerordning" in "ledsagerordningen"."""
    at = folded.find(name)
    if at < 0 or len(name) < INFLECTED_FROM:
        return False
    return has_ending(name, folded[at : folded.find(" ", at + len(name))])


def has_ending(name: str, word: str) -> bool:
    """Whether a word is a name with a Danish ending."""
    return word.startswith(name) and word[len(name) :] in ENDINGS


def _paragraph(service: Service, question: Question) -> float:
    hits = [p for p in question.mentions.paragraphs if p in service.paragraphs]
    if not hits:
        return 0.0
    if hits == [MANY_SERVICES]:
        return 0.45 if service.topics[0] == GENERAL else 0.3
    return 0.9


def strongest(topics: dict[str, float]) -> float:
    """The probability of the likeliest kind of help, support in general left aside."""
    return max((p for topic, p in topics.items() if topic not in (NO_TOPIC, GENERAL)), default=0.0)


def _topic(names: ServiceNames, question: Question) -> float:
    service, total = names.service, 0.0
    for topic, probability in question.topics.items():
        if topic == NO_TOPIC:
            continue
        if topic == service.topics[0]:
            total += MAIN_TOPIC * probability
        elif topic in service.topics:
            total += OTHER_TOPIC * probability
        elif topic in names.narrow:
            total += FACT_TOPIC * probability
    return total
