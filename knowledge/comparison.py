"""Answers of several municipalities side by side, with a first sentence that answers where values can be compared.

A verdict rests on typed values only (days, hours, DKK, VUM levels); where the documents hold none, or other kinds, none is
said. Nothing is borrowed: a municipality whose document is silent is named as silent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from knowledge.answer import ANSWERED, NOT_STATED, Answer
from knowledge.brief import SENTENCES, brief, brief_facts, facts_told, join_items
from knowledge.composition import hour_words, law_of, level_name, next_questions, service_label
from knowledge.danish import fold
from knowledge.model import Fact, Municipality, Service
from knowledge.scope import GENERAL
from knowledge.vocabulary import patterns, vocabulary
from knowledge.wording import say, wording

TABLE = "comparison"
FEWEST, MOST = 2, 4  # municipalities that are compared
SERVICES_NAMED, NATIONAL = 3, 2  # services named of many; national rules shown
DAYS = {"days": 1.0, "weeks": 7.0, "months": 30.4, "years": 365.0}
DEADLINES = ("processing_time", "start_time", "follow_up", "complaint")  # facets answered by a span of time
MEASURED = ("cost", "extent", *DEADLINES)  # facets whose values are held against each other
LONGEST_FIRST = ("complaint", "extent")  # facets where more is better for the citizen


@dataclass(frozen=True)
class Measure:
    """One comparable value: `size` in `unit` (days, or hours a month, a week ...), with its words; `at_latest` where it is a
    limit of time."""

    name: str
    size: float
    unit: str
    words: str
    at_latest: bool = False


def compare(
    facet: str,
    parts: Sequence[Answer],
    level: int | None = None,
    yes_no: bool = False,
    ranked: bool = True,
    superlative: bool = True,
    total: bool = False,
    apart: str = "",
) -> Answer:
    """Sub-answers, one a municipality (or one a service of the same municipality), as one answer.

    Args:
        level: the VUM level the question named.
        yes_no: whether it was asked if the help is free; a verdict that it is free everywhere then begins with a yes.
        ranked: whether amounts are asked for, so that a verdict tells where there is more.
        superlative: whether it is asked where there is most or least, so that it is said where that cannot be told.
        total: whether it is asked what several kinds of help give together.
        apart: what sets the municipalities or the helps apart, where the question was just that (`set_apart`).
    """
    among_services = len({part.municipality.id for part in parts if part.municipality}) == 1
    if facet == "eligibility" and (level is not None or among_services):
        parts = [_levels_first(part) for part in parts]
    whole = len(parts) == FEWEST or facet == "cost"  # "free" is not told without what one pays all the same
    room = SENTENCES + 1 + (among_services and len(parts) == FEWEST) if whole else SENTENCES - 1
    if among_services:
        names = [service_label(p.service) if p.service else _capital(_name(p)) for p in parts]
        alike = _tell_the_same(parts)
        verdict = say("same_of_all", TABLE, names=join_items(names)) if alike else apart
        if facet == "eligibility" and level is not None and not alike:
            verdict = _capital(_level_verdict(parts, level, names, "where_services"))
        elif facet == "extent" and total and not alike:
            verdict = say("no_total", TABLE)
        elif ranked and facet in ("extent", "follow_up") and not verdict:
            verdict = _ranked_services(facet, [_measure(facet, part, level, name) for part, name in zip(parts, names)])
        shown = parts[:1] if alike else parts
        lines = [_line(part, room, among_services) for part in shown]
        lines = lines if alike else [say("line", TABLE, name=name, text=line) for name, line in zip(names, lines)]
    else:
        verdict = apart or (_capital(_verdict(facet, parts, level, yes_no, superlative)) if ranked else "")
        lines = [say("line", TABLE, name=_capital(_name(part)), text=_line(part, room, among_services)) for part in parts]
    key = "intro_services" if among_services else "intro_overview" if facet == "overview" else "intro"
    intro = verdict or say(key, TABLE, about=about_facet(facet), municipality=_name(parts[0]))
    return Answer(
        status=ANSWERED if any(part.status != NOT_STATED for part in parts) else NOT_STATED,
        text="\n\n".join([intro, *lines, *_national(parts)]),
        facet=facet,
        parts=tuple(parts),
        facts=tuple(fact for part in parts for fact in part.facts),
        quick_replies=next_questions(facet),
        verdict=verdict,
        listed=tuple(part.service.id for part in parts if part.service) if among_services else (),
    )


def about_facet(facet: str) -> str:
    """What follows "hvad dokumenterne siger om": ", hvad du selv skal betale", " frit valg"."""
    told = vocabulary().facets[facet]
    return f" {told.title.lower()}" if told.asks.startswith("om ") else f", {told.asks}"


def _tell_the_same(parts: Sequence[Answer]) -> bool:
    """Whether what is told of each kind of help is word for word the same."""
    told = all(part.status == ANSWERED and part.service and not part.verdict for part in parts)
    return told and len({brief(part) for part in parts}) == 1


def set_apart(by_facet: Mapping[str, Sequence[Answer]]) -> str:
    """What the documents of some municipalities state of each of some facets, one line a facet; nothing is ranked.

    Args:
        by_facet: facet -> its sub-answers, one a municipality.
    """
    return "\n".join(_capital(told) for facet, parts in by_facet.items() if (told := _stated(facet, parts)))


def _stated(facet: str, parts: Sequence[Answer]) -> str:
    """The verdict on a facet; where none of the documents tells anything of it, that they do not."""
    if all(part.status == NOT_STATED for part in parts):
        return wording(TABLE)["silent_all"][facet]
    return _verdict(facet, parts, None, yes_no=False, superlative=False)


def without_document(answer: Answer, unknown: Sequence[str]) -> Answer:
    """The same answer, saying of which of the municipalities asked about there is no document."""
    if not unknown:
        return answer
    return replace(answer, text=f"{answer.text}\n\n{say('no_document', TABLE, names=join_items(unknown))}")


def _line(part: Answer, room: int, among_services: bool) -> str:
    """A sub-answer in a few sentences, which of a municipality's kinds of help it is about, and where it stands."""
    if part.facet == "overview" and not part.facts and part.municipality and part.service is None:
        missing = brief(part) if part.status == NOT_STATED else ""
        return f"{missing} {_services_in_short(part.municipality)}".strip()
    if part.facet == "eligibility" and part.listed and part.service is None:  # the kinds of help that a level is told of
        lead, *names = part.text.split("\n\n")[0].split("\n• ")
        return f"{lead} {join_items(names)}." if names else lead
    return " ".join(
        filter(None, [part.verdict, brief(part, room), "" if among_services else _about(part), _source(part, room)])
    )


def _about(part: Answer) -> str:
    """The service of a municipality that has several; the name before the line tells it already among those of one."""
    if part.service is None or part.municipality is None or len(part.municipality.services) < FEWEST:
        return ""
    return say("line_about", TABLE, service=service_label(part.service))


def kinds_of(municipality: Municipality) -> Sequence[Service]:
    """The kinds of help that a document describes, support in general aside unless there is nothing else."""
    return [service for service in municipality.services if service.topics[0] != GENERAL] or municipality.services


def _services_in_short(municipality: Municipality) -> str:
    names = [service.name for service in kinds_of(municipality)]
    key = "services" if len(names) > 1 else "services_one"
    return say(key, TABLE, count=len(names), names=join_items(names[:SERVICES_NAMED]))


def _source(part: Answer, room: int) -> str:
    """Where what is told of a sub-answer stands."""
    if part.municipality is None or part.status == NOT_STATED:
        return ""
    return line_source(part.municipality, facts_told(part.facts, room))


def line_source(municipality: Municipality, facts: Sequence[Fact]) -> str:
    """The headings that some facts stand under, in the first document of theirs; "" for none."""
    sources = [fact.source for fact in facts if fact.source and fact.source.section]
    if not sources:
        return ""
    first = sources[0].document
    sections = dict.fromkeys(f"»{source.section}«" for source in sources if source.document == first)
    titles = {document.id: document.title for document in municipality.documents}
    return say("line_source", TABLE, document=titles.get(first, ""), section=", ".join(sections))


def _national(parts: Sequence[Answer]) -> list[str]:
    """What holds in the whole country, once, where some document is silent."""
    facts = {f.id: f for p in parts if p.status == NOT_STATED for f in p.facts if f.stated and not f.municipality}
    shown = list(facts.values())[:NATIONAL]
    if not shown:
        return []
    return [f"{say('national', law=law_of(shown))} {brief_facts(shown)}"]


def _name(part: Answer) -> str:
    place = part.municipality
    return "" if place is None else place_name(place)


def place_name(municipality: Municipality) -> str:
    """The short name, for the document without one what it is called."""
    if municipality.named:
        return municipality.name
    name = say("document_of_unnamed")
    return name[0].lower() + name[1:]


def _capital(text: str) -> str:
    """Sentences begin with a capital letter, whatever name they begin with."""
    return re.sub(r"(^|[.!?] )([a-zæøå])", lambda found: found.group(1) + found.group(2).upper(), text)


# -- verdicts ----------------------------------------------------------------------------------------------------------


def _verdict(facet: str, parts: Sequence[Answer], level: int | None, yes_no: bool, superlative: bool = True) -> str:
    if facet == "cost":
        return _cost_verdict(parts, yes_no)
    if facet == "eligibility" and level is not None:
        return _level_verdict(parts, level, [_name(part) for part in parts], "where_places")
    if facet in DEADLINES or facet == "extent":
        return _ranked(facet, [(part, _measure(facet, part, level)) for part in parts], superlative)
    return ""


def _cost_verdict(parts: Sequence[Answer], yes_no: bool) -> str:
    """Where the documents say that the help itself costs nothing, for how many kinds of help, and who is silent."""
    free, partly, silent, unsaid = [], [], [], []
    if any(part.verdict for part in parts):
        return ""  # a document does not describe the help that the price is asked of
    for part in parts:
        count, total = _free(part)
        if count == total:
            free.append(_name(part))
        elif count:
            partly.append(say("free_partly", TABLE, name=_name(part), count=count, total=total))
        elif _told_of_some_help(part):
            unsaid.append(_name(part))
        elif part.status == NOT_STATED or not any(fact.stated and fact.service for fact in part.facts):
            silent.append(_name(part))
        else:
            return ""
    if not free and not partly:
        return ""
    told = [say("free", TABLE, names=join_items(free))] if free else []
    if silent:
        told.append(say("silent", TABLE, names=join_items(silent)))
    if unsaid:
        told.append(say("unsaid", TABLE, names=join_items(unsaid)))
    verdict = " ".join([*told, *partly])
    return say("yes", TABLE, verdict=verdict) if yes_no and len(free) == len(parts) else verdict


def _told_of_some_help(part: Answer) -> bool:
    """Whether a document that is asked of help in general tells only of other kinds of help what they cost."""
    own = part.service
    if part.municipality is None or (own and (own.topics[0] != GENERAL or "cost" in own.facets())):
        return False
    return any("cost" in service.facets() for service in part.municipality.services)


def _free(part: Answer) -> tuple[int, int]:
    """(services that cost nothing, services in question): one service, or all where the question named none."""
    if part.service is not None or part.municipality is None:
        return int(any(fact.is_free for fact in part.facts)), 1
    services = part.municipality.services
    return sum(any(fact.is_free for fact in service.facts) for service in services), len(services)


def _ranked(facet: str, measures: Sequence[tuple[Answer, Measure | None]], superlative: bool = True) -> str:
    """Where there is most or least.

    Args:
        superlative: whether it is said that nothing is, where a document is silent.
    """
    known = [measure for _, measure in measures if measure]
    if facet == "follow_up" and len({m.at_latest for m in known}) > 1:
        return ""  # "efter 3 måneder" is neither sooner nor later than "senest efter 3 måneder"
    silent = [_name(part) for part, measure in measures if measure is None and _is_silent(facet, part)]
    if not known or len(known) + len(silent) < len(measures) or len({m.unit for m in known}) > 1:
        return ""
    known.sort(key=lambda m: -m.size if facet in LONGEST_FIRST else m.size)
    names = join_items(m.name for m in known)
    table = wording(TABLE)
    if silent:
        return " ".join([_partly_known(facet, known, silent), *([_no_ranking(facet)] if superlative else [])])
    if len({m.size for m in known}) == 1:
        return table["same"][facet].format(names=names, amount=known[0].words)
    return _first_and_rest(known, table["different"][facet])


def _first_and_rest(known: Sequence[Measure], sentence: str) -> str:
    """Which of some values, the best first, are the best, and what the others are."""
    best = [m for m in known if m.size == known[0].size]
    rest = join_items(say("rest", TABLE, name=m.name, amount=m.words) for m in known if m.size != known[0].size)
    return sentence.format(best=join_items(m.name for m in best), amount=best[0].words, rest=rest)


def _ranked_services(facet: str, measures: Sequence[Measure | None]) -> str:
    """The same of kinds of help of one municipality; "" where one of them states none, or another kind of value."""
    known = sorted((m for m in measures if m), key=lambda m: -m.size if facet in LONGEST_FIRST else m.size)
    if len(known) < len(measures) or len({m.unit for m in known}) > 1 or len({m.at_latest for m in known}) > 1:
        return ""
    if len({m.words for m in known}) == 1:
        return wording(TABLE)["same_services"][facet].format(names=join_items(m.name for m in known), amount=known[0].words)
    if len({m.size for m in known}) == 1:
        return ""
    return _first_and_rest(known, wording(TABLE)["different_services"][facet])


def _is_silent(facet: str, part: Answer) -> bool:
    """Whether a document states no value at all; a value it has but that was not shown is none that may be passed over."""
    if part.status == NOT_STATED:
        return True
    if facet != "extent" or part.municipality is None:
        return False
    services = [part.service] if part.service else part.municipality.services
    return not any(hours_of(fact, None) for service in services for fact in service.facts if fact.stated)


def _partly_known(facet: str, known: Sequence[Measure], silent: Sequence[str]) -> str:
    table = wording(TABLE)
    each = (
        known[0].words
        if len({m.words for m in known}) == 1
        else join_items(say("rest", TABLE, name=m.name, amount=m.words) for m in known)
    )
    only = table["only"][facet].format(names=join_items(m.name for m in known), each=each)
    return f"{only} {table['silent_about'][facet].format(names=join_items(silent))}"


def _no_ranking(facet: str) -> str:
    return say("no_ranking", TABLE, superlative=wording(TABLE)["superlative"][facet])


def _measure(facet: str, part: Answer, level: int | None, name: str = "") -> Measure | None:
    """The value a part states for the facet; of a complaint the time one has to complain.

    Args:
        name: whose value it is, if not the municipality's.
    """
    facts = [fact for fact in part.facts if fact.value and fact.municipality and facet in fact.facets]
    if facet == "complaint":
        facts = [fact for fact in facts if patterns("complaint_told")["citizen"].search(fold(fact.text))]
    for fact in facts:
        found = hours_of(_whole(part, fact), level) if facet == "extent" else _span(fact, limit=facet != "complaint")
        if found:
            return replace(found, name=name or _name(part))
    return None


def _whole(part: Answer, fact: Fact) -> Fact:
    """The fact as the catalogue holds it, before it was narrowed to one level."""
    own = part.service.facts if part.service else ()
    return next((whole for whole in own if whole.id == fact.id), fact)


def _span(fact: Fact, limit: bool) -> Measure | None:
    value = fact.value or {}
    if value.get("kind") != "deadline":
        return None
    for unit, days in DAYS.items():
        if unit in value:
            words = count(unit, value[unit])
            most = limit and bool(value.get("max"))
            key = "latest_after" if fact.facet == "follow_up" else "up_to"
            return Measure("", value[unit] * days, "days", say(key, TABLE, amount=words) if most else words, most)
    return None


def hours_of(fact: Fact, level: int | None) -> Measure | None:
    value: dict[str, Any] = fact.value or {}
    if value.get("kind") == "hours_pool":
        within = count("months", value["within_months"])
        words = say("pool", TABLE, hours=hour_words(value["max_hours"]), within=within)
        return Measure("", value["max_hours"], "pool", words)
    if value.get("kind") == "hours_by_level":
        hours = value["levels"].get(str(level)) if level is not None else max(value["levels"].values())
    elif value.get("kind") == "hours":
        hours = value.get("max")
    else:
        return None
    if hours is None or value["per"] not in wording()["per"]:
        return None
    words = f"{hour_words(hours)} {wording()['per'][value['per']]}"
    if value["kind"] == "hours_by_level" and level is None:
        words = say("by_level", TABLE, amount=words)
    elif value["kind"] == "hours_by_level" and value.get("max", True) and level not in value.get("exact_levels", []):
        words = say("up_to", TABLE, amount=words)
    return Measure("", hours, value["per"], words)


def count(unit: str, number: float) -> str:
    """ "5 uger", "1 år"."""
    return say(f"{unit}_one", TABLE) if number == 1 else say(unit, TABLE, n=f"{number:g}")


def _level_verdict(parts: Sequence[Answer], level: int, names: Sequence[str], where: str) -> str:
    """In which places, or for which kinds of help, a level is among those the document grants it for; "" where one is silent.

    Args:
        names: of the places or the kinds of help; `where` is how they are told.
    """
    stated = [(name, _levels(part)) for name, part in zip(names, parts)]
    inside = [name for name, levels in stated if level in levels]
    outside = [name for name, levels in stated if level not in levels]
    if not inside or not all(levels for _, levels in stated):
        return ""
    first = say("level_yes", TABLE, level=level_name(level), where=say(where, TABLE, names=join_items(inside)))
    rest = say("level_no", TABLE, where=say(where, TABLE, names=join_items(outside))) if outside else ""
    return " ".join(filter(None, [first, rest]))


def _levels(part: Answer) -> set[int]:
    return {level for fact in part.facts if _grants_by_level(fact) for level in (fact.value or {})["levels"]}


def _levels_first(part: Answer) -> Answer:
    """A sub-answer is cut to its first facts: the levels that a verdict rests on are told."""
    return replace(part, facts=tuple(sorted(part.facts, key=lambda fact: not _grants_by_level(fact))))


def _grants_by_level(fact: Fact) -> bool:
    return bool(fact.value and fact.value["kind"] == "vum" and not fact.topics)
