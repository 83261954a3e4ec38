"""Which services of a municipality fit what is hard, best first, with what each says about content, price and hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.answer import ANSWERED, NOT_STATED
from knowledge.brief import brief_facts
from knowledge.comparison import count
from knowledge.composition import document_of, hour_words, hours_sentence
from knowledge.model import Fact, Municipality, Service
from knowledge.scope import GENERAL
from knowledge.vocabulary import vocabulary
from knowledge.wording import say, wording

AT_MOST = 5  # services shown
ITEMS = 5  # list items shown a service
MAIN, OTHER, ITEM, BROAD = 1.0, 0.9, 0.3, 0.1  # weight of a service's first topic, of its others, of an item's, of none
OUTSIDE_LEVEL = 0.5  # share of the weight that is left when the document names other levels
HOURS = ("hours_by_level", "hours", "hours_pool", "days_per_week")  # typed values that are guiding figures


@dataclass(frozen=True)
class Stated:
    """What a document says about one thing: `status` answered or not_stated, and a short text."""

    status: str
    text: str
    facts: tuple[Fact, ...] = ()

    def as_json(self) -> dict[str, str]:
        return {"status": self.status, "text": self.text}


@dataclass(frozen=True)
class Hours(Stated):
    """Guiding figures. `max` is the largest figure for the level (or at all), `levels` hours by VUM level."""

    max: float | None = None
    per: str = ""
    level: int | None = None
    levels: dict[str, float] | None = None

    def as_json(self) -> dict[str, Any]:
        return {**super().as_json(), "max": self.max, "per": self.per or None, "level": self.level, "levels": self.levels or {}}


@dataclass(frozen=True)
class Fit:
    """A service that fits.

    Attributes:
        topics: what it answers to of what was told, empty for a broad service that names none of it.
        levels: the VUM levels its document names, empty when it names none.
        outside: the level told is not one of them.
    """

    service: Service
    topics: tuple[str, ...]
    weight: float
    levels: tuple[int, ...] = ()
    outside: bool = False


def fitting(municipality: Municipality, topics: Sequence[str], level: int | None) -> list[Fit]:
    """The services that answer to any of the topics, the best first.

    A service counts by its own topics; by the topics of single items only where no service is about them as a whole. A
    municipality whose document describes one broad service always has that one.
    """
    found = [_fit(service, [t for t in topics if t in service.topics], level) for service in municipality.services]
    fits = [fit for fit in found if fit.topics]
    covered = {topic for fit in fits for topic in fit.topics}
    rest = [topic for topic in topics if topic not in covered]
    by_item = [(service, [t for t in rest if t in item_topics(service)]) for service in municipality.services]
    extra = [_fit(service, found_topics, level) for service, found_topics in by_item if found_topics]
    known = {fit.service.id: fit for fit in fits}
    for fit in extra:
        before = known.get(fit.service.id)
        if before:
            fit = Fit(fit.service, (*before.topics, *fit.topics), before.weight + fit.weight, fit.levels, fit.outside)
        known[fit.service.id] = fit
    if not known and topics and len(municipality.services) == 1:
        known = {s.id: _fit(s, [], level) for s in municipality.services if s.topics[0] == GENERAL}
    order = {service.id: n for n, service in enumerate(municipality.services)}
    return sorted(known.values(), key=lambda fit: (-fit.weight, order[fit.service.id]))[:AT_MOST]


def item_topics(service: Service) -> set[str]:
    """The topics that single items of what the service includes are about."""
    return {topic for fact in service.facts if fact.stated and fact.facet == "included" for topic in fact.topics}


def _fit(service: Service, topics: list[str], level: int | None) -> Fit:
    weights = [MAIN if t == service.topics[0] else OTHER if t in service.topics else ITEM for t in topics]
    levels = levels_of(service)
    outside = level is not None and bool(levels) and level not in levels
    weight = sum(weights) or BROAD
    return Fit(service, tuple(topics), weight * (OUTSIDE_LEVEL if outside else 1.0), levels, outside)


def levels_of(service: Service) -> tuple[int, ...]:
    """The VUM levels the document names for the service as a whole."""
    values = [f.value for f in service.facts if f.value and f.value["kind"] == "vum" and not f.topics]
    return tuple(sorted({level for value in values for level in value["levels"]}))


# -- what a service says -----------------------------------------------------------------------------------------------


def included(fit: Fit) -> list[Fact]:
    """The items the service includes of what was told; for a service about just that, its first items."""
    items = [fact for fact in fit.service.facts if fact.facet == "included" and fact.stated]
    wanted = set(fit.topics)
    tagged = [fact for fact in items if wanted & set(fact.topics)]
    about_it = fit.service.topics[0] in wanted and fit.service.topics[0] != GENERAL
    plain = [fact for fact in items if not fact.topics] if about_it or not tagged else []
    chosen = [fact for fact in items if fact in tagged or fact in plain] or items
    return chosen[:ITEMS]


def about(fit: Fit) -> str:
    """One or two sentences on what the service is for."""
    for facet in ("need_covered", "overview", "purpose", "eligibility"):
        facts = [
            f for f in fit.service.facts if f.stated and facet in f.facets and _fits(f, fit.topics) and f.facet != "included"
        ]
        if facts:
            return brief_facts(facts[:1], 2)
    return ""


def cost(municipality: Municipality, fit: Fit) -> Stated:
    """What it costs, and what the document is known not to state about it when it states little."""
    stated, gaps = _of(fit.service, "cost", fit.topics)
    general = [fact for fact in municipality.facts if fact.stated and "cost" in fact.facets]
    shown = stated[:2] or (general[:1] if not gaps else [])
    told = [brief_facts(shown)] if shown else []
    if not stated:
        return Stated(NOT_STATED, " ".join([gaps[0].text if gaps else _silence(municipality, "cost"), *told]), tuple(shown))
    if gaps and len(stated) < 2 and not any(f.value and f.value["kind"] == "co_payment" for f in stated):
        told.append(gaps[0].text)
    return Stated(ANSWERED, " ".join(told), tuple(shown))


def hours(municipality: Municipality, fit: Fit, level: int | None) -> Hours:
    """The guiding hours, for the level told where the document has them by level; else what it says of the extent."""
    stated, gaps = _of(fit.service, "extent", fit.topics)
    figure = next((f for f in stated if f.value and f.value["kind"] in HOURS), None)
    if figure is not None and figure.value is not None:
        return _figure(figure, figure.value, level)
    often = [f for f in stated if f.value and f.value["kind"] == "frequency"]
    shown = (often or stated)[:1]
    texts = [*(fact.text for fact in shown), *(gap.text for gap in gaps[:1])]
    return Hours(
        ANSWERED if often else NOT_STATED, " ".join(texts) or _silence(municipality, "extent"), tuple(shown), level=level
    )


def _figure(fact: Fact, value: dict[str, Any], level: int | None) -> Hours:
    if value["kind"] != "hours_by_level":
        most = value.get("max_hours", value.get("max"))
        per = {"hours_pool": "total", "days_per_week": "week"}.get(value["kind"], value.get("per", ""))
        return Hours(ANSWERED, _frame(value) or fact.text, (fact,), most, per, level)
    levels: dict[str, float] = value["levels"]
    most = max(levels.values())
    if level is not None and str(level) in levels:
        sentence = hours_sentence(fact, level) or fact.text
        return Hours(ANSWERED, sentence, (fact,), levels[str(level)], value["per"], level, levels)
    words = {
        "least": hour_words(min(levels.values())),
        "most": hour_words(most),
        "per": wording()["per"][value["per"]],
    }
    if level is None:
        return Hours(ANSWERED, say("hours_range", "guide", **words), (fact,), most, value["per"], None, levels)
    name = f"{vocabulary().levels[level].name} ({level})"
    text = say("hours_no_level", "guide", level=name, **words)
    return Hours(NOT_STATED, text, (fact,), None, value["per"], level, levels)


def _frame(value: dict[str, Any]) -> str:
    """A figure that is the same at every level, told as the document's frame and not as what anybody gets; "" if none."""
    if value["kind"] == "hours_pool":
        within = count("months", value["within_months"])
        return say("frame_pool", "guide", hours=hour_words(value["max_hours"]), within=within)
    if value["kind"] == "days_per_week":
        return say("frame_days", "guide", least=value["min"], most=value["max"])
    if value.get("per") in wording()["per"] and value.get("min") == value.get("max"):
        return say("frame_hours", "guide", hours=hour_words(value["max"]), per=wording()["per"][value["per"]])
    return ""


def _of(service: Service, facet: str, topics: Iterable[str]) -> tuple[list[Fact], list[Fact]]:
    """(stated facts, gaps) of a facet that concern the topics or the service as a whole."""
    facts = [fact for fact in service.facts if facet == fact.facet and _fits(fact, topics)]
    return [fact for fact in facts if fact.stated], [fact for fact in facts if not fact.stated]


def _fits(fact: Fact, topics: Iterable[str]) -> bool:
    return not fact.topics or bool(set(fact.topics) & set(topics))


def _silence(municipality: Municipality, facet: str) -> str:
    return say("not_stated", document_of=document_of(municipality), asks=vocabulary().facets[facet].asks)
