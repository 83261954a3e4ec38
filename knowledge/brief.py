"""An answer cut down to the few sentences that carry it, for places where several answers stand side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from knowledge.answer import ANSWERED, ASK_BACK, Answer
from knowledge.facets import LIST_FACETS
from knowledge.model import Fact
from knowledge.wording import say

SENTENCES = 3
ITEMS = 4
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ»])")
_EXAMPLE_BEFORE = re.compile(r"^(?:for eksempel|fx)\s+")
_EXAMPLE_AFTER = re.compile(r",?\s+(?:for eksempel|fx)$")


def sentences(text: str) -> list[str]:
    """The sentences of a text of ours."""
    return [part.strip() for part in _SENTENCE.split(text.replace("\n", " ")) if part.strip()]


def brief(answer: Answer, most: int = SENTENCES) -> str:
    """One to `most` sentences of an answer, without source and reservation.

    What is not stated is one sentence; a question back is what is known so far, or that it depends on the kind of help.
    """
    paragraphs = answer.text.split("\n\n")
    if answer.status == ASK_BACK:
        return paragraphs[0].replace("\n", " ") if len(paragraphs) > 1 else say("depends", "comparison")
    if answer.status != ANSWERED or not answer.facts:
        return " ".join(part for part in sentences(paragraphs[0])[:2] if not _names_service(part, answer))
    return brief_facts(answer.facts, most)


def brief_facts(facts: Iterable[Fact], most: int = SENTENCES) -> str:
    """The first facts as running text, what is stated before what is not; list items are joined into one sentence."""
    return " ".join(text for texts, _ in _told(facts, most) for text in texts)


def facts_told(facts: Iterable[Fact], most: int = SENTENCES) -> list[Fact]:
    """The facts that `brief_facts` tells."""
    return [fact for _, told in _told(facts, most) for fact in told]


def _told(facts: Iterable[Fact], most: int) -> Iterator[tuple[list[str], list[Fact]]]:
    """Sentences and the facts they tell, as long as there is room; the first are told whatever their length."""
    facts = list(facts)
    shown = sorted(facts, key=lambda fact: not fact.stated)
    if shown and not facts[0].stated and shown[0].stated:  # what is missing and was asked for is not cut off
        shown = [shown[0], facts[0], *(fact for fact in shown[1:] if fact is not facts[0])]
    listed: set[str] = set()
    room = most
    for fact in shown:
        if fact.facet in LIST_FACETS and fact.stated and not _is_sentence(fact.text):
            if fact.facet in listed:
                continue
            listed.add(fact.facet)
            items = [f for f in shown if f.facet == fact.facet and f.stated and not _is_sentence(f.text)]
            key = "list_cut_" if len(items) > ITEMS else "list_"
            told = items[:ITEMS]
            parts = [f"{say(key + fact.facet)} {join_items(item.text for item in told)}."]
        else:
            told, parts = [fact], sentences(fact.text)
        if room < most and len(parts) > room:
            return
        yield parts, told
        room -= len(parts)
        if room <= 0:
            return


def join_items(items: Iterable[str]) -> str:
    """ "a, b og c"; the examples' own "for eksempel" is left out."""
    clean = [bare_item(item) for item in items]
    if len(clean) < 2:
        return "".join(clean)
    glue = "; " if any("," in item for item in clean) else ", "
    return f"{glue.join(clean[:-1])} og {clean[-1]}"


def bare_item(text: str) -> str:
    """A list item without its leading or trailing "for eksempel"."""
    return _EXAMPLE_AFTER.sub("", _EXAMPLE_BEFORE.sub("", text.strip()))


def _names_service(sentence: str, answer: Answer) -> bool:
    """Whether a sentence only says which service an answer is about; that stands beside it already."""
    return answer.service is not None and sentence.rstrip(".").endswith(answer.service.name)


def _is_sentence(text: str) -> bool:
    return text[:1].isupper() and text.rstrip().endswith(".")
