"""Kinds of help that a document does not describe.

Whoever asks for one is told so, and what a document says of another kind is not taken for it: support under one paragraph is
not the scheme of another, though both may be called "ledsagelse".
"""

from __future__ import annotations

import re

from knowledge.danish import fold
from knowledge.model import Municipality, Service
from knowledge.question import NO_TOPIC, Memory, Question
from knowledge.scope import GENERAL, is_named
from knowledge.snapshot import Snapshot
from knowledge.vocabulary import pattern, vocabulary

_NAME = re.compile(r"\w{6,}")  # a word that names a kind of help
SURE = 0.8  # topic probability from which a kind of help that no service is about is said to be missing
MEANS = ("teknologi", "transport")  # topics that are no kind of help, but what help makes use of


def missing_help(municipality: Municipality, topics: dict[str, float], least: float = SURE) -> str:
    """The likeliest kind of help by its name, where no service or fact of a municipality is about it, and all kinds that it
    lacks are together as likely as that ("botilbud" may be one for a time or for long); "" otherwise."""
    named = {topic: p for topic, p in topics.items() if topic not in (NO_TOPIC, GENERAL, *MEANS)}
    topic = max(named, key=named.__getitem__, default="")
    if not topic or topic in municipality.topics:
        return ""
    lacking = sum(p for other, p in named.items() if other not in municipality.topics)
    return vocabulary().topics[topic].name if lacking >= least else ""


def not_described(municipality: Municipality, question: Question) -> str:
    """The kind of help that a question is about and a municipality does not describe; "" when it describes it, and when the
    kind is only named beside what is asked about: as a home, or as what is wanted something else than."""
    if question.flags.other_services or _roots(*municipality.services) & _roots_named(question) or as_a_home(question):
        return ""
    return missing_help(municipality, question.topics)


def lacking_here(snapshot: Snapshot, municipality: Municipality, question: Question, memory: Memory) -> str:
    """The help talked about, where it is asked whether this municipality has it too and its document describes none of its
    kind; "" otherwise."""
    service = snapshot.services.get(memory.service)
    if service is None or not pattern("has_it_there").search(question.analysis.folded):
        return ""
    return "" if set(service.topics) & {GENERAL, *municipality.topics} else vocabulary().topics[service.topics[0]].name


def another_help(snapshot: Snapshot, municipality: Municipality, service: Service, question: Question) -> str:
    """The kind of help that a question is about where that is not the service it is answered by: it stands elsewhere, under
    paragraphs that this municipality has no help under; "" otherwise."""
    kinds = [
        other
        for other in snapshot.services.values()
        if question.topics.get(other.topics[0], 0.0) >= SURE and other.topics[0] != GENERAL
    ]
    if not kinds:  # a kind that no document describes, called by its name: "hjemmehjælp"
        kind = missing_help(municipality, question.topics)
        called = any(word in question.analysis.folded for word in _NAME.findall(fold(kind)))
        return kind if called else ""
    here, told = _roots(*municipality.services), _roots_named(question)
    named = [other for other in kinds if f" {fold(other.name)}" in question.analysis.folded]
    if not named and not told & here and not is_named(snapshot, service, question):
        named = [other for other in kinds if told & _roots(other)]
    if any(other.municipality == municipality.id or here & _roots(other) for other in named or kinds):
        return ""
    return named[0].name if named else missing_help(municipality, question.topics)


def stands_elsewhere(snapshot: Snapshot, municipality: Municipality, topic: str) -> bool:
    """Whether a kind of help is one that stands under paragraphs which a municipality has no help under."""
    here = _roots(*municipality.services)
    kinds = [service for service in snapshot.services.values() if topic in service.topics and service.topics[0] != GENERAL]
    return bool(kinds) and not any(here & _roots(service) for service in kinds)


def as_a_home(question: Question) -> bool:
    """Whether a kind of help is named as the place where somebody lives: "kan jeg få støtten i et botilbud"."""
    return bool(pattern("as_a_home").search(question.analysis.folded))


def _roots_named(question: Question) -> set[str]:
    return {paragraph.split()[0] for paragraph in question.mentions.paragraphs}


def _roots(*services: Service) -> set[str]:
    """The paragraphs of services without what follows the number."""
    return {paragraph.split()[0] for service in services for paragraph in service.paragraphs}
