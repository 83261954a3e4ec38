"""The national vocabulary: facets, topics, VUM themes and levels, municipality names, language, read once.

Every other list of facets or topics (Rasa's domain, the training data, the API, the web) is checked against this one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

CATALOGUE = Path(__file__).parent / "catalogue"


@dataclass(frozen=True)
class Facet:
    """What a question asks for. `asks` completes "Dokumentet oplyser ikke, ..."."""

    id: str
    title: str
    asks: str


@dataclass(frozen=True)
class Topic:
    """A kind of help. `name` is its everyday Danish name."""

    id: str
    name: str


@dataclass(frozen=True)
class Theme:
    """One of the 11 themes of voksenudredningsmetoden (VUM)."""

    id: str
    name: str


@dataclass(frozen=True)
class Level:
    """A level of difficulty, 0-4, of voksenudredningsmetoden.

    `words` name it anywhere; `bare` single words name it only in a message of a few words.
    """

    number: int
    name: str
    words: tuple[str, ...]
    bare: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """All closed lists, each keyed by identifier in the order of its file."""

    facets: dict[str, Facet]
    topics: dict[str, Topic]
    themes: dict[str, Theme]
    levels: dict[int, Level]
    municipalities: tuple[str, ...]
    ambiguous_municipalities: frozenset[str]
    verb_municipalities: frozenset[str]
    unnamed_document: tuple[str, ...]
    out_of_scope: tuple[str, ...]
    language: dict[str, Any]
    english: dict[str, Any]


def read_table(name: str) -> dict[str, Any]:
    """A file of the vocabulary as it stands."""
    return YAML(typ="safe").load((CATALOGUE / "vocabulary" / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The shipped vocabulary."""
    facets, topics, vum = read_table("facets.yml"), read_table("topics.yml"), read_table("vum.yml")
    municipalities = read_table("municipalities.yml")
    return Vocabulary(
        facets={key: Facet(key, **entry) for key, entry in facets["facets"].items()},
        topics={key: Topic(key, **entry) for key, entry in topics["topics"].items()},
        themes={key: Theme(key, name) for key, name in vum["themes"].items()},
        levels={
            key: Level(key, entry["name"], tuple(entry["words"]), tuple(entry["bare"])) for key, entry in vum["levels"].items()
        },
        municipalities=tuple(municipalities["names"]),
        ambiguous_municipalities=frozenset(municipalities["ambiguous"]),
        verb_municipalities=frozenset(municipalities["verbs"]),
        unnamed_document=tuple(municipalities["unnamed_document"]),
        out_of_scope=tuple(read_table("out_of_scope.yml")["words"]),
        language={key: entry.split() if isinstance(entry, str) else entry for key, entry in read_table("language.yml").items()},
        english=read_table("english.yml"),
    )


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A turn of phrase of `language.yml`, compiled; read on folded text.

    Raises:
        KeyError: there is no such entry.
    """
    return re.compile(vocabulary().language[name][0])


@cache
def patterns(name: str) -> dict[str, re.Pattern[str]]:
    """The turns of phrase of an entry of `language.yml` that holds several by name, compiled.

    Raises:
        KeyError: there is no such entry.
    """
    return {key: re.compile(told) for key, told in vocabulary().language[name].items()}
