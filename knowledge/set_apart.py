"""What sets municipalities apart, said in a sentence before their sub-answers.

It is told in values, in what is part of the help and what is not, or by which document tells it at all; nothing is said where a
sub-answer may be beside the point.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from knowledge import composition as compose
from knowledge.answer import ANSWERED, NOT_STATED, Answer
from knowledge.brief import join_items
from knowledge.comparison import FEWEST, MEASURED, compare, line_source, place_name, set_apart
from knowledge.comparison_phrases import finds
from knowledge.facets import likeliest
from knowledge.model import Fact, Municipality
from knowledge.question import NO_TOPIC
from knowledge.scope import GENERAL
from knowledge.selection import LOOK
from knowledge.services_meant import stems
from knowledge.turn import Turn
from knowledge.wording import say

PLAIN = 0.5  # facet probability from which it is plain what is asked
WHOLE_OR_PART = ("included", "not_included", "need_covered", "overview")  # facets of what a help holds
WIDE = ("relatives", "special_notes")  # facets of unlike things, so that one stated says nothing of the other
ALIKE = 90  # rapidfuzz ratio from which two facts say the same
FITS = 0.35  # likeness from which a fact of the facet asked for answers the question
ASKED_ABOUT, BY_ASK = 0.5, 0.2  # likeness from which a fact is plainly asked about, and how much more an example question needs
AS_NEAR = 0.85  # share of a likeness that is as good
STATED_IN_VALUES = ("cost", "extent", "processing_time", "complaint")  # facets that set municipalities apart
LITTLE = 22  # tokens of a message that asks of nothing but what is different; a longer one tells what matters
CHOICE = "free_choice"
NO_CHOICE = "ikke frit valg"  # in a fact that tells that one cannot choose who gives the help
ELSEWHERE = "i en anden kommune"  # in a fact that tells of a help in another municipality
MOVING_ON, NAMED_GAP = "hvad sker der med støtten, hvis jeg flytter til en anden kommune", 0.5  # and its likeness to a gap


def taken_along(turn: Turn, places: Sequence[Municipality]) -> Answer | None:
    """What the documents tell of whether help goes along to another municipality; None where that is not asked.

    Args:
        places: one or several that the message is about.
    """
    told = turn.question.mentions.folded
    gaps = _silent_on_moving(turn, places) if finds("takes_along", told) and finds("moves", told) else []
    if len(gaps) >= FEWEST:
        return compare("special_notes", gaps, apart=on_moving(places))
    return replace(gaps[0], text=on_moving(places)) if gaps else None


def _silent_on_moving(turn: Turn, places: Sequence[Municipality]) -> list[Answer]:
    """The gap on moving of each municipality; none where one of them has no such gap."""
    matches = turn.snapshot.match(turn.snapshot.analyser.analyse(MOVING_ON))
    parts = []
    for place in places:
        general = next((service for service in place.services if service.topics[0] == GENERAL), None)
        gaps = [fact for fact in (*place.facts, *(general.facts if general else ())) if not fact.stated]
        gap = max(gaps, key=lambda fact: matches.of(fact).own, default=None)
        if gap is None or matches.of(gap).own < NAMED_GAP:
            return []
        parts.append(compose.not_stated(place, None, gap.facet, [], [], [gap]))
    return parts


def on_moving(places: Sequence[Municipality]) -> str:
    """That the documents do not tell whether help goes along to another municipality, with the kinds of help of which one tells
    it."""
    told = [
        say(
            "not_along_but",
            "comparison",
            service=compose.service_label(service),
            name=place_name(place),
            text=fact.text,
            source=line_source(place, [fact]),
        )
        for place in places
        for service in place.services
        for fact in service.facts
        if fact.stated and ELSEWHERE in fact.text
    ]
    documents = say("documents", "comparison") if len(places) >= FEWEST else compose.document_of(places[0])
    return " ".join([say("not_along_in_general" if told else "not_along", "comparison", documents=documents), *told])


def in_values(turn: Turn, parts: Sequence[Answer], answer_in: Callable[[Turn, Municipality], Answer]) -> str:
    """What the documents state in values, where nothing else is asked than what sets municipalities apart, or who moves asks
    nothing at all; hours only of a help that is meant, since each has its own.

    Args:
        answer_in: a sub-answer in one municipality.
        parts: the sub-answers to the look that was asked for, one a municipality.
    """
    question, places = turn.question, [part.municipality for part in parts if part.municipality]
    moves = bool(finds("moves", question.mentions.folded))
    if question.facets != LOOK or not (moves or finds("apart", question.mentions.folded)) or not asks_nothing_else(turn):
        return ""
    helps = all(part.service and (part.service.topics[0] != GENERAL or len(part.municipality.services) == 1) for part in parts)
    question = question if helps else replace(question, topics={NO_TOPIC: 1.0})
    asked = {
        facet: replace(turn, question=replace(question, facets={facet: 1.0}))
        for facet in STATED_IN_VALUES
        if helps or facet != "extent"
    }
    told = set_apart({facet: [answer_in(one, place) for place in places] for facet, one in asked.items()})
    silent = moves and _silent_on_moving(turn, places)
    return "\n".join([told, *([on_moving(places)] if silent else [])])


def where_included(turn: Turn, facet: str, parts: Sequence[Answer]) -> str:
    """Where the thing asked about is part of the help and where it is not; "" unless every document tells of the same thing,
    plainly asked about, or is silent."""
    if facet not in WHOLE_OR_PART:
        return ""
    names: dict[str, list[str]] = {"included": [], "not_included": [], "silent": []}
    about: list[frozenset[str]] = []
    for part in parts:
        first = part.facts[0] if part.facts and part.status == ANSWERED else None
        if part.municipality is None or (first and not _decides(turn, first, part.facts)):
            return ""
        names[first.facet if first else "silent"].append(place_name(part.municipality))
        about += [stems(first.text)] if first else []
    if not names["included"] or not names["not_included"] or not frozenset.intersection(*about):
        return ""
    told = {key: join_items(found) for key, found in names.items()}
    silent = [say("silent_on_it", "comparison", **told)] if told["silent"] else []
    return " ".join([say("included_in", "comparison", **told), *silent])


def who_tells(turn: Turn, facet: str, parts: Sequence[Answer]) -> str:
    """Which documents tell what is asked, where some are silent on it; "" where what the others tell may not answer it, or is
    held against one another in values."""
    silent = [part for part in parts if part.status == NOT_STATED and part.municipality]
    told = [part for part in parts if part.status == ANSWERED and part.municipality]
    if not silent or len(silent) + len(told) < len(parts) or (facet in MEASURED and told):
        return ""
    plain = facet not in WIDE and likeliest(turn.question) >= PLAIN and all(_answers(turn, facet, part) for part in told)
    if not plain or not all(_is_silent(turn, facet, part) for part in silent):
        return ""
    names = join_items(place_name(part.municipality) for part in told if part.municipality)
    return say("only_tells", "comparison", names=names) if told else say("none_tells", "comparison")


def tells_the_same(parts: Sequence[Answer]) -> str:
    """What all documents tell alike in their first sentence, "" where they do not."""
    first = [part.facts[0].text for part in parts if part.status == ANSWERED and part.facts and part.facts[0].stated]
    alike = len(first) == len(parts) and all(fuzz.token_sort_ratio(first[0], text) >= ALIKE for text in first)
    key = "tells_same_two" if len(parts) == FEWEST else "tells_same"
    return say(key, "comparison", text=first[0]) if alike else ""


def no_choice(parts: Sequence[Answer]) -> str:
    """In which municipalities one cannot choose who gives the help, for which help another one tells of a choice all the same,
    and which tell nothing; "" where a sub-answer tells anything else."""
    denied = [part for part in parts if part.status == ANSWERED and part.facts and NO_CHOICE in part.facts[0].text]
    others = [part.municipality for part in parts if part.status == NOT_STATED and part.municipality]
    if not denied or len(denied) + len(others) < len(parts):
        return ""
    helps = {place: [s for s in place.services if CHOICE in s.facets()] for place in others}
    silent = [place_name(place) for place, telling in helps.items() if not telling]
    names = join_items(place_name(part.municipality) for part in denied if part.municipality)
    told = [
        say("choice_of_some", "comparison", name=place_name(place), helps=join_items(map(compose.service_label, telling)))
        for place, telling in helps.items()
        if telling
    ]
    rest = [say("silent_on_it", "comparison", silent=join_items(silent))] if silent else []
    return " ".join([say("no_choice", "comparison", names=names), *told, *rest])


def _answers(turn: Turn, facet: str, part: Answer) -> bool:
    """Whether a sub-answer begins with what is stated of the facet asked for and fits the words."""
    first = part.facts[0] if part.facts else None
    return bool(first and first.stated and facet in first.facets and turn.matches.of(first).score >= FITS)


def _is_silent(turn: Turn, facet: str, part: Answer) -> bool:
    """Whether nothing in a document tells of the facet asked for, nor of anything else that plainly fits the words; of other
    kinds of help only where none is meant."""
    assert part.municipality is not None
    one = part.service if part.service and part.service.topics[0] != GENERAL else None
    services = [one] if one else part.municipality.services
    facts = [*part.municipality.facts, *(fact for service in services for fact in service.facts)]
    return not any(fact.stated and (facet in fact.facets or turn.matches.of(fact).score >= FITS) for fact in facts)


def _decides(turn: Turn, first: Fact, facts: Sequence[Fact]) -> bool:
    """Whether a fact tells that what is plainly asked about is included or is not, and no other one is as near that tells the
    contrary."""
    contrary = {"included": "not_included", "not_included": "included"}.get(first.facet)
    near = turn.matches.of(first)
    if contrary is None or max(near.own, near.score - BY_ASK) < ASKED_ABOUT:
        return False
    return not any(fact.facet == contrary and turn.matches.of(fact).score >= AS_NEAR * near.score for fact in facts)


def asks_nothing_else(turn: Turn) -> bool:
    """Whether the sentences that ask hold no word but of moving, of what is different and of help in general, and no story
    before them tells what "det" is ("bliver det anderledes?")."""
    analysis, names = turn.question.analysis, turn.snapshot.every_place
    refers = turn.question.flags.yes_no and not finds("nothing_else", analysis.folded, names)
    return len(analysis.words) <= LITTLE and not refers and finds("nothing_else", analysis.asked_folded, names)
