"""What one more word on somebody changes: how hard something is, or how old somebody is, told alone after an answer.

"lidt svært", "3" and "hun er 66" ask nothing, and the answer before holds for all. What is wanted is what the document makes of
it: whether the help is for somebody like that, how much it gives, where it is given.
"""

from __future__ import annotations

import re

from knowledge.composition import document_of, level_name
from knowledge.model import Fact, Municipality, Service
from knowledge.question import Question
from knowledge.selection import HOURS, Selection
from knowledge.turn import Turn
from knowledge.wording import say

BY_LEVEL = ("vum", *HOURS)  # typed values in which a level makes a difference
FEW = 4  # words beside the age of a message that tells nothing else
_OF_AGE = re.compile(r"\balder|folkepension|\bfyldt \d|\b(?:under|over) \d\d år|\d\d år eller ældre")


def level_told(turn: Turn, municipality: Municipality, service: Service, facet: str) -> str:
    """A sentence on the level that a message tells and asks nothing else; "" where it tells none, or the answer itself says it.

    Args:
        facet: what is answered.
    """
    level = turn.question.mentions.level
    if level is None or not tells_a_level(turn.question):
        return ""
    own = [fact for fact in service.facts if fact.value and not fact.topics]
    kinds = {fact.value["kind"] for fact in own if fact.value}
    if not kinds & set(BY_LEVEL):
        return say("no_levels", document_of=document_of(municipality), level=level_name(level))
    if facet != "eligibility" or "vum" not in kinds:
        return ""
    granted = {n for fact in own if fact.value and fact.value["kind"] == "vum" for n in fact.value["levels"]}
    name = level_name(level)
    return say("level_within" if level in granted else "level_outside", level=f"{name[0].upper()}{name[1:]}")


def tells_a_level(question: Question) -> bool:
    """Whether a message tells a level after an answer, and no other place."""
    return question.completes and question.mentions.level is not None and not question.mentions.municipalities


def knows_levels(service: Service) -> bool:
    """Whether a level makes any difference to a help."""
    return any(fact.value and fact.value["kind"] in BY_LEVEL for fact in service.facts)


def of_the_age(turn: Turn, candidates: list[Fact], contacts: list[Fact]) -> Selection | None:
    """What is said of the age that a message tells alone: of the help first, else whom to call at that age; of a pension told
    alone whom to call with one.

    Args:
        contacts: the contact points for that age or with a pension.
    """
    mentions = turn.question.mentions
    age = mentions.age
    if (age is None and mentions.pension is None) or not turn.question.completes or len(turn.question.left) > FEW:
        return None
    if age is None:
        return Selection("contact", tuple(contacts), relevant=len(contacts), asked="eligibility") if contacts else None
    stated = [fact for fact in candidates if fact.stated and fact.facet != "staff_qualifications"]
    fitting = [fact for fact in stated if fact.ages and fact.ages[0] <= age <= fact.ages[1]]
    told = fitting or [fact for fact in stated if not fact.ages and fact.facet != "contact" and _OF_AGE.search(fact.text)]
    told = told or contacts
    return Selection(told[0].facet, tuple(told), relevant=len(told), asked="eligibility") if told else None
