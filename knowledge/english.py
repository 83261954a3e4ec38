"""Messages in English: told apart by their small words, and turned word by word into the Danish that the rest understands.

No translator: a list of phrases and words (`vocabulary/english.yml`), longest first. What it does not know stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.vocabulary import vocabulary

ENGLISH_SHARE = 0.3  # of the words of a message that must be English small words ...
FEW = 2  # ... and how many at least
_WORD = re.compile(r"[a-zæøå']+")


@lru_cache(maxsize=1)
def _tables() -> tuple[frozenset[str], dict[str, str], re.Pattern[str]]:
    english = vocabulary().english
    phrases = {phrase.lower(): danish for phrase, danish in english["phrases"].items()}
    longest = sorted(phrases, key=len, reverse=True)
    return frozenset(english["small_words"]), phrases, re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b")


def is_english(text: str) -> bool:
    """Whether a message is written in English (names of Danish services may stand in it)."""
    small, _, _ = _tables()
    words = _WORD.findall(text.lower())
    hits = sum(word in small for word in words)
    return hits >= FEW and hits >= ENGLISH_SHARE * len(words)


@lru_cache(maxsize=500)
def in_danish(text: str) -> str:
    """The Danish that stands for an English message."""
    _, phrases, pattern = _tables()
    return pattern.sub(lambda found: phrases[found.group()], text.lower().replace("’", "'"))
