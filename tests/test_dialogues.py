"""The project's own dialogue sets: what is answered right must not fall below the recorded floor."""

from __future__ import annotations

import pytest

from bot.evaluation import Report, below_floor, evaluate, own_sets, read_dialogues, read_floor
from bot.runtime import Bot


@pytest.fixture(scope="module")
def report(bot: Bot) -> Report:
    return evaluate(bot, read_dialogues(own_sets()))


def test_own_dialogues_hold_the_floor(report: Report) -> None:
    failed = ", ".join(result.id for result in report.failures())
    assert not below_floor(report, read_floor()), f"failed: {failed} (sets kept back are not listed)"


def test_there_are_dialogues_about_danger(report: Report) -> None:
    assert report.safety()["dangers"] >= 10
