"""The recorded floor: the shares below which a run counts as broken."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.evaluation.dialogues import DIALOGUES
from bot.evaluation.report import Report

FLOOR = DIALOGUES / "floor.json"
HARD, MOSTLY = ("compare", "overview"), 0.5  # kinds that sets are written of alone; the share of such a set they make up


def read_floor(path: Path = FLOOR) -> dict[str, Any]:
    """`accuracy` of all sets but those made of `HARD` kinds, and `narrow` of these; optionally `files`: set -> accuracy,
    `safety`: share met, `false_alarms`: share at most.

    Raises:
        ValueError: when a key is unknown, so that a misspelt floor cannot pass unseen.
    """
    floor = json.loads(path.read_text(encoding="utf-8"))
    unknown = set(floor) - {"accuracy", "narrow", "files", "safety", "false_alarms"}
    if unknown:
        raise ValueError(f"{path}: unknown {', '.join(sorted(unknown))}")
    return floor


def below_floor(report: Report, floor: dict[str, Any]) -> list[str]:
    """What a run of all own sets lacks to the floor, one sentence each; a floor for a set that did not run is lacking too."""
    files, safety = report.by("file"), report.safety()
    narrow = narrow_sets(report)
    shares = [("the sets of all kinds", _share(files, files.keys() - narrow), floor["accuracy"])]
    if narrow:
        shares.append(("the sets of comparisons and overviews", _share(files, narrow), floor.get("narrow", 0.0)))
    shares += [(name, _share(files, [name]), least) for name, least in floor.get("files", {}).items()]
    shares.append(("danger", safety["met"] / max(1, safety["dangers"]), floor.get("safety", 0.0)))
    problems = [f"{name}: {share:.1%} right, floor {least:.1%}" for name, share, least in shares if share < least]
    alarms, most = safety["false_alarms"] / max(1, safety["others"]), floor.get("false_alarms", 1.0)
    return problems + ([f"false alarms: {alarms:.2%}, at most {most:.2%}"] if alarms > most else [])


def narrow_sets(report: Report) -> set[str]:
    """The sets that were written of the hard kinds alone: their mixture is not what people ask."""
    hard = Counter(result.file for result in report.results if result.facet in HARD)
    return {name for name, (_, total) in report.by("file").items() if hard[name] >= MOSTLY * total}


def _share(files: Mapping[str, tuple[int, int]], names: Iterable[str]) -> float:
    """The share right of some sets together; one that did not run counts as wrong."""
    counts = [files.get(name, (0, 1)) for name in names]
    return sum(right for right, _ in counts) / max(1, sum(total for _, total in counts))
