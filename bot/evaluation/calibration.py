"""How far probabilities can be believed, and a one-number remedy for a classifier that is too modest or too sure.

A temperature leaves the order of the labels as it is: `tempered(p, T)` is p^(1/T), made to sum to 1. T below 1 makes a modest
classifier surer, above 1 a boastful one more modest. Fitted on predictions for messages the classifier had not seen
(C. Guo and others, "On Calibration of Modern Neural Networks", 2017).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar

BINS = 15
LEAST = 5e-5  # half of the last digit that TextClassifier keeps


@dataclass(frozen=True)
class Bin:
    """The predictions of one range of confidence: how sure they were on average, and the share of them that was right."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


def reliability(confidence: np.ndarray, right: np.ndarray, bins: int = BINS) -> list[Bin]:
    """The non-empty bins of equal width over (0, 1].

    Args:
        confidence: probability of the top label of each message; right: whether that label was the true one.
    """
    edges = np.linspace(0.0, 1.0, bins + 1)
    place = np.clip(np.digitize(confidence, edges, right=True) - 1, 0, bins - 1)
    found = []
    for n in range(bins):
        inside = place == n
        if inside.any():
            means = float(confidence[inside].mean()), float(right[inside].mean())
            found.append(Bin(float(edges[n]), float(edges[n + 1]), int(inside.sum()), *means))
    return found


def calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = BINS) -> float:
    """Expected calibration error: the mean distance of confidence and accuracy over the bins, weighted by their counts."""
    return sum(b.count * abs(b.confidence - b.accuracy) for b in reliability(confidence, right, bins)) / max(1, len(right))


def tempered(probabilities: np.ndarray, temperature: float) -> np.ndarray:
    """Probabilities (rows x labels) after the temperature; each row sums to 1, the order within a row stays."""
    scores = np.log(np.maximum(probabilities, LEAST)) / temperature
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def fit_temperature(probabilities: np.ndarray, truth: np.ndarray) -> float:
    """The temperature with the least log loss.

    Args:
        probabilities: rows x labels, of messages that the classifier had not seen; truth: column of each row's true label.

    Raises:
        ValueError: when there is nothing to fit on.
    """
    if not len(truth):
        raise ValueError("No predictions to fit a temperature on")
    rows = np.arange(len(truth))

    def loss(log_temperature: float) -> float:
        return float(-np.log(np.maximum(tempered(probabilities, np.exp(log_temperature))[rows, truth], LEAST)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(np.log(0.1), np.log(10.0)), method="bounded").x))
