"""Messages in English: told apart by their small words, and turned phrase by phrase into the Danish that the rest understands.

No translator: a lexicon of phrases and words (`vocabulary/english.yml`), the longest first. What it does not know stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from rapidfuzz import fuzz, process

from knowledge.vocabulary import vocabulary
from knowledge.word_forms import word_forms

FEW, SHARE = 2, 0.25  # English words a message needs at least, and their share of it; they must outnumber the Danish ones
ALONE = 0.3  # their share of a message in which no word is Danish
CORRECT_FROM = 4  # letters of a word that may be misspelt
CORRECT_CUTOFF, CORRECT_DANISH = 78, 86  # how alike a known word must be, and to a word that is Danish as well
TELLING_FROM = 3  # letters a word of the lexicon needs to tell that a message is English
NAMES = frozenset(("kommune", "danmark"))
# Methods that go by their English names in Danish.
METHODS = re.compile(r"\b(?:housing first|critical time intervention|open dialogue)\b")
_WORD = re.compile(r"[a-zæøå']+")
_TOKEN = re.compile(r"[a-zæøåéü0-9]+(?:['-][a-zæøå0-9]+)*|[^\sa-zæøåéü0-9]")


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    return frozenset(vocabulary().english["small_words"])


@lru_cache(maxsize=1)
def _lexicon() -> tuple[dict[tuple[str, ...], str], int]:
    """The Danish for English phrases, as tuples of tokens, and how many tokens the longest has."""
    phrases = {tuple(_tokens(phrase)): danish for phrase, danish in vocabulary().english["phrases"].items()}
    return phrases, max(map(len, phrases))


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, list[str]], frozenset[str]]:
    """The words of the lexicon that are long enough to correct towards, by their first letter, and all that it knows."""
    known, by_letter = {word for phrase in _lexicon()[0] for word in phrase}, defaultdict(list)
    for word in sorted(known):
        if len(word) >= CORRECT_FROM and word.isalpha():
            by_letter[word[0]].append(word)
    return dict(by_letter), frozenset(known)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.lower().replace("’", "'"))


@lru_cache(maxsize=2_000)
def _corrected(word: str) -> str:
    """A misspelt word as the lexicon has it; a word that it has, a short one or a name stays, a Danish one as a rule."""
    by_letter, known = _words()
    if len(word) < CORRECT_FROM or word in known or word in _telling()[1]:
        return word
    cutoff = CORRECT_DANISH if word in word_forms() else CORRECT_CUTOFF
    found = process.extractOne(word, by_letter.get(word[0], ()), scorer=fuzz.ratio, score_cutoff=cutoff)
    return found[0] if found else word


def spelled(text: str) -> str:
    """An English message with its misspelt words put right."""
    return " ".join(map(_corrected, _tokens(text)))


@lru_cache(maxsize=1)
def _telling() -> tuple[frozenset[str], frozenset[str]]:
    """Words that tell that a message is English, and words that tell nothing: names, and words of both languages."""
    danish, phrases = word_forms(), vocabulary().english["phrases"]
    both = {word for word in phrases if word in danish}
    english = {word for word, meant in phrases.items() if _WORD.fullmatch(word) and word not in both and word != meant}
    names = {part for name in vocabulary().municipalities for part in name.lower().split()} | NAMES
    return _small_words() | {word for word in english if len(word) >= TELLING_FROM}, frozenset(both | names)


@lru_cache(maxsize=2_000)
def is_english(text: str) -> bool:
    """Whether a message is written in English (names of Danish services may stand in it)."""
    english, neither = _telling()
    words = _WORD.findall(METHODS.sub(" ", text.lower().replace("’", "'")))
    hits = sum(word in english for word in words)
    words = [word for word in words if word in english or word not in neither]
    danish = sum(word in word_forms() for word in words if word not in english)
    if hits >= FEW and hits >= SHARE * len(words) and hits > danish:
        return True
    return hits > 0 and not danish and hits >= ALONE * len(words)


@lru_cache(maxsize=500)
def in_danish(text: str) -> str:
    """The Danish that stands for an English message."""
    phrases, longest = _lexicon()
    tokens, told, at = [*map(_corrected, _tokens(text))], [], 0
    while at < len(tokens):
        end = next((end for end in range(min(len(tokens), at + longest), at, -1) if tuple(tokens[at:end]) in phrases), at + 1)
        told.append(phrases.get(tuple(tokens[at:end]), tokens[at]))
        at = end
    return re.sub(r" (?=[.,?!:;)])", "", " ".join(filter(None, told)))
