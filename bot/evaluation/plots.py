"""Plots as SVG text. matplotlib is imported only here."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import matplotlib
import numpy as np

matplotlib.use("Agg")

from matplotlib import pyplot  # noqa: E402  (after the backend is chosen)
from matplotlib.figure import Figure  # noqa: E402

INK, SOFT, WARN = "#1a3e6e", "#8fb0d6", "#b03a2e"
pyplot.rcParams.update({"svg.hashsalt": "vejviser", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False})


def confusion(shares: np.ndarray, labels: Sequence[str], title: str) -> str:
    """True label down, predicted label across; shares from 2 % are dark enough to be seen."""
    size = max(4.0, 0.21 * len(labels) + 2.2)
    figure, axes = pyplot.subplots(figsize=(size, size))
    image = axes.imshow(shares, cmap="Blues", vmin=0.0, vmax=1.0, interpolation="nearest")
    axes.set_xticks(range(len(labels)), labels, rotation=90, fontsize=7)
    axes.set_yticks(range(len(labels)), labels, fontsize=7)
    axes.set_xlabel("read as")
    axes.set_ylabel("meant")
    axes.set_title(title)
    figure.colorbar(image, ax=axes, fraction=0.03, label="share of the messages meant so")
    return _svg(figure)


def reliability(before: list[dict[str, Any]], after: list[dict[str, Any]], title: str, threshold: float | None = None) -> str:
    """Confidence against accuracy, with and without temperature; the count of messages below; a line at the threshold."""
    figure, (curve, counts) = pyplot.subplots(2, 1, figsize=(5.2, 5.6), sharex=True, gridspec_kw={"height_ratios": (3, 1)})
    curve.plot((0, 1), (0, 1), color="#666666", linestyle=":", label="believable")
    for bins, color, marker, name in ((before, INK, "o", "as it is"), (after, WARN, "s", "with temperature")):
        curve.plot(
            [b["confidence"] for b in bins], [b["accuracy"] for b in bins], color=color, marker=marker, markersize=4, label=name
        )
    counts.bar([b["confidence"] for b in before], [b["count"] for b in before], width=0.04, color=SOFT)
    if threshold is not None:
        for axes in (curve, counts):
            axes.axvline(threshold, color="#333333", linestyle="--", linewidth=1)
        curve.annotate("asks back below", (threshold, 0.93), rotation=90, ha="right", va="top", fontsize=8)
    curve.set_ylabel("share right")
    curve.legend(loc="lower right", frameon=False)
    curve.set_title(title)
    counts.set_xlabel("confidence of the first reading")
    counts.set_ylabel("messages")
    return _svg(figure)


def shares(groups: dict[str, Sequence[int]], title: str) -> str:
    """The share right of each group, the worst on top."""
    names = list(groups)
    figure, axes = pyplot.subplots(figsize=(6.4, 0.24 * len(names) + 1.1))
    values = [100 * right / total for right, total in groups.values()]
    axes.barh(range(len(names)), values, color=[INK if value >= 88 else WARN for value in values])
    for n, (value, (right, total)) in enumerate(zip(values, groups.values())):
        axes.text(value + 1, n, f"{right} of {total}", va="center", fontsize=7)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xlim(0, 118)
    axes.set_xticks(range(0, 101, 20))
    axes.set_xlabel("percent right")
    axes.set_title(title)
    return _svg(figure)


def latency(turns: dict[str, dict[str, float]], title: str) -> str:
    """Median and p99 of each turn number."""
    numbers = sorted((key for key in turns if key != "all"), key=lambda key: int(key.rstrip("+")))
    figure, axes = pyplot.subplots(figsize=(5.2, 3.2))
    places = np.arange(len(numbers))
    axes.bar(places - 0.2, [turns[n]["median_ms"] for n in numbers], 0.4, color=INK, label="median")
    axes.bar(places + 0.2, [turns[n]["p99_ms"] for n in numbers], 0.4, color=SOFT, label="p99")
    axes.set_xticks(places, numbers)
    axes.set_xlabel("turn of the conversation")
    axes.set_ylabel("ms")
    axes.legend(frameon=False)
    axes.set_title(title)
    return _svg(figure)


def _svg(figure: Figure) -> str:
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", bbox_inches="tight", metadata={"Date": None})
    pyplot.close(figure)
    return buffer.getvalue()
