"""The index behind search while typing: words of services and facts, found by prefix, by part of a compound, or with a typo.

Built once per catalogue, then read-only. A query is a handful of words, the last perhaps unfinished; an entry's score is how
well it covers all of them, rare words counting most. Nothing here depends on trained models, so an answer takes a millisecond.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.danish import fold
from knowledge.model import Catalogue, Fact, Municipality, Service
from knowledge.vocabulary import vocabulary

SERVICE, FACT = "service", "fact"
EXACT, PREFIX, INFLECTED, COMPOUND_HEAD, COMPOUND_PART, TYPO = 1.0, 0.75, 0.8, 0.8, 0.55, 0.65  # how sure a kind of match is
SERVICE_LEAD = 1.25  # a service goes before its own facts when its name says the same
FIGURE_LEAD = 1.05  # of two facts that fit alike, the one with a figure
LEVEL_LEAD = 1.2  # hours by level go first when a level is named
SHORT = 2  # letters; words this short are looked for in the names of services only, and only when they stand alone
PART_FROM, TYPO_FROM, ENDING = 3, 4, 3  # letters a part of a compound and a typo need; letters a Danish ending may have
TYPO_CUTOFF = 78  # rapidfuzz ratio
TYPO_CHOICES = 6  # corrections tried for one word
FACET_WORD_SERVICES, FACET_WORD_SHARE = 3, 0.35  # services, and share of its uses, from which a word means a facet
MAX_WORDS = 12  # more words of a query than this tell nothing new
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
        fields = _Fields(catalogue)
        self._words = _Words([fields.of(entry) for entry in self.entries])
        names = [fields.of(entry) if entry.kind == SERVICE else {} for entry in self.entries]
        self._names = _Words(names)
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
        """Empty the caches, so that a measurement does not find what an earlier one left."""
        self._words.match.cache_clear()
        self._names.match.cache_clear()

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
            index = self._words if len(word) > SHORT or word[0].isdigit() else self._names
            hit = index.match(word)
            surest = float(hit.max()) or 1.0  # a word that is only guessed tells less
            weight = surest * float(np.log1p(len(self.entries) / max(1, np.count_nonzero(hit))))
            total += weight
            covered += weight * hit
        return (covered / total) ** 2 * self._lead


class _Words:
    """An inverted index: word -> the entries that have it and how much it tells about each."""

    def __init__(self, fields: list[dict[str, float]]):
        self._size = len(fields)
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for n, words in enumerate(fields):
            for word, weight in words.items():
                postings[word].append((n, weight))
        self._postings = {
            word: (np.array([n for n, _ in pairs]), np.array([weight for _, weight in pairs], dtype=np.float32))
            for word, pairs in postings.items()
        }
        self._sorted = sorted(self._postings)
        self._parts = sorted(
            (word[start:], word) for word in self._sorted for start in range(1, len(word) - PART_FROM + 1) if word.isalpha()
        )
        self._by_initial: dict[str, list[str]] = defaultdict(list)
        for word in self._sorted:
            if len(word) >= TYPO_FROM and word.isalpha():
                self._by_initial[word[0]].append(word)
        self.match = lru_cache(maxsize=4_000)(self._match)

    def _match(self, word: str) -> np.ndarray:
        """How well each entry fits one word of a query, 0-1."""
        best = np.zeros(self._size, dtype=np.float32)
        for term, sureness in self._terms(word).items():
            entries, weights = self._postings[term]
            best[entries] = np.maximum(best[entries], weights * sureness)
        best.setflags(write=False)
        return best

    def _terms(self, word: str) -> dict[str, float]:
        """The indexed words that a word of a query may mean, and how surely."""
        found: dict[str, float] = {}
        if word in self._postings:
            found[word] = EXACT
        if word.isdigit():
            return found
        for term in _starting(self._sorted, word):
            found.setdefault(term, PREFIX + (EXACT - PREFIX) * 0.9 * len(word) / len(term))
        if len(word) >= PART_FROM:
            for part, term in self._parts[bisect_left(self._parts, (word,)) :]:
                if not part.startswith(word):
                    break
                found.setdefault(term, COMPOUND_HEAD if part == word else COMPOUND_PART)
        for cut in range(1, ENDING + 1):
            if len(word) - cut >= TYPO_FROM and word[:-cut] in self._postings:
                found.setdefault(word[:-cut], INFLECTED)
        return found or self._typos(word)

    def _typos(self, word: str) -> dict[str, float]:
        if len(word) < TYPO_FROM:
            return {}
        found: dict[str, float] = {}
        for initial in dict.fromkeys(word[:2]):
            terms = self._by_initial.get(initial, [])
            starts = [term[: len(word) + 1] for term in terms]  # the word may be unfinished as well as misspelt
            hits = process.extract(word, starts, scorer=fuzz.ratio, score_cutoff=TYPO_CUTOFF, limit=TYPO_CHOICES)
            for _, score, n in hits:
                found[terms[n]] = max(found.get(terms[n], 0.0), TYPO * score / 100)
        return found


class _Fields:
    """The words by which an entry is found, each with its weight."""

    def __init__(self, catalogue: Catalogue):
        self._facet_words = _facet_words(catalogue)
        self._shared_words: dict[tuple[bool, str, str, str], dict[str, float]] = {}

    def of(self, entry: Entry) -> dict[str, float]:
        """word -> weight, the highest where a word stands in several fields."""
        owner, service = entry.municipality.id if entry.municipality else "", entry.service.id if entry.service else ""
        key = (entry.kind == SERVICE, owner, service, entry.facet)
        if key not in self._shared_words:
            self._shared_words[key] = self._shared(entry)
        shared = self._shared_words[key]
        return _weighted(self._own(entry.fact), shared) if entry.fact else shared

    def _shared(self, entry: Entry) -> dict[str, float]:
        """What all facts of one facet of a service have in common; made once for them all."""
        words: dict[str, float] = {}
        municipality, service = entry.municipality, entry.service
        if municipality:
            words = _weighted([(0.6, (municipality.name, *municipality.spellings, *municipality.places))], words)
        if service:
            topics = [vocabulary().topics[topic].name for topic in service.topics]
            names = (service.name, *(paragraph.replace(" ", "") for paragraph in service.paragraphs))
            weights = (1.0, 0.9, 0.6) if entry.kind == SERVICE else (0.8, 0.7, 0.3)
            words = _weighted(zip(weights, (names, service.aliases, topics)), words)
        if entry.facet:
            facet = vocabulary().facets[entry.facet]
            words = _weighted([(0.75, (facet.title, facet.asks)), (0.65, self._facet_words[facet.id])], words)
        return words

    def _own(self, fact: Fact) -> Iterator[tuple[float, Iterable[str]]]:
        yield 0.8, (fact.text,)
        yield 0.7, fact.words
        yield 0.45, [ask.text for ask in fact.asks]
        if _has_hours(fact):
            yield 0.8, [word for word, level in _level_words() if str(level) in fact.value["levels"]]


def _weighted(fields: Iterable[tuple[float, Iterable[str]]], words: dict[str, float]) -> dict[str, float]:
    """`words` and the words of some fields, each with its highest weight."""
    words = dict(words)
    for weight, texts in fields:
        for text in texts:
            for word in _tokens(text):
                if words.get(word, 0.0) < weight:
                    words[word] = weight
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


@lru_cache(maxsize=10_000)  # names, aliases and facet words are read once for every fact of a service
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(fold(text)))


def _best(scores: np.ndarray, limit: int) -> np.ndarray:
    """The positions of the highest scores above 0, best first, the earlier position first among equals."""
    found = np.flatnonzero(scores > 0)
    if len(found) > limit:
        found = found[scores[found] >= np.partition(scores[found], -limit)[-limit]]
    return found[np.argsort(-scores[found], kind="stable")][:limit]


def _starting(words: list[str], prefix: str) -> Iterator[str]:
    for n in range(bisect_left(words, prefix), len(words)):
        if not words[n].startswith(prefix):
            return
        yield words[n]
