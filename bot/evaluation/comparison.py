"""Two runs side by side: which dialogues broke, which were mended, and how the shares moved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.evaluation.report import GROUPS


def read_run(path: Path) -> dict[str, Any]:
    """The results of an earlier run, given its `results.json` or its folder.

    Raises:
        ValueError: when that is no run of this tool.
    """
    file = path / "results.json" if path.is_dir() else path
    run = json.loads(file.read_text(encoding="utf-8"))
    dialogues = run.get("dialogues") if isinstance(run, dict) else None
    if not isinstance(dialogues, dict) or "outcomes" not in dialogues:
        raise ValueError(f"{file} is not the results.json of `vejviser eval`")
    return run


def compare(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What changed. Only dialogues that both runs list are compared one by one; kept-back sets show in the shares alone."""
    old, new = before["dialogues"], after["dialogues"]
    common = sorted(set(old["outcomes"]) & set(new["outcomes"]))
    return {
        "before": {key: before.get("configuration", {}).get(key, "") for key in ("date", "commit", "model")},
        "compared": len(common),
        "right": [sum(run["outcomes"][i] for i in common) for run in (old, new)],
        "broke": _described(new, [i for i in common if old["outcomes"][i] and not new["outcomes"][i]]),
        "mended": _described(old, [i for i in common if new["outcomes"][i] and not old["outcomes"][i]]),
        "moved": {group: _moved(old["by"].get(group, {}), new["by"].get(group, {})) for group in GROUPS},
    }


def _described(run: dict[str, Any], identifiers: list[str]) -> list[dict[str, Any]]:
    """The failures with these ids, from the run in which they failed."""
    failures = {failure["id"]: failure for failure in run["failures"]}
    return [failures[identifier] for identifier in identifiers]


def _moved(old: dict[str, list[int]], new: dict[str, list[int]]) -> dict[str, list[list[int]]]:
    """[before, after] of every value with as many dialogues as before but not as many right ones, each [right, all]."""
    same = (key for key in sorted(set(old) & set(new)) if old[key][1] == new[key][1])
    return {key: [old[key], new[key]] for key in same if old[key] != new[key]}
