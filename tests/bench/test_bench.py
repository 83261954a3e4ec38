"""The benchmark's own parts: what is trained on, what is generated, how it is counted and told."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import pytest

from bench.aims import aims
from bench.catalogues import identifier, write_catalogue
from bench.driver import judged, load, timed_turns
from bench.messages import training_examples
from bench.processes import CommandFailed, Server, measure
from bench.report import write_report
from bench.stock_project import stories, write_project
from bench.systems.system import Messages, Reading, System
from knowledge.loading import load_catalogue
from knowledge.vocabulary import vocabulary
from tests.engines import free_port

SERVER = (
    "import http.server, sys; http.server.test(http.server.SimpleHTTPRequestHandler, port=int(sys.argv[1]), bind='127.0.0.1')"
)


class Echo(System):
    """Answers at once with what was said, and fails on request."""

    name = "echo"
    about: dict[str, Any] = {}

    def train(self):
        raise NotImplementedError

    def start(self) -> None:
        raise NotImplementedError

    async def say(self, client: aiohttp.ClientSession, conversation: str, text: str, page: str = "") -> Messages:
        await asyncio.sleep(0.001)
        if text == "fail":
            raise aiohttp.ClientConnectionError("gone")
        return [{"text": text}]

    async def read(self, client: aiohttp.ClientSession, text: str) -> Reading:
        return Reading(text)


@pytest.fixture
def echo(tmp_path: Path) -> Echo:
    return Echo(tmp_path, 1)


def test_every_intent_keeps_messages_when_only_some_are_kept() -> None:
    every, some = training_examples(), training_examples(20)
    assert {example.intent for example in some} == {example.intent for example in every}
    assert len(some) < len(every) / 10
    assert {example.topic for example in every} >= set(vocabulary().topics) - {"stoette"}


def test_the_stock_project_is_the_one_of_rasa_init(tmp_path: Path) -> None:
    from ruamel.yaml import YAML

    count = write_project(tmp_path, 5055, keep=20)
    config = YAML(typ="safe").load((tmp_path / "config.yml").read_text(encoding="utf-8"))
    assert {part["name"]: part.get("epochs") for part in config["pipeline"]}["DIETClassifier"] == 100
    assert {part["name"] for part in config["policies"]} >= {"MemoizationPolicy", "RulePolicy", "TEDPolicy"}
    assert (tmp_path / "data" / "nlu.yml").read_text(encoding="utf-8").count("- ") >= count
    assert "action_answer_question" in (tmp_path / "domain.yml").read_text(encoding="utf-8")


def test_every_rule_stands_in_several_stories() -> None:
    rules = [[{"intent": str(n)}, {"action": "a"}] for n in range(40)]
    made = stories(rules)
    told = [step["intent"] for story in made for step in story["steps"] if "intent" in step]
    assert all(told.count(str(n)) == 5 for n in range(40))


def test_a_generated_catalogue_is_valid_and_of_the_size_asked_for(tmp_path: Path) -> None:
    names = write_catalogue(tmp_path / "catalogue", 5, 13)
    made = load_catalogue(tmp_path / "catalogue")
    assert [m.name for m in made.municipalities] == sorted(names, key=identifier)
    assert all(len(m.services) == max(13, len(m.services)) for m in made.municipalities)
    added = next(m for m in made.municipalities if m.name == "Aabenraa")
    assert len(added.services) == 13
    assert all("Aabenraa" in fact.text for service in added.services for fact in service.facts)


def test_load_counts_turns_and_errors(echo: Echo) -> None:
    dialogues = [{"turns": [{"user": "hej"}, {"user": "fail"}]}]
    told = asyncio.run(load(echo, dialogues, 4, 0.2))
    assert told.turns > 0
    assert told.errors > 0
    assert 0 <= told.turns - told.errors <= 4  # each of the four conversations may have been between the two
    assert told.p99 >= told.p50 > 0


def test_a_system_that_answers_nothing_has_no_result(echo: Echo) -> None:
    with pytest.raises(RuntimeError, match="answered nothing"):
        asyncio.run(load(echo, [{"turns": [{"user": "fail"}]}], 1, 0.05))


def test_dialogues_are_held_against_their_checks(echo: Echo) -> None:
    dialogue = {
        "id": "a",
        "file": "b",
        "turns": [{"user": "det er gratis", "must": [["gratis"]]}, {"user": "x", "must": [["y"]]}],
    }
    [result] = asyncio.run(judged(echo, [dialogue]))
    assert [turn.right for turn in result.turns] == [True, False]


def test_each_turn_of_a_long_conversation_is_timed(echo: Echo) -> None:
    assert len(asyncio.run(timed_turns(echo, str, 7))) == 7


def test_a_command_is_measured_and_its_failure_told(tmp_path: Path) -> None:
    cost = measure([sys.executable, "-c", "sum(range(10**6))"], tmp_path, tmp_path / "log")
    assert cost.cpu_seconds >= 0
    assert cost.peak_mb > 1
    with pytest.raises(CommandFailed, match="ended with 3"):
        measure([sys.executable, "-c", "raise SystemExit(3)"], tmp_path, tmp_path / "log")


def test_a_server_is_started_watched_and_ended(tmp_path: Path) -> None:
    port = free_port()
    server = Server([sys.executable, "-c", SERVER, str(port)], tmp_path, tmp_path / "log", f"http://127.0.0.1:{port}/")
    try:
        assert server.cold_start > 0
        assert server.peak_mb >= server.memory_mb > 1
        assert server.cpu_seconds >= 0
    finally:
        server.stop()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/")


def test_a_server_that_ends_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match="ended with 1"):
        Server([sys.executable, "-c", "raise SystemExit(1)"], tmp_path, tmp_path / "log", "http://127.0.0.1:1/")


def test_aims_are_judged_by_what_was_measured() -> None:
    told = {aim.what: aim.reached for aim in aims(_results(turns=100.0, stock=9.0))}
    assert told["turns a second against stock Rasa, 1 at a time (Vejviser)"]
    assert told["turns answered right"]
    missed = {aim.what: aim.reached for aim in aims(_results(turns=80.0, stock=9.0))}
    assert not missed["turns a second against stock Rasa, 1 at a time (Vejviser)"]


def test_speed_is_the_median_of_what_each_round_says() -> None:
    results = _results(turns=100.0, stock=9.0)
    results["alternating"]["turns_per_second"] = {
        "vejviser": [[90.0], [50.0], [120.0]],  # a slow minute is one of all
        "workers": [[200.0], [100.0], [210.0]],
        "stock": [[10.0], [5.0], [8.0]],
    }
    found = {aim.what: aim.found for aim in aims(results)}
    assert found["turns a second against stock Rasa, 1 at a time (Vejviser)"] == "10.0 times (9.0-15.0)"
    assert found["turns a second against stock Rasa, 1 at a time (Vejviser, 2 workers)"] == "20.0 times (20.0-26.2)"


def test_accuracy_is_not_compared_with_a_stock_rasa_trained_on_less() -> None:
    results = _results(turns=100.0, stock=9.0)
    results["stock"]["about"] = {"messages": 1, "epochs": 3}
    told = next(aim for aim in aims(results) if aim.what == "turns answered right")
    assert not told.reached
    assert "not comparable" in told.found


def test_the_report_tells_every_part_and_draws_it(tmp_path: Path) -> None:
    write_report(_results(turns=100.0, stock=9.0), tmp_path)
    text = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert "| turns a second, 1 at a time | 100.0 | 9.0 |" in text
    assert "| Vejviser, 2 workers | 200 / 200 |" in text
    assert "yes" in text
    for plot in ("throughput.svg", "latency.svg"):
        assert plot in text
        assert (tmp_path / plot).read_text(encoding="utf-8").lstrip().startswith("<?xml")


def _results(turns: float, stock: float) -> dict[str, Any]:
    told = {
        name: {
            "name": name,
            "machine": {
                "at": "2026-01-01T00:00",
                "commit": "abc",
                "load_average": [0.1],
                "cores": 2,
                "processor": "p",
                "memory_mb": 1,
                "python": "3.10",
                "versions": {},
            },
            "about": {"messages": 1},
            "training": {"seconds": 1.0, "cpu_seconds": 1.0},
            "footprint": {"cold_start_s": 1.0},
            "footprint_after_load": {"rss_mb": 500, "peak_mb": 510},
            "load": [{"concurrent": 1, "turns_per_second": rate, "p50": 1.0, "p99": 2.0, "cpu_ms": 1.0, "errors": 0}],
            "reading": {"facet_right": 0.9, "topic_right": None},
            "dialogues": {"turns_right": right, "dialogues_right": right},
        }
        for name, rate, right in (("vejviser", turns, 0.9), ("stock", stock, 0.5))
    }
    rates = {"vejviser": [[turns]] * 2, "workers": [[2 * turns]] * 2, "stock": [[stock]] * 2}
    names = {"vejviser": "Vejviser", "workers": "Vejviser, 2 workers", "stock": "stock"}
    told["alternating"] = {
        "machine": told["stock"]["machine"],
        "concurrent": [1],
        "names": names,
        "turns_per_second": rates,
    }
    return json.loads(json.dumps(told))
