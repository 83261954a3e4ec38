"""Several questions in one message: which of its clauses really ask different things, and their answers together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from knowledge import composition as compose
from knowledge.answer import ANSWERED, ASK_BACK, UNKNOWN_MUNICIPALITY, Answer
from knowledge.clauses import is_list
from knowledge.context import is_elliptical
from knowledge.danish import spoken
from knowledge.facets import NEIGHBOURS, asked_facet, likeliest
from knowledge.linking import MASK
from knowledge.question import LEVEL_WORD, NO_TOPIC, Memory, Question
from knowledge.scope import is_named, strongest
from knowledge.snapshot import Snapshot

CLEAR = 0.42  # probability a clause's facet needs to count as a question of its own
OWN_QUESTION = 0.75  # probability from which a clause about another place asks something else there
TOPIC_SURE = 0.65  # the same where the message as a whole names another kind of help
TOPIC_CLEAR = 0.4  # probability from which a clause names a kind of help of its own
# Facets whose answers are shown together anyway, so that asking for both is one question.
ONE_QUESTION = ({"included", "not_included", "need_covered", "overview"}, {"contact", "how_to_apply"}, {"extent", "schedule"})
# The words of a clause that only says where.
PLACES_ALONE = frozenset((MASK, "i", "hos", "efter", "fra", "for", "det", "den", "eller", "og", "vs", "samt", ",", "?", "."))
TAIL = 5  # words of a clause that may only ask whether there is a difference
FEW = 2  # words of a clause that is about the help its message names
ASKS_HELP = 0.2  # probability from which a catchword asks something of a help
HEAD_ASKS = 0.6  # probability from which the first of some catchwords, which names the help, asks something as well
MOST = 4  # questions answered in one message


def asked_in(snapshot: Snapshot, question: Question, memory: Memory) -> list[Question]:
    """The different questions of a message in order, each complete; empty when it asks only one thing.

    A message that only names a municipality brings the questions before it back.
    """
    if question.flags.both and len(question.mentions.municipalities) > 1:
        return []  # one question about two places
    if question.mentions.foreign and question.no_topic() >= 0.5:
        return []  # "forny mit pas. hvad koster det, og skal jeg bestille tid?"
    if len(question.mentions.municipalities) > 1 and not any(part.mentions.municipalities for part in question.parts):
        return []  # the places stand beside the questions: each is asked there
    if len(question.beside) > 1:  # each is asked of all the kinds of help that are set beside each other
        asking = [part for part in question.parts if not _only_asks_apart(part)]
        return _distinct([replace(question, facets=part.facets, parts=()) for part in asking])
    if question.parts and is_list(question.analysis):
        place = next(iter(question.mentions.municipalities), memory.municipality)
        asking = question.parts[_only_names(question.parts[0]) :]
        return _distinct([_item(snapshot, part, question, place) for part in asking if not _only_level(part)])
    if question.parts:
        return _distinct([_completed(part, question) for part in question.parts])
    if memory.parts and question.mentions.municipalities and _only_says_where(question, memory):
        waiting = [snapshot.question(part["text"], part["facets"], part["topics"]) for part in memory.parts]
        return [_in_place(part, question) for part in waiting]
    return []


def together(answers: Sequence[Answer]) -> Answer:
    """One answer out of several: what must be asked back is asked once and alone."""
    asked = [answer for answer in answers if answer.status in (ASK_BACK, UNKNOWN_MUNICIPALITY) and not answer.municipality]
    if asked and not any(answer.status == ANSWERED for answer in answers):
        return asked[0]
    return compose.several(answers) if len(answers) > 1 else answers[0]


def remember(memory: Memory, question: Question, parts: Sequence[Question], answers: Sequence[Answer]) -> Memory:
    """What the conversation keeps of a message that asked several things; the same asked of several kinds of help sets them
    beside each other."""
    helps = tuple(dict.fromkeys(answer.service.id for answer in answers if answer.service))
    one_place = len({answer.municipality.id for answer in answers if answer.municipality}) == 1
    if len(helps) > 1 and one_place and len({answer.facet for answer in answers}) == 1:
        memory = replace(memory, helps=helps, of_helps=True)
    kept: list[dict[str, Any]] = [
        {"text": part.analysis.normalized[:300], "facets": part.facets, "topics": part.topics} for part in parts
    ]
    return replace(memory, parts=tuple(kept))


def _completed(part: Question, whole: Question) -> Question:
    """A clause with what only the rest of its message names: the place, the help, the level."""
    few = len([word for word in part.analysis.words if word.isalpha()]) <= FEW
    own = 0.0 if few and _topic(whole) else part.topics.get(_topic(part), 0.0)  # "timer?" names no help
    topics = part.topics if own >= (TOPIC_SURE if _topic(whole) else TOPIC_CLEAR) else whole.topics
    mentions = part.mentions
    if not mentions.municipalities and not mentions.unknown_municipalities:
        mentions = replace(
            mentions,
            municipalities=whole.mentions.municipalities[:1],
            last_municipality=(whole.mentions.municipalities or ("",))[0],
            unknown_municipalities=whole.mentions.unknown_municipalities,
        )
    if mentions.level is None:
        mentions = replace(mentions, level=whole.mentions.level)
    mentions = replace(mentions, paragraphs=mentions.paragraphs or whole.mentions.paragraphs)
    mentions = replace(mentions, ages=whole.mentions.ages, pension=whole.mentions.pension)
    return replace(part, topics=topics, mentions=mentions, alternative=_is_alternative(part, whole))


def _is_alternative(part: Question, whole: Question) -> bool:
    """Whether a clause is set against another one: "vasker de ham, eller skal han selv?" is no question of yes or no."""
    clause, message = part.analysis.folded.strip(" ?."), whole.analysis.folded
    return any(joined in message for joined in (f" eller {clause}", f" {clause} eller ", f" {clause} , eller "))


def _only_asks_apart(part: Question) -> bool:
    """Whether a clause asks nothing but whether there is a difference: "eller er der forskel?"."""
    return len(spoken(part.analysis.words)) <= TAIL and " forskel" in part.analysis.folded


def _only_names(first: Question) -> bool:
    """Whether the first of some catchwords names the place or the help and asks nothing: "glostrup hygiejne svær"."""
    names = bool(first.mentions.municipalities or _topic(first))
    return names and likeliest(first) < HEAD_ASKS and "?" not in first.analysis.words


def _item(snapshot: Snapshot, part: Question, whole: Question, place: str) -> Question:
    """An item of a list of catchwords: "hvor?" beside a kind of help is no idle talk, and asks of that help."""
    if not _topic(whole):
        return _completed(part, whole)
    item = _completed(replace(part, facets=_of_help(part.facets)), whole)
    municipality = snapshot.municipality(place)
    names_help = municipality and any(is_named(snapshot, service, part) for service in municipality.services)
    return item if names_help else replace(item, topics=whole.topics)


def _only_level(item: Question) -> bool:
    """Whether an item only says how hard it is: "indkøb, moderat, timer?"."""
    return item.mentions.level is not None and all(LEVEL_WORD.match(word) for word in spoken(item.analysis.words))


def _of_help(facets: dict[str, float]) -> dict[str, float]:
    """The facets alone that a kind of help can be asked for, where it is asked for at all."""
    asked = {facet: p for facet, p in facets.items() if facet in NEIGHBOURS}
    whole = sum(asked.values())
    return {facet: p / whole for facet, p in asked.items()} if whole >= ASKS_HELP else facets


def _in_place(part: Question, reply: Question) -> Question:
    place = reply.mentions.last_municipality
    return replace(part, mentions=replace(part.mentions, municipalities=(place,), last_municipality=place))


def _only_says_where(question: Question, memory: Memory) -> bool:
    """Whether a message only says where: in reply to "which municipality?", or "og i Glostrup?" after an answer."""
    if memory.awaiting:
        return not (question.flags.open or question.flags.yes_no)
    return strongest(question.topics) < TOPIC_CLEAR and is_elliptical(question, memory)


def _distinct(parts: list[Question]) -> list[Question]:
    """Neighbouring clauses that ask the same are one; a clause that asks nothing clear is none."""
    clear = [part for part in parts if _is_clear(part)]
    kept: list[Question] = []
    for part in clear:
        if not any(_same(part, other) for other in kept):
            kept.append(part)
    return kept[:MOST] if len(kept) > 1 else []


def _is_clear(part: Question) -> bool:
    if part.mentions.municipalities and PLACES_ALONE.issuperset(part.mentions.masked.split()):
        return False  # "Hvor går det hurtigst? I Brønderslev eller i Glostrup?"
    return part.intent in NEIGHBOURS and likeliest(part) >= CLEAR


def _same(part: Question, other: Question) -> bool:
    mine, theirs = part.mentions.municipalities, other.mentions.municipalities
    if mine and theirs and mine != theirs:  # "... i Brønderslev, og hvor lang er den i Glostrup?" compares two places
        return max(part.facets.values(), default=0.0) < OWN_QUESTION
    one, two = asked_facet(part), asked_facet(other)
    near = one == two or any(one in kin and two in kin for kin in ONE_QUESTION)
    return near and _topic(part) == _topic(other)


def _topic(part: Question) -> str:
    """The kind of help a clause names, "" when it is not clear."""
    topic = max(part.topics, key=part.topics.__getitem__, default=NO_TOPIC)
    return topic if topic != NO_TOPIC and part.topics[topic] >= TOPIC_CLEAR else ""
