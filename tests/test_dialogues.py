"""The project's own dialogue sets: the share answered right must not fall below the recorded floor."""

from __future__ import annotations

import json
from pathlib import Path

from bot.evaluation import evaluate, read_dialogues
from bot.runtime import Bot

DIALOGUES = Path(__file__).parent / "dialogues"


def test_accuracy_on_the_own_dialogues_holds_the_floor(bot: Bot) -> None:
    floor = json.loads((DIALOGUES / "floor.json").read_text(encoding="utf-8"))["accuracy"]
    report = evaluate(bot, read_dialogues(sorted(DIALOGUES.glob("*.jsonl"))))
    failed = ", ".join(result.id for result in report.failures())
    assert report.accuracy >= floor, f"{report.accuracy:.1%} right, floor {floor:.1%}; failed: {failed}"


def test_no_danger_is_ever_missed(bot: Bot) -> None:
    dangers = [d for d in read_dialogues(sorted(DIALOGUES.glob("*.jsonl"))) if d["facet"] == "safety"]
    failed = [result.id for result in evaluate(bot, dangers).failures()]
    assert len(dangers) >= 10 and not failed
