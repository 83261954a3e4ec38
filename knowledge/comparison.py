"""Answers of several municipalities side by side, with a first sentence that answers where values can be compared.

A verdict rests on typed values only (days, hours, DKK, VUM levels); where the documents hold none, or other kinds, none is
said. Nothing is borrowed: a municipality whose document is silent is named as silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from knowledge.answer import ANSWERED, NOT_STATED, Answer
from knowledge.brief import brief, join_items
from knowledge.composition import hour_words
from knowledge.model import Fact, Municipality
from knowledge.vocabulary import vocabulary
from knowledge.wording import say, wording

TABLE = "comparison"
FEWEST, MOST = 2, 4  # municipalities that are compared
DAYS = {"days": 1.0, "weeks": 7.0, "months": 30.4, "years": 365.0}
DEADLINES = ("processing_time", "start_time", "follow_up", "complaint")  # facets answered by a span of time
LONGEST_FIRST = ("complaint", "extent")  # facets where more is better for the citizen


@dataclass(frozen=True)
class Measure:
    """One comparable value: `size` in `unit` (days, or hours a month, a week ...), with its words."""

    name: str
    size: float
    unit: str
    words: str


def compare(facet: str, parts: Sequence[Answer], level: int | None = None, yes_no: bool = False) -> Answer:
    """Sub-answers, one a municipality, as one answer.

    Args:
        level: the VUM level the question named.
        yes_no: whether the question asked yes or no; a verdict that all are free then begins with a yes.
    """
    verdict = _verdict(facet, parts, level)
    if verdict and yes_no and facet == "cost" and all(_free(part) for part in parts):
        verdict = say("yes", TABLE, verdict=verdict)
    intro = verdict or say("intro", TABLE, facet=vocabulary().facets[facet].title)
    lines = [say("line", TABLE, name=_name(part), text=_line(part)) for part in parts]
    return Answer(
        status=ANSWERED if any(part.status == ANSWERED for part in parts) else NOT_STATED,
        text="\n\n".join([intro, *lines]),
        facet=facet,
        parts=tuple(parts),
        facts=tuple(fact for part in parts for fact in part.facts),
        verdict=verdict,
    )


def _line(part: Answer) -> str:
    """A sub-answer in a few sentences, and where it stands."""
    return " ".join(filter(None, [brief(part), _source(part)]))


def _source(part: Answer) -> str:
    sources = [fact.source for fact in part.facts if fact.source and fact.source.section]
    if not sources or part.municipality is None or part.status != ANSWERED:
        return ""
    titles = {document.id: document.title for document in part.municipality.documents}
    return say("line_source", TABLE, document=titles.get(sources[0].document, ""), section=sources[0].section)


def _name(part: Answer) -> str:
    place = part.municipality
    return "" if place is None else place_name(place)


def place_name(municipality: Municipality) -> str:
    """The short name, for the document without one what it is called."""
    return municipality.name if municipality.named else say("document_of_unnamed")


# -- verdicts ----------------------------------------------------------------------------------------------------------


def _verdict(facet: str, parts: Sequence[Answer], level: int | None) -> str:
    if facet == "cost":
        return _cost_verdict(parts)
    if facet == "eligibility" and level is not None:
        return _level_verdict(parts, level)
    if facet in DEADLINES or facet == "extent":
        measures = [(part, _measure(facet, part, level)) for part in parts]
        return _ranked(facet, measures)
    return ""


def _cost_verdict(parts: Sequence[Answer]) -> str:
    free = [_name(part) for part in parts if _free(part)]
    silent = [_name(part) for part in parts if part.status == NOT_STATED]
    if not free or len(free) + len(silent) < len(parts):
        return ""
    if not silent:
        return say_free("all", free)
    return f"{say_free('some', free)} {say('silent', TABLE, names=join_items(silent))}"


def say_free(which: str, names: Iterable[str]) -> str:
    return wording(TABLE)["free"][which].format(names=join_items(names))


def _free(part: Answer) -> bool:
    """Whether the document states that the help itself costs nothing."""
    values = [fact.value for fact in part.facts if fact.value and fact.value["kind"] == "co_payment"]
    return bool(values) and all(value["dkk"] == 0 for value in values)


def _ranked(facet: str, measures: Sequence[tuple[Answer, Measure | None]]) -> str:
    known = [measure for _, measure in measures if measure]
    silent = [_name(part) for part, measure in measures if measure is None and part.status == NOT_STATED]
    if not known or len(known) + len(silent) < len(measures) or len({m.unit for m in known}) > 1:
        return ""
    known.sort(key=lambda m: -m.size if facet in LONGEST_FIRST else m.size)
    names = join_items(m.name for m in known)
    if silent:
        return _partly_known(facet, known, silent)
    if len({m.size for m in known}) == 1:
        return wording(TABLE)["same"][facet].format(names=names, amount=known[0].words)
    best = [m for m in known if m.size == known[0].size]
    rest = join_items(say("rest", TABLE, name=m.name, amount=m.words) for m in known if m.size != known[0].size)
    return wording(TABLE)["different"][facet].format(best=join_items(m.name for m in best), amount=best[0].words, rest=rest)


def _partly_known(facet: str, known: Sequence[Measure], silent: Sequence[str]) -> str:
    names = join_items(m.name for m in known)
    only = (
        say("only", TABLE, names=names, amount=known[0].words)
        if len({m.words for m in known}) == 1
        else say("only_each", TABLE, names=names)
    )
    no_ranking = say("no_ranking", TABLE, superlative=wording(TABLE)["superlative"][facet])
    return " ".join([only, say("silent", TABLE, names=join_items(silent)), no_ranking])


def _measure(facet: str, part: Answer, level: int | None) -> Measure | None:
    """The value a part states for the facet; of a complaint the time to complain, which stands first in the document."""
    facts = [fact for fact in part.facts if fact.value and fact.stated and facet in fact.facets]
    if facet == "complaint":
        facts.sort(key=lambda fact: int(fact.id.rsplit(".", 1)[-1]))
    for fact in facts:
        found = _hours(fact, level) if facet == "extent" else _span(fact, limit=facet != "complaint")
        if found:
            return replace(found, name=_name(part))
    return None


def _span(fact: Fact, limit: bool) -> Measure | None:
    value = fact.value or {}
    if value.get("kind") != "deadline":
        return None
    for unit, days in DAYS.items():
        if unit in value:
            words = count(unit, value[unit])
            most = limit and value.get("max")
            return Measure("", value[unit] * days, "days", say("up_to", TABLE, amount=words) if most else words)
    return None


def _hours(fact: Fact, level: int | None) -> Measure | None:
    value: dict[str, Any] = fact.value or {}
    if value.get("kind") == "hours_by_level":
        hours = value["levels"].get(str(level)) if level is not None else max(value["levels"].values())
    elif value.get("kind") == "hours":
        hours = value.get("max")
    else:
        return None
    if hours is None or value["per"] not in wording()["per"]:
        return None
    words = f"{hour_words(hours)} {wording()['per'][value['per']]}"
    return Measure("", hours, value["per"], say("up_to", TABLE, amount=words) if value.get("max", True) is True else words)


def count(unit: str, number: float) -> str:
    """ "5 uger", "1 år"."""
    return say(f"{unit}_one", TABLE) if number == 1 else say(unit, TABLE, n=f"{number:g}")


def _level_verdict(parts: Sequence[Answer], level: int) -> str:
    stated = [(part, _levels(part)) for part in parts]
    if not all(levels for _, levels in stated):
        return ""
    inside = [_name(part) for part, levels in stated if level in levels]
    outside = [_name(part) for part, levels in stated if level not in levels]
    if not inside:
        return ""
    name = f"{vocabulary().levels[level].name} ({level})"
    first = say("level_yes", TABLE, level=name, names=join_items(inside))
    return " ".join(filter(None, [first, say("level_no", TABLE, names=join_items(outside)) if outside else ""]))


def _levels(part: Answer) -> set[int]:
    values = [fact.value for fact in part.facts if fact.value and fact.value["kind"] == "vum" and not fact.topics]
    return {level for value in values for level in value["levels"]}
