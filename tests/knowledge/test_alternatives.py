"""Patterns that are tried only where they may match find what they would find anyway."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.alternatives import AnyOf, required_text

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
    ("pattern", "needs"),
    [
        (r"\b(?:slog|ramte) (?:mig|hende)\b", [[{"slog "}, {"mig", "hende"}], [{"ramte "}, {"mig", "hende"}]]),
        (r"\bkan ikke(?: mere)?", [[{"kan ikke"}]]),
        (r"(?:abc|d)?x", [[{"x"}]]),
        (r"(?:abc|)", [[{"abc"}], []]),
        (r"(?:abc)+", [[{"abc"}]]),
        (r"(?:abc)*", [[]]),
        (r"(?<!ikke )[ab]", [[]]),
        (r"(?!abc)\w", [[]]),
        (r"(?i)abc", [[]]),
        (r"(?i:abc)", [[]]),
        (r"(?:en|\w+) (?:lang|kort)(?:er)", [[{"en "}, {"lang", "kort"}, {"er"}], [{"lang", "kort"}, {"er"}, {" "}]]),
        (r"\bslog mig\b|\b(?:en|to) knive?\b", [[{"slog mig"}], [{" kniv"}, {"en", "to"}]]),
        (r"(?:en )?(?:(?:mig|ham)|(?:du)+)", [[{"mig", "ham"}], [{"du"}]]),
    ],
)
def test_pieces_without_which_a_pattern_matches_nowhere(pattern: str, needs: list[list[set[str]]]) -> None:
    found = required_text(pattern)
    assert len(found) == len(needs)
    assert [sorted(map(sorted, need)) for need in found] == [sorted(map(sorted, need)) for need in needs]
    assert all(min(map(len, first)) >= min(map(len, later)) for first, *rest in filter(None, found) for later in rest)


@given(TEXT)
@settings(deadline=None)
def test_alternatives_match_and_cut_as_one_pattern_does(text: str) -> None:
    assert QUICK.matches(text) == bool(PLAIN.search(text))
    assert QUICK.cut("~", text) == PLAIN.sub("~", text)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=TEXT)
@settings(deadline=None)
def test_text_without_the_pieces_holds_no_match(pattern: str, text: str) -> None:
    if not any(all(any(piece in text for piece in pieces) for pieces in need) for need in required_text(pattern)):
        assert not re.search(pattern, text)
