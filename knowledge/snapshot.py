"""The immutable snapshot that all reads go through, and the store that swaps it atomically when the data changes."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import structlog
from sqlalchemy.engine import Engine

from knowledge import database
from knowledge.danish import Analysis, DanishAnalyser, fold
from knowledge.errors import CatalogueError
from knowledge.heard import heard_of
from knowledge.linking import Linker
from knowledge.loading import load_catalogue
from knowledge.matching import FactIndex, Matches
from knowledge.model import Catalogue, Fact, Municipality, Service
from knowledge.question import Question, flags_of, worded
from knowledge.silence import Silence
from knowledge.suggestion_index import SuggestionIndex
from knowledge.vocabulary import CATALOGUE, vocabulary

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class ServiceNames:
    """The folded names a service goes by, longest first.

    Attributes:
        phrases: padded with blanks.
        stems: the same with a blank only in front, as they stand in a text that adds a Danish ending.
        narrow: the topics of its facts.
    """

    service: Service
    phrases: tuple[str, ...]
    stems: tuple[str, ...]
    narrow: frozenset[str]


class Snapshot:
    """A catalogue with everything that is derived from it: analyser, linker, fact index, suggestions, names."""

    def __init__(self, catalogue: Catalogue):
        self.catalogue = catalogue
        self.services: dict[str, Service] = {service.id: service for service in catalogue.services()}
        self.facts: tuple[Fact, ...] = tuple(catalogue.facts())
        self.position: dict[str, int] = {fact.id: n for n, fact in enumerate(self.facts)}
        self.analyser = DanishAnalyser(_words(catalogue))
        self.linker = Linker(catalogue)
        names = [m.name for m in catalogue.municipalities if m.named]
        self.index = FactIndex(self.facts, self.analyser, names, heard_of(self.facts))
        self.suggestions = SuggestionIndex(catalogue)
        self.silence = Silence(catalogue)
        self.names: dict[str, tuple[ServiceNames, ...]] = {
            m.id: tuple(_names(s) for s in m.services) for m in catalogue.municipalities
        }
        self.places: dict[str, str] = {m.id: _place(m) for m in catalogue.municipalities}
        self._landmarks = {f" {fold(name)} ": m.id for m in catalogue.municipalities for name in m.landmarks}
        self.every_place = "|".join(self.places.values())

    def municipality(self, identifier: str) -> Municipality | None:
        return self.catalogue.by_id.get(identifier)

    def named_municipalities(self) -> list[Municipality]:
        """Those a citizen can live in, by name."""
        return sorted((m for m in self.catalogue.municipalities if m.named), key=lambda m: m.name)

    def at_landmark(self, folded: str) -> str:
        """The id of the municipality that a folded text names a place of, where that gives help; "" when it names none."""
        return next((place for name, place in self._landmarks.items() if name in folded), "")

    def question(self, text: str, facets: dict[str, float], topics: dict[str, float]) -> Question:
        """A text with the classifiers' verdicts on it, as the knowledge base takes it."""
        analysis = self.analyser.analyse(text)
        mentions = self.linker.link(analysis)
        level = mentions.level if mentions.level is not None else next(iter(mentions.levels), None)
        return Question(analysis, worded(facets, analysis, level), topics, mentions, flags_of(analysis))

    def levels_of(self, pieces: dict[str, str]) -> dict[str, int]:
        """The VUM level that each piece of a message names, by the kind of help it names; none where only one names any."""
        levels = {topic: self.linker.link(self.analyser.analyse(piece)).level for topic, piece in pieces.items()}
        found = {topic: level for topic, level in levels.items() if level is not None}
        return found if len(found) > 1 else {}

    def match(self, analysis: Analysis, before: Analysis | None = None) -> Matches:
        """How alike a message and the facts are (see `FactIndex.match`); the words for a document without a name left aside."""
        return self.index.match(self.linker.without_document(analysis), before)


class Store:
    """Holds the current snapshot. `reload` replaces it in one assignment or leaves it as it was."""

    def __init__(self, engine: Engine, folder: Path = CATALOGUE):
        self._engine = engine
        self._folder = folder
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self.problems: tuple[str, ...] = ()

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot in force; opened on first use.

        Raises:
            CatalogueError: when there is neither a valid catalogue folder nor a stored catalogue.
            DatabaseError: when the database cannot be read.
        """
        if self._snapshot is None:
            self.reload()
        assert self._snapshot is not None
        return self._snapshot

    def fingerprint(self) -> tuple[tuple[str, int, int], ...]:
        """Names, times and sizes of the catalogue's files: cheap to compare, changes when they do."""
        stats = ((str(path), path.stat()) for path in sorted(self._folder.rglob("*.yml")))
        return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)

    def reload(self) -> bool:
        """Check the folder, load it into the database, swap the snapshot.

        A broken folder is reported in `problems` and changes nothing; with no snapshot yet, the stored catalogue is used.

        Returns:
            True when a new snapshot is in force.
        """
        with self._lock:
            try:
                database.store_catalogue(self._engine, load_catalogue(self._folder))
                self.problems = ()
            except CatalogueError as error:
                self.problems = tuple(map(str, error.problems))
                log.error("catalogue.refused", problems=len(error.problems), first=self.problems[0])
                if self._snapshot is not None:
                    return False
                if database.stored_digest(self._engine) is None:
                    raise
            if self._snapshot and database.stored_digest(self._engine) == self._snapshot.catalogue.digest:
                return False
            stored = database.fetch_catalogue(self._engine)
            assert stored is not None
            self._snapshot = Snapshot(stored)
            return True


def _names(service: Service) -> ServiceNames:
    phrases = sorted(dict.fromkeys(f" {fold(name)} " for name in (service.name, *service.aliases)), key=len, reverse=True)
    narrow = frozenset(topic for fact in service.facts for topic in fact.topics)
    return ServiceNames(service, tuple(phrases), tuple(phrase.rstrip() for phrase in phrases), narrow)


def _place(municipality: Municipality) -> str:
    """A pattern of the folded names of a municipality and its places, the longest first."""
    names = {fold(name) for name in (municipality.name, *municipality.spellings, *municipality.places)}
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def _words(catalogue: Catalogue) -> Iterator[str]:
    """Every word the catalogue and the vocabulary know; spelling is corrected towards these."""
    for fact in catalogue.facts():
        for text in (fact.text, *fact.words, *(ask.text for ask in fact.asks)):
            yield from _split(text)
    for service in catalogue.services():
        for text in (service.name, *service.aliases):
            yield from _split(text)
    for municipality in catalogue.municipalities:
        for text in (municipality.name, *municipality.spellings, *municipality.places):
            yield from _split(text)
    words = vocabulary()
    for name in words.municipalities:
        yield from _split(name)
    for entry in (*words.topics.values(), *words.themes.values(), *words.levels.values()):
        yield from _split(entry.name)
    for level in words.levels.values():
        for word in (*level.words, *level.bare):
            yield from _split(word)
    for facet in words.facets.values():
        yield from _split(f"{facet.title} {facet.asks}")
    for word in words.out_of_scope:  # so that "børnepnge" is not taken for "børnene"
        yield from _split(word.removesuffix("*"))


def _split(text: str) -> list[str]:
    return "".join(c if c.isalpha() or c == "-" else " " for c in text.lower()).replace(" -", " ").replace("- ", " ").split()
