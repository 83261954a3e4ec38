"""Which kinds of help a document grants at a level of a theme: "hvad kan jeg få med 1 i socialt liv?".

A theme is no kind of help: several services go by the same one, and each names the levels it is granted at.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from knowledge.answer import Answer
from knowledge.brief import join_items
from knowledge.composition import granted_at_level, levels_in_words
from knowledge.danish import fold
from knowledge.facets import asked_facet
from knowledge.model import Fact, Municipality, Service
from knowledge.question import figure_asked
from knowledge.scope import CALLED, GENERAL, NO_HELP, name_in, strongest
from knowledge.turn import Turn
from knowledge.vocabulary import pattern, vocabulary

FACETS = ("eligibility", "overview", "need_covered", "included")  # that ask what one can get
SEVERAL = 2  # services with levels from which a document tells them for each kind of help
LEVEL = re.compile(r"\([0-4]\)")  # a level as our sentences write it
AS_A_THEME = re.compile(r"[ -]tema")  # says that a name shared by a theme and a service is meant as the theme


class Condition(NamedTuple):
    """What a service asks of levels. `levels` are those at which a theme is enough; none where it is not, or where only the
    document's own words tell."""

    service: Service
    fact: Fact
    levels: Sequence[int]


def granted_by_theme(turn: Turn, municipality: Municipality) -> Answer | None:
    """The services a level of a theme is enough for, where no service is named; None where that is not asked."""
    mentions, question = turn.question.mentions, turn.question
    alone = not mentions.paragraphs and len(mentions.municipalities) < 2
    asked = mentions.themes and alone and asked_facet(question) in FACETS
    if mentions.level is None or not asked or _names_a_service(turn, municipality):
        return None
    conditions = [found for service in municipality.services if (found := _condition(service, mentions.themes))]
    if not conditions:
        return None
    names = join_items(f"»{vocabulary().themes[theme].name}«" for theme in mentions.themes)
    granted = [(service, fact) for service, fact, levels in conditions if mentions.level in levels]
    rest = [condition for condition in conditions if mentions.level not in condition.levels]
    others = [(service, fact, levels_in_words(levels) or fact.text) for service, fact, levels in rest]
    return granted_at_level(municipality, mentions.level, names, granted, others)


def granted_for_theme(turn: Turn, municipality: Municipality) -> dict[Service, Fact]:
    """What each service that goes by one of the themes named asks of levels: "hvad kræver problemer med mobilitet?"."""
    themes = turn.question.mentions.themes
    conditions = (found for service in municipality.services if (found := _condition(service, themes)))
    return {service: fact for service, fact, _ in conditions if set(_themes(fact)) & set(themes) or _names_one(fact, themes)}


def _names_one(fact: Fact, themes: Sequence[str]) -> bool:
    return any(fold(vocabulary().themes[theme].name) in fold(fact.text) for theme in themes)


def granted_by_level(turn: Turn, municipality: Municipality) -> Answer | None:
    """The services a level is enough for in one of their themes, where neither a theme nor a help is named: "er jeg for rask
    med et let problem?"; those that need at least so much, where that is asked. None where neither is."""
    question = turn.question
    least = pattern("at_least").search(question.analysis.folded) is not None
    level = min(question.mentions.levels, default=None) if least else question.mentions.level
    if level is None or question.completes or turn.memory.service or asked_facet(question) not in FACETS:
        return None
    named = question.mentions.themes or question.mentions.paragraphs or strongest(question.topics) >= NO_HELP
    of_hours = figure_asked(question.analysis, completes=True) == "hours"  # "der er et loft over timerne. Hvor højt er det?"
    if named or of_hours or _names_a_service(turn, municipality):
        return None
    of_levels = {service: fact for service in municipality.services if (fact := by_level(service))}
    if len(of_levels) < SEVERAL:
        return None
    levels = {service: (fact.value or {})["levels"] for service, fact in of_levels.items()}
    fits = [service for service in of_levels if (min(levels[service]) >= level if least else level in levels[service])]
    in_words = [(service, fact) for service in municipality.services if (fact := _level_in_words(service, of_levels))]
    plain = [(service, fact) for service, fact in in_words if not least and f"{_word(level)} ({level})" in fact.text]
    worded = [(service, fact, fact.text) for service, fact in in_words if (service, fact) not in plain]
    rest = [(service, fact, _of_levels(service, fact)) for service, fact in of_levels.items() if service not in fits]
    others = worded if least else [*rest, *worded]
    known = (*of_levels, *(service for service, _ in in_words))
    free = [service for service in municipality.services if service not in known and service.topics[0] != GENERAL]
    granted = [*((service, of_levels[service]) for service in fits), *plain]
    return granted_at_level(municipality, level, "", granted, others, free, least)


def by_level(service: Service) -> Fact | None:
    """What a service asks of levels for all of its help."""
    typed = (fact for fact in service.facts if fact.stated and fact.value and fact.value["kind"] == "vum")
    return next((fact for fact in typed if fact.facet == "eligibility" and not fact.topics), None)


def _word(level: int) -> str:
    """ "svære" of 3, as our sentences write it before the number."""
    return vocabulary().levels[level].name.removesuffix(" problemer")


def _of_levels(service: Service, fact: Fact) -> str:
    """The levels a service names, and what else it grants for a part of its help."""
    typed = (f for f in service.facts if f.stated and f.topics and f.value and f.value["kind"] == "vum")
    return ". ".join([levels_in_words((fact.value or {})["levels"]), *(part.text for part in typed)])


def _level_in_words(service: Service, known: Collection[Service]) -> Fact | None:
    """What a service asks of levels where only the document's own words tell them."""
    facts = (fact for fact in service.facts if fact.stated and fact.facet == "eligibility" and LEVEL.search(fact.text))
    return None if service in known else next(facts, None)


def _names_a_service(turn: Turn, municipality: Municipality) -> bool:
    """Whether a service is called by its name, and not by one that it shares with a theme ("temaet egenomsorg")."""
    analysis = turn.question.analysis
    if AS_A_THEME.search(analysis.folded):
        themes = "|".join(re.escape(fold(vocabulary().themes[theme].name)) for theme in turn.question.mentions.themes)
        analysis = analysis.without(re.compile(rf"\b(?:{themes})\b"))
    return any(name_in(names, analysis.folded) >= CALLED for names in turn.snapshot.names[municipality.id])


def _condition(service: Service, themes: Sequence[str]) -> Condition | None:
    """What a service asks of some themes: of one it goes by before what it asks of any or most of them."""
    facts = [fact for fact in service.facts if fact.stated and fact.facet == "eligibility"]
    typed = [fact for fact in facts if fact.value and fact.value["kind"] == "vum"]
    for fact in typed:
        if _is_enough(fact, themes):
            return Condition(service, fact, (fact.value or {})["levels"])
    told = [fact for fact in facts if _names_one(fact, themes)]
    of_no_theme = [fact for fact in typed if not fact.topics and not _themes(fact)]
    return next((Condition(service, fact, ()) for fact in (*told, *of_no_theme)), None)


def _is_enough(fact: Fact, themes: Sequence[str]) -> bool:
    """Whether problems in some themes open for all of a service; in each of several where the document joins them."""
    own, asked = set(_themes(fact)), set(themes)
    wanted = own if (fact.value or {}).get("every") else own & asked
    return bool(wanted) and wanted <= asked and not fact.topics


def _themes(fact: Fact) -> Sequence[str]:
    """The themes a condition names; none where it holds for any or most of them."""
    themes = (fact.value or {}).get("themes", ())
    return () if isinstance(themes, str) else themes
