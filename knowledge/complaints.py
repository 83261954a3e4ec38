"""What is told of complaining when one thing about it is asked: how long one has, where to send it, whether one may phone.

Where the document is silent about that one thing, the law's own rule for it answers, and not the law's whole course.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import fuzz

from knowledge.danish import fold
from knowledge.model import Fact
from knowledge.question import Question
from knowledge.turn import Turn
from knowledge.vocabulary import pattern, patterns

COMPLAINT = "complaint"
OF_TIME = ("processing_time", "start_time")  # facets that a question of time in complaining sounds like
FITS = 0.5  # word likeness from which a rule is the one that is asked for ...
FITS_BETTER = 0.1  # ... by how much it must fit better than what the document states of complaining ...
NEARLY = 0.8  # ... and the share of it that another rule needs to be told with it
ALIKE = 88  # rapidfuzz ratio from which two example questions ask the same
STAFF = "over en medarbejder"  # in a gap on complaining about who helps, or how
UPHELD, STORY = "upheld", 30  # the municipality stands by its decision; words of a message that is about just that
FEW = 15  # words of the sentences that ask, where they ask one thing
ALL = 6  # rules told of the whole course
_COMPLAINING = re.compile(r"klag\w*")
_ASKING = re.compile(r"\bhv(?:em|ad|or|ornar|ordan|ilke\w*)\b|\+")


def asks_one_thing(question: Question) -> bool:
    """Whether one thing about complaining is asked, and neither how it is done nor several at once."""
    asked = question.analysis.asked_folded
    return sum(bool(thing.search(asked)) for thing in patterns("things_of_complaining").values()) == 1


def asked_of(facts: Sequence[Fact], question: Question) -> list[Fact]:
    """Some facts without the gaps that a question of complaining is not about.

    Those are any, where it has no word but that of complaining ("kan man klage?"); those that say nothing of complaints, where
    the time or the place of one is asked for; that on complaining about staff, where it names neither staff nor what they do.
    """
    if question.says_only(_COMPLAINING) and any(fact.stated and COMPLAINT in fact.facets for fact in facts):
        return [fact for fact in facts if fact.stated or fact.facet != COMPLAINT]
    if question.intent == COMPLAINT and _thing_asked(question.analysis.asked_folded):
        facts = [fact for fact in facts if fact.stated or "klag" in fact.text]
    if pattern("complains_of_staff").search(question.analysis.folded):
        return list(facts)
    return [fact for fact in facts if fact.stated or fact.facet != COMPLAINT or STAFF not in fact.text]


def loses_help(question: Question) -> bool:
    """Whether somebody asks what to do where help is taken away: "min støtte bliver stoppet, hvad gør jeg?"."""
    analysis = question.analysis
    return bool(pattern("loses_help").search(analysis.folded) and pattern("asks_what_to_do").search(analysis.asked_folded))


def tells_only_of_complaints(question: Question) -> bool:
    """Whether nothing that is stated of another matter can answer: the time or place of a complaint is asked for, or what to do
    where help is taken away."""
    return question.intent == COMPLAINT and (bool(_thing_asked(question.analysis.asked_folded)) or loses_help(question))


def of_complaining(question: Question) -> Question:
    """A question of time beside a word for complaining is about the complaint: "jeg vil klage. Hvor lang tid har de til at
    svare?"; so is what to do where help is taken away: "min støtte bliver stoppet, hvad gør jeg?"."""
    if loses_help(question):
        return replace(question, facets={COMPLAINT: 1.0})
    if question.intent not in OF_TIME or not pattern("complains").search(question.analysis.folded):
        return question
    asked = (patterns("complaint_asked")[whose].search(question.analysis.asked_folded) for whose in ("citizen", "municipality"))
    return replace(question, facets={COMPLAINT: 1.0}) if any(asked) else question


def told_of_one_thing(facts: Sequence[Fact], question: Question) -> list[Fact]:
    """The facts on the one thing asked about complaining: how long the citizen has, how long the municipality takes, where to
    send it; what happens where the municipality stands by its decision; none where another thing is asked, or more than one."""
    asking, told = question.analysis.asked_folded, patterns("complaint_told")
    if patterns("complaint_asked")[UPHELD].search(question.mentions.folded) and len(question.analysis.words) <= STORY:
        return [fact for fact in facts if COMPLAINT in fact.facets and told[UPHELD].search(fold(fact.text))]
    if not asks_one_thing(question) or len(asking.split()) > FEW or len({*_ASKING.findall(asking)}) > 1:
        return []
    asked = _thing_asked(asking)
    return [fact for fact in facts if asked and COMPLAINT in fact.facets and told[asked].search(fold(fact.text))]


def _thing_asked(asking: str) -> str:
    """Whose time, or which place, the folded sentences that ask are about; empty where none."""
    return next((thing for thing, said in patterns("complaint_asked").items() if said.search(asking)), "")


def rules_asked_for(turn: Turn, rules: Sequence[Fact]) -> list[Fact]:
    """The national rules on complaining to tell: what tells of, or fits, the one thing asked for, else the whole course."""
    if not asks_one_thing(turn.question):
        return list(rules[:ALL])
    asked, told = _thing_asked(turn.question.analysis.asked_folded), patterns("complaint_told")
    telling = [rule for rule in rules if asked and told[asked].search(fold(rule.text))]
    return telling or _fitting(turn, rules) or list(rules[:ALL])


def rules_beyond(turn: Turn, rules: Sequence[Fact], stated: Sequence[Fact]) -> list[Fact]:
    """The national rules for the one thing asked for, where nothing that a document states of complaining fits it as well.

    Args:
        rules: all of them; the first is that one may complain at all, which goes beyond no document that speaks of it.
    """
    if not asks_one_thing(turn.question):
        return []
    stated = [fact for fact in stated if COMPLAINT in fact.facets and fact.stated]
    enough = max((turn.matches.of(fact).score for fact in stated), default=0.0)
    fitting = [rule for rule in _fitting(turn, rules[1:]) if not any(_asked_alike(rule, fact) for fact in stated)]
    return fitting if fitting and turn.matches.of(fitting[0]).score >= enough + FITS_BETTER else []


@lru_cache(maxsize=1024)
def _asked_alike(rule: Fact, fact: Fact) -> bool:
    """Whether a document's fact answers a question that a rule answers: then the document is not silent about it."""
    return any(fuzz.token_sort_ratio(one.text, other.text) >= ALIKE for one in rule.asks for other in fact.asks)


def _fitting(turn: Turn, rules: Sequence[Fact]) -> list[Fact]:
    """The rules that fit about as well as the best, the best first; none where the best fits too little."""
    scored = sorted(((turn.matches.of(rule).score, rule) for rule in rules), key=lambda item: -item[0])
    best = scored[0][0] if scored else 0.0
    return [rule for score, rule in scored if score >= NEARLY * best] if best >= FITS else []
