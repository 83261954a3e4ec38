"""Questions about a single word ("hvad er Mosetoften?"): the word, and the facts that hold it.

The word may stand in an earlier sentence of the message: "de kalder det VUM. Hvad er det for noget?"
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from knowledge.danish import fold
from knowledge.linking import MASK
from knowledge.matching import STOPWORDS
from knowledge.model import Fact, Service
from knowledge.question import Question
from knowledge.scope import has_ending
from knowledge.vocabulary import vocabulary

LONGEST, SHORTEST = 3, 4  # words of a term, letters of one that is looked for (short forms in capitals may be shorter)
COMPOUND, FIRST_PART = 14, 9  # letters of a word that is taken for a compound, and of its first part
FACETS = ("overview", "definition", "included", "purpose", "delivery_place", "assessment_method")  # how it may be understood
MOST = 3  # facts told about a term


_CAPITALS = re.compile(r"\b[A-ZÆØÅ]{2,6}\b")
_QUOTED = re.compile(r"""['"»“”„‘´]([^\W\d_][^'"«»“”‘’´]{2,40}?)['"«”“’´]""")


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(vocabulary().language[key][0])


def asked_term(question: Question) -> tuple[str, ...]:
    """The folded content words after "hvad er", empty when no single word or name is asked about."""
    folded = fold(question.mentions.masked)
    found = _pattern("asks_a_term").search(folded)
    words = _content(re.split(r" [.,?!] | \?|$", found.group("term"))[0].split(), _short_forms(question)) if found else ()
    if not words and _pattern("asks_what_was_told").search(folded):
        words = _told(question, folded)
    fits = 1 <= len(words) <= LONGEST and not any(_pattern("asks_no_term").search(word) for word in words)
    return words if fits else ()


def _content(words: Iterable[str], short_forms: Sequence[str] = ()) -> tuple[str, ...]:
    kept = tuple(w for w in words if w not in STOPWORDS and w != fold(MASK) and w.isalpha())
    kept = tuple(word for word in kept if word not in vocabulary().language["asks_a_term_fillers"])
    if kept and kept[0] in short_forms:
        return kept[:1]  # "hvad er det VUM, som I skriver om"
    return kept if all(len(word) >= SHORTEST or word in short_forms for word in kept) else ()


def _short_forms(question: Question) -> list[str]:
    """The folded short forms in capitals ("VUM") of a message that is not all in capitals."""
    text = question.analysis.text
    return [] if text.isupper() else [fold(word) for word in _CAPITALS.findall(text)]


def _told(question: Question, folded: str) -> tuple[str, ...]:
    """The word an earlier part of the message tells: quoted, a short form in capitals, or what follows "de kalder det"."""
    if quoted := _QUOTED.findall(question.analysis.text):
        return _content(re.findall(r"\w+", fold(quoted[-1])))
    if short := _short_forms(question):
        return (short[-1],)
    told = [found.group("told") for found in _pattern("tells_a_term").finditer(folded)]
    return tuple(word for word in told[-1:] if word not in STOPWORDS and word != fold(MASK))


def facts_about(term: tuple[str, ...], facts: Iterable[Fact]) -> list[Fact]:
    """The stated facts whose own words hold every word of the term, those that say it first before those that list it."""
    stated = [(fact, fold(fact.text)) for fact in facts if fact.stated]
    holding = [fact for fact, text in stated if all(_stands_in(word, text) for word in term)]
    order = {"definition": 0, "included": 2, "not_included": 2}
    return sorted(holding, key=lambda fact: (order.get(fact.facet, 1), fold(fact.text).find(term[0])))[:MOST]


def _stands_in(word: str, text: str) -> bool:
    """Whether a word begins one of the text, a long one with its first part; a short form must be a word of its own."""
    if len(word) < SHORTEST:
        return bool(re.search(rf"\b{word}\b", text))
    return bool(re.search(rf"\b{word}", text) or (len(word) >= COMPOUND and re.search(rf"\b{word[:FIRST_PART]}", text)))


def names_a_service(term: tuple[str, ...], services: Iterable[Service]) -> bool:
    """Whether the term stands in the name of a service, or is one of its other names: the whole service is then asked about."""
    called = " ".join(term)
    for service in services:
        name = fold(service.name)
        if all(word in name or any(has_ending(part, word) for part in name.split()) for word in term):
            return True
        if any(called == alias or has_ending(alias, called) for alias in map(fold, service.aliases)):
            return True
    return False
