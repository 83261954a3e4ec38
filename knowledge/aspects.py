"""Things that documents tell of under unlike headings: groups, help online, who decides, what happens when one is ill.

A facet is too wide for them: "på hold eller alene?" is answered under the extent in one document, under the place in another
and in no word in a third. Where municipalities or kinds of help are compared in one of them, or all kinds of help are asked
for it, what is told of just that is set side by side, and who is silent on it is said to be silent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from knowledge import composition as compose
from knowledge.answer import ANSWERED, NOT_STATED, Answer
from knowledge.brief import bare_item, join_items
from knowledge.comparison import FEWEST, compare, place_name
from knowledge.danish import fold
from knowledge.facets import LIST_FACETS, asked_facet
from knowledge.model import Fact, Municipality, Service
from knowledge.scope import GENERAL, strongest
from knowledge.selection import LOOK, Selection
from knowledge.services_meant import of_the_kind
from knowledge.turn import Turn
from knowledge.vocabulary import read_table
from knowledge.wording import say

TABLE = "comparison"
NAMED = 0.4  # topic probability from which one kind of help is meant
ALIKE, MOST = 78, 0.6  # rapidfuzz ratio from which two facts say the same; share of services that make "most"
FITS_BETTER = 0.1  # what a gap's likeness must have more than that of what is stated, to be told with it
STORY = 30  # tokens; of a longer message that asks for something only the sentences that ask are read
FEW_WORDS = 6  # tokens of a sentence that leans on the one before it
SHOWN, LEADING = 3, 2  # facts told of one municipality or help, and put before an answer


_FIGURES = re.compile(r"\d+")
_DENIES = re.compile(r" ikke ")


class Aspect(NamedTuple):
    """One such thing.

    Attributes:
        name: what a document is silent on, in running text.
        asked, told: read on folded text, of the sentences that ask and of a fact.
        facets: what a question about it may be read as.
        leads: what is told of it goes first in the answer about one help too.
        without: it is the lack of something, so that who asks what is not needed asks for it.
    """

    name: str
    asked: re.Pattern[str]
    told: re.Pattern[str]
    facets: frozenset[str]
    leads: bool
    without: bool

    @property
    def about(self) -> str:
        """What follows "noget om": ", hvem der afgør det", " gruppeforløb"."""
        return f", {self.name}" if self.name.startswith("hv") else f" {self.name}"

    def is_told(self, fact: Fact) -> bool:
        return bool(self.told.search(f" {fold(fact.text)} "))


@lru_cache(maxsize=1)
def aspects() -> tuple[Aspect, ...]:
    """All of the vocabulary."""
    return tuple(
        Aspect(
            entry["name"],
            re.compile(entry["asked"]),
            re.compile(entry["told"]),
            frozenset(entry["facets"]),
            entry.get("leads", False),
            entry.get("without", False),
        )
        for entry in read_table("aspects.yml").values()
    )


def asked_aspect(turn: Turn) -> Aspect | None:
    """The one thing of this kind that a message asks for; None where a figure is asked for, or something else plainly."""
    question, analysis = turn.question, turn.question.analysis
    if question.flags.figure and " hvem " not in analysis.asked_folded:  # who sets the hours asks for none
        return None
    if _asks_besides(turn):
        return None
    facet = asked_facet(question)
    whole = len(analysis.words) <= STORY or facet in LOOK
    for folded in (analysis.asked_folded, analysis.folded) if whole else (analysis.asked_folded,):
        if found := [aspect for aspect in aspects() if facet in aspect.facets and aspect.asked.search(folded)]:
            return found[0] if len(found) == 1 else None
    return None


def _asks_besides(turn: Turn) -> bool:
    """Whether a message asks one thing in one sentence and another in the next: "Må hun bruge min e-boks i Gladsaxe? Og må hans
    hæve penge i Brønderslev?"."""
    analysis = turn.question.analysis
    asking = [part for sentence in analysis.asked() if "?" in (part := analysis.part(sentence)).folded]
    told = [any(aspect.asked.search(part.folded) for aspect in aspects()) for part in asking]
    return any(told) and any(not found and len(part.words) > FEW_WORDS for found, part in zip(told, asking))


def led_by_aspect(turn: Turn, selection: Selection, facts: Sequence[Fact], service: Service) -> Selection:
    """The same with what is told of the thing asked for in front: a gap that fits better than all that is stated, then what is
    stated of this help; of other help under its paragraph what is told last, which is no yes for this one.

    Args:
        facts: all that may be told of the service.
    """
    aspect = asked_aspect(turn)
    if aspect is None or not aspect.leads:
        return selection
    found = _told(turn, aspect, facts)
    gap = [fact for fact in found[:LEADING] if not fact.stated]
    told = list({fact.text: fact for fact in found if fact.stated}.values())  # a kind of help may say what all help says
    own = [fact for fact in told if fact.service == service.id]
    if not found or (own and not gap and aspect.is_told(selection.facts[0])):
        return selection
    first = (*gap, *(own or sorted(told, key=lambda fact: fact.id, reverse=True)))[:LEADING]
    texts = {fact.text for fact in first}
    rest = tuple(fact for fact in selection.facts if fact.text not in texts)
    extra = tuple(fact for fact in selection.extra if fact.text not in texts)
    return replace(selection, facet=first[-1].facet, facts=(*first, *rest), extra=extra, relevant=len(first), verdict="")


def aspect_alone(turn: Turn, aspect: Aspect, municipality: Municipality) -> Answer | None:
    """What a document tells of it where no help is named: of all help, of most kinds, or the gap; None where it has no word."""
    part = aspect_in(turn, aspect, municipality)
    if not part.facts or not aspect.leads:
        return None
    stated = [fact for fact in part.facts if fact.stated]
    source = compose.source_line(municipality, stated)
    return replace(part, text="\n\n".join(filter(None, [part.text, source])), quick_replies=compose.next_questions(part.facet))


def aspect_in(turn: Turn, aspect: Aspect, place: Municipality) -> Answer:
    """What a municipality's document tells of it; of the kind of help that is meant, else of all."""
    meant = _meant(turn, place)
    general = [service for service in place.services if service.topics[0] == GENERAL]
    if meant and meant not in general:
        return _of_one(turn, aspect, place, meant)
    part = _part(turn, aspect, place, general[0] if general else None, [*(f for s in general for f in s.facts), *place.facts])
    if part.status == ANSWERED:
        return part
    shared = _shared(turn, aspect, [service for service in place.services if service not in general])
    return _answered(place, None, shared) if shared else part


def _of_one(turn: Turn, aspect: Aspect, place: Municipality, service: Service) -> Answer:
    """What is told of it for one kind of help; where nothing is, that, with what is told of other help under its paragraph."""
    part = _part(turn, aspect, place, service, service.facts)
    if part.status == ANSWERED:
        return part
    told = [fact for fact in _of_the_paragraphs(place, [service]) if fact.stated and aspect.is_told(fact)]
    text = " ".join([part.text.split("\n\n")[0], *(fact.text for fact in told[-1:])])
    return replace(part, text=text, facts=(*part.facts, *told[-1:]))


def aspect_of_places(turn: Turn, aspect: Aspect, parts: Sequence[Answer]) -> Answer:
    """What several documents tell of it side by side, after who tells it.

    Args:
        parts: the answer of each (`aspect_in`).
    """
    facet = next((part.facet for part in parts if part.status == ANSWERED), asked_facet(turn.question))
    names = [place_name(part.municipality) for part in parts if part.municipality]
    told = [name for name, part in zip(names, parts) if any(fact.stated for fact in part.facts)]
    if not told:
        apart = say("aspect_none", TABLE, about=aspect.about)
    elif len(told) < len(parts):
        silent = join_items(name for name in names if name not in told)
        key = "aspect_only" if len(parts) == FEWEST else "aspect_some"
        apart = say(key, TABLE, names=join_items(told), silent=silent, about=aspect.about)
    else:
        apart = _alike_or_not(parts, names) or say("intro", TABLE, about=aspect.about)
    return compare(facet, parts, apart=apart)


def _alike_or_not(parts: Sequence[Answer], names: Sequence[str]) -> str:
    """Where the thing is part of the help and where it is not, or that all tell the same; "" where neither can be said."""
    first = [part.facts[0] for part in parts if part.status == ANSWERED]
    if len(first) < len(parts):
        return ""
    facets = [fact.facet for fact in first]
    if set(facets) == {"included", "not_included"}:
        told = {facet: join_items(n for n, own in zip(names, facets) if own == facet) for facet in set(facets)}
        return say("included_in", TABLE, **told)
    alike = all(fuzz.token_sort_ratio(first[0].text, fact.text) >= ALIKE for fact in first)
    return say("tells_same_two" if len(parts) == FEWEST else "tells_same", TABLE, text=first[0].text) if alike else ""


def aspect_of_services(turn: Turn, aspect: Aspect, services: Sequence[Service]) -> Answer:
    """What a municipality's document tells of it for each of some kinds of help, after what it tells of all under their
    paragraph."""
    municipality = turn.snapshot.catalogue.by_id[services[0].municipality]
    parts = [_part(turn, aspect, municipality, service, service.facts) for service in services]
    of_all = [fact for fact in _of_the_paragraphs(municipality, services) if fact.stated and aspect.is_told(fact)]
    apart = " ".join(fact.text for fact in of_all[-1:]) or say("intro", TABLE, about=aspect.about)
    return replace(compare(parts[0].facet, parts, apart=apart), municipality=municipality)


def aspect_of_all(turn: Turn, aspect: Aspect, municipality: Municipality) -> Answer | None:
    """For which kinds of help a document tells of it, and for which it does not; None where it tells it of none."""
    if aspect.about.startswith(","):  # who decides is told of one help, and is no list of them
        return None
    services = [service for service in municipality.services if service.topics[0] != GENERAL and is_asked(turn, service)]
    found = {service: _told(turn, aspect, service.facts) for service in services}
    told = {service: sorted(facts, key=lambda fact: fact.facet == "not_included") for service, facts in found.items()}
    stating = {service: facts for service, facts in told.items() if facts and facts[0].stated}
    if not stating:
        general = [*municipality.facts, *(f for s in municipality.services if s.topics[0] == GENERAL for f in s.facts)]
        if any(fact.stated and aspect.is_told(fact) for fact in general):
            return None
        silent_on_all = say("aspect_of_none", TABLE, document_of=compose.document_of(municipality), about=aspect.about)
        return Answer(NOT_STATED, silent_on_all, facet=asked_facet(turn.question), municipality=municipality)
    lines = [f"• {of_services([service for service, _ in group], group[0][1])}" for group in alike(stating)]
    silent = [compose.service_label(service) for service in services if service not in stating]
    facts = tuple(facts[0] for facts in stating.values())
    listed = "\n".join([say("aspect_list", TABLE, about=aspect.about), *lines])
    rest = say("aspect_rest", TABLE, about=aspect.about, names=join_items(silent)) if silent else ""
    denied = not aspect.without and _DENIES.search(turn.question.analysis.asked_folded)
    first = [rest, listed] if denied else [listed, rest]
    text = [*first, compose.source_line(municipality, facts)]
    return Answer(
        status=ANSWERED,
        text="\n\n".join(filter(None, text)),
        facts=facts,
        facet=facts[0].facet,
        municipality=municipality,
        quick_replies=compose.next_questions(facts[0].facet),
        listed=tuple(service.id for service in stating),
    )


def is_asked(turn: Turn, service: Service) -> bool:
    """Whether a service stands under one of the paragraphs named, if any is."""
    roots = {paragraph.split()[0] for paragraph in turn.question.mentions.paragraphs}
    return not roots or bool(roots & {paragraph.split()[0] for paragraph in service.paragraphs})


def _meant(turn: Turn, place: Municipality) -> Service | None:
    """The service that the kind of help named stands for."""
    topics = turn.question.topics
    if strongest(topics) < NAMED:
        return None
    topic = max(topics, key=topics.__getitem__)
    return next(iter(of_the_kind(turn, place, topic)), None)


def _shared(turn: Turn, aspect: Aspect, services: Sequence[Service]) -> list[Fact]:
    """What services tell of it: what most tell alike once, with how many do; else of each by its name."""
    told = {service: _told(turn, aspect, service.facts) for service in services}
    groups = alike({service: facts for service, facts in told.items() if facts and facts[0].stated})
    most = [group for group in groups if len(group) >= MOST * len(services)]
    if most:
        fact, count = most[0][0][1], len(most[0])
        return [replace(fact, text=say("aspect_most", TABLE, count=count, total=len(services), text=fact.text))]
    return [replace(group[0][1], text=of_services([service for service, _ in group], group[0][1])) for group in groups]


def alike(told: Mapping[Service, Sequence[Fact]], least: float = ALIKE) -> list[list[tuple[Service, Fact]]]:
    """Services with the first fact told of each, those together that say the same.

    Args:
        least: the rapidfuzz ratio from which they do; figures are the same in any case.
    """
    groups: list[list[tuple[Service, Fact]]] = []
    for service, (fact, *_) in told.items():
        same = next((g for g in groups if _says_the_same(g[0][1].text, fact.text, least)), None)
        if same is None:
            groups.append([(service, fact)])
        else:
            same.append((service, fact))
    return groups


def _says_the_same(one: str, other: str, least: float) -> bool:
    """Whether two texts say the same with the same figures."""
    return _FIGURES.findall(one) == _FIGURES.findall(other) and fuzz.token_sort_ratio(one, other) >= least


def of_services(services: Sequence[Service], fact: Fact) -> str:
    """A fact as a sentence that names the services it is told of."""
    listed = fact.facet in LIST_FACETS and not fact.text.endswith(".")
    text = f"{say(f'list_{fact.facet}')} {bare_item(fact.text)}." if listed else fact.text
    return say("line", TABLE, name=join_items(map(compose.service_label, services)), text=text)


def _part(turn: Turn, aspect: Aspect, place: Municipality, service: Service | None, facts: Sequence[Fact]) -> Answer:
    found = _told(turn, aspect, facts)
    if found and found[0].stated:
        return _answered(place, service, found[:SHOWN])
    if found:
        return compose.not_stated(place, service, found[0].facet, [], [], found)
    silent = say("aspect_silent", TABLE, document_of=compose.document_of(place), about=aspect.about)
    one = service if service and service.topics[0] != GENERAL else None  # a whole document that is silent is so of all help
    return Answer(NOT_STATED, silent, facet=asked_facet(turn.question), municipality=place, service=one)


def _answered(place: Municipality, service: Service | None, facts: Sequence[Fact]) -> Answer:
    text = " ".join(fact.text for fact in facts)
    return Answer(ANSWERED, text, tuple(facts[:SHOWN]), facts[0].facet, place, service)


def _told(turn: Turn, aspect: Aspect, facts: Sequence[Fact]) -> list[Fact]:
    """What is stated of it, the nearest in words first; else the one gap that is."""
    about = sorted((fact for fact in facts if aspect.is_told(fact)), key=lambda fact: -turn.matches.of(fact).score)
    stated = [fact for fact in about if fact.stated]
    gap = next((fact for fact in about if not fact.stated), None)
    if not stated or gap is None or turn.matches.of(gap).score < turn.matches.of(stated[0]).score + FITS_BETTER:
        return stated or about[:1]
    return [stated[0], gap, *stated[1:]]


def _of_the_paragraphs(municipality: Municipality, services: Sequence[Service]) -> list[Fact]:
    """What is said of all help under a paragraph that all of some services stand under."""
    common = set.intersection(*(set(service.paragraphs) for service in services))
    general = (s for s in municipality.services if s.topics[0] == GENERAL and common & set(s.paragraphs))
    return [fact for service in general if service not in services for fact in service.facts]
