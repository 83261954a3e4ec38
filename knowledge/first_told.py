"""What goes first in a sub-answer of a comparison, which is cut to its first facts."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answer import ANSWERED, Answer
from knowledge.comparing_services import ABOUT, WHOLE
from knowledge.facets import LIST_FACETS, asked_facet, likeliest
from knowledge.model import Fact
from knowledge.turn import Turn

NEARER, FAR_NEARER = 0.15, 0.4  # word likeness by which a fact must lead to be told first; one of a facet plainly not asked for
PLAINLY = 0.7  # probability from which a facet was plainly asked for
TRACE = 0.15  # word likeness from which an item of a list goes before those of the document's order


def numbers_first(part: Answer) -> Answer:
    """A sub-answer is cut to its first facts: whom to call goes before what is said of it, and first of all that no number is
    stated."""
    if part.municipality is None:
        return part
    if points := {point.fact.id for point in part.municipality.contact_points}:
        return replace(part, facts=tuple(sorted(part.facts, key=lambda fact: fact.id not in points)))
    told = (*(part.service.facts if part.service else ()), *part.municipality.facts)
    gap = next((fact.text for fact in told if fact.facet == "contact" and not fact.stated), "")
    return replace(part, verdict=gap) if gap and part.status == ANSWERED else part


def list_second(part: Answer) -> Answer:
    """A sub-answer that looks at a whole help is cut to its first facts: what the document says of that help goes before what
    it says of all, and after what it is for comes what it includes."""
    facts = sorted(part.facts, key=lambda fact: part.service is not None and not fact.service)
    first, rest = facts[:1], facts[1:]
    return replace(part, facts=(*first, *sorted(rest, key=lambda fact: fact.facet not in LIST_FACETS or not fact.stated)))


def nearest_first(turn: Turn, part: Answer) -> Answer:
    """A sub-answer is cut to its first facts: one whose words fit far better than those goes first."""
    facet = asked_facet(turn.question)
    own = [fact.stated and (bool(fact.service) or facet in fact.facets) for fact in part.facts]
    if facet in WHOLE and part.service:  # of a look at one help, what it is and is not
        own = [fact.stated and bool(fact.service) and fact.facet in (*WHOLE, *ABOUT) for fact in part.facts]
    words = [turn.matches.of(fact).score if counts else 0.0 for fact, counts in zip(part.facts, own)]
    best = max(words, default=0.0)
    nearest = part.facts[words.index(best)] if words else None
    plain = likeliest(turn.question) >= PLAINLY and facet not in WHOLE and nearest is not None and facet not in nearest.facets
    if nearest is None or best < words[0] + (FAR_NEARER if plain else NEARER):
        return part
    return replace(part, facts=(nearest, *(fact for fact in part.facts if fact is not nearest)))


def nearest_items(turn: Turn, part: Answer) -> Answer:
    """A sub-answer whose lists are cut to their first items: those that fit the words go first."""
    facts = list(part.facts)
    for facet in LIST_FACETS:
        places = [n for n, fact in enumerate(facts) if fact.facet == facet and fact.stated]
        items = sorted((facts[n] for n in places), key=lambda item: -_fit(turn, item))
        for n, item in zip(places, items):
            facts[n] = item
    return replace(part, facts=tuple(facts))


def _fit(turn: Turn, item: Fact) -> float:
    """The likeness of a fact's words, nothing where it is only a trace."""
    score = turn.matches.of(item).score
    return score if score >= TRACE else 0.0
