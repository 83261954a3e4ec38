"""What a document tells of one matter for each of its kinds of help: hours, follow-up, free choice, price; how many there are.

"Oversigt over timetal i Glostrup" and "hvilken støtte giver flest timer?" are about no single help, and "det afhænger af
hjælpen" would hold back what can be told; a comparison of municipalities is told the same in short.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from knowledge import composition as compose
from knowledge.answer import ANSWERED, Answer
from knowledge.aspects import ALIKE, alike, is_asked, of_services
from knowledge.brief import join_items
from knowledge.by_theme import by_level, granted_for_theme
from knowledge.comparison import FEWEST, TABLE, Measure, about_facet, hours_of, kinds_of
from knowledge.comparison_phrases import finds
from knowledge.costs import COST, costs_of_all
from knowledge.facets import asked_facet, likeliest
from knowledge.model import Fact, Municipality, Service
from knowledge.question import HELPS, Question, figure_asked
from knowledge.scope import GENERAL, strongest
from knowledge.selection import HOURS
from knowledge.shared import shared_by_most
from knowledge.turn import Turn
from knowledge.wording import say

NAMED = 0.6  # topic probability from which one kind of help is asked about
SEVERAL = 3  # kinds of help from which one is told of each
EXTENT, ELIGIBILITY = "extent", "eligibility"
EQUAL = 100  # rapidfuzz ratio of equal texts
TOLD = (EXTENT, "citizen_obligations", "follow_up", "free_choice", "schedule", "start_time")
HALF = 0.5  # share of the kinds of help that tell alike from which a comparison is told it
PLAINLY = 0.4  # facet probability from which one of these is asked about


def told_of_each(turn: Turn, municipality: Municipality) -> Answer | None:
    """What is told of the matter asked about for each kind of help; None where one help is asked about, or another matter.

    Those under the paragraph named, if any is; what several say alike stands once.
    """
    question, facet = turn.question, asked_facet(turn.question)
    if not question.reaches(HELPS) or (strongest(question.topics) >= NAMED and not question.completes):
        return None
    services = [s for s in municipality.services if s.topics[0] != GENERAL and is_asked(turn, s)]
    if len(services) < SEVERAL:
        return None
    told_in_general = len(services) < len(municipality.services)  # and a document may count them itself
    if not told_in_general and finds("counts", question.analysis.asked_folded) and not figure_asked(question.analysis):
        in_general = {service.id for service in municipality.services if service.topics[0] == GENERAL}
        return compose.overview_of_services(municipality, but=in_general, counted=True)
    if facet == COST:
        return costs_of_all(municipality)
    if question.mentions.themes and (granted := granted_for_theme(turn, municipality)):
        by_theme = {service: granted[service] for service in services if service in granted}
        return _listed(municipality, list(by_theme), by_theme, ELIGIBILITY) if by_theme else None
    if facet not in TOLD or likeliest(question) < PLAINLY:
        return None
    if facet == EXTENT:
        return _hours_of_each(municipality, services, question) if _asks_for_hours(question) else None
    told = {service: fact for service in services if (fact := _nearest(turn, service, facet))}
    return _listed(municipality, services, told, facet) if len(told) >= FEWEST else None


def each_in_short(turn: Turn, municipality: Municipality, facet: str) -> Answer | None:
    """What is told of a matter for its kinds of help, in the few sentences of a comparison: the most and the fewest hours, and
    what most of them tell alike, or of which alone it is told; None where nothing is."""
    services = kinds_of(municipality)
    stating = [service for service in services if facet in service.facets()]
    if len(services) < SEVERAL or not stating:
        return None
    hours = {service: found for service in stating if (found := _hours(service))} if facet == EXTENT else {}
    level = turn.question.mentions.level
    most = [_extreme(hours, level, least) for least in (False, True)] if len(hours) >= FEWEST else []
    shared = shared_by_most(turn, services, facet, least=HALF)[:1] if len(hours) * 2 < len(services) else []
    texts = [*most, *(say("aspect_most", TABLE, count=n, total=len(services), text=fact.text) for fact, n in shared)]
    few = list(hours) if len(hours) == 1 else [] if texts else stating[:FEWEST]
    alone = {service: hours.get(service) or _nearest(turn, service, facet) for service in few}
    texts += [of_services([service], fact) for service, fact in alone.items() if fact]
    first = "" if shared or most else say("only_of_some" if len(stating) * 2 < len(services) else "varies_by_help", TABLE)
    facts = [*hours.values(), *(fact for fact, _ in shared), *(fact for fact in alone.values() if fact)]
    text = " ".join(filter(None, [first, *texts]))
    return compose.ask_service(municipality, services, facet, f"{text}\n\n{compose.source_line(municipality, facts)}", facts)


def helps_with_hours(municipality: Municipality) -> int:
    """Of how many kinds of help a document tells hours."""
    return sum(_hours(service) is not None for service in municipality.services)


def _asks_for_hours(question: Question) -> bool:
    """Whether hours are asked for, and not how long or what for; a level told after them asks for them too."""
    asked = question.analysis.asked_folded
    return question.completes or figure_asked(question.analysis) == "hours" or finds("superlative", asked)


def _hours_of_each(municipality: Municipality, services: Sequence[Service], question: Question) -> Answer | None:
    """The hours of each kind of help, at the level told if one is; where most or least is asked for, that first."""
    level = question.mentions.level
    services = [service for service in services if _is_open(service, level)]
    facts = {service: fact for service in services if (fact := _hours(service))}
    at_level = {s: compose.hours_at(fact, level) for s, fact in facts.items()}
    told = {service: fact for service, fact in at_level.items() if fact}
    if len(told) < FEWEST:
        return None
    asked = question.analysis.asked_folded
    ends = [least for least in (False, True) if finds("least" if least else "most", asked)]
    first = " ".join(_extreme(facts, level, least) for least in ends)
    return _listed(municipality, services, told, EXTENT, first)


def _is_open(service: Service, level: int | None) -> bool:
    """Whether a help is granted at a level, as far as the document ties it to levels."""
    granting = by_level(service)
    return level is None or granting is None or level in (granting.value or {})["levels"]


def _hours(service: Service) -> Fact | None:
    return next((fact for fact in service.facts if fact.stated and fact.value and fact.value["kind"] in HOURS), None)


def _extreme(facts: Mapping[Service, Fact], level: int | None, least: bool) -> str:
    """Which kinds of help have the most hours, or the fewest, of those whose hours are told for the same span of time."""
    measures = [found for service, fact in facts.items() if (found := _measure(service, fact, level, least))]
    units = [measure.unit for measure in measures]
    unit = max(units, key=units.count, default="")
    known = sorted((m for m in measures if m.unit == unit), key=lambda m: m.size if least else -m.size)
    best = [m for m in known if m.size == known[0].size]
    key = "hours_least" if least else "hours_most"
    return say(key, TABLE, names=join_items(m.name for m in best), amount=best[0].words) if best else ""


def _measure(service: Service, fact: Fact, level: int | None, least: bool) -> Measure | None:
    """The hours of a kind of help: those at its lightest level, where no level is told and the fewest are asked for."""
    levels = [int(known) for known in (fact.value or {}).get("levels", {})]
    lightest = min(levels) if levels and least and level is None else None
    found = hours_of(fact, level if lightest is None else lightest)
    if found is None:
        return None
    at = "" if lightest is None else say("at_level", TABLE, level=compose.level_name(lightest))
    return replace(found, name=compose.service_label(service), words=f"{found.words}{at}")


def _listed(
    municipality: Municipality, services: Sequence[Service], told: Mapping[Service, Fact], facet: str, first: str = ""
) -> Answer:
    """What is told of each kind of help, after what is said first; then of which nothing is."""
    least = EQUAL if facet == ELIGIBILITY else ALIKE  # of another theme nothing else need differ
    groups = alike({service: [fact] for service, fact in told.items()}, least)
    lines = [f"• {of_services([service for service, _ in group], group[0][1])}" for group in groups]
    silent = [compose.service_label(service) for service in services if service not in told]
    about = say("about_hours", TABLE) if facet == EXTENT else about_facet(facet)
    facts = tuple(group[0][1] for group in groups)
    if len(groups) == 1 and not silent:
        listed = say("each_alike", TABLE, count=len(services), text=facts[0].text)
    else:
        listed = "\n".join([say("aspect_list", TABLE, about=about), *lines])
    rest = say("each_silent", TABLE, about=about, names=join_items(silent)) if silent else ""
    return Answer(
        status=ANSWERED,
        text="\n\n".join(filter(None, [first, listed, rest, compose.source_line(municipality, facts)])),
        facts=facts,
        facet=facet,
        municipality=municipality,
        quick_replies=compose.next_questions(facet),
        listed=tuple(service.id for service in told),
        of_each=True,
    )


def _nearest(turn: Turn, service: Service, facet: str) -> Fact | None:
    """What a service states of a matter: the nearest to the words."""
    facts = [fact for fact in service.facts if fact.stated and fact.facet == facet]
    return max(facts, key=lambda fact: turn.matches.of(fact).score, default=None)
