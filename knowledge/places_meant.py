"""Which municipalities a message sets beside each other, and which of several that it names is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from knowledge.comparison import FEWEST
from knowledge.comparison_phrases import finds, means_all
from knowledge.danish import Analysis, fold
from knowledge.linking import MASK, Mentions
from knowledge.question import PLACES, REACHES, Question, has_question_word, has_verb_before_subject
from knowledge.snapshot import Snapshot
from knowledge.turn import Turn

NOWHERE: dict[str, Any] = {"municipalities": (), "last_municipality": ""}
PLAINLY = 0.7  # probability from which a message asks of all municipalities in the middle of a talk about one
FEW_WORDS = 6  # tokens of a sentence that leans on the one before it


def places_compared(turn: Turn) -> list[str]:
    """Ids of the municipalities to compare, in the order they were named; fewer than two when none are compared."""
    mentions, flags, memory = turn.question.mentions, turn.question.flags, turn.memory
    named = _meant(turn.snapshot, turn.question, mentions)
    if len(named) >= FEWEST:
        asked = [place for place in named if place in _asked_places(turn)]
        each = len(set(_asked_by_sentence(turn))) > 1  # one question here, another there
        home = not each and mentions.last_municipality in named and _at_home(turn, mentions.last_municipality, among=asked)
        elsewhere = finds("elsewhere", turn.question.analysis.folded, turn.snapshot.every_place)
        single = (len(asked) == 1 or home) and not (flags.compare or flags.both or elsewhere)
        return [] if single else named
    ranked = means_all(memory.awaiting, own_text(turn)) or finds("ranking", turn.question.analysis.folded)
    ranked = ((ranked and not named) or _reaches_all(turn, named)) and not mentions.unknown_municipalities
    if not named and flags.both and len(memory.compared) >= FEWEST and not finds("of_all", own_text(turn)):
        return list(memory.compared)  # "i de to kommuner"
    if memory.municipality and not named and finds("the_others", own_text(turn)):
        return [place.id for place in turn.snapshot.named_municipalities() if place.id != memory.municipality]
    if ranked and memory.comparing and not finds("of_all", own_text(turn)):
        return list(memory.compared)
    if ranked:
        return [municipality.id for municipality in turn.snapshot.named_municipalities()]
    if (
        len(named) == 1
        and memory.municipality not in ("", named[0])
        and finds("than_here", turn.question.mentions.folded, MASK)
    ):
        return [memory.municipality, *named]
    if len(memory.compared) < FEWEST:
        return []
    if not named and (flags.both or (memory.comparing and not mentions.unknown_municipalities)):
        return list(memory.compared)
    continues = memory.comparing and turn.question.facets == memory.facets and finds("continued", own_text(turn))
    return [*memory.compared, *named] if continues and named and named[0] not in memory.compared else []


def _reaches_all(turn: Turn, named: Sequence[str]) -> bool:
    """Whether a message asks of all municipalities, by what was learned from such; one that is named must be told apart from
    the others ("er det kun Glostrup?"), and in a talk about one, or about some kinds of help, it must be plain."""
    question, memory, folded = turn.question, turn.memory, own_text(turn)
    if named and not turn.snapshot.catalogue.by_id[named[0]].named:  # the document without a name is compared by its name only
        return False
    if (len(named) == 1 or memory.municipality) and finds("against_others", folded):
        return True
    if len(named) == 1 and question.flags.yes_no and finds("only_here", folded, turn.snapshot.every_place):
        return True
    talking = bool(memory.municipality) and not memory.comparing
    if named:
        return len(named) == 1 and finds("beside_others", folded) and question.reaches(PLACES)
    few = talking and len(question.left) < FEWEST and not finds("whoever", folded)
    if memory.of_helps or few or finds("places_of_help", folded):
        return False
    return question.reaches(PLACES, PLAINLY if talking else REACHES)


def with_place_meant(turn: Turn) -> Turn:
    """A turn whose question is about one of several municipalities it names: the one that is asked about, else the one that
    was neither left nor denied, else the one named last."""
    question = turn.question
    if asked := _told_afterwards(turn):
        question = replace(question, analysis=asked, mentions=replace(question.mentions, **NOWHERE))
        return replace(turn, question=question, matches=turn.snapshot.match(asked))
    if len(question.mentions.municipalities) < FEWEST:
        return turn
    named = _meant(turn.snapshot, question, question.mentions)
    asked = [place for place in named if place in _asked_places(turn)] or named
    if len(asked) != 1:
        return turn
    return replace(turn, question=replace(question, mentions=replace(question.mentions, last_municipality=asked[0])))


def _told_afterwards(turn: Turn) -> Analysis | None:
    """The sentences that ask, where the one municipality named stands only in what is told after them, in a talk about another
    one: "og i weekenden? det kunne han ikke i Glostrup"; None otherwise."""
    mentions, analysis = turn.question.mentions, turn.question.analysis
    elsewhere = len(mentions.municipalities) == 1 and turn.memory.municipality not in ("", *mentions.municipalities)
    if turn.question.completes or not elsewhere:
        return None
    asked, sentences = set(analysis.asked()), list(analysis.sentences)
    if len(sentences) < FEWEST or sentences[0] not in asked or len(asked) == len(sentences):
        return None
    last = max(n for n, sentence in enumerate(sentences) if sentence in asked)
    rest = [analysis.part(sentence).folded for sentence in sentences[last + 1 :]]
    if any(has_question_word(part) or has_verb_before_subject(part) for part in rest):
        return None
    told = [turn.snapshot.linker.link(analysis.part(sentence)).municipalities for sentence in sentences]
    marked = any("?" in analysis.part(sentence).words for sentence in asked)
    return analysis.part((sentences[0][0], sentences[last][1])) if marked and not any(told[: last + 1]) else None


def _meant(snapshot: Snapshot, question: Question, mentions: Mentions) -> list[str]:
    """The municipalities named, without one the citizen has left or does not mean."""
    places = [place for place in mentions.municipalities if place in snapshot.catalogue.by_id]
    if len(places) < FEWEST:
        return places
    folded = question.analysis.folded
    if finds("only_there", folded, snapshot.every_place):
        return places
    kept = [place for place in places if not finds("left", folded, snapshot.places[place])]
    return places if question.flags.both and len(kept) < FEWEST else kept


def _at_home(turn: Turn, place: str, among: Sequence[str]) -> bool:
    """Whether the municipality named last is also said to be the home: the others are only told about. Where several are asked
    about, only what those sentences say counts."""
    analysis = turn.question.analysis
    return finds("home", analysis.asked_folded if len(among) > 1 else analysis.folded, turn.snapshot.places[place])


def _asked_places(turn: Turn) -> set[str]:
    """The municipalities named in the sentences that ask; a message that completes an earlier question asks as a whole."""
    analysis = turn.question.analysis
    if own_text(turn) != analysis.folded:
        return set(turn.question.mentions.municipalities)
    return {place for places in _asked_by_sentence(turn) for place in places}


def _asked_by_sentence(turn: Turn) -> list[tuple[str, ...]]:
    """The municipalities that each asking sentence is about. A short one that names none is about those of the sentence before
    it ("Hun siger, der er en fast frist i Glostrup. Er der det?"), and a few words after it may say where ("I Brønderslev,
    altså.")."""
    analysis, link = turn.question.analysis, turn.snapshot.linker.link
    sentences, asked = analysis.sentences, set(analysis.asked())
    if sentences and analysis.keys[sentences[-1][0]].startswith("hv"):  # the last question mark is often left out
        asked.add(sentences[-1])
    named = [link(analysis.part(sentence)).municipalities for sentence in sentences]
    found = []
    for n, (start, end) in enumerate(sentences):
        few = end - start <= FEW_WORDS
        if (start, end) in asked:
            found.append(named[n - 1] if few and not named[n] and n else named[n])
        elif few and n and sentences[n - 1] in asked:
            found.append(named[n])
    return [places for places in found if places]


def unknown_asked(turn: Turn) -> tuple[str, ...]:
    """Municipalities without a document that are asked about together with one that has one."""
    analysis = turn.question.analysis
    if not turn.question.mentions.unknown_municipalities:
        return ()
    for part in (analysis.part(sentence) for sentence in analysis.asked()):
        mentions = turn.snapshot.linker.link(part)
        if mentions.municipalities and mentions.unknown_municipalities:
            return mentions.unknown_municipalities
    if finds("each", analysis.asked_folded):  # "min tante bor i Albertslund og min mor i Glostrup. Hvad kan de hver få?"
        return turn.question.mentions.unknown_municipalities
    return ()


def own_text(turn: Turn) -> str:
    """The message alone: a completed question stands after the one it completes."""
    folded = turn.question.analysis.folded
    before = fold(f"{turn.memory.text} . ")
    return f" {folded.strip().removeprefix(before)} " if turn.memory.text else folded
