"""Temperature: finds the one that was hidden, lowers the error, keeps the order."""

from __future__ import annotations

import numpy as np
import pytest

from bot.evaluation.calibration import calibration_error, fit_temperature, reliability, tempered

RANDOM = np.random.default_rng(7)


def drawn(rows: int = 4000, labels: int = 6) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities, and true labels drawn from exactly these."""
    probabilities = RANDOM.dirichlet(np.full(labels, 0.5), rows)
    truth = np.array([RANDOM.choice(labels, p=row) for row in probabilities])
    return probabilities, truth


@pytest.mark.parametrize("hidden", [0.5, 1.0, 2.5])
def test_hidden_temperature_is_found(hidden: float) -> None:
    probabilities, truth = drawn()
    distorted = tempered(probabilities, 1 / hidden)
    assert fit_temperature(distorted, truth) == pytest.approx(hidden, rel=0.12)


def test_temperature_lowers_the_error_and_keeps_the_order() -> None:
    probabilities, truth = drawn()
    modest = tempered(probabilities, 3.0)
    mended = tempered(modest, fit_temperature(modest, truth))
    right = modest.argmax(axis=1) == truth
    assert calibration_error(mended.max(axis=1), right) < 0.5 * calibration_error(modest.max(axis=1), right)
    assert (mended.argmax(axis=1) == modest.argmax(axis=1)).all()
    assert np.allclose(mended.sum(axis=1), 1.0)


def test_bins_hold_every_prediction_once() -> None:
    confidence, right = np.array([0.0, 0.2, 0.2, 0.5, 1.0]), np.array([0, 1, 0, 1, 1], dtype=bool)
    bins = reliability(confidence, right, bins=5)
    assert sum(b.count for b in bins) == 5 and all(b.low <= b.confidence <= b.high for b in bins)


def test_perfect_and_hopeless_confidence() -> None:
    sure = np.ones(10)
    assert calibration_error(sure, np.ones(10, dtype=bool)) == 0.0
    assert calibration_error(sure, np.zeros(10, dtype=bool)) == 1.0


def test_nothing_to_fit_on_is_refused() -> None:
    with pytest.raises(ValueError):
        fit_temperature(np.empty((0, 3)), np.empty(0, dtype=int))
