"""The one Answer type. Every channel renders it; its `text` is complete on its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from knowledge.model import ContactPoint, Fact, Municipality, Service, Source, line_pairs

ANSWERED = "answered"
NOT_STATED = "not_stated"
ASK_BACK = "ask_back"
OUT_OF_SCOPE = "out_of_scope"
UNKNOWN_MUNICIPALITY = "unknown_municipality"
DANGER = "danger"
STATUSES = (ANSWERED, NOT_STATED, ASK_BACK, OUT_OF_SCOPE, UNKNOWN_MUNICIPALITY, DANGER)


@dataclass(frozen=True)
class QuickReply:
    """A suggestion the citizen can press; `payload` is sent as if it were typed."""

    title: str
    payload: str


@dataclass(frozen=True)
class Answer:
    """A composed answer.

    Attributes:
        status: one of STATUSES.
        text: the whole answer in plain Danish, complete without the rest.
        facts: what it rests on, the most relevant first.
        facet: what was answered, "" when nothing was.
        parts: sub-answers of a comparison, one a municipality.
        guide: where the citizen guide stands (`knowledge.guide.GuideView` as JSON) when the answer is one of its steps.
        verdict: the sentence that compares them, "" where their values cannot be compared; of a sub-answer, what its document
            does not describe.
        listed: ids of the services it lists, in that order, so that the next message may call one by its place.
        of_each: it tells one matter of each kind of help of a municipality.
        danger: the safety intent of an answer to danger, told as `kind` without its prefix; else "".
    """

    status: str
    text: str
    facts: tuple[Fact, ...] = ()
    facet: str = ""
    municipality: Municipality | None = None
    service: Service | None = None
    reservation: str = ""
    quick_replies: tuple[QuickReply, ...] = ()
    parts: tuple[Answer, ...] = field(default=())
    verdict: str = ""
    guide: dict[str, Any] | None = None
    listed: tuple[str, ...] = ()
    of_each: bool = False
    danger: str = ""

    def as_json(self) -> dict[str, Any]:
        """The answer as the channel's `custom` and the API carry it."""
        data: dict[str, Any] = {
            "status": self.status,
            "text": self.text,
            "municipality": _named(self.municipality),
            "service": _named(self.service),
            "facet": self.facet,
            "facts": [fact_json(fact) for fact in self.facts],
            "contacts": [_contact(point) for point in self._contacts()],
            "reservation": self.reservation,
            "quick_replies": [dict(vars(reply)) for reply in self.quick_replies],
        }
        if self.parts:
            data["parts"] = [part.as_json() for part in self.parts]
            data["verdict"] = self.verdict
        if self.guide is not None:
            data["guide"] = self.guide
        if self.danger:
            data["kind"] = self.danger.removeprefix("safety_")
        return data

    def _contacts(self) -> list[ContactPoint]:
        """The contact points the answer names, so that a rich channel can offer to call or write."""
        points = self.municipality.contact_points if self.municipality else ()
        named = {fact.id for fact in self.facts}
        return [point for point in points if point.fact.id in named]


def _contact(point: ContactPoint) -> dict[str, str]:
    return {"name": point.name, "phone": point.phone, "email": point.email, "url": point.url}


def fact_json(fact: Fact) -> dict[str, Any]:
    """A fact as JSON: id, facet, text, value, stated, note, source or null.

    A source is {document, section, lines}; `lines` are [first, last] pairs of the text edition, 1-based, inclusive.
    """
    return {
        "id": fact.id,
        "facet": fact.facet,
        "text": fact.text,
        "value": fact.value,
        "stated": fact.stated,
        "note": fact.note,
        "source": source_json(fact.source) if fact.source else None,
    }


def source_json(source: Source) -> dict[str, Any]:
    """A source as JSON: document, section, line pairs."""
    return {"document": source.document, "section": source.section, "lines": line_pairs(source.lines)}


def _named(item: Municipality | Service | None) -> dict[str, str] | None:
    return {"id": item.id, "name": item.name} if item else None
