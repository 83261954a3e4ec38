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

LONG_MESSAGE = 22  # tokens; longer messages are also matched sentence by sentence
NGRAMS = (3, 4, 5)  # measured best on held-out example questions, docs/classifiers.md
OTHER_SENTENCE = 0.7  # weight of the whole and of the sentences that are no question, when others are
STOPWORDS = frozenset(fold(word) for word in (
    "jeg du han hun vi i de den det der som en et at og eller men så for fra til på med af om er var har have være kan "
    "kunne skal skulle vil ville må måtte får få fået bliver blive blev min mit mine din dit dine sin sit sine hans hendes "
    "mig dig ham hende os jer dem man hvad hvem hvor hvordan hvornår hvorfor hvilken hvilke hvilket hvis når da ikke jo "
    "også lige bare her nu så hej goddag tak ja nej noget nogen nogle kommune kommunen kommunenavn altså godt egentlig "
    "gerne selv ved om under over efter før ind ud op ned hos").split())


@dataclass(frozen=True)
class Match:
    """How well a fact fits: `score` 0-1, `ask` the index of the closest example question or -1 for the fact's own words."""

    score: float
    ask: int
    ask_score: float


class FactIndex:
    """A searchable index over facts."""

    def __init__(self, facts: Sequence[Fact], analyser: DanishAnalyser):
        self.facts = tuple(facts)
        self._analyser = analyser
        rows, owner, ask = [], [], []
        for n, fact in enumerate(self.facts):
            for k, text in enumerate(_texts(fact), -1):
                rows.append(text)
                owner.append(n)
                ask.append(k)
        self._owner = np.array(owner, dtype=np.int64)
        self._ask = np.array(ask, dtype=np.int64)
        self._terms = TfidfVectorizer(analyzer=_terms, sublinear_tf=True, min_df=2)
        self._matrix: csr_matrix = self._terms.fit_transform(analyser.analyse(text) for text in rows)

    def _similarity(self, analyses: list[Analysis]) -> np.ndarray:
        return np.asarray((self._matrix @ self._terms.transform(analyses).T).todense())

    def match(self, analysis: Analysis) -> list[Match]:
        """One match per fact of the index, in the index's order."""
        best = self._best_rows(analysis)
        score = np.zeros(len(self.facts))
        np.maximum.at(score, self._owner, best)
        asks = np.where(self._ask >= 0, best, 0.0)
        ask_score = np.zeros(len(self.facts))
        np.maximum.at(ask_score, self._owner, asks)
        ask_row = np.full(len(self.facts), -1)
        hit = (asks > 0) & (asks >= ask_score[self._owner] - 1e-12)
        ask_row[self._owner[hit]] = self._ask[hit]
        return [Match(float(s), int(a), float(p)) for s, a, p in zip(score, ask_row, ask_score)]

    def _best_rows(self, analysis: Analysis) -> np.ndarray:
        asked = analysis.asked()
        if asked == analysis.sentences and len(analysis.words) <= LONG_MESSAGE:
            return self._similarity([analysis])[:, 0]
        parts = [analysis, *(analysis.part(sentence) for sentence in analysis.sentences)]
        weights = [OTHER_SENTENCE, *(1.0 if sentence in asked else OTHER_SENTENCE for sentence in analysis.sentences)]
        return (self._similarity(parts) * np.array(weights)).max(axis=1)


def _texts(fact: Fact) -> list[str]:
    return [f"{fact.text} {' '.join(fact.words)}", *(ask.text for ask in fact.asks)]


def _terms(analysis: Analysis) -> list[str]:
    terms = []
    for word in analysis.words:
        key = fold(word)
        if key in STOPWORDS or not key[0].isalpha():
            continue
        padded = f" {key} "
        terms += [padded[i:i + n] for n in NGRAMS for i in range(max(1, len(padded) - n + 1))]
    return terms
