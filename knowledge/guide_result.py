"""What the guide ends with: the services that fit, how to apply, the wait, the contact, what to have ready.

Nothing here promises anything: figures are guiding, and the reservation always stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from knowledge.answer import ANSWERED, Answer, source_json
from knowledge.brief import bare_item, brief, brief_facts, join_items, sentences
from knowledge.composition import document_of, service_label
from knowledge.fitting import Fit, Hours, Stated, about, cost, fitting, hours, included
from knowledge.lookup import answer_for
from knowledge.model import Fact, Municipality, Service, Source
from knowledge.needs import guidance
from knowledge.scope import GENERAL
from knowledge.snapshot import Snapshot
from knowledge.vocabulary import vocabulary
from knowledge.wording import say, wording

TABLE = "guide"


@dataclass(frozen=True)
class Suggestion:
    """One service with what its document says of it."""

    fit: Fit
    about: str
    included: tuple[Fact, ...]
    cost: Stated
    hours: Hours
    notes: tuple[str, ...]
    sources: tuple[Source, ...]

    def as_json(self) -> dict[str, Any]:
        service = self.fit.service
        return {
            "service": {"id": service.id, "name": service.name, "paragraphs": list(service.paragraphs)},
            "why": [vocabulary().topics[topic].name for topic in self.fit.topics],
            "about": self.about,
            "includes": self.items(),
            "cost": self.cost.as_json(),
            "hours": self.hours.as_json(),
            "notes": list(self.notes),
            "source": [source_json(source) for source in self.sources],
        }

    def items(self) -> list[str]:
        """What the service includes, as list items."""
        return [bare_item(fact.text) for fact in self.included]


@dataclass(frozen=True)
class Result:
    """The whole result; `text` says all of it in plain words."""

    municipality: Municipality
    suggestions: tuple[Suggestion, ...]
    uncovered: tuple[str, ...]
    how_to_apply: Answer
    contact: Answer
    processing_time: Answer
    text: str

    def as_json(self) -> dict[str, Any]:
        place = self.municipality
        return {
            "municipality": {"id": place.id, "name": place.name, "full_name": place.full_name, "named": place.named},
            "services": [suggestion.as_json() for suggestion in self.suggestions],
            "uncovered": list(self.uncovered),
            "how_to_apply": self.how_to_apply.as_json(),
            "contact": self.contact.as_json(),
            "processing_time": self.processing_time.as_json(),
            "prepare": list(wording(TABLE)["prepare"]),
            "reservation": say("reservation", TABLE),
            "text": self.text,
        }


def result_of(
    snapshot: Snapshot,
    municipality: Municipality,
    topics: tuple[str, ...],
    level: int | None,
    age: int | None,
    pension: bool | None,
) -> Result:
    """The result for what was told; without topics the services in general."""
    topics = _narrowed(municipality, topics)
    fits = fitting(municipality, topics, level) if topics else _in_general(municipality)
    suggestions = tuple(_suggestion(municipality, fit, level) for fit in fits)
    uncovered = _uncovered(topics, fits)

    def answer(facet: str) -> Answer:
        lead = fits[0].service.id if fits and len(municipality.services) > 1 else None
        topic = topics[0] if topics and not fits else None
        return answer_for(snapshot, municipality.id, facet, service=lead, topic=topic, age=age, pension=pension)

    apply, contact, wait = answer("how_to_apply"), answer("contact"), answer("processing_time")
    law = [] if apply.status == ANSWERED else [f for f in snapshot.catalogue.national if f.facet == "how_to_apply"]
    text = _text(municipality, topics, suggestions, uncovered, (apply, contact, wait), law, level)
    return Result(municipality, suggestions, uncovered, apply, contact, wait, text)


def _narrowed(municipality: Municipality, topics: tuple[str, ...]) -> tuple[str, ...]:
    """Without support in general, where every service of the document is such support."""
    if any(GENERAL in service.topics for service in municipality.services):
        return topics
    return tuple(topic for topic in topics if topic != GENERAL)


def _in_general(municipality: Municipality) -> list[Fit]:
    """When nothing was chosen: the services that concern support as such, else the first of the document."""
    general = [service for service in municipality.services if GENERAL in service.topics]
    chosen = general or list(municipality.services[:3])
    return [Fit(service, (), 0.0) for service in chosen]


def _suggestion(municipality: Municipality, fit: Fit, level: int | None) -> Suggestion:
    price, figure = cost(municipality, fit), hours(municipality, fit, level)
    notes = []
    if fit.outside and level:
        names = join_items(f"{vocabulary().levels[n].name} ({n})" for n in fit.levels)
        notes.append(say("level_outside", TABLE, levels=names, chosen=guidance().levels[level].title))
    items = included(fit)
    return Suggestion(
        fit=fit,
        about=about(fit),
        included=tuple(items),
        cost=price,
        hours=figure,
        notes=tuple(notes),
        sources=_sources([*items, *price.facts, *figure.facts]),
    )


def _sources(facts: Iterable[Fact]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(fact.source for fact in facts if fact.source))


def _uncovered(topics: tuple[str, ...], fits: list[Fit]) -> tuple[str, ...]:
    """Names of what was told that no service answers to: a need when none of its topics is covered, else nothing of it."""
    covered = {topic for fit in fits for topic in fit.topics}
    names = []
    for topic in topics:
        need = guidance().need_of(topic)
        if need is None and topic not in covered:
            names.append(vocabulary().topics[topic].name)
        elif need is not None and not covered & set(need.topics):
            names.append(need.title)
    return tuple(dict.fromkeys(names))


# -- the text ----------------------------------------------------------------------------------------------------------


def _text(
    municipality: Municipality,
    topics: tuple[str, ...],
    suggestions: tuple[Suggestion, ...],
    uncovered: tuple[str, ...],
    practical: tuple[Answer, Answer, Answer],
    law: list[Fact],
    level: int | None,
) -> str:
    document = document_of(municipality)
    parts = [say("level_none", TABLE)] if level == 0 else []
    parts.append(_opening(document, topics, suggestions))
    parts += [_service_text(municipality, suggestion) for suggestion in suggestions]
    if uncovered and any(suggestion.fit.topics for suggestion in suggestions):
        parts.append(say("result_uncovered", TABLE, document_of=document, needs=join_items(uncovered)))
    if uncovered:
        parts.append(say("result_none_next", TABLE))
    if not topics:
        parts += _others(municipality, [s.fit.service for s in suggestions])
    apply, contact, wait = practical
    how = brief(apply, 4) if apply.status == ANSWERED else sentences(brief(apply))[0]
    whom = _whom(contact)
    parts += [
        say("apply", TABLE, text=how),
        _law_text(law),
        say("contact", TABLE, text=whom) if whom not in how else "",
        say("wait", TABLE, text=brief(wait)),
        "\n".join([say("prepare_intro", TABLE), *(say("bullet") + item for item in wording(TABLE)["prepare"])]),
        say("reservation", TABLE),
        "" if municipality.named else say("unnamed", TABLE),
    ]
    return "\n\n".join(part for part in parts if part)


def _whom(contact: Answer) -> str:
    """Whom somebody contacts who has no help yet: not whoever is told that a need has changed."""
    facts = sorted((fact for fact in contact.facts if fact.facet == "contact"), key=lambda fact: not fact.stated)
    told = [fact for fact in facts if fact.stated] or facts[:1]
    return brief_facts(told) if told else brief(contact)


def _law_text(facts: list[Fact]) -> str:
    """What the law says of applying, where the document is silent; always labelled as the law of the whole country."""
    if not facts:
        return ""
    titles = join_items(dict.fromkeys(fact.source.document for fact in facts if fact.source))
    return f"{say('national', law=titles)} {brief_facts(facts)}"


def _opening(document: str, topics: tuple[str, ...], suggestions: tuple[Suggestion, ...]) -> str:
    if not topics:
        return say("result_all", TABLE, document_of=document)
    if not suggestions:
        return say("result_none", TABLE, document_of=document)
    if not any(suggestion.fit.topics for suggestion in suggestions):
        return say("result_broad", TABLE, document_of=document)
    return say("result_fits", TABLE)


def _service_text(municipality: Municipality, suggestion: Suggestion) -> str:
    lines = [service_label(suggestion.fit.service)]
    if suggestion.included:
        lines += [say("includes", TABLE), *(say("bullet") + item for item in suggestion.items())]
    elif suggestion.about:
        lines.append(suggestion.about)
    lines += [say("cost", TABLE, text=suggestion.cost.text), say("hours", TABLE, text=suggestion.hours.text)]
    lines += suggestion.notes
    titles = {document.id: document.title for document in municipality.documents}
    if suggestion.sources:
        sections = list(dict.fromkeys(source.section for source in suggestion.sources))
        owner = municipality.full_name if municipality.named else say("document_of_unnamed")
        title = titles.get(suggestion.sources[0].document, "")
        lines.append(say("source", TABLE, owner=owner, document=title, section="«, »".join(sections)))
    return "\n".join(lines)


def _others(municipality: Municipality, shown: list[Service]) -> list[str]:
    rest = [service.name for service in municipality.services if service not in shown]
    return [say("result_more", TABLE, names=join_items(rest))] if rest else []
