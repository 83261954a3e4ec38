"""TF-IDF features of words and of characters, as scikit-learn fits them, read off quickly for a message or two.

scikit-learn's transformers are made for thousands of texts: for a single one nearly all the time goes into checks and into
making sparse matrices. Here the characters of a word are looked up once for as long as the word is remembered, and the rows
are written down and multiplied as they are. The numbers are scikit-learn's own to the last bit
(`tests/bot/test_text_features.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

WORDS, CHARACTERS = (1, 2), (2, 5)  # lengths of the n-grams
KEPT_WORDS = 20_000  # words whose characters are remembered; about 0.3 kB each

Preprocessor = Callable[[str], str]


class Rows(NamedTuple):
    """The features of some texts, one row a text, laid out as in scipy's `csr_matrix` but without its checks.

    Attributes:
        data: the values of all rows, one row after the other.
        indices: the columns of these values.
        indptr: where each row begins, and where the last ends.
        width: number of columns.
    """

    data: np.ndarray
    indices: np.ndarray
    indptr: np.ndarray
    width: int

    def times(self, weights: np.ndarray) -> np.ndarray:
        """The product with a matrix (columns x labels) or a vector (columns): rows x labels, or one value a row."""
        bounds = self.indptr.tolist()
        rows = ((self.data[a:b], weights.take(self.indices[a:b], axis=0)) for a, b in zip(bounds, bounds[1:]))
        return np.array([data @ found.astype(np.float32, copy=False) for data, found in rows])

    def row(self, number: int) -> Rows:
        """One of the rows alone."""
        start, end = self.indptr[number : number + 2]
        return Rows(self.data[start:end], self.indices[start:end], self.indptr[number : number + 2] - start, self.width)

    def matrix(self) -> csr_matrix:
        """The same as scipy's matrix."""
        return csr_matrix((self.data, self.indices, self.indptr), (len(self.indptr) - 1, self.width))


class TextFeatures:
    """The features of texts: first those of characters within words, then those of words.

    Args:
        characters: fitted on the texts of the training.
        words: likewise.
        preprocessor: what both read instead of a text.
    """

    def __init__(self, characters: TfidfVectorizer, words: TfidfVectorizer, preprocessor: Preprocessor):
        self._preprocessed = preprocessor
        self._characters, self._words = characters.vocabulary_, words.vocabulary_
        self._shift = np.int32(len(self._characters))  # the columns of words come after those of characters
        self._weights = np.concatenate([characters.idf_, words.idf_])
        self._remember()

    @classmethod
    def fitted(cls, texts: Sequence[str], preprocessor: Preprocessor) -> tuple[TextFeatures, csr_matrix]:
        """The features found in some texts, and the rows of these texts."""
        how = {"preprocessor": preprocessor, "sublinear_tf": True, "dtype": np.float32}
        characters = TfidfVectorizer(analyzer="char_wb", ngram_range=CHARACTERS, min_df=2, **how)
        words = TfidfVectorizer(token_pattern=r"\S+", ngram_range=WORDS, **how)
        rows = hstack([characters.fit_transform(texts), words.fit_transform(texts)], format="csr")
        return cls(characters, words, preprocessor), rows

    def of(self, texts: Sequence[str]) -> Rows:
        """One row a text."""
        rows = [self._row(self._preprocessed(text).split()) for text in texts]
        data, indices = (np.concatenate(parts) for parts in zip(*rows))
        starts = np.cumsum([0, *(len(columns) for _, columns in rows)], dtype=np.int32)
        return Rows(data, indices, starts, len(self._weights))

    def _row(self, words: list[str]) -> tuple[np.ndarray, np.ndarray]:
        """Values and columns of a text: dampened counts times weights, characters and words each of unit length.

        Columns stand in scikit-learn's order, descending in each half.
        """
        found = np.concatenate([*map(self._of_word, words), self._words_in(words)])
        found.sort()
        ends = np.ones(len(found) + 1, dtype=bool)  # where another column begins, and the end; np.unique takes twice as long
        np.not_equal(found[1:], found[:-1], out=ends[1:-1])
        bounds = np.flatnonzero(ends)
        columns, counts = found[bounds[:-1]], np.diff(bounds)
        values = (np.log(counts.astype(np.float32)) + np.float32(1.0)) * self._weights[columns]
        cut = columns.searchsorted(self._shift)
        halves = [(_unit(values[half][::-1]), columns[half][::-1]) for half in (slice(cut), slice(cut, None))]
        return np.concatenate([data for data, _ in halves]), np.concatenate([places for _, places in halves])

    def _words_in(self, words: list[str]) -> np.ndarray:
        return _known(_sequences(words), self._words) + self._shift

    def _characters_of(self, word: str) -> np.ndarray:
        return _known(_parts(word), self._characters)

    def _remember(self) -> None:
        self._of_word = lru_cache(maxsize=KEPT_WORDS)(self._characters_of)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "_of_word"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self._remember()


def _known(found: Iterable[str], columns: dict[str, int]) -> np.ndarray:
    return np.array([column for column in map(columns.get, found) if column is not None], dtype=np.int32)


def _unit(values: np.ndarray) -> np.ndarray:
    """With unit length, the squares added one after another as scikit-learn adds them."""
    if not len(values):
        return values.astype(np.float32)
    length = np.sqrt(np.cumsum(values * values, dtype=np.float64)[-1])
    return (values.astype(np.float64) / length).astype(np.float32)


def _sequences(words: list[str]) -> Iterator[str]:
    """Words and sequences of words."""
    for length in range(WORDS[0], WORDS[1] + 1):
        yield from map(" ".join, zip(*(words[start:] for start in range(length))))


def _parts(word: str) -> Iterator[str]:
    """The parts of a word between blanks; one that is too short for a length is counted once, whole."""
    word = f" {word} "
    for length in range(CHARACTERS[0], CHARACTERS[1] + 1):
        for start in range(max(1, len(word) - length + 1)):
            yield word[start : start + length]
        if len(word) <= length:
            return
