"""Which documents, and which kinds of help in one of them, have a word for a thing at all: "hvor nævner de demens?".

What is asked is whether something stands there, so a document without the word is said not to mention it, and what is merely
near is not told in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge import composition as compose
from knowledge.answer import ANSWERED, NOT_STATED, Answer
from knowledge.aspects import SHOWN, Aspect, aspect_of_all, aspect_of_places
from knowledge.comparison import TABLE
from knowledge.comparison_phrases import finds
from knowledge.danish import fold
from knowledge.facets import asked_facet, likeliest
from knowledge.linking import MASK
from knowledge.matching import UNTELLING
from knowledge.model import Fact, Municipality
from knowledge.places_meant import own_text
from knowledge.question import HELPS
from knowledge.scope import GENERAL
from knowledge.turn import Turn
from knowledge.vocabulary import patterns
from knowledge.wording import say

LONGEST = 2  # words that one thing is named by
ROOT = 3  # letters of a verb without its ending
SHORTEST, STEM = 4, 5  # letters of a word that names a thing, and those that are left of it without its ending
FITS = 0.4  # word likeness from which a fact is what a message asks for
PLAIN = 0.7  # facet probability from which a value is asked for, and not whether a thing is mentioned
VALUES = (
    "cost",
    "extent",
    "processing_time",
    "start_time",
    "follow_up",
    "complaint",
    "contact",
    "free_choice",
    "schedule",
)
STORY = 20  # tokens; longer messages ask of something they tell
FEW_WORDS = 4  # words of a follow-up that asks the same of another thing: "og misbrug?"
OR = "eller"
JOINING = frozenset((OR, "og", "/", "samt"))
_ENDING = re.compile(r"(?:erne|ene|en|et|er|e|s|r|n)$")


def mentioned_in_places(turn: Turn, places: Sequence[Municipality]) -> Answer | None:
    """Which of some municipalities' documents mention the thing asked for, and what they say of it; None where nothing of the
    kind is asked, or none of them has the word though one of them is asked for it in other words."""
    thing = _thing_asked(turn)
    if not thing or any(_is_a_help(thing, place) for place in places):
        return None
    aspect = _mention_of(thing)
    parts = [_part(turn, aspect, place) for place in places]
    known = any(part.facts for part in parts)  # told by one of them, or known to be left out
    if not known and any(_told_in_other_words(turn, place) for place in places):
        return None
    return aspect_of_places(turn, aspect, parts)


def mentioned_here(turn: Turn, municipality: Municipality) -> Answer | None:
    """For which kinds of help of one municipality the thing asked for is mentioned; where its document has no word for it at
    all, or only for its not being told, that."""
    thing = _thing_asked(turn)
    if not thing or _is_a_help(thing, municipality):
        return None
    aspect = _mention_of(thing)
    if any(fact.stated and aspect.is_told(fact) for fact in _facts(municipality)):
        return aspect_of_all(turn, aspect, municipality) if turn.question.reaches(HELPS) else None
    if gap := _gap_named(turn, aspect, municipality):
        return gap
    return None if _told_in_other_words(turn, municipality) else _silent(turn, aspect, municipality)


def _gap_named(turn: Turn, aspect: Aspect, place: Municipality) -> Answer | None:
    """That a document leaves out just what is told of the thing elsewhere; None where it names no such gap."""
    gaps = [fact for fact in _facts(place) if not fact.stated and aspect.told.search(_said_in(fact))]
    gap = max(gaps, key=lambda fact: turn.matches.of(fact).score, default=None)
    return compose.not_stated(place, None, gap.facet, [], [], [gap]) if gap else None


def _told_in_other_words(turn: Turn, place: Municipality) -> bool:
    """Whether a document may tell of the thing by another word: something that is stated fits the message."""
    return any(fact.stated and turn.matches.of(fact).score >= FITS for fact in _facts(place))


def _is_a_help(thing: Sequence[str], place: Municipality) -> bool:
    """Whether the thing is a kind of help by its name."""
    return any(all(fold(word) in fold(service.name) for word in thing if word != OR) for service in place.services)


def _silent(turn: Turn, aspect: Aspect, place: Municipality) -> Answer:
    text = say("not_mentioned", TABLE, document_of=compose.document_of(place), thing=aspect.name)
    return Answer(NOT_STATED, text, facet=asked_facet(turn.question), municipality=place)


def _thing_asked(turn: Turn) -> tuple[str, ...]:
    """The words for the thing that a message asks to be mentioned; a few words after such a message name another one."""
    question, before = turn.question, turn.memory
    if (likeliest(question) >= PLAIN and question.intent in VALUES) or len(question.analysis.words) > STORY:
        return ()
    own = own_text(turn).split()
    follows = before.comparing and len(own) <= FEW_WORDS and finds("continued", own_text(turn))
    if follows and _thing_in(before.text.split()):
        return _named(word for word in question.left if fold(word) in own)
    return _thing_in(question.mentions.masked.split())


def _thing_in(words: Sequence[str]) -> tuple[str, ...]:
    folded = f" {' '.join(map(fold, words))} "
    for asked in patterns("asks_a_mention").values():
        if found := asked.search(folded):
            first, last = (folded[: found.start("thing")].count(" ") - 1, folded[: found.end("thing")].count(" "))
            if thing := _named(words[first:last]):
                return thing
    return ()


def _named(words: Iterable[str]) -> tuple[str, ...]:
    """The words that name one thing, with "eller" between those that name it each by itself ("hunde eller kæledyr"); none where
    they name more, or nothing that is a thing."""
    said = list(words)
    kept = [word for word in said if word.isalpha() and fold(word) not in UNTELLING and word != MASK]
    if not 1 <= len(kept) <= LONGEST or any(len(word) < SHORTEST for word in kept):
        return ()
    return (kept[0], OR, kept[1]) if len(kept) > 1 and not JOINING.isdisjoint(said) else tuple(kept)


def _mention_of(thing: Sequence[str]) -> Aspect:
    """The mention of a thing as what documents tell under unlike headings."""
    stems = [_stem(fold(word)) for word in thing if word != OR]
    told = re.compile("|".join(stems) if OR in thing else "".join(f"(?=.*{stem})" for stem in stems))
    return Aspect(" ".join(thing), told, told, frozenset(), leads=True, without=False)


def _stem(word: str) -> str:
    """The beginnings that forms of a word and of its verb share, as a pattern: "rygning" is known by "ryge" too."""
    short = _ENDING.sub("", word)
    known = re.escape(short if len(short) >= STEM else word)
    doing = word.removesuffix("ning")
    return f"(?:{known}|{re.escape(doing)}e)" if doing != word and len(doing) >= ROOT else known


def _said_in(fact: Fact) -> str:
    """All that a fact says, its everyday words and example questions too."""
    return fold(" ".join([fact.text, fact.note, *fact.words, *(ask.text for ask in fact.asks)]))


def _facts(place: Municipality) -> list[Fact]:
    """What a document states and leaves out, of all help first."""
    general = [service for service in place.services if service.topics[0] == GENERAL]
    services = [*general, *(service for service in place.services if service not in general)]
    return [*(fact for service in services for fact in service.facts), *place.facts]


def _part(turn: Turn, aspect: Aspect, place: Municipality) -> Answer:
    """What a document says of the thing, or that it does not mention it."""
    told = [fact for fact in _facts(place) if fact.stated and aspect.is_told(fact)]
    if not told:
        return _gap_named(turn, aspect, place) or _silent(turn, aspect, place)
    told = list({fact.text: fact for fact in sorted(told, key=lambda fact: -turn.matches.of(fact).score)}.values())
    owners = {fact.service for fact in told[:SHOWN]}
    service = turn.snapshot.services.get(next(iter(owners))) if len(owners) == 1 else None
    return Answer(ANSWERED, " ".join(fact.text for fact in told[:SHOWN]), tuple(told[:SHOWN]), told[0].facet, place, service)
