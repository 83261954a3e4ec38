"""What nobody sees is taken out of a message; what people write stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.incoming import asks_for_deletion, visible


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("hej\U000e0068\U000e0065\U000e006a du", "hej du"),  # tags
        ("hvad \u202ekoster\u202c det", "hvad koster det"),  # bidi controls
        ("to\u200bvask\u2060\ufeff", "tovask"),  # zero width
        ("bo\u00adstøtte", "bostøtte"),  # soft hyphen
        ("a\ufe0f\U000e0101b", "ab"),  # variation selectors
        ("\u3164\u2800hej\u115f", "hej"),  # fillers
        ("a\x00\x07\x1b[31mb", "a[31mb"),  # controls
        ("\ud800hej\ue000", "hej"),  # surrogate, private use
        ("a\u030a e\u0301", "å é"),  # composed
        ("linje\nto\tog æøå ÆØÅ §½ 🙂 «»", "linje\nto\tog æøå ÆØÅ §½ 🙂 «»"),
    ],
)
def test_only_the_visible_is_read(written: str, seen: str) -> None:
    assert visible(written) == seen


@given(st.text())
def test_nothing_unseen_is_left(text: str) -> None:
    seen = visible(text)
    assert visible(seen) == seen == seen.strip()
    assert not any(unicodedata.category(c) in ("Cf", "Cs", "Co") for c in seen)
    assert all(c in "\n\t" or unicodedata.category(c) != "Cc" for c in seen)


@pytest.mark.parametrize("wish", ["slet min samtale", "Vil du slette det jeg skrev?", "jeg vil have beskederne slettet"])
def test_wish_to_delete_is_heard(wish: str) -> None:
    assert asks_for_deletion(wish)


@pytest.mark.parametrize("other", ["hvornår slettes samtalen?", "bliver samtalen slettet?", "hvad koster det?", "slet ikke"])
def test_other_words_are_no_wish_to_delete(other: str) -> None:
    assert not asks_for_deletion(other)
