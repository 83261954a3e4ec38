"""A message as it comes from outside, made plain: visible characters only, composed letters, no command."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata

from api.problems import Problem
from knowledge.privacy import Redaction, public_contacts, redact
from knowledge.snapshot import Snapshot
from knowledge.wording import wording

_INVISIBLE_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn"}  # controls, bidi and zero width, tags, surrogates, private, unassigned
_INVISIBLE = {"\u034f", "\u115f", "\u1160", "\u2028", "\u2029", "\u2800", "\u3164", "\uffa0"}  # fillers that show nothing
_SELECTORS = (range(0xFE00, 0xFE10), range(0x180B, 0x1810), range(0xE0100, 0xE01F0))  # can smuggle text behind a letter


def visible(text: str) -> str:
    """The text without what nobody sees, letters composed (NFC), blank lines and tabs kept."""
    kept = (c for c in text if c in "\n\t" or not _hidden(c))
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def read_message(text: str, limit: int, snapshot: Snapshot) -> Redaction:
    """What a citizen wrote, ready for the bot: no later code sees the personal data that was in it.

    Raises:
        Problem: 413 when it is too long, 422 when nothing is left.
    """
    if len(text) > limit:
        raise Problem(413, "The message is too long", f"Send at most {limit:,} characters.")
    clean = visible(text)
    if not clean:
        raise Problem(422, "The message is empty", "Write something to the bot.")
    return redact(clean, public_contacts(snapshot))


def stored_sender(sender: str, key: str) -> str:
    """The id under which a free sender's conversation is kept: a keyed digest when the id itself holds personal data."""
    if not redact(sender):
        return sender
    return "digest:" + hmac.new(key.encode(), sender.encode(), hashlib.sha256).hexdigest()


def asks_for_deletion(text: str) -> bool:
    """Whether a message asks to delete the conversation (and not whether or when it is deleted)."""
    words = wording()["deletion"]
    low = text.lower()
    return not re.match(words["question"], low) and any(re.search(pattern, low) for pattern in words["request"])


def _hidden(character: str) -> bool:
    if character.isascii():
        return not character.isprintable()
    if unicodedata.category(character) in _INVISIBLE_CATEGORIES or character in _INVISIBLE:
        return True
    return any(ord(character) in block for block in _SELECTORS)
