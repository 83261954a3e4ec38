"""Whether something is asked of any help in a municipality, and none is named, so that words alone would pick one by chance."""

from __future__ import annotations

from knowledge.complaints import COMPLAINT, loses_help, tells_only_of_complaints
from knowledge.costs import COST, asks_the_price_alone
from knowledge.missing import missing_help
from knowledge.model import Municipality, Service
from knowledge.question import figure_asked
from knowledge.scope import GENERAL, is_named, name_in, strongest
from knowledge.turn import Turn

VAGUE = 0.3  # topic probability below which a message names no kind of help
LITTLE = 8  # words of a message that tells no story
SURE_KIND = 0.8  # topic probability from which an age is asked for one kind of help
ALIKE = (COMPLAINT, "processing_time")  # facets that are asked of any help


def asks_of_any_help(turn: Turn, municipality: Municipality, service: Service | None, facet: str) -> bool:
    """Whether a question at the beginning of a talk is one of any help, and names none: "frist", "hvad koster det?", "hvor
    gammel skal man være?".

    Args:
        service: the one that words would pick.
        facet: what is asked.
    """
    if turn.memory.service:
        return False
    alike = facet in ALIKE or (facet == COST and asks_the_price_alone(turn.question))
    if alike and (_says_little(turn, municipality, service) or _complains_of_no_help(turn, service)):
        return True
    return _asks_the_age(turn, service)


def names_it(turn: Turn, service: Service | None) -> bool:
    """Whether a message calls a service by its name."""
    return service is not None and is_named(turn.snapshot, service, turn.question)


def _says_little(turn: Turn, municipality: Municipality, service: Service | None) -> bool:
    """Whether a message in few words names no help, or carries on with one that the municipality lacks: "frist"."""
    few, topics = len(turn.question.analysis.words) <= LITTLE, turn.question.topics
    unnamed = strongest(topics) < VAGUE or bool(missing_help(municipality, topics, VAGUE))
    return few and unnamed and not names_it(turn, service)


def _complains_of_no_help(turn: Turn, service: Service | None) -> bool:
    """Whether the time or place of a complaint is asked for, or what to do where help is taken away, and no help is named."""
    unnamed = strongest(turn.question.topics) < VAGUE or loses_help(turn.question)
    if service is None or not unnamed or not tells_only_of_complaints(turn.question):
        return False
    names = (names for names in turn.snapshot.names[service.municipality] if names.service is service)
    return not any(name_in(one, turn.question.analysis.folded) for one in names)


def _asks_the_age(turn: Turn, service: Service | None) -> bool:
    """Whether an age for support in general is asked for."""
    kinds = {topic: p for topic, p in turn.question.topics.items() if topic != GENERAL}
    asked = figure_asked(turn.question.analysis) == "age" and strongest(kinds) < SURE_KIND
    return asked and not names_it(turn, service)
