"""What help costs in a municipality whose document tells it of each kind of help by itself, where none is named.

"Er det gratis i Gladsaxe?" has no one answer there, and a mere question back would hold back what can be said: how many
kinds of help are free, what one pays beside them, and of which the document tells nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from knowledge import composition as compose
from knowledge.answer import Answer
from knowledge.brief import join_items
from knowledge.matching import Matches
from knowledge.model import Fact, Municipality, Service
from knowledge.question import Question
from knowledge.selection import Selection
from knowledge.verdict import says_who_pays, tells_of_expenses
from knowledge.vocabulary import pattern
from knowledge.wording import say

COST = "cost"
NAMED, TOLD = 2, 4  # kinds of help named as those that no price is stated of; facts told of each
FITS = 0.4  # likeness from which what is said of all help is asked for
OWN_EXPENSES = ("betale", "tilskud")  # in a fact that tells what the citizen pays, or gets towards it
FEW = 3  # kinds of help that an answer lists to be chosen from, up to which they are all meant


def asks_the_price_alone(question: Question) -> bool:
    """Whether a message has no words but those of paying, of help in general and of people."""
    return question.says_only(pattern("of_paying"))


def costs_of_all(municipality: Municipality, listed: Collection[str] = ()) -> Answer:
    """How many kinds of help are free, what the document tells of paying for each, and which help is meant.

    Args:
        listed: ids of the few kinds of help that the answer before named; then of each of these what is told of paying.
    """
    services = [service for service in municipality.services if service.id in listed] if len(listed) <= FEW else []
    first, asked = ("", services) if services else (_of_how_many(municipality), municipality.services)
    lines = _told_of_each(asked, with_free=bool(services))
    general = [fact for fact in municipality.facts if fact.stated and COST in fact.facets]
    facts = [*general, *(fact for service in asked for fact in _costs(service))]
    text = [
        first,
        "\n".join([say("cost_lines"), *(f"• {line}" for line in lines)]) if lines else "",
        *(fact.text for fact in general),
        compose.source_line(municipality, facts),
    ]
    return compose.ask_service(municipality, asked, COST, "\n\n".join(filter(None, text)), facts)


def costs_in_short(municipality: Municipality, matches: Matches) -> Answer:
    """The same in few sentences, for a comparison: of how many kinds of help one pays something beside, where that is told of
    many; what holds for all help goes first where it fits the words."""
    services, lines = municipality.services, _told_of_each(municipality.services, with_free=False)
    beside = [service for service in services if any(tells_of_expenses(fact.text) for fact in _costs(service))]
    expenses = say("cost_beside", count=len(beside)) if len(lines) > FEW else " ".join(lines)
    general = [fact for fact in municipality.facts if fact.stated and COST in fact.facets]
    first = [fact.text for fact in general if matches.of(fact).score >= FITS]
    rest = [fact.text for fact in general if fact.text not in first]
    text = " ".join(filter(None, [*first, _of_how_many(municipality), expenses, *rest]))
    facts = [*general, *(fact for service in services for fact in _costs(service))]
    return compose.ask_service(municipality, services, COST, f"{text}\n\n{compose.source_line(municipality, facts)}", facts)


def _told_of_each(services: Iterable[Service], with_free: bool) -> list[str]:
    """What is told of paying for each of some kinds of help, those left out of which nothing is told.

    Args:
        with_free: also that a help is free, which is told of all together otherwise.
    """
    costs = {service: [fact for fact in _costs(service) if with_free or not fact.is_free] for service in services}
    told = {compose.service_label(service): " ".join(fact.text for fact in facts[:TOLD]) for service, facts in costs.items()}
    return [say("cost_line", service=label, text=text) for label, text in told.items() if text]


def _costs(service: Service) -> list[Fact]:
    """What is told of paying for a help; what one is paid there is another matter."""
    return [fact for fact in service.facts if fact.stated and fact.facet == COST and tells_of_paying(fact)]


def tells_of_paying(fact: Fact) -> bool:
    """Whether a fact tells what the citizen pays or does not."""
    return (
        fact.is_free
        or bool(says_who_pays(fact.text))
        or tells_of_expenses(fact.text)
        or any(word in fact.text for word in OWN_EXPENSES)
    )


def price_missing(municipality: Municipality, question: Question, selection: Selection) -> str:
    """That the document does not tell what one pays, where all it tells is what one is paid and a price is asked for; ""
    otherwise."""
    if selection.facet != COST or not pattern("asks_the_price").search(question.analysis.asked_folded):
        return ""
    priced = any(tells_of_paying(fact) for fact in selection.facts if fact.stated)
    return "" if priced else say("no_price", document_of=compose.document_of(municipality))


def _of_how_many(municipality: Municipality) -> str:
    """Of how many kinds of help it is stated that they are free, and of which it is not."""
    free = [service for service in municipality.services if any(fact.is_free for fact in _costs(service))]
    others = [service for service in municipality.services if service not in free]
    if not free:
        return say("cost_not_in_general", document_of=compose.document_of(municipality))
    if not others:
        return say("cost_all_free")
    if len(others) > NAMED:
        return say("cost_free", count=len(free), total=len(municipality.services))
    names = join_items(compose.service_label(service) for service in others)
    return say("cost_free_but", count=len(free), total=len(municipality.services), names=names)
