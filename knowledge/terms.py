"""Questions about a single word ("hvad er Mosetoften?"): the word, and the facts that hold it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from knowledge.danish import fold
from knowledge.linking import MASK
from knowledge.matching import STOPWORDS
from knowledge.model import Fact, Service
from knowledge.question import Question
from knowledge.vocabulary import vocabulary

LONGEST, SHORTEST = 3, 4  # words of a term, letters of one that is looked for
FACETS = ("overview", "definition", "included", "purpose", "delivery_place", "assessment_method")  # how it may be understood
MOST = 3  # facts told about a term


@lru_cache(maxsize=1)
def _asking() -> re.Pattern[str]:
    return re.compile(vocabulary().language["asks_a_term"][0])


def asked_term(question: Question) -> tuple[str, ...]:
    """The folded content words after "hvad er", empty when no single word or name is asked about."""
    found = _asking().search(fold(question.mentions.masked))
    if not found:
        return ()
    rest = re.split(r" [.,?!] | \?|$", found.group("term"))[0].split()
    words = tuple(w for w in rest if w not in STOPWORDS and w != fold(MASK) and w.isalpha())
    words = tuple(word for word in words if word not in vocabulary().language["asks_a_term_fillers"])
    return words if 1 <= len(words) <= LONGEST and all(len(word) >= SHORTEST for word in words) else ()


def facts_about(term: tuple[str, ...], facts: Iterable[Fact]) -> list[Fact]:
    """The stated facts whose own words hold every word of the term, those that say it first before those that list it."""
    holding = [fact for fact in facts if fact.stated and all(word in fold(fact.text) for word in term)]
    order = {"definition": 0, "included": 2, "not_included": 2}
    return sorted(holding, key=lambda fact: (order.get(fact.facet, 1), fold(fact.text).find(term[0])))[:MOST]


def names_a_service(term: tuple[str, ...], services: Iterable[Service]) -> bool:
    """Whether the term stands in the name of a service: the whole service is then asked about."""
    return any(all(word in fold(service.name) for word in term) for service in services)
