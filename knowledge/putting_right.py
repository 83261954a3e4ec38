"""A message without what it only looks like: a single level or moving house where it compares, or another subject."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.comparison_phrases import finds, rival_levels
from knowledge.complaints import COMPLAINT
from knowledge.question import NO_TOPIC, OUT_OF_SCOPE, Question
from knowledge.snapshot import Snapshot
from knowledge.vocabulary import pattern, patterns

MOVING_TOPIC = "flytning"
_PHONE = re.compile(r"(?<!\d)(?:\d ?){8}(?!\d)")  # only numbers of the catalogue are left in a message; others were redacted


def put_right(snapshot: Snapshot, question: Question, talking: bool = False) -> Question:
    """A message without what it only looks like; `talking` as in `about_the_help`."""
    question = of_any_help(question) if talking else question
    return about_a_number(about_the_help(snapshot, without_rival_levels(plainly_asked(question)), talking))


def plainly_asked(question: Question) -> Question:
    """A sentence that asks in plain words for an age, or whom to talk to, is about that: "hvor gammel skal man være?"."""
    asked = question.analysis.asked_folded
    facet = next((facet for facet, said in patterns("plainly_asks").items() if said.search(asked)), "")
    kept = (facet, COMPLAINT, OUT_OF_SCOPE)
    return replace(question, facets={**question.facets, facet: 1.0}) if facet and question.intent not in kept else question


def of_any_help(question: Question) -> Question:
    """A bare word in a talk that is asked of any help names none: "timer?"."""
    if not pattern("of_any_help").search(question.analysis.folded):
        return question
    return replace(question, topics={NO_TOPIC: 1.0})


def about_a_number(question: Question) -> Question:
    """A message with a number of the catalogue is about whom to contact, though nothing else in it is about support."""
    if question.intent == OUT_OF_SCOPE and _PHONE.search(question.analysis.text):
        return replace(question, facets={"contact": 1.0})
    return question


def without_rival_levels(question: Question) -> Question:
    """A message that sets two levels of difficulty beside each other asks for no single one."""
    rivals, words = rival_levels()
    pair = rivals.search(question.analysis.normalized)
    if not pair or words[pair.group(1)] == words[pair.group(2)]:
        return question
    return replace(question, mentions=replace(question.mentions, level=None))


def about_the_help(snapshot: Snapshot, question: Question, talking: bool = False) -> Question:
    """Moving from one municipality to another is no question about help with moving house.

    Args:
        talking: a help has been talked about, so that where one moves to is enough.
    """
    folded = question.analysis.folded
    moves = finds("moving", folded, snapshot.every_place) or (
        (talking or len(question.mentions.municipalities) > 1) and finds("moving_there", folded, snapshot.every_place)
    )
    if not moves or finds("moving_help", folded):
        return question
    topics = {topic: p for topic, p in question.topics.items() if topic != MOVING_TOPIC}
    rest = sum(topics.values())
    topics[NO_TOPIC] = topics.get(NO_TOPIC, 0.0) + max(0.0, 1.0 - rest)
    words = [word for word in question.analysis.words if not word.startswith(MOVING_TOPIC[:4])]
    question = replace(question, topics=topics, analysis=snapshot.analyser.analyse(" ".join(words)))
    return question if question.flags.compare else _lives_there(snapshot, question, folded)


def _lives_there(snapshot: Snapshot, question: Question, folded: str) -> Question:
    """Who has moved from one municipality to another asks of the new one: "er lige flyttet fra Glostrup til Gladsaxe"."""
    new = [place for place in question.mentions.municipalities if finds("moved_to", folded, snapshot.places[place])]
    if len(new) != 1:
        return question
    mentions = replace(question.mentions, municipalities=tuple(new), last_municipality=new[0])
    return replace(question, mentions=mentions)
