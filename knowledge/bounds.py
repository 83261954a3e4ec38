"""How much of what a document holds is told with the facts that answer a question, and what bounds them.

A question of yes or no that one fact answers wants neither the rest of its list nor the rest of its facet. But whoever asks
whether a help does something is told what it does not do, and what one must do oneself.
"""

from __future__ import annotations

import re

from knowledge.complaints import COMPLAINT, FITS, asks_one_thing
from knowledge.facets import LIST_FACETS
from knowledge.question import Question
from knowledge.ranking import Ranked
from knowledge.verdict import says_who_pays, tells_of_expenses
from knowledge.vocabulary import pattern

ANSWERS, ANSWERS_OF_A_LIST = 0.65, 0.6  # word likeness from which a fact, and an item of a list, answers without the others
WEAK = 0.2  # word likeness below which a fact of another facet is noise
BOUNDED = ("included", "need_covered", "not_included", "special_notes")  # facets that ask whether a help does something ...
LIMITS = {"not_included": 3, "citizen_obligations": 1}  # ... and how many facts of what bounds it are told with the answer
TAKING_PART = re.compile(r"\bselv (?:deltage|kunne være med)\b")  # in a fact that tells what the citizen must do


def beside_the_point(rest: list[Ranked], relevant: list[Ranked], question: Question) -> list[Ranked]:
    """What may be told beside the facts that fit the words; a question of yes or no that one of them answers wants neither the
    rest of its list nor, where it fits plainly, anything else of its facet."""
    to_the_point = (
        question.flags.yes_no
        and not question.flags.open
        and not pattern("asks_for_help").search(question.analysis.asked_folded)
    )
    if relevant and relevant[0].fact.facet == COMPLAINT and asks_one_thing(question):
        return [] if relevant[0].fact.stated and relevant[0].words >= FITS else rest
    fits = relevant[0].words if relevant and to_the_point else 0.0
    if fits >= ANSWERS and says_who_pays(relevant[0].fact.text) < 0:  # "koster det noget?": what one pays all the same is told
        return [item for item in rest if "cost" in item.fact.facets and tells_of_expenses(item.fact.text)]
    if fits >= ANSWERS:
        return []
    return [item for item in rest if item.fact.facet not in LIST_FACETS] if fits >= ANSWERS_OF_A_LIST else rest


def bounded(facet: str, kept: list[Ranked], ranked: list[Ranked], question: Question) -> list[Ranked]:
    """The facts to tell with what bounds them.

    Args:
        facet: what is answered; a facet that asks for no doing has no bounds.
        ranked: all facts.
    """
    if facet not in (*BOUNDED, "citizen_obligations"):
        return kept
    if facet in BOUNDED and not question.flags.open:
        kept = kept + _limits(kept, ranked)
    excluded = bool(kept) and kept[0].fact.facet == "not_included" and kept[0].words >= ANSWERS
    duty = None if excluded else _taking_part(ranked, question)
    return [duty, *(item for item in kept if item is not duty)] if duty else kept


def _limits(kept: list[Ranked], ranked: list[Ranked]) -> list[Ranked]:
    """What bounds a help when it is asked whether it does something: what is not included, and what one must do oneself."""
    told, ids = {item.fact.facet for item in kept}, {item.fact.id for item in kept}
    own = [item for item in ranked if item.fact.stated and item.fact.service and item.fact.id not in ids]
    found = []
    for facet, most in LIMITS.items():
        if facet not in told:
            bounding = (item for item in own if item.fact.facet == facet and _bounds(item))
            found += sorted(bounding, key=lambda item: -item.words)[:most]
    return found


def _bounds(item: Ranked) -> bool:
    """Whether a fact bounds a help whatever is asked of it, or fits the words: that the mop must be in order does not."""
    return item.fact.facet != "citizen_obligations" or bool(TAKING_PART.search(item.fact.text)) or item.words >= WEAK


def _taking_part(ranked: list[Ranked], question: Question) -> Ranked | None:
    """That one must take part oneself, where it is asked whether it is done for one: said after what the help includes it would
    be read as a yes."""
    if not pattern("done_for_me").search(question.analysis.asked_folded):
        return None
    duties = (item for item in ranked if item.fact.stated and item.fact.service and item.fact.facet == "citizen_obligations")
    return next((duty for duty in duties if TAKING_PART.search(duty.fact.text)), None)
