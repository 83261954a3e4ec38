"""What can be hard in everyday life, and how everyday words find the kinds of help that answer to it.

The list is `catalogue/vocabulary/guide.yml`, checked strictly against the topics and themes: every topic is reachable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from knowledge.danish import fold
from knowledge.errors import CatalogueError, Problem
from knowledge.schema import GuideFile
from knowledge.snapshot import Snapshot
from knowledge.vocabulary import CATALOGUE, vocabulary

NAME = "vocabulary/guide.yml"
LIKE, LIKE_SHARE = 0.5, 0.9  # word likeness a fact needs to name its topic, and its share of the best one's
MOST = 6  # topics taken from one message
MOST_ALIKE = 2  # ... and where nothing but the likeness of words tells them
_BREAKS = re.compile(r"[.,;!?\n]|\b(?:og|men|eller|samt)\b")


@dataclass(frozen=True)
class Need:
    """One thing that can be hard, with the topics and VUM themes it belongs to."""

    id: str
    title: str
    hint: str
    topics: tuple[str, ...]
    themes: tuple[str, ...]


@dataclass(frozen=True)
class LevelChoice:
    """How hard it is, 0-4, in plain words."""

    level: int
    title: str
    hint: str


@dataclass(frozen=True)
class Guidance:
    """The whole list. Patterns are compared with folded text."""

    needs: dict[str, Need]
    free_topics: tuple[str, ...]
    levels: dict[int, LevelChoice]
    commands: dict[str, frozenset[str]]
    topic_patterns: tuple[tuple[str, re.Pattern[str]], ...]
    level_patterns: tuple[tuple[int, str], ...]

    def need_of(self, topic: str) -> Need | None:
        """The need a topic belongs to, None for a topic that is reached by free words only."""
        return next((need for need in self.needs.values() if topic in need.topics), None)

    def topics_of(self, values: Iterable[str]) -> tuple[str, ...]:
        """Topics for ids of needs and of topics, in the order given, without repetition."""
        found: list[str] = []
        for value in values:
            found += self.needs[value].topics if value in self.needs else [value]
        return tuple(dict.fromkeys(found))


def read_guidance(path: Path = CATALOGUE / NAME) -> Guidance:
    """Read and check the list.

    Raises:
        CatalogueError: naming every topic that is missing, unknown or listed twice, and every malformed entry.
    """
    try:
        file = GuideFile.parse_obj(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        faults = [(".".join(map(str, item["loc"])), item["msg"]) for item in error.errors()]
        raise CatalogueError([Problem(NAME, 0, f"{where}: {what}", "correct the entry") for where, what in faults]) from error
    except (OSError, YAMLError) as error:
        raise CatalogueError([Problem(NAME, 0, f"cannot be read: {error}", "mend the file")]) from error
    words = [item for need in file.needs.values() for item in need.words.items()] + list(file.free_topics.items())
    return Guidance(
        needs={
            key: Need(key, need.title, need.hint, tuple(need.topics), tuple(need.themes)) for key, need in file.needs.items()
        },
        free_topics=tuple(file.free_topics),
        levels={number: LevelChoice(number, entry.title, entry.hint) for number, entry in file.levels.items()},
        commands={key: frozenset(_plain(phrase) for phrase in phrases) for key, phrases in file.commands.items()},
        topic_patterns=tuple((topic, _pattern(phrases)) for topic, phrases in words),
        level_patterns=tuple(
            sorted(
                ((number, _plain(word)) for number, entry in file.levels.items() for word in [*entry.words, entry.title]),
                key=lambda item: -len(item[1]),
            )
        ),
    )


@lru_cache(maxsize=1)
def guidance() -> Guidance:
    """The shipped list."""
    return read_guidance()


def topics_in(snapshot: Snapshot, text: str) -> tuple[str, ...]:
    """The kinds of help that free words are about, the most certain first.

    Turns of phrase of the list tell it; where there is none, each clause is compared with the facts of the whole catalogue,
    whose own and everyday words are many, and the best fitting facts tell their topics.
    """
    named = named_topics(text)
    if named:
        return named
    weights: dict[str, float] = {}
    for clause in filter(None, (part.strip() for part in _BREAKS.split(text.lower()))):
        for topic, weight in _like(snapshot, clause).items():
            weights[topic] = max(weight, weights.get(topic, 0.0))
    return tuple(sorted(weights, key=lambda topic: -weights[topic])[:MOST_ALIKE])


def named_topics(text: str) -> tuple[str, ...]:
    """The kinds of help that a turn of phrase of the list names, in the order of the message."""
    plain = f" {_plain(text)} "
    found = [(hit.start(), topic) for topic, pattern in guidance().topic_patterns if (hit := pattern.search(plain))]
    return tuple(dict.fromkeys(topic for _, topic in sorted(found)))[:MOST]


def level_in(text: str) -> int | None:
    """The level of difficulty a short message names in plain words or as a figure, None when it names none."""
    plain = _plain(text)
    number = re.fullmatch(r"(?:niveau |grad |trin )?([0-4])", plain)
    if number:
        return int(number.group(1))
    padded = f" {plain} "
    return next((level for level, phrase in guidance().level_patterns if f" {phrase} " in padded), None)


def names_a_level(text: str) -> bool:
    """Whether a whole message is a plain word for a difficulty: "lidt", "meget svært"; "det går godt" is small talk."""
    plain = _plain(text)
    return any(plain == phrase for level, phrase in guidance().level_patterns if level)


def command_in(text: str) -> str:
    """The command a whole message gives the guide, "" when it gives none."""
    plain = _plain(text)
    return next((key for key, phrases in guidance().commands.items() if plain in phrases), "")


def needs_named(text: str) -> tuple[str, ...]:
    """The choices of the guide that a message names by number or by their title."""
    plain, needs = f" {_plain(text)} ", list(guidance().needs.values())
    if re.fullmatch(r"[\d\s]+", plain.replace(" og ", " ")):
        return tuple(needs[int(n) - 1].id for n in re.findall(r"\d+", plain) if 0 < int(n) <= len(needs))
    return tuple(need.id for need in needs if f" {_plain(need.title)} " in plain)


def _like(snapshot: Snapshot, clause: str) -> dict[str, float]:
    """Topics of the facts whose words are like a clause; a service about many topics tells none."""
    analysis = snapshot.analyser.analyse(clause)
    overall = snapshot.match(analysis).overall
    best = float(overall.max()) if len(overall) else 0.0
    if best < LIKE:
        return {}
    found: dict[str, float] = {}
    for position in (overall >= max(LIKE, LIKE_SHARE * best)).nonzero()[0]:
        fact = snapshot.facts[position]
        service = snapshot.services.get(fact.service)
        topics = fact.topics or (service.topics[:1] if service and len(service.topics) <= 2 else ())
        for topic in topics:
            found[topic] = max(found.get(topic, 0.0), float(overall[position]))
    return dict(sorted(found.items(), key=lambda item: -item[1])[:2])


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", fold(text)).split())


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    parts = [re.escape(_plain(phrase)) + (r"\w*" if phrase.endswith("*") else "") for phrase in phrases]
    return re.compile(rf"\b(?:{'|'.join(parts)})\b")


def known_values() -> frozenset[str]:
    """The values `needs` may hold: ids of needs and of topics."""
    return frozenset(guidance().needs) | frozenset(vocabulary().topics)
