"""Which kinds of help a document grants at a level of a theme: "hvad kan jeg få med 1 i socialt liv?".

A theme is no kind of help: several services go by the same one, and each names the levels it is granted at.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from knowledge.answer import Answer
from knowledge.brief import join_items
from knowledge.composition import granted_at_level
from knowledge.facets import asked_facet
from knowledge.model import Fact, Municipality, Service
from knowledge.scope import is_named
from knowledge.turn import Turn
from knowledge.vocabulary import vocabulary

FACETS = ("eligibility", "overview", "need_covered", "included")  # that ask what one can get
ANY = "any"  # in the place of themes: whichever it is


class Condition(NamedTuple):
    """That a service is granted at some levels."""

    service: Service
    fact: Fact
    levels: Sequence[int]


def granted_by_theme(turn: Turn, municipality: Municipality) -> Answer | None:
    """The services a level of a theme is enough for, where no service is named; None where that is not asked."""
    mentions, question = turn.question.mentions, turn.question
    if mentions.level is None or not mentions.themes or asked_facet(question) not in FACETS:
        return None
    conditions = [found for service in municipality.services if (found := _condition(service, mentions.themes))]
    if len(conditions) < 2 or any(is_named(turn.snapshot, condition.service, question) for condition in conditions):
        return None
    names = join_items(f"»{vocabulary().themes[theme].name}«" for theme in mentions.themes)
    granted = [(c.service, c.fact) for c in conditions if mentions.level in c.levels]
    others = [(c.service, c.fact) for c in conditions if mentions.level not in c.levels]
    return granted_at_level(municipality, mentions.level, names, granted, others)


def _condition(service: Service, themes: Sequence[str]) -> Condition | None:
    """What a service asks of one of some themes, as far as it holds for all of the service."""
    for fact in service.facts:
        value = fact.value or {}
        if value.get("kind") == "vum" and not fact.topics and (value["themes"] == ANY or set(themes) & set(value["themes"])):
            return Condition(service, fact, value["levels"])
    return None
