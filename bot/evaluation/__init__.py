"""Evaluation as a tool: dialogue sets, understanding, latency, plots, and what changed since an earlier run.

`vejviser eval` is a thin call over this package. Every run writes its configuration beside its results. Sets kept back from
tuning give totals only (`is_kept_back`): neither a failed dialogue nor its id ever leaves the run.
"""

from bot.evaluation.dialogues import DIALOGUES, is_kept_back, own_sets, read_dialogues
from bot.evaluation.floor import below_floor, narrow_sets, read_floor
from bot.evaluation.judging import DialogueResult, TurnResult, judge
from bot.evaluation.report import Report
from bot.evaluation.running import evaluate

__all__ = [
    "DIALOGUES",
    "DialogueResult",
    "Report",
    "TurnResult",
    "below_floor",
    "evaluate",
    "is_kept_back",
    "judge",
    "narrow_sets",
    "own_sets",
    "read_dialogues",
    "read_floor",
]
