"""TF-IDF features of words and of characters, as scikit-learn fits them, read off quickly for a message or two.

scikit-learn's transformers are made for thousands of texts: for a single one nearly all the time goes into checks and into
making sparse matrices. Here the characters of a word are looked up once for as long as the word is remembered, and the rows
are written down at once. The numbers are scikit-learn's own to the last bit (`tests/bot/test_text_features.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

WORDS, CHARACTERS = (1, 2), (2, 5)  # lengths of the n-grams
KEPT_WORDS = 20_000  # words whose characters are remembered; about 0.3 kB each

Preprocessor = Callable[[str], str]


class TextFeatures:
    """The features of texts: first those of characters within words, then those of words.

    Args:
        characters: fitted on the texts of the training.
        words: likewise.
        preprocessor: what both read instead of a text.
    """

    def __init__(self, characters: TfidfVectorizer, words: TfidfVectorizer, preprocessor: Preprocessor):
        self._preprocessed = preprocessor
        self._characters, self._character_weights = characters.vocabulary_, characters.idf_
        self._words, self._word_weights = words.vocabulary_, words.idf_
        self._remember()

    @classmethod
    def fitted(cls, texts: Sequence[str], preprocessor: Preprocessor) -> tuple[TextFeatures, csr_matrix]:
        """The features found in some texts, and the rows of these texts."""
        how = {"preprocessor": preprocessor, "sublinear_tf": True, "dtype": np.float32}
        characters = TfidfVectorizer(analyzer="char_wb", ngram_range=CHARACTERS, min_df=2, **how)
        words = TfidfVectorizer(token_pattern=r"\S+", ngram_range=WORDS, **how)
        rows = hstack([characters.fit_transform(texts), words.fit_transform(texts)], format="csr")
        return cls(characters, words, preprocessor), rows

    def of(self, texts: Sequence[str]) -> csr_matrix:
        """One row a text."""
        indices: list[np.ndarray] = []
        values: list[np.ndarray] = []
        starts = [0]
        for text in texts:
            words = self._preprocessed(text).split()
            found = [_weighted(self._characters_in(words), self._character_weights)]
            found.append(_weighted(self._words_in(words), self._word_weights))
            for shift, (columns, data) in zip((0, len(self._characters)), found):
                indices.append(columns + np.int32(shift))
                values.append(data)
            starts.append(starts[-1] + sum(len(columns) for columns, _ in found))
        shape = (len(texts), len(self._characters) + len(self._words))
        return csr_matrix((np.concatenate(values), np.concatenate(indices), np.array(starts, dtype=np.int32)), shape)

    def _characters_in(self, words: list[str]) -> np.ndarray:
        return np.concatenate([self._of_word(word) for word in words]) if words else np.zeros(0, dtype=np.int32)

    def _words_in(self, words: list[str]) -> np.ndarray:
        return _known(_sequences(words), self._words)

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


def _weighted(columns: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The columns, each once and in scikit-learn's order, with their values: dampened counts times weights, unit length."""
    columns, counts = np.unique(columns, return_counts=True)
    columns, counts = columns[::-1], counts[::-1].astype(np.float32)
    values = (np.log(counts) + np.float32(1.0)) * weights[columns]
    if not len(values):
        return columns, values
    length = np.sqrt(np.cumsum(values * values, dtype=np.float64)[-1])
    return columns, (values.astype(np.float64) / length).astype(np.float32)


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
