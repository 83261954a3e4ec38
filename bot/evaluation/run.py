"""A whole evaluation run: dialogues, understanding, comparison, and the files it leaves."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.evaluation.comparison import compare
from bot.evaluation.configuration import configuration
from bot.evaluation.dialogues import read_dialogues
from bot.evaluation.report import Report
from bot.evaluation.running import evaluate
from bot.runtime import ROOT, Bot
from knowledge.dialogue import GUESS


@dataclass(frozen=True)
class Options:
    """How a run is made.

    Attributes:
        folds: of the cross-validation; 0 leaves understanding out.
        totals_only: no set is listed dialogue by dialogue.
    """

    folds: int = 4
    totals_only: bool = False


@dataclass(frozen=True)
class Run:
    """The results of a run as JSON values, and what is needed to draw them."""

    results: dict[str, Any]
    report: Report
    predictions: dict[str, Any]

    def write(self, folder: Path) -> None:
        """Write `results.json`, `index.html`, `configuration.json` and the pipeline's `config.yml`."""
        from bot.evaluation.page import render

        folder.mkdir(parents=True, exist_ok=True)
        (folder / "results.json").write_text(_json(self.results), encoding="utf-8")
        (folder / "configuration.json").write_text(_json(self.results["configuration"]), encoding="utf-8")
        (folder / "index.html").write_text(render(self.results, self.predictions), encoding="utf-8")
        shutil.copyfile(ROOT / "config.yml", folder / "config.yml")


def make_run(bot: Bot, sets: Sequence[Path], options: Options, now: datetime, baseline: dict[str, Any] | None = None) -> Run:
    """Run the dialogue sets, cross-validate the classifier, and hold both against an earlier run."""
    dialogues = list(read_dialogues(sets))
    report = evaluate(bot, dialogues, options.totals_only)
    understanding, predictions = _understanding(options.folds) if options.folds else ({}, {})
    if understanding:
        understanding["questions"] = _questions(bot, dialogues, understanding["intent"]["temperature"])
    results = {
        "configuration": configuration(bot.model, sets, asdict(options), now),
        "dialogues": report.as_json(),
        "understanding": understanding,
        "comparison": {},
    }
    results["comparison"] = compare(baseline, results) if baseline else {}
    return Run(results, report, predictions)


def _understanding(folds: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Summaries and predictions by target."""
    from bot.evaluation.confidence import asking_back, summary
    from bot.evaluation.understanding import cross_validate, written_messages

    predictions = cross_validate(written_messages(), folds)
    found = {target: summary(target_predictions) for target, target_predictions in predictions.items()}
    return {"folds": folds, **found, "asking_back": asking_back(predictions["intent"], GUESS)}, predictions


def _questions(bot: Bot, dialogues: list[dict[str, Any]], temperature: float) -> dict[str, Any]:
    """How the questions of the dialogues are read, empty where there are none; shares alone, of kept-back sets too."""
    from bot.evaluation.confidence import asked_questions
    from bot.evaluation.questions import read_questions

    read = read_questions(bot, dialogues)
    return asked_questions(read, temperature, GUESS) if len(read.truth) else {}


def _json(values: Any) -> str:
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"
