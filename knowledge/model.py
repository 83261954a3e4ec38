"""The domain: municipalities, services, facts and their sources, as immutable values.

Names follow the field where one fits (CPSV-AP): Service = PublicService, ContactPoint, complaint and cost facts = Rule and
Cost. Texts are plain Danish in du-form, written by this project; every stated fact carries its source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

OLDEST = 200  # years; no age that is told is greater


@dataclass(frozen=True)
class Source:
    """Where a fact is stated.

    Attributes:
        document: document id such as "002"; for the national layer the name of the law.
        section: heading in the document, empty for the national layer.
        lines: line ranges in the text edition as written in the catalogue ("260-262, 270"), empty for the national layer.
    """

    document: str
    section: str = ""
    lines: str = ""


def line_pairs(ranges: str) -> list[list[int]]:
    """[[260, 262], [270, 270]] for "260-262, 270"; empty for an empty string."""
    pairs = []
    for part in filter(None, (piece.strip() for piece in ranges.split(","))):
        first, _, last = part.partition("-")
        pairs.append([int(first), int(last or first)])
    return pairs


@dataclass(frozen=True)
class Ask:
    """An everyday question that a fact answers; `answer` is "ja" or "nej" for a yes/no question, else empty."""

    text: str
    answer: str = ""


@dataclass(frozen=True)
class Fact:
    """One thing a citizen can ask about.

    Attributes:
        id: `<service or municipality>.<facet>.<n>`, stable while the order in the file is.
        text: a whole sentence, or for included / not_included a noun phrase that completes "Støtten kan omfatte: ...".
        value: typed value (see `knowledge.schema`), None where there is none.
        also: further facets this fact answers.
        stated: False for a gap, i.e. something the document is known not to state; then `source` is None.
        note: editor's note on an error or oddity of the document.
    """

    id: str
    facet: str
    text: str
    source: Source | None
    municipality: str = ""
    service: str = ""
    value: dict[str, Any] | None = None
    topics: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    also: tuple[str, ...] = ()
    note: str = ""
    stated: bool = True

    @cached_property
    def facets(self) -> tuple[str, ...]:
        """All facets the fact answers, the main one first."""
        return (self.facet, *self.also)

    @property
    def is_free(self) -> bool:
        """Whether it states that the help itself costs nothing."""
        return bool(self.stated and self.value and self.value["kind"] == "co_payment" and self.value["dkk"] == 0)

    @property
    def ages(self) -> tuple[int, int] | None:
        """The least and the greatest age in years of those it holds for; None where it tells no age, or that of the staff."""
        if not self.value or self.value["kind"] != "ages" or self.facet == "staff_qualifications":
            return None
        return self.value.get("min", 0), self.value.get("max", OLDEST)

    def __hash__(self) -> int:
        """By its id alone: a typed value is a table, which has no hash."""
        return hash(self.id)


@dataclass(frozen=True)
class ContactCondition:
    """One set of conditions that must all hold. None means: does not matter."""

    min_age: int | None = None
    max_age: int | None = None
    pension: bool | None = None


@dataclass(frozen=True)
class ContactPoint:
    """A way to reach the municipality, with the conditions under which it applies.

    Attributes:
        when: alternatives; the contact applies when any of them holds. Empty: always.
        topics: when not empty, the contact is ONLY for these topics.
        purpose: apply, complain, changes, other_services.
        fact: the same contact as a fact of facet `contact`, with wording and source.
    """

    id: str
    name: str
    fact: Fact
    phone: str = ""
    email: str = ""
    address: str = ""
    hours: str = ""
    url: str = ""
    when: tuple[ContactCondition, ...] = ()
    topics: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """Lines of a document that are deliberately not in the catalogue, and why."""

    lines: str
    reason: str


@dataclass(frozen=True)
class Approval:
    """Who adopted a document and when (ISO date, or year and month)."""

    body: str
    date: str


@dataclass(frozen=True)
class Document:
    """A source document: file name in VEJVISER_SOURCES, title and approvals as it states them."""

    id: str
    file: str
    title: str
    approved: tuple[Approval, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True)
class Service:
    """A municipal service (CPSV-AP PublicService) as one document describes it."""

    id: str
    name: str
    municipality: str
    document: str
    paragraphs: tuple[str, ...]
    topics: tuple[str, ...]
    aliases: tuple[str, ...]
    facts: tuple[Fact, ...]
    not_stated: tuple[str, ...] = ()

    def facets(self) -> tuple[str, ...]:
        """The facets the document states for this service, in the order they first appear."""
        return tuple(dict.fromkeys(f for fact in self.facts if fact.stated for f in fact.facets))


@dataclass(frozen=True)
class Municipality:
    """A municipality with its documents, contacts, general facts and services.

    `named` is False only for the document that does not say which municipality it comes from; `places` are its towns,
    `landmarks` the places where it gives help, each of which only its document names.
    """

    id: str
    name: str
    full_name: str
    named: bool
    spellings: tuple[str, ...]
    places: tuple[str, ...]
    landmarks: tuple[str, ...]
    documents: tuple[Document, ...]
    contact_points: tuple[ContactPoint, ...]
    facts: tuple[Fact, ...]
    services: tuple[Service, ...]
    not_stated: tuple[str, ...] = ()

    @cached_property
    def topics(self) -> frozenset[str]:
        """The kinds of help that its services and facts are about."""
        facts = (*self.facts, *(fact for service in self.services for fact in service.facts))
        return frozenset(topic for item in (*self.services, *facts) for topic in item.topics)


@dataclass(frozen=True)
class Catalogue:
    """The whole knowledge base at one moment. `digest` changes exactly when the content does."""

    digest: str
    municipalities: tuple[Municipality, ...]
    national: tuple[Fact, ...]
    by_id: dict[str, Municipality] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {m.id: m for m in self.municipalities})

    def services(self) -> Iterator[Service]:
        """All services, municipality by municipality."""
        for municipality in self.municipalities:
            yield from municipality.services

    def facts(self) -> Iterator[Fact]:
        """All facts: general ones, contact points, services, the national layer last."""
        for municipality in self.municipalities:
            yield from municipality.facts
            yield from (contact.fact for contact in municipality.contact_points)
            for service in municipality.services:
                yield from service.facts
        yield from self.national
