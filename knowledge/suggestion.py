"""Search while typing: services and facts that fit the words so far, worded for a line in a list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from knowledge.composition import document_of, hours_sentence
from knowledge.snapshot import Snapshot
from knowledge.suggestion_index import SERVICE, Entry, Found, Narrowing
from knowledge.vocabulary import vocabulary
from knowledge.wording import say

EVERYTHING = Narrowing()
OF_ONE_FACET = 2  # suggestions of one facet of one service, so that a long list does not crowd out the rest
SPARE = 4  # times as many are looked for as are shown, because of OF_ONE_FACET


@dataclass(frozen=True)
class Suggestion:
    """One line of the list.

    Attributes:
        title: the service's name, or the facet's title for a fact.
        text: one sentence; for hours by level, with a level among the words, the hours of that level.
        score: 0-1 or a little above; 0 when nothing was searched for.
        level: the VUM level among the words, None when there is none.
    """

    entry: Entry
    title: str
    text: str
    score: float
    level: int | None


def suggest(snapshot: Snapshot, words: str, narrowing: Narrowing = EVERYTHING, limit: int = 10) -> list[Suggestion]:
    """What may be meant by the words so far, best first; a sentence that many services share is shown once.

    Args:
        words: from one letter to a whole question; unfinished and misspelt words are understood.
        narrowing: without words everything it leaves is listed, the facts when it names a facet or a service.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    shown: list[Suggestion] = []
    for found in snapshot.suggestions.find(words, narrowing, limit * SPARE):
        made, entry = _suggestion(found), found.entry
        owner = entry.municipality.id if entry.municipality else ""
        of_facet, same_text = (owner, entry.service.id if entry.service else "", entry.facet), (owner, made.title, made.text)
        if entry.kind == SERVICE or (seen[of_facet] < OF_ONE_FACET and not seen[same_text]):
            seen.update((of_facet, same_text))
            shown.append(made)
        if len(shown) == limit:
            break
    return shown


def _suggestion(found: Found) -> Suggestion:
    entry = found.entry
    title = vocabulary().facets[entry.facet].title if entry.facet else entry.service.name if entry.service else ""
    return Suggestion(entry, title, _text(found), found.score, found.level)


def _text(found: Found) -> str:
    entry = found.entry
    if entry.fact:
        value = entry.fact.value or {}
        hours = value.get("kind") == "hours_by_level" and found.level is not None
        return (hours_sentence(entry.fact, found.level) if hours else None) or entry.fact.text
    assert entry.municipality is not None and entry.service is not None
    if entry.facet:
        asks = vocabulary().facets[entry.facet].asks
        return say("not_stated", document_of=document_of(entry.municipality), asks=asks)
    names = [vocabulary().topics[topic].name for topic in entry.service.topics]
    return ", ".join(names)
