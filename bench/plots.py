"""The plots of the report, as SVG text."""

from __future__ import annotations

import io
from typing import Any

import matplotlib
import numpy as np

matplotlib.use("Agg")

from matplotlib import pyplot  # noqa: E402  (after the backend is chosen)
from matplotlib.figure import Figure  # noqa: E402

COLORS = ("#1a3e6e", "#4f86c6", "#b03a2e", "#9aa5b1")
_STYLE = {"svg.hashsalt": "vejviser", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False}


def bars(systems: dict[str, list[dict[str, Any]]], key: str, unit: str, title: str) -> str:
    """One group a number of concurrent conversations, one bar a system; logarithmic, because the systems lie far apart."""
    pyplot.rcParams.update(_STYLE)
    figure, axes = pyplot.subplots(figsize=(6.4, 3.2))
    levels = [level["concurrent"] for level in next(iter(systems.values()))]
    places, width = np.arange(len(levels)), 0.8 / len(systems)
    for n, (name, load) in enumerate(systems.items()):
        at = places + (n - (len(systems) - 1) / 2) * width
        shown = axes.bar(at, [level[key] for level in load], width * 0.92, color=COLORS[n], label=name)
        axes.bar_label(shown, fmt="%g", fontsize=7)
    axes.set_yscale("log")
    axes.set_xticks(places, [f"{level} at a time" for level in levels])
    axes.set_ylabel(unit)
    axes.set_title(title)
    axes.legend(frameon=False, fontsize=7, loc="upper center", bbox_to_anchor=(0.5, -0.12), ncol=len(systems))
    return _svg(figure)


def lines(windows: dict[str, list[float]], width: int) -> str:
    """The median turn of each window of a long conversation."""
    pyplot.rcParams.update(_STYLE)
    figure, axes = pyplot.subplots(figsize=(6.4, 3.0))
    for n, (name, values) in enumerate(windows.items()):
        axes.plot([(k + 1) * width for k in range(len(values))], values, color=COLORS[n], label=name)
    axes.set_yscale("log")
    axes.set_xlabel("turn of the conversation")
    axes.set_ylabel(f"median of {width} turns, ms")
    axes.set_title("A long conversation")
    axes.legend(frameon=False, fontsize=8)
    return _svg(figure)


def sizes(measured: list[dict[str, Any]]) -> str:
    """Turn and memory by the size of the catalogue."""
    pyplot.rcParams.update(_STYLE)
    figure, (turn, memory) = pyplot.subplots(1, 2, figsize=(6.4, 2.8))
    names = [
        f"{one['municipalities']} x {one['services_each']}" if one["services_each"] else f"{one['municipalities']} (shipped)"
        for one in measured
    ]
    for axes, key, unit in ((turn, "p50_ms", "median turn, ms"), (memory, "rss_mb", "memory, MB")):
        axes.bar_label(axes.bar(names, [one[key] for one in measured], color=COLORS[0]), fmt="%g", fontsize=8)
        axes.set_ylabel(unit)
        axes.tick_params(axis="x", labelsize=8)
    figure.suptitle("A large catalogue")
    figure.tight_layout()
    return _svg(figure)


def _svg(figure: Figure) -> str:
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", bbox_inches="tight", metadata={"Date": None})
    pyplot.close(figure)
    return buffer.getvalue()
