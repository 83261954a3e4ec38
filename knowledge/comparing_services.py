"""Two or three kinds of help of one municipality side by side: what is told of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from knowledge import composition as compose
from knowledge.answer import NOT_STATED, Answer
from knowledge.by_theme import AS_A_THEME
from knowledge.comparison import compare
from knowledge.comparison_phrases import finds, ranked_in
from knowledge.danish import fold, proper_names, spoken
from knowledge.facets import NEIGHBOURS, asked_facet
from knowledge.model import Fact, Municipality, Service
from knowledge.question import Question, figure_asked
from knowledge.scope import GENERAL, MANY_SERVICES
from knowledge.selection import HOURS, Selection
from knowledge.turn import Turn
from knowledge.wording import say

PARTICULAR = 0.25  # facet probability from which something particular is asked beside a look at the whole
HINTED = 0.08  # the same after "for så vidt angår"
GUESS = 0.2  # facet probability below which nothing in particular is asked
WHOLE = ("overview", "definition", "purpose", "need_covered", "included", "guide", "special_notes")  # look at the whole help
LEADS = ("need_covered", "purpose", "overview", "eligibility")  # the first of these tells what a help is for
ABOUT = ("special_notes", "not_included", "citizen_obligations")  # what may be meant beside it
SOFT = ("assessment_method", "eligibility", "legal_basis", "citizen_obligations")  # facets a difference sounds like ...
PLAINLY = 0.5  # ... and the probability from which a difference is asked for in that, and not in all
APART = ("apart", "apart_told", "apart_asked")  # turns of phrase that ask what sets two things apart
NEAR = 0.3  # likeness of what a message says beside the names of the helps from which a fact is told first
ITEMS, FACTS = 4, 6
FITS, RIVAL, TOLD_FIRST = 0.4, 0.6, 3  # likeness from which a help is the one meant; share of it no other one has; facts shown
_APART = (
    r"§+|\b\d{2,3}(?: [ab])?(?= )"
    r"|\b(?:forskel\w*|sammenlign\w*|kontra|vs|versus|henholdsvis|begge|den ene|den anden|det ene|det andet)(?= )"
)
WHERE, NAME = ("delivery_place", "provider"), 6  # facets whose facts name places; letters such a name has at least


def services_side_by_side(turn: Turn, services: Sequence[Service], answer_in: Callable[[Turn, Municipality], Answer]) -> Answer:
    """The same facet of several services of one municipality.

    Args:
        answer_in: answers a question in one municipality, for the help that is described in general.
    """
    municipality = turn.snapshot.catalogue.by_id[services[0].municipality]
    facet, level = _facet_of_all(turn.question, services), turn.question.mentions.level
    levels = [_level_of(turn.question, service) for service in services]
    turn = _without_names(turn, services)
    parts = [_service_part(turn, municipality, service, facet, services) for service in services]
    if all(part.status == NOT_STATED for part in parts) and turn.question.facets.get(facet, 0.0) < PLAINLY:
        facet = "overview"  # what nobody states was hardly asked
        parts = [_service_part(turn, municipality, service, facet, services) for service in services]
    parts = [_led_by_what_it_leaves(part, services) for part in parts] if facet in (*WHOLE, *ABOUT) else parts
    parts = [
        _of_all_kinds(turn, municipality, facet, answer_in)
        if part.status == NOT_STATED and service.topics[0] == GENERAL
        else part
        for part, service in zip(parts, services)
    ]
    folded = turn.question.analysis.folded
    ranked = turn.question.flags.compare or bool(ranked_in(folded)) or any(finds(key, folded) for key in ("ranking", *APART))
    ranked = ranked and len(set(levels)) == 1  # of unlike levels no help is said to give more than another
    one = _which_one(turn, services, parts) or _without_hours(turn.question, facet, municipality, services)
    answer = compare(facet, parts, level, ranked=ranked, total=bool(finds("in_total", folded)), apart=one)
    return replace(answer, municipality=municipality)


def _without_hours(question: Question, facet: str, municipality: Municipality, services: Sequence[Service]) -> str:
    """That the document tells no hours of any of the helps, where hours are asked for; "" otherwise."""
    kinds = {fact.value["kind"] for service in services for fact in service.facts if fact.value}
    silent = facet == "extent" and figure_asked(question.analysis) == "hours" and not kinds & set(HOURS)
    return say("no_hours", document_of=compose.document_of(municipality)) if silent else ""


def _which_one(turn: Turn, services: Sequence[Service], parts: Sequence[Answer]) -> str:
    """Which help does what a message asks of one of them ("hvilken af dem slutter med en rapport?"); "" unless a thing told of
    one plainly fits, and nothing stated of another nearly as well."""
    folded = turn.question.analysis.folded
    if not finds("which_single", folded) or " ikke " in folded:
        return ""
    fits = [max(turn.matches.of(fact).score for fact in service.facts if fact.stated) for service in services]
    best = max(range(len(services)), key=fits.__getitem__)
    told = [turn.matches.of(fact).score for fact in parts[best].facts[:TOLD_FIRST] if fact.stated and fact.facet not in ABOUT]
    rivals = [fit for n, fit in enumerate(fits) if n != best]
    if max(told, default=0.0) < fits[best] or fits[best] < FITS or max(rivals) > RIVAL * fits[best]:
        return ""
    return say("which_one", "comparison", name=compose.service_label(services[best]))


def _without_names(turn: Turn, services: Sequence[Service]) -> Turn:
    """The turn with the likeness of what is left of its message beside the names of the helps and what sets them apart: a name
    draws the facts that hold it, and is no question."""
    names = {fold(name) for service in services for name in (service.name, *service.aliases)}
    said = "|".join(re.escape(name) + r"\w*" for name in sorted(names, key=len, reverse=True))
    rest = turn.question.analysis.without(re.compile(rf"\b(?:{said})(?= )|{_APART}"))
    return replace(turn, matches=turn.snapshot.match(rest)) if spoken(rest.words) else turn


def _facet_of_all(question: Question, services: Sequence[Service]) -> str:
    """What is asked of all services alike; a look at each where that is nothing in particular."""
    facet, folded, level = asked_facet(question), question.analysis.folded, question.mentions.level
    if ranked := ranked_in(folded):
        return ranked
    chosen = facet == "free_choice" and finds("choosing", folded)
    respect = finds("in_respect_of", folded)
    if facet in WHOLE or facet not in NEIGHBOURS or question.facets.get(facet, 0.0) < GUESS or chosen:
        asked = particular(question, HINTED if respect else PARTICULAR)
        facet = max(asked, key=asked.__getitem__, default="overview")
    if facet in (*WHOLE, *SOFT) and AS_A_THEME.search(folded):
        return "eligibility"  # the target group is told by themes
    unsure = question.facets.get(facet, 0.0) < PLAINLY and not (facet == "eligibility" and level is not None) and not respect
    if facet in SOFT and unsure and finds("apart", folded):
        facet = "overview"  # "hvad er forskellen?", whatever it sounds like besides
    if facet in ABOUT and question.flags.all_services:
        facet = "overview"  # "hvad kan man lave om dagen, når man ikke kan arbejde"
    if facet in (*ABOUT, "provider") and finds("one_thing", folded):
        facet = "overview"  # "det er vel det samme?", "to navne for den samme"
    if facet == "overview" and (level is not None or question.levels_apiece):
        return "extent" if all(_has_hours_by_level(service) for service in services) else "eligibility"
    return facet


def _level_of(question: Question, service: Service) -> int | None:
    """The level that a message tells with one of the kinds of help, else the one it tells of all."""
    own = (question.levels_apiece[topic] for topic in service.topics if topic in question.levels_apiece)
    return next(own, question.mentions.level)


def _has_hours_by_level(service: Service) -> bool:
    return any(fact.value and fact.value["kind"] == "hours_by_level" for fact in service.facts)


def _led_by_what_it_leaves(part: Answer, services: Sequence[Service]) -> Answer:
    """A sub-answer with what its help leaves to another one of those compared in front: cooking leaves shopping."""
    others = {service.topics[0] for service in services if service is not part.service}
    own = part.service.facts if part.service else ()
    left = [f for f in own if f.stated and f.facet == "not_included" and not others.isdisjoint(f.topics)]
    return replace(part, facts=_once(left, part.facts)) if left and part.status != NOT_STATED else part


def _once(*groups: Sequence[Fact]) -> tuple[Fact, ...]:
    return tuple({fact.id: fact for group in groups for fact in group}.values())


def _of_all_kinds(
    turn: Turn, municipality: Municipality, facet: str, answer_in: Callable[[Turn, Municipality], Answer]
) -> Answer:
    """What most kinds of a help state, where the description of it in general is silent."""
    mentions = replace(turn.question.mentions, paragraphs=(MANY_SERVICES,))
    question = replace(turn.question, topics={GENERAL: 1.0}, facets={facet: 1.0}, mentions=mentions)
    return answer_in(replace(turn, question=question, memory=replace(turn.memory, service="")), municipality)


def _service_part(turn: Turn, municipality: Municipality, service: Service, facet: str, compared: Sequence[Service]) -> Answer:
    facts = [f for f in service.facts if f.stated and facet in f.facets]
    if facet == "overview":
        facts = _overview(turn, service, [other for other in compared if other is not service])
    nearest = max(service.facts, key=lambda fact: turn.matches.of(fact).score)
    if facet != "overview" and nearest.stated and nearest not in facts and turn.matches.of(nearest).score >= NEAR:
        first = len(facts) if facet == "cost" else 1  # "free" is not told without what one pays all the same
        facts = [*facts[:first], nearest, *facts[first:]]  # "kommer de så to forskellige dage?"
    if not facts:
        gaps = [fact for fact in service.facts if not fact.stated and facet == fact.facet]
        return compose.not_stated(municipality, service, facet, [], [], gaps[:1])
    facts = _once(_places_named(turn, service), facts)
    level = _level_of(turn.question, service) if facet == "extent" else None
    selection = Selection(facet, facts[:FACTS], asked=facet)
    part = compose.answered(municipality, service, selection, turn.question, turn.memory, level=level)
    return replace(part, verdict=_no_hours_at(facts, level)) if level is not None else part


def _places_named(turn: Turn, service: Service) -> list[Fact]:
    """What tells that a place the message calls by its name belongs to a service: "på Mosetoften eller på Soltoften?"."""
    keys = {key for key in turn.question.analysis.keys if len(key) >= NAME}
    return [fact for fact in service.facts if fact.stated and fact.facet in WHERE and keys & proper_names(fact.text)][:1]


def _no_hours_at(facts: Sequence[Fact], level: int) -> str:
    """That the document has hours for other levels and none for this one; "" otherwise."""
    hours = [fact.value["levels"] for fact in facts if fact.value and fact.value["kind"] == "hours_by_level"]
    if not hours or any(str(level) in levels for levels in hours):
        return ""
    return say("no_hours_at", "comparison", level=compose.level_name(level))


def _overview(turn: Turn, service: Service, others: Sequence[Service]) -> list[Fact]:
    """What the words are plainly about, else what the help is for, the first things it includes that not all of those
    compared do, and who can have it."""
    stated = [fact for fact in service.facts if fact.stated]
    nearest = max(stated, key=lambda fact: turn.matches.of(fact).score, default=None)
    asked = not turn.question.flags.all_services
    special = [nearest] if asked and nearest and nearest.facet in ABOUT and turn.matches.of(nearest).score >= NEAR else []
    leads = [fact for facet in LEADS for fact in stated if fact.facet == facet]
    apart = not special and finds("apart", turn.question.analysis.folded)
    whom = [fact for fact in stated if fact.facet == "eligibility"] if apart else []
    items = [fact for fact in stated if fact.facet == "included"]
    shared = [{fact.text for fact in other.facts} for other in others]
    own = [fact for fact in items if not all(fact.text in texts for texts in shared)]
    return [*special, *leads[:1], *(own if apart else own or items)[:ITEMS], *whom[:1]]


def particular(question: Question, least: float = PARTICULAR) -> dict[str, float]:
    """What may be asked beside a look at the whole: "hvad er forskellen i omfang"."""
    choosing = finds("choosing", question.analysis.folded)  # "vi skal vælge mellem de to" asks nothing of the choice
    left_out = (*WHOLE, "free_choice") if choosing else WHOLE
    return {f: p for f, p in question.facets.items() if f in NEIGHBOURS and f not in left_out and p >= least}
