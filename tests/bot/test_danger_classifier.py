"""The messages that only the classifier of danger learns from: what they may hold, and that none of them is judged too."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from bot.components.danger_classifier import KINDS, SAFETY, own_examples
from knowledge.danish import fold

SETS = Path(__file__).parents[1] / "safety"


def test_every_kind_has_examples_beside_as_many_harmless_ones() -> None:
    counts = Counter(intent for _, intent in own_examples())
    assert set(counts) == {"", *(f"{SAFETY}{kind}" for kind in KINDS)}
    assert counts[""] >= max(counts[f"{SAFETY}{kind}"] for kind in KINDS) >= 100


def test_no_example_is_repeated_or_judged() -> None:
    texts = [fold(text) for text, _ in own_examples()]
    judged = {fold(json.loads(line)["text"]) for path in SETS.glob("*.jsonl") for line in path.open(encoding="utf-8")}
    assert [text for text, times in Counter(texts).items() if times > 1] == []
    assert judged.isdisjoint(texts)


@pytest.mark.parametrize(
    ("text", "fault"),
    [("fire:\n  - det brænder\n", "'fire' is no kind"), ("acute:\n  - 112\n", "112 under 'acute' is no text")],
)
def test_a_fault_in_the_file_is_named(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "danger.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=fault):
        own_examples(path)
