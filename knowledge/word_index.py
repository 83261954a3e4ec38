"""Which indexed words a word of a query may mean, and what has them: by beginning, by part of a compound, by ending, by typo.

The words come in layers. What many things share (the name of their service, say) is kept once for all of them, so that an index
over a whole country's facts stays small and is built in seconds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz, process

EXACT, PREFIX, INFLECTED, COMPOUND_HEAD, COMPOUND_PART, TYPO = 1.0, 0.75, 0.8, 0.8, 0.55, 0.65  # how sure a kind of match is
PART_FROM, TYPO_FROM, ENDING = 3, 4, 3  # letters a part of a compound and a typo need; letters a Danish ending may have
TYPO_CUTOFF = 78  # rapidfuzz ratio
TYPO_CHOICES = 6  # corrections tried for one word

Weights = dict[str, float]


class Layer:
    """Words of some owners, and which owner each entry has.

    Args:
        words: word -> how much it tells, one dictionary an owner.
        owner: the number of the owner of each entry, -1 for none.
        factor: how much of it counts for each entry.
    """

    def __init__(self, words: Sequence[Weights], owner: np.ndarray, factor: np.ndarray | float = 1.0):
        postings: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
        for number, weights in enumerate(words):
            for word, weight in weights.items():
                numbers, told = postings[word]
                numbers.append(number)
                told.append(weight)
        self._postings = {
            word: (np.array(numbers, dtype=np.int32), np.array(told, dtype=np.float32))
            for word, (numbers, told) in postings.items()
        }
        self._owner, self._factor = owner, factor
        self._size = len(words) + 1  # one more, always 0, for entries without an owner

    def words(self) -> Iterator[str]:
        yield from self._postings

    def match(self, terms: Weights) -> np.ndarray:
        """How well each entry fits, 0-1, given the words meant and how surely."""
        best = np.zeros(self._size, dtype=np.float32)
        for term, sureness in terms.items():
            if term in self._postings:
                owners, weights = self._postings[term]
                best[owners] = np.maximum(best[owners], weights * np.float32(sureness))
        return best[self._owner] * self._factor


class Lexicon:
    """All indexed words, searchable by a word that may be unfinished, inflected or misspelt."""

    def __init__(self, layers: Sequence[Layer]):
        self._sorted = sorted({word for layer in layers for word in layer.words()})
        self._known = frozenset(self._sorted)
        self._parts = sorted(
            (word[start:], word) for word in self._sorted for start in range(1, len(word) - PART_FROM + 1) if word.isalpha()
        )
        self._by_initial: dict[str, list[str]] = defaultdict(list)
        for word in self._sorted:
            if len(word) >= TYPO_FROM and word.isalpha():
                self._by_initial[word[0]].append(word)

    def meant(self, word: str) -> Weights:
        """The indexed words that a folded word of a query may mean, and how surely each; a number means only itself."""
        found: Weights = {word: EXACT} if word in self._known else {}
        if word.isdigit():
            return found
        for term in self._starting(word):
            found.setdefault(term, PREFIX + (EXACT - PREFIX) * 0.9 * len(word) / len(term))
        if len(word) >= PART_FROM:
            for part, term in self._ending(word):
                found.setdefault(term, COMPOUND_HEAD if part == word else COMPOUND_PART)
        for cut in range(1, ENDING + 1):
            if len(word) - cut >= TYPO_FROM and word[:-cut] in self._known:
                found.setdefault(word[:-cut], INFLECTED)
        return found or self._typos(word)

    def _starting(self, prefix: str) -> Iterator[str]:
        for n in range(bisect_left(self._sorted, prefix), len(self._sorted)):
            if not self._sorted[n].startswith(prefix):
                return
            yield self._sorted[n]

    def _ending(self, start: str) -> Iterator[tuple[str, str]]:
        """(ending, word) for the words with an ending that begins so: "vask" finds "tøjvask"."""
        for n in range(bisect_left(self._parts, (start,)), len(self._parts)):
            if not self._parts[n][0].startswith(start):
                return
            yield self._parts[n]

    def _typos(self, word: str) -> Weights:
        if len(word) < TYPO_FROM:
            return {}
        found: Weights = {}
        for initial in dict.fromkeys(word[:2]):
            terms = self._by_initial.get(initial, [])
            starts = [term[: len(word) + 1] for term in terms]  # the word may be unfinished as well as misspelt
            hits = process.extract(word, starts, scorer=fuzz.ratio, score_cutoff=TYPO_CUTOFF, limit=TYPO_CHOICES)
            for _, score, n in hits:
                found[terms[n]] = max(found.get(terms[n], 0.0), TYPO * score / 100)
        return found
