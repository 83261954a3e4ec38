"""The comparison of classifiers: every scikit-learn candidate learns, asking sentences count, the table orders and averages."""

from __future__ import annotations

import numpy as np
import pytest

from bench.candidates import CANDIDATES
from bench.classifiers import OWN, Weighed, table

KINDS = {
    "cost": ("hvad koster det", "er det gratis", "hvad er prisen"),
    "contact": ("hvem ringer jeg til", "hvad er jeres nummer"),
    "complaint": ("hvordan klager jeg", "hvor sender jeg min klage hen"),
}
WRITTEN = [(f"{text} i <by> {n}", label) for label, texts in KINDS.items() for text in texts for n in range(4)]


class Sentences:
    """Sure of "cost" for whatever ends as a question, of "contact" for all else."""

    labels = ["contact", "cost"]

    def probabilities(self, texts: list[str]) -> np.ndarray:
        return np.array([[0.0, 1.0] if text.count("?") == 1 and text.count(".") == 0 else [1.0, 0.0] for text in texts])


@pytest.mark.parametrize("name", [name for name in CANDIDATES if not name.startswith("Rasa")])
def test_candidate_tells_kinds_apart(name: str) -> None:
    classifier = CANDIDATES[name]()
    classifier.fit(*zip(*WRITTEN))
    found = classifier.probabilities(["hvad koster det i <by>", "hvem ringer jeg til", "klager jeg"])
    assert [classifier.labels[n] for n in found.argmax(axis=1)] == ["cost", "contact", "complaint"]
    assert np.allclose(found.sum(axis=1), 1.0) and classifier.megabytes() > 0.0


def test_asking_sentences_are_weighed_against_the_whole() -> None:
    told, asked = Weighed(Sentences()).probabilities(["jeg bor her . hvad koster det ?", "jeg bor her"])
    assert 0.0 < told[1] < 1.0 and asked.tolist() == [1.0, 0.0]


def test_table_has_the_best_intent_first_and_the_mean_of_the_folds() -> None:
    def row(name: str, target: str, fold: int, first: float) -> dict:
        sizes = {"train_s": 2.0, "peak_mb": 10, "model_mb": 3.0, "ms": 1.0}
        shares = {"first": first, "first_two": first}
        return {"candidate": name, "target": target, "fold": fold, **shares, **sizes, "dialogues": shares}

    results = [row("weak", t, 0, 0.2) for t in ("intent", "topic")]
    results += [row(OWN, t, f, 0.5 + f / 10) for t in ("intent", "topic") for f in (0, 1)]
    lines = table(results).splitlines()[2:]
    assert lines[0].startswith(f"| {OWN} | 2 | 55.0 / 55.0 | 55.0 / 55.0") and lines[0].endswith("| 2 | 3 | 10 | 1.0 |")
    assert lines[1].startswith("| weak | 1 | 20.0") and lines[1].endswith("| 4 | 6 | 10 | 2.0 |")
