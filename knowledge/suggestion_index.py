"""The index behind search while typing: what can be suggested, and how well it covers the words of a query.

Built once per catalogue, then read-only. A query is a handful of words, the last perhaps unfinished; an entry's score is how
well it covers all of them, rare words counting most. Nothing here depends on trained models, so an answer takes a millisecond.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from knowledge.danish import fold
from knowledge.model import Catalogue, Fact, Municipality, Service
from knowledge.vocabulary import vocabulary
from knowledge.word_index import Layer, Lexicon, Weights

SERVICE, FACT = "service", "fact"
SERVICE_LEAD = 1.25  # a service goes before its own facts when its name says the same
FIGURE_LEAD = 1.05  # of two facts that fit alike, the one with a figure
LEVEL_LEAD = 1.2  # hours by level go first when a level is named
SHORT = 2  # letters; words this short are looked for in the names of services only, and only when they stand alone
OF_ITS_SERVICE = 0.8  # how much of its service's name counts for a fact
FACET_WORD_SERVICES, FACET_WORD_SHARE = 3, 0.35  # services, and share of its uses, from which a word means a facet
MAX_WORDS = 12  # more words of a query than this tell nothing new
KEPT_WORDS = 64  # words whose match is kept: those before the one being typed
_TOKEN = re.compile(r"[^\W_]+")
_PARAGRAPH = re.compile(r"\b(\d+) ([a-z])\b")


@dataclass(frozen=True)
class Entry:
    """What can be suggested: a service, a fact, or a facet that a document is known not to state (then `fact` is None)."""

    kind: str
    municipality: Municipality | None
    service: Service | None
    facet: str = ""
    fact: Fact | None = None

    @property
    def stated(self) -> bool:
        """Whether the document says it; a service as such always is."""
        return self.kind == SERVICE or (self.fact is not None and self.fact.stated)

    @property
    def facets(self) -> tuple[str, ...]:
        if self.kind == SERVICE and self.service:
            return self.service.facets()
        return self.fact.facets if self.fact else (self.facet,)


@dataclass(frozen=True)
class Narrowing:
    """Ids that narrow a search; None does not.

    Attributes:
        municipality: entries of other municipalities are left out, the national rules stay.
        service: only what is said of this service.
        facet: only facts of that facet.
    """

    municipality: str | None = None
    service: str | None = None
    facet: str | None = None


@dataclass(frozen=True)
class Found:
    """An entry and how well it fits, 0-1 or a little above; `level` is the VUM level the query names, if any."""

    entry: Entry
    score: float
    level: int | None


class SuggestionIndex:
    """Everything of a catalogue that can be suggested, searchable by words."""

    def __init__(self, catalogue: Catalogue):
        self.entries: tuple[Entry, ...] = tuple(_entries(catalogue))
        self._stopwords = frozenset(map(fold, vocabulary().language["stopwords"]))
        self._levels = dict(_level_words())
        self._is_service = np.array([entry.kind == SERVICE for entry in self.entries])
        self._lead = np.array([_lead(entry) for entry in self.entries], dtype=np.float32)
        self._by_level = np.array([bool(entry.fact) and _has_hours(entry.fact) for entry in self.entries])
        self._municipality = np.array([entry.municipality.id if entry.municipality else "" for entry in self.entries])
        self._service = np.array([entry.service.id if entry.service else "" for entry in self.entries])
        self._facet = {
            facet: np.array([facet in entry.facets for entry in self.entries], dtype=bool) for facet in vocabulary().facets
        }
        names = [self._of_municipality(catalogue), self._of_service(catalogue)]
        self._layers = {"names": names, "all": [*names, self._of_facet(catalogue), self._own()]}
        self._lexicon = Lexicon(self._layers["all"])
        self.match = lru_cache(maxsize=KEPT_WORDS)(self._match)

    def find(self, query: str, narrowing: Narrowing, limit: int = 10) -> list[Found]:
        """The entries that fit best, best first. Without words: whatever the narrowing leaves, in the catalogue's order."""
        allowed = self._allowed(narrowing)
        words = self._split(query)
        if not words:
            wanted = FACT if narrowing.facet or narrowing.service else SERVICE
            picked = (n for n in np.flatnonzero(allowed) if self.entries[n].kind == wanted)
            return [Found(self.entries[n], 0.0, None) for n, _ in zip(picked, range(limit))]
        level = next((self._levels[word] for word in words if word in self._levels), None)
        scores = self._scores(words) * allowed
        if level is not None:
            scores[self._by_level] *= LEVEL_LEAD
        return [Found(self.entries[n], float(scores[n]), level) for n in _best(scores, limit)]

    def forget(self) -> None:
        """Empty the cache, so that a measurement does not find what an earlier one left."""
        self.match.cache_clear()

    def _allowed(self, narrowing: Narrowing) -> np.ndarray:
        allowed = np.ones(len(self.entries), dtype=bool)
        if narrowing.municipality is not None:
            allowed &= (self._municipality == narrowing.municipality) | (self._municipality == "")
        if narrowing.service is not None:
            allowed &= self._service == narrowing.service
        if narrowing.facet is not None:
            allowed &= self._facet[narrowing.facet] & ~self._is_service
        return allowed

    def _split(self, query: str) -> list[str]:
        words = list(dict.fromkeys(_tokens(_PARAGRAPH.sub(r"\1\2", query.lower()))))[:MAX_WORDS]
        telling = [word for word in words if word not in self._stopwords] or words
        long = [word for word in telling if len(word) > SHORT or word[0].isdigit()]
        return long or telling

    def _scores(self, words: list[str]) -> np.ndarray:
        """Weighted share of the query that each entry covers, squared so that an entry with all the words leads clearly."""
        total, covered = 0.0, np.zeros(len(self.entries), dtype=np.float32)
        for word in words:
            hit = self.match(word)
            surest = float(hit.max()) or 1.0  # a word that is only guessed tells less
            weight = surest * float(np.log1p(len(self.entries) / max(1, np.count_nonzero(hit))))
            total += weight
            covered += weight * hit
        return (covered / total) ** 2 * self._lead

    def _match(self, word: str) -> np.ndarray:
        """How well each entry fits one word of a query, 0-1."""
        short = len(word) <= SHORT and not word[0].isdigit()
        terms = self._lexicon.meant(word)
        best = np.zeros(len(self.entries), dtype=np.float32)
        for layer in self._layers["names" if short else "all"]:
            np.maximum(best, layer.match(terms), out=best)
        if short:
            best *= self._is_service
        best.setflags(write=False)
        return best

    # -- what is known of an entry, each kind once for all that share it -----------------------------------------------

    def _of_municipality(self, catalogue: Catalogue) -> Layer:
        words = [_weighted((0.6, (m.name, *m.spellings, *m.places))) for m in catalogue.municipalities]
        return Layer(words, _numbers([m.id for m in catalogue.municipalities], self._municipality))

    def _of_service(self, catalogue: Catalogue) -> Layer:
        services = list(catalogue.services())
        factor = np.where(self._is_service, 1.0, OF_ITS_SERVICE).astype(np.float32)
        return Layer(list(map(_service_words, services)), _numbers([s.id for s in services], self._service), factor)

    def _of_facet(self, catalogue: Catalogue) -> Layer:
        everyday = _facet_words(catalogue)
        facets = vocabulary().facets
        words = [_weighted((0.75, (facet.title, facet.asks)), (0.65, everyday[facet.id])) for facet in facets.values()]
        return Layer(words, _numbers(list(facets), np.array([entry.facet for entry in self.entries])))

    def _own(self) -> Layer:
        return Layer([_fact_words(entry.fact) for entry in self.entries], np.arange(len(self.entries)))


def _numbers(identifiers: list[str], of_entry: np.ndarray) -> np.ndarray:
    """The place of each entry's identifier in a list, -1 where it is not there."""
    place = {identifier: n for n, identifier in enumerate(identifiers)}
    return np.array([place.get(identifier, -1) for identifier in of_entry.tolist()], dtype=np.int32)


def _service_words(service: Service) -> Weights:
    names = (service.name, *(paragraph.replace(" ", "") for paragraph in service.paragraphs))
    topics = [vocabulary().topics[topic].name for topic in service.topics]
    return _weighted((1.0, names), (0.9, service.aliases), (0.5, topics))


def _fact_words(fact: Fact | None) -> Weights:
    if fact is None:
        return {}
    levels = [word for word, level in _level_words() if str(level) in fact.value["levels"]] if _has_hours(fact) else []
    return _weighted((0.8, (fact.text, *levels)), (0.7, fact.words), (0.45, [ask.text for ask in fact.asks]))


def _weighted(*fields: tuple[float, Iterable[str]]) -> Weights:
    """The words of some fields, the field that tells most first."""
    words: Weights = {}
    for weight, texts in fields:
        for text in texts:
            for word in _tokens(text):
                words.setdefault(word, weight)
    return words


def _entries(catalogue: Catalogue) -> Iterator[Entry]:
    for municipality in catalogue.municipalities:
        for service in municipality.services:
            yield Entry(SERVICE, municipality, service)
            yield from (Entry(FACT, municipality, service, fact.facet, fact) for fact in service.facts)
            gaps = {fact.facet for fact in service.facts if not fact.stated}
            yield from (Entry(FACT, municipality, service, facet) for facet in service.not_stated if facet not in gaps)
        for fact in (*municipality.facts, *(contact.fact for contact in municipality.contact_points)):
            yield Entry(FACT, municipality, None, fact.facet, fact)
    yield from (Entry(FACT, None, None, fact.facet, fact) for fact in catalogue.national)


def _facet_words(catalogue: Catalogue) -> dict[str, list[str]]:
    """The everyday words that mean a facet whatever the service, read from the facts: "pris" is cost because they say so."""
    uses: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for fact in catalogue.facts():
        for word in {token for phrase in fact.words for token in _tokens(phrase)}:
            uses[word][fact.facet].add(fact.service or fact.municipality)
    found: dict[str, list[str]] = {facet: [] for facet in vocabulary().facets}
    for word, by_facet in uses.items():
        total = sum(map(len, by_facet.values()))
        for facet, owners in by_facet.items():
            if len(owners) >= FACET_WORD_SERVICES and len(owners) >= FACET_WORD_SHARE * total:
                found[facet].append(word)
    return found


@lru_cache(maxsize=1)
def _level_words() -> tuple[tuple[str, int], ...]:
    """The single words that name a VUM level, in every spelling the vocabulary has."""
    found: list[tuple[str, int]] = []
    common = Counter(word for level in vocabulary().levels.values() for word in {w for p in level.words for w in _tokens(p)})
    for level in vocabulary().levels.values():
        for word in dict.fromkeys(token for phrase in (*level.words, *level.bare) for token in _tokens(phrase)):
            if common[word] <= 1 and len(word) > SHORT:
                found.append((word, level.number))
    return tuple(found)


def _lead(entry: Entry) -> float:
    if entry.kind == SERVICE:
        return SERVICE_LEAD
    return FIGURE_LEAD if entry.fact and entry.fact.value else 1.0


def _has_hours(fact: Fact) -> bool:
    return bool(fact.value) and fact.value["kind"] == "hours_by_level"


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(fold(text)))


def _best(scores: np.ndarray, limit: int) -> np.ndarray:
    """The positions of the highest scores above 0, best first, the earlier position first among equals."""
    found = np.flatnonzero(scores > 0)
    if len(found) > limit:
        found = found[scores[found] >= np.partition(scores[found], -limit)[-limit]]
    return found[np.argsort(-scores[found], kind="stable")][:limit]
