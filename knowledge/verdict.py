"""Whether an answer begins with yes or no, and with which.

Both come from an example question of the fact told first. Likeness of words is not enough for that: "får jeg sæbe betalt?" and
"skal jeg selv betale sæbe?" have the same words and opposite answers. A wrong yes or no is worse than none, because what the
document says stands after it anyway; so none is said wherever the two questions may be on different sides of a matter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from knowledge.danish import fold
from knowledge.model import Fact
from knowledge.question import Question, has_question_word, has_verb_before_subject
from knowledge.ranking import Ranked
from knowledge.vocabulary import read_table

YES, NO = "ja", "nej"
OUTSIDE = "udenfor"  # the level named is not among those the document grants the help for
SURE_NO, SURE_YES = 0.42, 0.55  # likeness of the example question from which no and yes are said; a wrong yes costs more
NEAREST = 0.85  # share that it has at least of the likeness of the nearest of the fact's texts
# Share of its likeness from which an example question of another fact with the other answer is as good.
RIVAL = {NO: 0.85, YES: 0.6}
AS_NEAR, AS_LIKELY = 0.75, 0.9  # shares of the likeness and the chance of an exclusion from which what is included is as good
KEPT = 5_000  # texts of facts of which is remembered what they say of paying
OF_ALL_HELP = (
    "definition",
    "overview",
    "purpose",
    "eligibility",
    "extent",
)  # facets of which a document tells something in general
EXCEPTING = ("eligibility", "not_included")  # facets that tell whom or what a help is not for


class Sides(NamedTuple):
    """Two sides of a matter."""

    one: re.Pattern[str]
    other: re.Pattern[str]

    def of(self, folded: str) -> int:
        """1 or -1 for a text on one side alone, else 0."""
        return bool(self.one.search(folded)) - bool(self.other.search(folded))


class _Words(NamedTuple):
    sides: tuple[Sides, ...]
    pays: Sides
    says_pays: Sides
    marks: tuple[re.Pattern[str], ...]
    of_all: tuple[re.Pattern[str], ...]
    of_the_help: re.Pattern[str]
    they_pay: re.Pattern[str]
    any_expense: re.Pattern[str]
    tells_me: re.Pattern[str]
    begins: re.Pattern[str]
    alternatives: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = read_table("verdict.yml")

    def sides(entry: dict[str, str]) -> Sides:
        return Sides(re.compile(entry["one"]), re.compile(entry["other"]))

    return _Words(
        tuple(sides(entry) for name, entry in data["sides"].items() if name != "pays"),
        sides(data["sides"]["pays"]),
        sides(data["says_pays"]),
        tuple(map(re.compile, data["marks"].values())),
        tuple(map(re.compile, data["all"].values())),
        *(re.compile(data[key]) for key in ("of_the_help", "they_pay", "any_expense", "tells_me", "begins", "alternatives")),
    )


def verdict(lead: Ranked, ranked: Sequence[Ranked], question: Question) -> str:
    """YES, NO or OUTSIDE for an answer that begins with a fact, "" where none of them is sure.

    Args:
        ranked: all facts that may be told.
    """
    if not question.flags.yes_no or not lead.fact.stated:
        return ""
    value, level = lead.fact.value, question.mentions.level
    if value and value["kind"] == "vum" and level is not None:
        return "" if level in value["levels"] else OUTSIDE
    asked = _asked(question)
    if not asked or _words().alternatives.search(asked) or _words().tells_me.search(asked):
        return ""
    if _words().pays.of(asked):
        return _of_paying(lead, ranked, asked)
    if lead.fact.facet in OF_ALL_HELP and not lead.fact.service and any(item.fact.service for item in ranked):
        return ""  # what is said of all help decides nothing about one
    ask, answer, likeness = _nearest_ask(lead)
    if answer and likeness >= NEAREST * lead.match.own:
        if likeness < {YES: SURE_YES, NO: SURE_NO}[answer] or not carries_over(answer, fold(ask), asked):
            return ""
        doubtful = _rivalled(answer, likeness, ranked, asked)
        doubtful = doubtful or (_excepted(lead, ranked, question) if answer == YES else _included_too(lead, ranked))
        return "" if doubtful else answer
    return NO if lead.fact.facet == "not_included" and lead.words >= SURE_NO and not ask else ""


def _asked(question: Question) -> str:
    """The folded text that asks yes or no, "" where none does; of a message that completes the question before, both."""
    if question.alternative or (question.completes and question.left):
        return ""  # "og en koncert i Odense?" is another question than the one it completes
    analysis = question.analysis
    sentences = analysis.sentences if question.completes else analysis.asked()
    parts = [analysis.part(sentence).folded for sentence in sentences]
    return " . ".join(part for part in parts if _verb_first(part))


def _verb_first(part: str) -> bool:
    """Whether a sentence begins with its verb: "i Glostrup, kan jeg ...", but not "min bror har det ..."."""
    if has_question_word(part) or not _words().begins.search(part):
        return False
    return "?" in part or has_verb_before_subject(part)


def _nearest_ask(item: Ranked) -> tuple[str, str, float]:
    """The nearest example question of a fact, its answer and its likeness."""
    if item.match.ask < 0:
        return "", "", 0.0
    ask = item.fact.asks[item.match.ask]
    return ask.text, ask.answer, item.match.ask_score


def carries_over(answer: str, ask: str, asked: str) -> bool:
    """Whether the answer to an example question holds for a question; both folded."""
    words = _words()
    if any(side.of(ask) * side.of(asked) < 0 for side in (*words.sides, words.pays)):
        return False
    if any(bool(mark.search(ask)) != bool(mark.search(asked)) for mark in words.marks):
        return False
    wider, other = (ask, asked) if answer == NO else (asked, ask)
    return all(pattern.search(other) for pattern in words.of_all if pattern.search(wider))


def _rivalled(answer: str, likeness: float, ranked: Sequence[Ranked], asked: str) -> bool:
    """Whether another fact's example question with the other answer is about as near; for a no it must be as good, too."""
    rivals = [_nearest_ask(item) for item in ranked if item.fact.stated]
    near = [(other, ask) for ask, other, near in rivals if near >= RIVAL[answer] * likeness and other not in ("", answer)]
    return any(answer == YES or carries_over(other, fold(ask), asked) for other, ask in near)


def _included_too(lead: Ranked, ranked: Sequence[Ranked]) -> bool:
    """Whether something that is included is about as near as an exclusion: "hjælp til at flytte" is not the packing alone."""
    if lead.fact.facet != "not_included":
        return False
    included = (item for item in ranked if item.fact.stated and item.fact.facet == "included")
    return any(item.words >= AS_NEAR * lead.words and item.chance >= AS_LIKELY * lead.chance for item in included)


def _excepted(lead: Ranked, ranked: Sequence[Ranked], question: Question) -> bool:
    """Whether the message names what another fact excepts ("hun har demens, kan hun få 15 timer?"), or fits an exclusion."""
    said, fits = question.analysis.folded, RIVAL[YES] * lead.words
    if any(item.fact.stated and item.fact.facet == "not_included" and item.words >= fits for item in ranked):
        return True
    excepting = (*EXCEPTING, lead.fact.facet)
    others = (item.fact for item in ranked if item.fact.stated and item is not lead and item.fact.facet in excepting)
    return any(excepts(fact, said) for fact in others)


def excepts(fact: Fact, said: str, letters: int = 1) -> bool:
    """Whether a fact tells whom or what a help is not for, and a folded text names just that, by one of its words of at least
    so many letters."""
    denies = fact.facet == "not_included" or " ikke " in fact.text
    return denies and any(f" {fold(word)}" in said for word in fact.words if len(word) >= letters)


def _of_paying(lead: Ranked, ranked: Sequence[Ranked], asked: str) -> str:
    """Who pays is told by the fact itself. That something is free is no answer to who buys a thing, where another fact tells of
    expenses, nor to whether they pay somebody's bills."""
    words = _words()
    asks, says = words.pays.of(asked), says_who_pays(lead.fact.text)
    if not says or lead.words < SURE_NO:
        return ""
    answer = YES if says == asks else NO
    costs = any(item.fact.stated and tells_of_expenses(item.fact.text) for item in ranked)
    if costs and says < 0 and words.any_expense.search(asked):
        return ""
    if words.of_the_help.search(asked):
        return answer if says < 0 else ""
    return "" if says < 0 and (costs or words.they_pay.search(asked)) else answer


@lru_cache(maxsize=KEPT)
def says_who_pays(text: str) -> int:
    """Who pays by a fact's first sentence: 1 for the citizen, -1 for the municipality, 0 where it tells of neither."""
    return _words().says_pays.of(f" {fold(text.partition('. ')[0])} ")


@lru_cache(maxsize=KEPT)
def tells_of_expenses(text: str) -> bool:
    return bool(_words().says_pays.one.search(f" {fold(text)} "))
