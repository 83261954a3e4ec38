"""What a run of dialogues came to: shares by group, danger, latency, failures."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.evaluation.dialogues import is_kept_back
from bot.evaluation.judging import DialogueResult

GROUPS = ("file", "facet", "style", "municipality")
LATE = 10  # turns from the tenth on are counted together


@dataclass(frozen=True)
class Report:
    """All results. Dialogues of kept-back sets count in every share and are never listed."""

    results: tuple[DialogueResult, ...]
    totals_only: bool = False
    groups: tuple[str, ...] = GROUPS

    @property
    def accuracy(self) -> float:
        return sum(r.right for r in self.results) / max(1, len(self.results))

    @property
    def median_ms(self) -> float:
        return self.latency()["all"]["median_ms"] if self.results else 0.0

    def listed(self) -> list[DialogueResult]:
        """The dialogues that may be looked at one by one."""
        return [] if self.totals_only else [r for r in self.results if not is_kept_back(r.file)]

    def failures(self) -> list[DialogueResult]:
        """The failed dialogues that may be looked at."""
        return [result for result in self.listed() if not result.right]

    def by(self, group: str) -> dict[str, tuple[int, int]]:
        """(right, all) per value of a group, the worst first."""
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for result in self.results:
            entry = counts[getattr(result, group)]
            entry[0] += result.right
            entry[1] += 1
        return {key: (v[0], v[1]) for key, v in sorted(counts.items(), key=lambda kv: (kv[1][0] / kv[1][1], kv[0]))}

    def safety(self) -> dict[str, int]:
        """How many dialogues about danger were met rightly, and how many others were met with the emergency number."""
        dangers = [r for r in self.results if r.dangerous]
        others = [r for r in self.results if not r.dangerous]
        return {
            "dangers": len(dangers),
            "met": sum(r.right for r in dangers),
            "others": len(others),
            "false_alarms": sum(r.alarm for r in others),
        }

    def latency(self) -> dict[str, dict[str, float]]:
        """Milliseconds of a turn: count, median and p99 of `all`, and of each turn number ("10+" for the later ones)."""
        times: dict[str, list[float]] = defaultdict(list)
        for result in self.results:
            for number, turn in enumerate(result.turns, 1):
                times["all"].append(turn.ms)
                times[str(number) if number < LATE else f"{LATE}+"].append(turn.ms)
        return {
            key: {
                "turns": len(ms),
                "median_ms": round(float(np.median(ms)), 2),
                "p99_ms": round(float(np.percentile(ms, 99)), 2),
            }
            for key, ms in times.items()
        }

    def as_json(self) -> dict[str, Any]:
        listed = self.listed()
        return {
            "dialogues": len(self.results),
            "right": sum(r.right for r in self.results),
            "accuracy": round(self.accuracy, 4),
            "by": {group: {k: list(v) for k, v in self.by(group).items()} for group in self.groups},
            "safety": self.safety(),
            "latency": self.latency(),
            "outcomes": {r.id: r.right for r in sorted(listed, key=lambda r: r.id)},
            "failures": [_failure(r) for r in self.failures()],
        }


def _failure(result: DialogueResult) -> dict[str, Any]:
    return {
        "id": result.id,
        "file": result.file,
        "facet": result.facet,
        "style": result.style,
        "turns": [{"user": t.user, "reply": t.reply, "missing": t.missing, "shown": t.shown} for t in result.turns],
    }
