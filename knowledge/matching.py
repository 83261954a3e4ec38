"""How alike a question and each fact are in words: TF-IDF over character n-grams of the corrected words.

Every fact is compared through its own text, its everyday words and each of its example questions; the best of them counts.
Built once per catalogue, then read-only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.danish import Analysis, DanishAnalyser, fold
from knowledge.model import Fact
from knowledge.vocabulary import vocabulary

LONG_MESSAGE = 22  # tokens; longer messages are also matched sentence by sentence
NGRAMS = (3, 4, 5)  # measured best on held-out example questions, docs/classifiers.md
COMMON_POWER, COMMON_FLOOR = 3, 0.02  # how light words become that most facts of a group share; measured there too
SMALL_GROUP = 6  # facts; below this no word counts as common
OTHER_SENTENCE = 0.7  # weight of the whole and of the sentences that are no question, when others are
STOPWORDS = frozenset(map(fold, vocabulary().language["stopwords"]))


@dataclass(frozen=True)
class Match:
    """How well a fact fits: `score` 0-1, `ask` the index of the closest example question or -1 for the fact's own words."""

    score: float
    ask: int
    ask_score: float


class _Group:
    """The facts of one service (or the general facts of one municipality), with words common among them made light."""

    def __init__(self, rows: np.ndarray, owner: np.ndarray, ask: np.ndarray, matrix: csr_matrix):
        self.owner, self.ask = owner[rows], ask[rows]
        block = matrix[rows]
        facts = np.unique(self.owner)
        present = csr_matrix(
            (np.ones(len(rows)), (np.searchsorted(facts, self.owner), np.arange(len(rows)))), (len(facts), len(rows))
        )
        frequency = np.asarray((present @ block.sign() > 0).sum(axis=0)).ravel() / len(facts)
        if len(facts) < SMALL_GROUP:
            frequency = np.zeros_like(frequency)
        self._weights = np.maximum(COMMON_FLOOR, 1.0 - frequency) ** COMMON_POWER
        self._by_term = _reweighted(block, self._weights).T.tocsr()

    def similarity(self, query: csr_matrix) -> np.ndarray:
        """rows x queries."""
        return (_reweighted(query, self._weights) @ self._by_term).toarray().T


class Matches:
    """The likeness of one message and the facts of an index.

    `overall` compares with all facts alike and tells services apart; `of` compares a fact within its own group, where the
    words that most facts of the group share tell nothing.
    """

    def __init__(self, index: FactIndex, query: csr_matrix, weights: np.ndarray):
        self._index, self._query, self._weights = index, query, weights
        self._local: dict[str, dict[int, Match]] = {}
        best = (index.similarity(query) * weights).max(axis=1)
        self.overall = np.zeros(len(index.facts))
        np.maximum.at(self.overall, index.owner, best)

    def of(self, number: int) -> Match:
        """The match of fact `number` within its group."""
        key = self._index.group_of[number]
        if key not in self._local:
            self._local[key] = self._within(self._index.groups[key])
        return self._local[key][number]

    def _within(self, group: _Group) -> dict[int, Match]:
        best = (group.similarity(self._query) * self._weights).max(axis=1)
        found: dict[int, Match] = {}
        for owner, ask, score in zip(group.owner.tolist(), group.ask.tolist(), best.tolist()):
            old = found.get(owner, Match(0.0, -1, 0.0))
            nearer = ask >= 0 and score > old.ask_score
            found[owner] = Match(max(score, old.score), ask if nearer else old.ask, score if nearer else old.ask_score)
        return found


class FactIndex:
    """A searchable index over facts."""

    def __init__(self, facts: Sequence[Fact], analyser: DanishAnalyser):
        self.facts = tuple(facts)
        rows, owner, ask = [], [], []
        for n, fact in enumerate(self.facts):
            for k, text in enumerate(_texts(fact), -1):
                rows.append(text)
                owner.append(n)
                ask.append(k)
        self.owner, asks = np.array(owner, dtype=np.int64), np.array(ask, dtype=np.int64)
        self._terms = TfidfVectorizer(analyzer=_terms, sublinear_tf=True, min_df=2)
        matrix: csr_matrix = self._terms.fit_transform(analyser.analyse(text) for text in rows)
        self._by_term = matrix.T.tocsr()
        self.group_of = [fact.service or fact.municipality for fact in self.facts]
        of_row = np.array([self.group_of[n] for n in owner])
        self.groups = {
            key: _Group(np.flatnonzero(of_row == key), self.owner, asks, matrix) for key in dict.fromkeys(self.group_of)
        }

    def similarity(self, query: csr_matrix) -> np.ndarray:
        """rows x queries."""
        return (query @ self._by_term).toarray().T

    def match(self, analysis: Analysis) -> Matches:
        """Compare a message with every fact. A message that also tells something is compared sentence by sentence too."""
        asked = analysis.asked()
        if asked == analysis.sentences and len(analysis.words) <= LONG_MESSAGE:
            return Matches(self, self._terms.transform([analysis]), np.ones(1))
        parts = [analysis, *(analysis.part(sentence) for sentence in analysis.sentences)]
        weights = [OTHER_SENTENCE, *(1.0 if sentence in asked else OTHER_SENTENCE for sentence in analysis.sentences)]
        return Matches(self, self._terms.transform(parts), np.array(weights))


def _reweighted(matrix: csr_matrix, weights: np.ndarray) -> csr_matrix:
    """The rows with each term times its weight, then made unit length."""
    matrix = matrix.astype(np.float64, copy=True)
    matrix.data *= weights[matrix.indices]
    squares = np.add.reduceat(np.append(matrix.data**2, 0.0), matrix.indptr[:-1]) * (np.diff(matrix.indptr) > 0)
    lengths = np.sqrt(np.maximum(squares, 1e-12))
    matrix.data /= np.repeat(lengths, np.diff(matrix.indptr))
    return matrix


def _texts(fact: Fact) -> list[str]:
    return [f"{fact.text} {' '.join(fact.words)}", *(ask.text for ask in fact.asks)]


def _terms(analysis: Analysis) -> list[str]:
    terms = []
    for word in analysis.words:
        key = fold(word)
        if key in STOPWORDS or not key[0].isalpha():
            continue
        padded = f" {key} "
        terms += [padded[i : i + n] for n in NGRAMS for i in range(max(1, len(padded) - n + 1))]
    return terms
