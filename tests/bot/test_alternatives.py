"""Patterns that are tried only where they may match find what they would find anyway."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.components.alternatives import AnyOf, required_text

PATTERNS = [
    r"\b(?:slog|ramte) (?:mig|hende)\b",
    r"\bja+\b(?! tak)",
    r"(?<!ikke )\bhjalp\b",
    r"a{2,3}b|(?:c|d)e",
    r"x*y?z+[0-9]",
    r"(?i:HEJ)",
    r"(?:slap|jeg) ?(?:af)?",
    r"[ab]c",
]
QUICK, PLAIN = AnyOf(PATTERNS), re.compile("|".join(f"(?:{pattern})" for pattern in PATTERNS))
WORDS = re.findall(r"\w+", "slog ramte mig hende ja jaa tak ikke hjalp aab ce z1 Hej slap jeg af c x")
TEXT = st.lists(st.sampled_from(WORDS), max_size=8).flatmap(lambda words: st.sampled_from([" ".join(words), "".join(words)]))


@pytest.mark.parametrize(
    ("pattern", "pieces"),
    [
        (r"\b(?:slog|ramte) (?:mig|hende)\b", {"slog", "ramte"}),
        (r"\bkan ikke(?: mere)?", {"kan ikke"}),
        (r"(?:abc|d)?x", {"x"}),
        (r"(?:abc|)", set()),
        (r"(?:abc)+", {"abc"}),
        (r"(?:abc)*", set()),
        (r"(?<!ikke )[ab]", set()),
        (r"(?!abc)\w", set()),
        (r"(?i)abc", set()),
        (r"(?i:abc)", set()),
        (r"(?:en|\w+) (?:lang|kort)(?:er)", {"lang", "kort"}),
    ],
)
def test_pieces_without_which_a_pattern_matches_nowhere(pattern: str, pieces: set[str]) -> None:
    assert required_text(pattern) == pieces


@given(TEXT)
@settings(deadline=None)
def test_alternatives_match_and_cut_as_one_pattern_does(text: str) -> None:
    assert QUICK.matches(text) == bool(PLAIN.search(text))
    assert QUICK.cut("~", text) == PLAIN.sub("~", text)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=TEXT)
@settings(deadline=None)
def test_text_without_the_pieces_holds_no_match(pattern: str, text: str) -> None:
    pieces = required_text(pattern)
    if pieces and not any(piece in text for piece in pieces):
        assert not re.search(pattern, text)
