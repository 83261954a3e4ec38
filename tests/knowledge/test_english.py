"""English messages are told apart and read as Danish."""

from __future__ import annotations

import pytest

from knowledge.english import in_danish, is_english
from knowledge.question import meant
from knowledge.snapshot import Snapshot


@pytest.mark.parametrize(
    "text",
    [
        "How much does help with laundry cost in Gladsaxe?",
        "who can get a companion in glostrup",
        "Do I have to pay?",
        "Glostrup, section 85, building and keeping a network, citizen with complete problems (4), max hours per month?",
        "showering feels impossible",
    ],
)
def test_english_is_recognised(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    ["hvad koster hjælp til tøjvask i Gladsaxe", "er der help i weekenden", "ok", "klage glostrup", "kan man få støtte online"],
)
def test_danish_is_left_alone(text: str) -> None:
    assert meant(text) == (text, False)


@pytest.mark.parametrize(
    ("english", "danish"),
    [
        ("How much does laundry help cost?", "hvad koster tøjvask hjælp koster?"),
        ("how do i complain in Glostrup", "hvordan klager jeg i glostrup"),
    ],
)
def test_english_is_read_as_danish(english: str, danish: str) -> None:
    assert in_danish(english) == danish


@pytest.mark.parametrize(
    ("english", "pension"),
    [
        ("I don't have early retirement pension", False),
        ("i do not have a disability pension", False),
        ("I have no disability pension", False),
        ("She doesn't have disability pension", False),
        ("I have early retirement pension", True),
    ],
)
def test_a_denial_stays_a_denial(snapshot: Snapshot, english: str, pension: bool) -> None:
    """The pension decides which number to call."""
    assert snapshot.linker.link(snapshot.analyser.analyse(in_danish(english))).pension is pension
