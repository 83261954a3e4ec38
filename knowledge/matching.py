"""How alike a question and each fact are in words: TF-IDF over character n-grams of the corrected words.

Every fact is compared through its own text, its everyday words and each of its example questions; the best of them counts.
Built once per catalogue, then read-only but for what is laid out at first use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse._sparsetools import csc_matvec, csr_row_index

from knowledge.alternatives import WhichOf
from knowledge.clauses import asking_ranges
from knowledge.danish import Analysis, DanishAnalyser, fold
from knowledge.model import Fact, Service
from knowledge.vocabulary import vocabulary

LONG_MESSAGE = 22  # tokens; longer messages are also matched sentence by sentence
NGRAMS = (3, 4, 5)  # measured best on held-out example questions, docs/classifiers.md
COMMON_POWER, COMMON_FLOOR = 3, 0.02  # how light words become that most facts of a group share; measured there too
SMALL_GROUP = 6  # facts; below this no word counts as common
LEAST_TOLD = 0.3  # share of a message below which what is left of it beside common words is no longer taken for the whole
HEARD = -2  # in the place of the number of an example question
LEAST_TEXTS = 2  # texts a term must stand in
KEPT_WORDS = 20_000  # words of messages whose terms are remembered: about 0.5 kB each
KEPT_GROUPS, KEPT_MUNICIPALITIES = 1_000, 128  # laid out in memory: about 0.3 MB a service, 3 MB a municipality of 40
BEFORE = 0.4  # weight of the words of the question before, where a message points back at it
OTHER_SENTENCE = 0.7  # weight of the whole and of the sentences that are no question, when others are
STOPWORDS = frozenset(map(fold, vocabulary().language["stopwords"]))
UNTELLING = STOPWORDS | frozenset(map(fold, vocabulary().language["people"]))


class Match(NamedTuple):
    """How well a fact fits.

    Attributes:
        score: 0-1, the likeness of the nearest of its texts and of the questions heard.
        ask: the index of its nearest example question, -1 for none; ask_score: the likeness of that question.
        own: the likeness of the nearest of its texts alone.
    """

    score: float
    ask: int
    ask_score: float
    own: float


NOTHING = Match(0.0, -1, 0.0, 0.0)


class _Queries(NamedTuple):
    """The terms of a message and of its parts, one part after another and ascending in each, with their weights.

    Attributes:
        of: which part each of them belongs to.
        shares: how much each part counts.
    """

    columns: np.ndarray
    values: np.ndarray
    of: np.ndarray
    shares: np.ndarray

    def weighted(self, weights: np.ndarray, least: float = 1e-6) -> _Queries:
        """With the terms weighed and each part made unit length, unless it was shorter than `least`; what is added up is added
        one after another, so that equal texts are equally near."""
        values = self.values * weights[self.columns]
        squares = np.bincount(self.of, values * values, len(self.shares))
        return self._replace(values=values / np.sqrt(np.maximum(squares, least**2))[self.of])


NO_WORDS = _Queries(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0, dtype=np.int64), np.ones(1))  # of a look-up


class _Terms:
    """The terms of an index with their weights: TF-IDF, term frequency dampened, rows of unit length.

    Args:
        analyses: the different texts.
        times: how often each of them stands in the catalogue.
        silent: words of a message that tell nothing.
    """

    def __init__(self, analyses: Iterable[Analysis], times: np.ndarray, silent: frozenset[str]):
        terms, counts = _counted(analyses)
        frequency = np.bincount(counts.indices, np.repeat(times, np.diff(counts.indptr)), counts.shape[1])
        kept = np.flatnonzero(frequency >= LEAST_TEXTS)
        place = np.full(len(frequency), -1)
        place[kept] = np.arange(len(kept))
        self._columns = {term: int(place[n]) for n, term in enumerate(terms) if place[n] >= 0}
        self._weights = np.log((1 + times.sum()) / (1 + frequency[kept])) + 1.0
        self.matrix = self._weighted(counts[:, kept])
        self._silent, self._of_word = silent, lru_cache(maxsize=KEPT_WORDS)(self._columns_of)

    def queries(self, parts: Sequence[Analysis], shares: Sequence[float]) -> _Queries:
        """The terms of a message's parts that the index knows, those of silent words left out."""
        counted = [_counts([column for word in part.words for column in self._of_word(word)]) for part in parts]
        columns, counts = (np.concatenate(found) for found in zip(*counted))
        of = np.repeat(np.arange(len(counted)), [len(found) for found, _ in counted])
        return _Queries(columns, 1.0 + np.log(counts), of, np.array(shares)).weighted(self._weights)

    def _columns_of(self, word: str) -> list[int]:
        return [self._columns[term] for term in _terms_of(word, self._silent) if term in self._columns]

    def _weighted(self, counts: csr_matrix) -> csr_matrix:
        counts.data = ((1.0 + np.log(counts.data)) * self._weights[counts.indices]).astype(counts.dtype, copy=False)
        return _unit(counts)


class _Rows:
    """Some rows of an index under the terms they contain, for comparing messages with them.

    A message has few terms, so only the rows that hold them are walked through, by the loops in C that scipy's own products of
    matrices are made of: through the products themselves it takes three to five times as long, most of it checks.

    Args:
        owners: the fact (or service) of each row, ascending.
    """

    def __init__(self, matrix: csr_matrix, owners: np.ndarray):
        by_term = matrix.T.tocsr()
        self._bounds, self._row, self._weight = by_term.indptr, by_term.indices, by_term.data
        self._count = len(owners)
        self.owners, self._starts = np.unique(owners, return_index=True)

    def similarity(self, queries: _Queries) -> np.ndarray:
        """How much of a message each row holds: of the part of it that counts most there."""
        columns = queries.columns.astype(np.int32)
        bounds = np.concatenate(([0], (self._bounds[columns + 1] - self._bounds[columns]).cumsum())).astype(np.int32)
        row, weight = np.empty(bounds[-1], np.int32), np.empty(bounds[-1], self._weight.dtype)
        csr_row_index(len(columns), columns, self._bounds, self._row, self._weight, row, weight)
        weight = weight.astype(np.float64, copy=False)
        alike = np.zeros((len(queries.shares), self._count))
        starts = np.searchsorted(queries.of, np.arange(len(alike) + 1))
        for part, (a, b) in enumerate(zip(starts, starts[1:])):
            csc_matvec(self._count, int(b - a), bounds[a : b + 1], row, weight, queries.values[a:b], alike[part])
        return (alike * queries.shares[:, None]).max(axis=0)

    def best(self, rows: np.ndarray) -> np.ndarray:
        """The highest value among the rows of each owner."""
        return np.maximum.reduceat(rows, self._starts) if len(rows) else np.zeros(0)


class _Group:
    """The facts of one service (or the general facts of one municipality), with words common among them made light."""

    def __init__(self, block: csr_matrix, owner: np.ndarray, ask: np.ndarray, facts: Sequence[Fact]):
        self._weights = np.maximum(COMMON_FLOOR, 1.0 - _shared(block, owner)) ** COMMON_POWER
        self._rows = _Rows(_reweighted(block, self._weights), owner)
        self._ask, self._asks, self._own = ask, ask >= 0, ask != HEARD
        self._of_row = np.unique(owner, return_inverse=True)[1]
        self._ids = [facts[n].id for n in self._rows.owners]

    def matches(self, queries: _Queries) -> dict[str, Match]:
        """The match of each fact, by its id."""
        alike = self._rows.similarity(queries.weighted(self._weights, LEAST_TOLD))
        asks = np.where(self._asks, alike, 0.0)
        asked = self._rows.best(asks)
        nearest = np.flatnonzero((asks > 0.0) & (asks == asked[self._of_row]))
        ask = np.full(len(asked), -1)
        ask[self._of_row[nearest[::-1]]] = self._ask[nearest[::-1]]  # of equally near questions the first
        scores, own = self._rows.best(alike), self._rows.best(np.where(self._own, alike, 0.0))
        found = map(Match._make, zip(scores.tolist(), ask.tolist(), asked.tolist(), own.tolist()))
        return dict(zip(self._ids, found))


class Matches:
    """The likeness of one message and the facts of an index. Only what is asked for is computed.

    `overall` and `of_service` compare with all facts alike and tell services apart; `of` compares a fact within its own
    group, where the words that most facts of the group share tell nothing.

    Args:
        spoken_out: the message with what its turns of phrase stand for, for telling the facts of a group apart.
    """

    def __init__(self, index: FactIndex, queries: _Queries, spoken_out: _Queries | None = None):
        self._index, self._queries = index, queries
        self._spoken_out = spoken_out or queries
        self._wordless = not len(queries.columns)  # a look-up, or no word that the catalogue knows
        self._found: dict[str, Match] = {}  # of the groups compared so far
        self._services: dict[str, dict[str, float]] = {}

    @cached_property
    def overall(self) -> np.ndarray:
        """One value a fact."""
        if self._wordless:
            return np.zeros(len(self._index.facts))
        return self._index.of_facts(self._index.everything.similarity(self._queries))

    @cached_property
    def best(self) -> float:
        """The highest of all facts."""
        return float(self.overall.max(initial=0.0))

    def of_service(self, service: Service) -> float:
        """The highest of a service's own facts; the services of its municipality are compared at once."""
        if self._wordless:
            return 0.0
        if service.municipality not in self._services:
            keys, rows, _ = self._index.services_of(service.municipality)
            best = rows.best(rows.similarity(self._queries))
            self._services[service.municipality] = {keys[n]: value for n, value in zip(rows.owners.tolist(), best.tolist())}
        return self._services[service.municipality].get(service.id, 0.0)

    def tells_apart(self, municipality: str) -> float:
        """The share of the message (0-1) in words that not all services of a municipality share."""
        if self._wordless:
            return 0.0
        _, _, weights = self._index.services_of(municipality)
        values = self._queries.values * weights[self._queries.columns]
        return float(np.sqrt(np.bincount(self._queries.of, values * values).max(initial=0.0)))

    def of(self, fact: Fact) -> Match:
        """The match of a fact within its group."""
        found = self._found.get(fact.id)
        if found is None:
            if self._wordless:
                return NOTHING
            self._found |= self._index.group(_group_of(fact)).matches(self._spoken_out)
            found = self._found[fact.id]
        return found

    def of_all(self, facts: Sequence[Fact]) -> list[Match]:
        """The match of each of some facts within its group."""
        found = self._found
        return [found[fact.id] if fact.id in found else self.of(fact) for fact in facts]


class FactIndex:
    """A searchable index over facts. A text that stands in several places is kept once.

    The terms are weighed over the whole catalogue when the index is made. What is then asked of a municipality or a service
    is laid out at its first question, so that one service of 98 municipalities costs what one of five does.

    Args:
        names: of municipalities; in a message they say where, and nothing about which fact is meant.
        heard: by the id of a fact, what else was asked when it was the answer; it tells the facts of a group apart.
    """

    def __init__(
        self,
        facts: Sequence[Fact],
        analyser: DanishAnalyser,
        names: Iterable[str] = (),
        heard: Mapping[str, Sequence[str]] | None = None,
    ):
        self.facts = tuple(facts)
        silent = UNTELLING.union(key for name in names for key in (fold(name), f"{fold(name)}s"))
        self._group_of = [_group_of(fact) for fact in self.facts]
        rows: dict[str, int] = {}
        places = [
            (rows.setdefault(text, len(rows)), n, k)
            for n, fact in enumerate(self.facts)
            for k, text in [*enumerate(_texts(fact), -1), *((HEARD, text) for text in (heard or {}).get(fact.id, ()))]
        ]
        self._row, self._owner, self._ask = np.array(places, dtype=np.int32).reshape(-1, 3).T.copy()
        own = self._ask != HEARD
        self._own_row, self._starts = self._row[own], np.searchsorted(self._owner[own], np.arange(len(self.facts)))
        times = np.bincount(self._row, minlength=len(rows))
        self._terms = _Terms((analyser.analyse(text) for text in rows), times, silent)
        self._by_group = self._places_by(self._group_of)
        by_municipality = self._places_by([fact.municipality if fact.service else "" for fact in self.facts])
        self._by_municipality = {key: places[own[places]] for key, places in by_municipality.items()}
        self.group = lru_cache(maxsize=KEPT_GROUPS)(self._group)
        self.services_of = lru_cache(maxsize=KEPT_MUNICIPALITIES)(self._services_of)

    @cached_property
    def everything(self) -> _Rows:
        """Every text once, for what is asked of no municipality."""
        return _Rows(self._terms.matrix, np.arange(self._terms.matrix.shape[0]))

    def of_facts(self, alike: np.ndarray) -> np.ndarray:
        """The best of each fact's own texts, from the values of every text."""
        return np.maximum.reduceat(alike[self._own_row], self._starts) if self.facts else np.zeros(0)

    def match(self, analysis: Analysis, before: Analysis | None = None) -> Matches:
        """Compare a message with the facts. One that also tells something, or asks twice, is compared sentence by sentence too;
        so is the only clause that asks, where its sentence tells something besides.

        Args:
            before: the question before, when the message points back at it; its words weigh less.
        """
        if not analysis.words and before is None:
            return Matches(self, NO_WORDS)
        queries = self._queries(analysis, before)
        spoken = _spoken_out(analysis)
        return Matches(self, queries, queries if spoken is analysis else self._queries(spoken, before))

    def _queries(self, analysis: Analysis, before: Analysis | None) -> _Queries:
        """A message and its parts."""
        asked = analysis.asked()
        if asked == analysis.sentences and len(analysis.words) <= LONG_MESSAGE:
            asking = [analysis.part(sentence) for sentence in asked if "?" in analysis.words[slice(*sentence)]]
            parts = [analysis, *(asking if len(asking) > 1 else ())]
            weights = [1.0] * len(parts)
        else:
            parts = [analysis, *(analysis.part(sentence) for sentence in analysis.sentences)]
            weights = [OTHER_SENTENCE, *(1.0 if sentence in asked else OTHER_SENTENCE for sentence in analysis.sentences)]
        clauses = asking_ranges(analysis)
        if len(clauses) == 1 and clauses[0] not in asked:
            parts, weights = [*parts, analysis.part(clauses[0])], [*weights, 1.0]
        if before is not None:
            parts, weights = [*parts, before], [*weights, BEFORE]
        return self._terms.queries(parts, weights)

    def _group(self, key: str) -> _Group:
        places = self._by_group[key]
        return _Group(self._terms.matrix[self._row[places]], self._owner[places], self._ask[places], self.facts)

    def _services_of(self, municipality: str) -> tuple[list[str], _Rows, np.ndarray]:
        """The ids of the services of a municipality, their rows, owned by the place of the service among the ids, and how much
        each term tells the services apart."""
        places = self._by_municipality.get(municipality, np.zeros(0, dtype=np.int64))
        services = [self._group_of[n] for n in self._owner[places]]
        numbers = {key: n for n, key in enumerate(dict.fromkeys(services))}
        owners = np.array([numbers[key] for key in services], dtype=np.int64)
        order = np.argsort(owners, kind="stable")
        block = self._terms.matrix[self._row[places[order]]]
        return list(numbers), _Rows(block, owners[order]), 1.0 - _shared(block, owners[order])

    def _places_by(self, key_of: Sequence[str]) -> dict[str, np.ndarray]:
        """Where the texts of each group of facts are, in their order."""
        keys = {key: n for n, key in enumerate(dict.fromkeys(key_of))}
        numbers = np.array([keys[key] for key in key_of], dtype=np.int64)[self._owner]
        order = np.argsort(numbers, kind="stable")
        bounds = np.searchsorted(numbers[order], np.arange(len(keys) + 1))
        return {key: order[bounds[n] : bounds[n + 1]] for key, n in keys.items()}


def _spoken_out(analysis: Analysis) -> Analysis:
    """A message with the words that a turn of phrase made of small words only stands for: "kan nogen gå med ind til lægen"."""
    said = _stands_for().labels(analysis.folded)
    meant = [word for word in vocabulary().language["stands_for"] if word in said] if said else []
    return analysis.with_words(meant) if meant else analysis


@lru_cache(maxsize=1)
def _stands_for() -> WhichOf:
    return WhichOf({word: [phrase] for word, phrase in vocabulary().language["stands_for"].items()})


def _group_of(fact: Fact) -> str:
    return fact.service or fact.municipality


def _shared(block: csr_matrix, owner: np.ndarray) -> np.ndarray:
    """The share of the owners of some rows that have each term; none counts as shared where there are few."""
    owners, of_row = np.unique(owner, return_inverse=True)
    present = csr_matrix((np.ones(len(owner)), (of_row, np.arange(len(owner)))), (len(owners), len(owner)))
    frequency = np.asarray((present @ block.sign() > 0).sum(axis=0)).ravel() / max(len(owners), 1)
    return frequency if len(owners) >= SMALL_GROUP else np.zeros_like(frequency)


def _reweighted(matrix: csr_matrix, weights: np.ndarray) -> csr_matrix:
    """The rows with each term times its weight, then made unit length."""
    data = matrix.data * weights[matrix.indices]
    return _unit(csr_matrix((data, matrix.indices, matrix.indptr), matrix.shape))


def _unit(matrix: csr_matrix) -> csr_matrix:
    """The rows made unit length, in place."""
    lengths = np.diff(matrix.indptr)
    squares = np.bincount(np.repeat(np.arange(len(lengths)), lengths), matrix.data.astype(np.float64) ** 2, len(lengths))
    matrix.data /= np.repeat(np.sqrt(np.maximum(squares, 1e-12)), lengths).astype(matrix.dtype)
    return matrix


def _texts(fact: Fact) -> list[str]:
    return [f"{fact.text} {' '.join(fact.words)}", *(ask.text for ask in fact.asks)]


def _counted(analyses: Iterable[Analysis]) -> tuple[list[str], csr_matrix]:
    """The terms of some texts, sorted, and how often each text has each; a word's terms are found once for all texts."""
    words: dict[str, int] = {}
    texts = [[words.setdefault(word, len(words)) for word in analysis.words] for analysis in analyses]
    found = [_terms_of(word) for word in words]
    met = {term: n for n, term in enumerate(dict.fromkeys(chain.from_iterable(found)))}
    of_words = _times([[met[term] for term in of_word] for of_word in found], len(met))
    counts = _times(texts, len(words)) @ of_words
    counts.sort_indices()  # each row in the order its terms were met, whatever their columns: so its weights add up the same
    terms = sorted(met)
    column = np.empty(len(terms), dtype=np.int32)
    column[[met[term] for term in terms]] = np.arange(len(terms))
    return terms, csr_matrix((counts.data, column[counts.indices], counts.indptr), counts.shape)


def _times(rows: list[list[int]], width: int) -> csr_matrix:
    """A matrix of how often each row has each column."""
    starts = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter(chain.from_iterable(rows), dtype=np.int32, count=starts[-1])
    return csr_matrix((np.ones(len(columns), dtype=np.float32), columns, starts), (len(rows), width))


def _counts(columns: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """The columns, each once and ascending, and how often each was there."""
    return np.unique(np.array(columns, dtype=np.int64), return_counts=True)


def _terms_of(word: str, silent: frozenset[str] = UNTELLING) -> list[str]:
    key = fold(word)
    if key in silent or not key[0].isalpha():
        return []
    padded = f" {key} "
    return [padded[i : i + n] for n in NGRAMS for i in range(max(1, len(padded) - n + 1))]
