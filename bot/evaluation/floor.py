"""The recorded floor: the shares below which a run counts as broken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.evaluation.dialogues import DIALOGUES
from bot.evaluation.report import Report

FLOOR = DIALOGUES / "floor.json"


def read_floor(path: Path = FLOOR) -> dict[str, Any]:
    """`accuracy` of all sets; optionally `files`: set -> accuracy, `safety`: share met, `false_alarms`: share at most.

    Raises:
        ValueError: when a key is unknown, so that a misspelt floor cannot pass unseen.
    """
    floor = json.loads(path.read_text(encoding="utf-8"))
    unknown = set(floor) - {"accuracy", "files", "safety", "false_alarms"}
    if unknown:
        raise ValueError(f"{path}: unknown {', '.join(sorted(unknown))}")
    return floor


def below_floor(report: Report, floor: dict[str, Any]) -> list[str]:
    """What a run of all own sets lacks to the floor, one sentence each; a floor for a set that did not run is lacking too."""
    files, safety = report.by("file"), report.safety()
    shares = [("all sets", report.accuracy, floor["accuracy"])]
    for name, least in floor.get("files", {}).items():
        right, total = files.get(name, (0, 1))
        shares.append((name, right / total, least))
    shares.append(("danger", safety["met"] / max(1, safety["dangers"]), floor.get("safety", 0.0)))
    problems = [f"{name}: {share:.1%} right, floor {least:.1%}" for name, share, least in shares if share < least]
    alarms, most = safety["false_alarms"] / max(1, safety["others"]), floor.get("false_alarms", 1.0)
    return problems + ([f"false alarms: {alarms:.2%}, at most {most:.2%}"] if alarms > most else [])
