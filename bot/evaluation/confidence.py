"""How far the classifier's confidence can be believed, and what the threshold for asking back does with it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from bot.evaluation.calibration import calibration_error, fit_temperature, reliability, tempered
from bot.evaluation.understanding import SEED, Predictions


def summary(predictions: Predictions) -> dict[str, Any]:
    """`believed`, what a temperature would make of it, and the table of labels, all JSON values."""
    right, mended = predictions.right, recalibrated(predictions)
    return {
        **believed(predictions),
        "labels": len(predictions.labels),
        "temperature": round(fit_temperature(predictions.probabilities, predictions.truth), 3),
        "calibration_error_tempered": round(calibration_error(mended.max(axis=1), right), 4),
        "reliability_tempered": [asdict(b) for b in reliability(mended.max(axis=1), right)],
        "per_label": predictions.per_label(),
    }


def believed(predictions: Predictions) -> dict[str, Any]:
    """Accuracy, and how far the confidence tells it."""
    confidence, right = predictions.confidence, predictions.right
    return {
        "messages": len(right),
        "first": round(float(right.mean()), 4),
        "first_two": round(float(predictions.among(2).mean()), 4),
        "mean_confidence": round(float(confidence.mean()), 4),
        "calibration_error": round(calibration_error(confidence, right), 4),
        "reliability": [asdict(b) for b in reliability(confidence, right)],
    }


def asked_questions(predictions: Predictions, temperature: float, threshold: float) -> dict[str, Any]:
    """What holds for questions that no training message's author asked, as the confidence is and with a temperature.

    Args:
        temperature: as the training messages would have it; threshold: below which the bot may ask back.
    """
    error = calibration_error(tempered(predictions.probabilities, temperature).max(axis=1), predictions.right)
    back = asking_back(predictions, threshold)
    return {**believed(predictions), "calibration_error_tempered": round(error, 4), "asking_back": back}


def recalibrated(predictions: Predictions) -> np.ndarray:
    """Tempered probabilities; each half of the messages gets the temperature that was fitted on the other half."""
    half = np.random.default_rng(SEED).permutation(len(predictions.truth)) % 2 == 0
    mended = np.empty_like(predictions.probabilities)
    for part in (half, ~half):
        mended[part] = tempered(
            predictions.probabilities[part], fit_temperature(predictions.probabilities[~part], predictions.truth[~part])
        )
    return mended


def asking_back(predictions: Predictions, threshold: float) -> dict[str, float]:
    """What a threshold on the top label's confidence does.

    Returns:
        asked: share of messages below it; right_asked: share of those whose first reading was right all the same;
        offered: share of those whose right reading is among the first three, which would be offered; right_answered: share
        of the others that were right.
    """
    low, right = predictions.confidence < threshold, predictions.right

    def share(values: np.ndarray) -> float:
        return round(float(values.mean()), 4) if len(values) else 0.0

    return {
        "threshold": threshold,
        "asked": share(low),
        "right_asked": share(right[low]),
        "offered": share(predictions.among(3)[low]),
        "right_answered": share(right[~low]),
    }
