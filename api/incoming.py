"""A message as it comes from outside, made plain: visible characters only, composed letters, no command."""

from __future__ import annotations

import unicodedata

from api.problems import Problem

_INVISIBLE_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn"}  # controls, bidi and zero width, tags, surrogates, private, unassigned
_INVISIBLE = {"\u034f", "\u115f", "\u1160", "\u2028", "\u2029", "\u2800", "\u3164", "\uffa0"}  # fillers that show nothing
_SELECTORS = (range(0xFE00, 0xFE10), range(0x180B, 0x1810), range(0xE0100, 0xE01F0))  # can smuggle text behind a letter


def visible(text: str) -> str:
    """The text without what nobody sees, letters composed (NFC), blank lines and tabs kept."""
    kept = (c for c in text if c in "\n\t" or not _hidden(c))
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def message(text: str, limit: int) -> str:
    """What a citizen wrote, ready for the bot.

    Raises:
        Problem: 413 when it is too long, 422 when nothing is left.
    """
    if len(text) > limit:
        raise Problem(413, "The message is too long", f"Send at most {limit:,} characters.")
    clean = visible(text)
    if not clean:
        raise Problem(422, "The message is empty", "Write something to the bot.")
    return clean


def _hidden(character: str) -> bool:
    if character.isascii():
        return not character.isprintable()
    if unicodedata.category(character) in _INVISIBLE_CATEGORIES or character in _INVISIBLE:
        return True
    return any(ord(character) in block for block in _SELECTORS)
