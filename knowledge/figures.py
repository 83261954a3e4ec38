"""Figures that a question wants and a document may leave out: hours, kroner, times of day, ages, addresses, people, duration.

Which of them is asked for is told by `missing_figures` in `catalogue/vocabulary/language.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.model import Fact
from knowledge.question import Question, figure_asked
from knowledge.selection import HOURS


@dataclass(frozen=True)
class Figure:
    """What holds a figure.

    Attributes:
        facets: that may state it; none: any.
        kinds: of typed values that are one.
        text: how one looks in a text.
    """

    facets: tuple[str, ...]
    kinds: tuple[str, ...]
    text: re.Pattern[str]


FIGURES = {
    "hours": Figure(("extent", "eligibility"), HOURS, re.compile(r"\d timer?")),
    "amount": Figure(("cost",), ("co_payment", "percent"), re.compile(r"\d (?:kr|procent)")),
    "clock": Figure((), ("time_of_day",), re.compile(r"kl\. ?\d")),
    "age": Figure(("eligibility",), ("ages",), re.compile(r"\d+ år")),
    "people": Figure((), (), re.compile(r"\d+ (?:personer|borgere|beboere|deltagere|pladser)")),
    "duration": Figure(
        ("extent", "schedule", "included", "overview", "special_notes"),
        (),
        re.compile(
            r"(?:\d+|to|tre|fire|fem|seks|otte|ni|ti|tolv) (?:uger?|måneder?|år|dage?)\b"
            r"|\bperiode|midlertidig|permanent|tidsbegræns|tidsmæssig|stopper|slutter|ophør"
        ),
    ),
    "address": Figure(
        ("delivery_place", "provider", "contact", "overview", "definition", "included"),
        (),
        re.compile(r"\b\d{4} [A-ZÆØÅ]|(?:vej|gade|parken|stræde|plads|allé)(?:en)? \d"),
    ),
}


def missing_figure(question: Question, facet: str, told: Iterable[Fact]) -> str:
    """The figure that a question asks for and none of the facts told of a facet holds; "" when none is missing."""
    name = figure_asked(question.analysis, question.completes)
    if not name:
        return ""
    figure = FIGURES[name]
    if figure.facets and facet not in figure.facets:
        return ""
    shown = [fact for fact in told if facet in fact.facets]
    holds = any((fact.value and fact.value["kind"] in figure.kinds) or figure.text.search(fact.text) for fact in shown)
    return "" if holds else name
