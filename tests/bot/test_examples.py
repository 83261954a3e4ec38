"""The messages that one classifier learns from alone: what their files may hold, and that none of them is judged too."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from bot.components.danger_classifier import EXAMPLES, HARMLESS, KINDS, SAFETY, own_examples
from bot.components.examples import examples_in
from bot.components.text_classifier import NEEDS, REACHES
from knowledge.danish import fold
from knowledge.question import NO_TOPIC, REACH_OVER
from knowledge.vocabulary import vocabulary

TESTS = Path(__file__).parents[1]
TEXTS = {
    "danger.yml": [fold(text) for text, _ in examples_in(EXAMPLES, (*KINDS, HARMLESS))],
    "reach.yml": [fold(text) for text, _ in examples_in(REACHES, REACH_OVER)],
    "needs.yml": [fold(text) for text, _ in examples_in(NEEDS, {*vocabulary().topics, NO_TOPIC})],
}


def judged() -> set[str]:
    """Every message of the safety sets and the dialogue sets, folded."""
    rows = [json.loads(line) for path in TESTS.glob("*/*.jsonl") for line in path.open(encoding="utf-8") if line.strip()]
    return {fold(turn["user"]) for row in rows for turn in row.get("turns", [])} | {fold(row.get("text", "")) for row in rows}


def test_every_kind_of_danger_has_examples_beside_as_many_harmless_ones() -> None:
    counts = Counter(intent for _, intent in own_examples())
    assert set(counts) == {"", *(f"{SAFETY}{kind}" for kind in KINDS)}
    assert counts[""] >= max(counts[f"{SAFETY}{kind}"] for kind in KINDS) >= 100


@pytest.mark.parametrize("name", TEXTS)
def test_no_example_is_repeated_or_judged(name: str) -> None:
    assert [text for text, times in Counter(TEXTS[name]).items() if times > 1] == []
    assert judged().isdisjoint(TEXTS[name])


@pytest.mark.parametrize(
    ("text", "fault"),
    [("fire:\n  - det brænder\n", "'fire' is unknown"), ("acute:\n  - 112\n", "112 under 'acute' is no text")],
)
def test_a_fault_in_a_file_is_named(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "danger.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=fault):
        examples_in(path, KINDS)
