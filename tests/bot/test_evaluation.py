"""Evaluation: replies judged strictly, kept-back sets never listed, runs compared, the floor held, pages whole."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from api.command_line import app
from bot.evaluation import (
    DialogueResult,
    Report,
    TurnResult,
    below_floor,
    evaluate,
    judge,
    narrow_sets,
    own_sets,
    read_dialogues,
    read_floor,
)
from bot.evaluation.comparison import compare, read_run
from bot.evaluation.confidence import asked_questions, asking_back, summary
from bot.evaluation.dialogues import find_set, is_kept_back
from bot.evaluation.page import render
from bot.evaluation.questions import read_questions
from bot.evaluation.run import Options, make_run
from bot.evaluation.understanding import Predictions

REPLY = [{"text": "Det er gratis. Ring 9945 4421."}, {"custom": {"facts": [{"text": "hemmeligt"}]}}]


def result(identifier: str, right: bool = True, file: str = "own", facet: str = "cost", reply: str = "svar") -> DialogueResult:
    turn = TurnResult("spørgsmål", reply, () if right else (("det manglende",),), (), 5.0)
    return DialogueResult(identifier, file, facet, "plain", "Gladsaxe", (turn, turn))


# -- judging -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("turn", "right"),
    [
        ({"must": [["gratis", "0 kr"]]}, True),
        ({"must": [["GRATIS"], ["9945 4421"]]}, True),
        ({"must": [["99454421"]]}, True),
        ({"must": [["5 uger"]]}, False),
        ({"must_not": ["hemmeligt"]}, False),
        ({"must": [["hemmeligt"]]}, False),
        ({}, True),
    ],
)
def test_reply_is_judged(turn: dict, right: bool) -> None:
    assert judge({"user": "hvad", **turn}, REPLY).right is right


def test_silence_is_never_right() -> None:
    assert not judge({"user": "hvad"}, []).right


@pytest.mark.parametrize(("text", "alarm"), [("Ring 112 nu.", True), ("Ring 1123 4567.", False)])
def test_only_the_emergency_number_is_an_alarm(text: str, alarm: bool) -> None:
    assert judge({"user": "hvad"}, [{"text": text}]).alarm is alarm


# -- sets --------------------------------------------------------------------------------------------------------------


def test_line_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "1"}\n{', encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.jsonl:2"):
        list(read_dialogues([tmp_path / "a.jsonl"]))


def test_set_is_found_by_name_and_by_file() -> None:
    assert find_set("gladsaxe") == find_set(str(find_set("gladsaxe")))
    with pytest.raises(FileNotFoundError, match="gladsaxe"):
        find_set("nowhere")


def test_own_dialogues_are_well_formed() -> None:
    dialogues = list(read_dialogues(own_sets()))
    ids = [dialogue["id"] for dialogue in dialogues]
    assert ids and len(ids) == len(set(ids))
    for turn in (turn for dialogue in dialogues for turn in dialogue["turns"]):
        assert {"user"} <= set(turn) <= {"user", "must", "must_not"} and turn["user"].strip()
        assert all(isinstance(group, list) and group for group in turn.get("must", []))


# -- report ------------------------------------------------------------------------------------------------------------


def test_kept_back_sets_count_and_are_never_listed() -> None:
    report = Report((result("a"), result("b", right=False), result("hemmelig", right=False, file="heldout2")))
    values = report.as_json()
    assert is_kept_back("heldout2") and values["right"] == 1 and values["by"]["file"]["heldout2"] == [0, 1]
    assert set(values["outcomes"]) == {"a", "b"} and [f["id"] for f in values["failures"]] == ["b"]
    assert "hemmelig" not in json.dumps(values)


def test_totals_only_lists_nothing() -> None:
    values = Report((result("a"), result("b", right=False)), totals_only=True).as_json()
    assert values["dialogues"] == 2 and not values["outcomes"] and not values["failures"]


def test_latency_is_told_by_turn() -> None:
    latency = Report((result("a"), result("b"))).latency()
    assert {key: row["turns"] for key, row in latency.items()} == {"all": 4, "1": 2, "2": 2}
    assert latency["all"]["median_ms"] == 5.0


def test_safety_counts_dangers_met_and_false_alarms() -> None:
    report = Report((result("a", facet="safety"), result("b", facet="safety", right=False), result("c", reply="Ring 112.")))
    assert report.safety() == {"dangers": 2, "met": 1, "others": 1, "false_alarms": 1}


@pytest.mark.parametrize(
    ("floor", "problems"),
    [
        ({"accuracy": 0.5}, 0),
        ({"accuracy": 0.8}, 1),
        ({"accuracy": 0.5, "files": {"own": 0.8}}, 1),
        ({"accuracy": 0.5, "files": {"absent": 0.1}}, 1),
        ({"accuracy": 0.5, "safety": 1.0}, 1),
        ({"accuracy": 0.5, "narrow": 0.9}, 0),
        ({"accuracy": 0.5, "false_alarms": 0.01}, 1),
    ],
)
def test_floor_is_held(floor: dict, problems: int) -> None:
    report = Report((result("a"), result("b", facet="safety", right=False), result("c", reply="Ring 112.")))
    assert len(below_floor(report, floor)) == problems


def test_a_set_of_comparisons_has_a_floor_of_its_own() -> None:
    hard = (result("b", facet="compare", right=False, file="hard"), result("c", facet="overview", file="hard"))
    report = Report((result("a"), *hard))
    assert narrow_sets(report) == {"hard"}
    assert below_floor(report, {"accuracy": 1.0, "narrow": 0.5}) == []
    assert len(below_floor(report, {"accuracy": 1.0, "narrow": 0.6})) == 1


def test_misspelt_floor_is_refused(tmp_path: Path) -> None:
    (tmp_path / "floor.json").write_text('{"accuracy": 0.9, "safty": 1}', encoding="utf-8")
    with pytest.raises(ValueError, match="safty"):
        read_floor(tmp_path / "floor.json")


# -- comparison --------------------------------------------------------------------------------------------------------


def test_two_runs_show_what_broke_and_what_was_mended() -> None:
    before = {"dialogues": Report((result("a"), result("b", right=False), result("gone"))).as_json()}
    after = {"dialogues": Report((result("a", right=False), result("b"), result("new", right=False))).as_json()}
    changes = compare(before, after)
    assert [f["id"] for f in changes["broke"]] == ["a"] and [f["id"] for f in changes["mended"]] == ["b"]
    assert changes["compared"] == 2 and changes["right"] == [1, 1] and changes["moved"]["file"] == {"own": [[2, 3], [1, 3]]}


def test_file_that_is_no_run_is_refused(tmp_path: Path) -> None:
    (tmp_path / "results.json").write_text('{"dialogues": 3}', encoding="utf-8")
    with pytest.raises(ValueError, match=r"vejviser eval"):
        read_run(tmp_path)


# -- understanding and page --------------------------------------------------------------------------------------------


def predictions() -> Predictions:
    probabilities = np.array([[0.6, 0.3, 0.1], [0.5, 0.4, 0.1], [0.1, 0.1, 0.8], [0.4, 0.3, 0.3]])
    return Predictions(("contact", "cost", "extent"), np.array([0, 1, 2, 2]), probabilities)


def test_predictions_are_counted() -> None:
    found = predictions()
    assert found.right.tolist() == [True, False, True, False]
    assert found.among(2).tolist() == [True, True, True, False]
    assert found.per_label()["cost"] == {"messages": 1, "first": 0.0, "first_two": 1.0, "taken_for": "contact"}
    assert found.confusion()[2].tolist() == [0.5, 0.0, 0.5]


def test_threshold_is_told_by_what_it_does() -> None:
    found = asking_back(predictions(), 0.55)
    assert found == {"threshold": 0.55, "asked": 0.5, "right_asked": 0.0, "offered": 1.0, "right_answered": 1.0}


def test_questions_of_one_turn_are_read_as_facets(bot) -> None:
    turn = {"user": "hvad koster tøjvask i gladsaxe"}
    followed, told, unnamed = {"facet": "cost", "turns": [turn, turn]}, {"facet": "inform", "turns": [turn]}, {"turns": [turn]}
    read = read_questions(bot, [{"facet": "cost", "turns": [turn]}, followed, told, unnamed])
    assert [read.labels[column] for column in read.truth] == ["cost"]
    assert read.right.all() and read.confidence[0] > 0.5


def test_questions_show_what_a_temperature_would_do_to_them() -> None:
    modest = Predictions(("contact", "cost"), np.array([0, 1]), np.array([[0.6, 0.4], [0.4, 0.6]]))
    surer, as_it_is = asked_questions(modest, 0.5, 0.7), asked_questions(modest, 1.0, 0.5)
    assert surer["calibration_error_tempered"] < surer["calibration_error"] == as_it_is["calibration_error_tempered"] == 0.4
    assert surer["asking_back"]["asked"] == 1.0 and as_it_is["asking_back"]["asked"] == 0.0


def test_a_ranking_may_leave_labels_out() -> None:
    found = Predictions.of([{"cost": 0.7}, {"contact": 0.6, "cost": 0.4}], ["cost", "extent"])
    assert found.labels == ("contact", "cost", "extent") and found.right.tolist() == [True, False]


class Parsed(HTMLParser):
    """Collects what a page holds: ids, links within it, addresses it fetches, pictures without a description."""

    def __init__(self, html: str):
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.fetched: list[str] = []
        self.nameless = 0
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        self.ids |= {values["id"]} if values.get("id") else set()
        self.links |= {values["href"][1:]} if (values.get("href") or "").startswith("#") else set()
        self.fetched += [v for k in ("src", "href") if (v := values.get(k)) and not v.startswith(("#", "data:"))]
        self.nameless += tag == "img" and not values.get("alt")

    def handle_data(self, data: str) -> None:
        self.text += data


def test_run_is_written_as_one_whole_page(bot, tmp_path: Path) -> None:
    (tmp_path / "small.jsonl").write_text(
        json.dumps({"id": "ok", "facet": "cost", "turns": [{"user": "hvad koster tøjvask i gladsaxe", "must": [["gratis"]]}]})
        + "\n"
        + json.dumps({"id": "bad", "turns": [{"user": "hej <b>du</b>", "must": [["findes ikke i noget svar"]]}]}),
        encoding="utf-8",
    )
    run = make_run(bot, [tmp_path / "small.jsonl"], Options(folds=0), datetime(2026, 11, 26, tzinfo=timezone.utc))
    run.write(tmp_path / "out")
    again = read_run(tmp_path / "out")
    assert again["dialogues"]["outcomes"] == {"ok": True, "bad": False}
    assert again["configuration"]["model"] == bot.model.name and again["configuration"]["sets"]["small"]["dialogues"] == 2
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"results.json", "index.html", "configuration.json", "config.yml"}
    page = Parsed((tmp_path / "out" / "index.html").read_text(encoding="utf-8"))
    assert page.links <= page.ids and not page.fetched and not page.nameless
    assert "hej <b>du</b>" in page.text and "findes ikke i noget svar" in page.text


def test_page_shows_understanding_and_changes(bot) -> None:
    dialogues = {"dialogues": Report((result("a"), result("b", right=False))).as_json()}
    found = {"intent": predictions(), "topic": predictions()}
    asked = asking_back(found["intent"], 0.22)
    questions = asked_questions(predictions(), 0.8, 0.22)
    understanding = {"folds": 2, **{t: summary(p) for t, p in found.items()}, "asking_back": asked, "questions": questions}
    changes = compare({"dialogues": Report((result("a", right=False), result("b"))).as_json()}, dialogues)
    run = {**dialogues, "configuration": {"date": "2026"}, "understanding": understanding, "comparison": changes}
    page = Parsed(render(run, found))
    assert {"understanding", "changes"} <= page.ids and page.links <= page.ids and not page.nameless
    assert "Broke: 1" in page.text and "Mended: 1" in page.text and "The 4 dialogues of one turn" in page.text


def test_evaluation_of_an_unknown_set_is_refused_by_name() -> None:
    outcome = CliRunner().invoke(app, ["eval", "--set", "nowhere"])
    assert outcome.exit_code == 2


def test_kept_back_failures_are_not_printed(bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "heldout9.jsonl").write_text(
        json.dumps({"id": "hemmelig", "turns": [{"user": "hej", "must": [["aldrig sagt"]]}]}), encoding="utf-8"
    )
    monkeypatch.setattr("bot.runtime.Bot", lambda model: bot)
    outcome = CliRunner().invoke(app, ["eval", "--set", str(tmp_path / "heldout9.jsonl"), "--no-nlu", "--failures"])
    assert outcome.exit_code == 0 and "hemmelig" not in outcome.output and "aldrig sagt" not in outcome.output
    assert "Right: 0 of 1" in outcome.output


def test_evaluate_uses_the_page_of_a_dialogue(bot) -> None:
    turn = {"user": "hvad koster hjælp til tøjvask?", "must": [["gratis"]]}
    asked = {"id": "p", "file": "own", "facet": "cost", "turns": [turn]}
    assert evaluate(bot, [{**asked, "page": "gladsaxe"}]).accuracy == 1.0
    assert evaluate(bot, [asked]).accuracy == 0.0
