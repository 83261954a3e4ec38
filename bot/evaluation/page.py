"""One self-contained HTML page of a run: tables first, plots as pictures inside the page, nothing fetched from anywhere."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.evaluation import plots
from bot.evaluation.report import GROUPS
from bot.evaluation.understanding import Predictions


def render(results: dict[str, Any], predictions: dict[str, Predictions]) -> str:
    """The page of a run's results.

    Args:
        predictions: by target, for the confusion pictures; empty when understanding was not measured.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = lambda value: f"{100 * value:.1f} %"
    template = environment.get_template("page.html.j2")
    return template.render(run=results, groups=GROUPS, pictures=_pictures(results, predictions))


def _pictures(results: dict[str, Any], predictions: dict[str, Predictions]) -> dict[str, str]:
    """Address of each picture, the picture itself inside it."""
    dialogues = results["dialogues"]
    drawn = {group: plots.shares(dialogues["by"][group], f"Dialogues right by {group}") for group in GROUPS}
    drawn["latency"] = plots.latency(dialogues["latency"], "Time of a turn")
    for target, found in predictions.items():
        summary = results["understanding"][target]
        threshold = results["understanding"]["asking_back"]["threshold"] if target == "intent" else None
        drawn[f"confusion_{target}"] = plots.confusion(found.confusion(), found.labels, f"Confusion of {target}s")
        drawn[f"reliability_{target}"] = plots.reliability(
            summary["reliability"], summary["reliability_tempered"], f"Confidence of the {target}", threshold
        )
    return {name: f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}" for name, svg in drawn.items()}
