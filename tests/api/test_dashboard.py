"""/drift and what it rests on: counts without texts, written now and then, read as a page for editors."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import inspect

from api import pages
from api.charts import HEIGHT, columns, step_above
from api.counting import counting
from api.dashboard import dashboard
from bot.runtime import Bot
from bot.seen import Seen
from knowledge.snapshot import Snapshot
from state.database import Database
from state.errors import StateUnavailable
from state.statistics import Asked, Statistics, turn_statistics
from tests.api.apps import client_of, exposed

TODAY = date(2026, 3, 10)
COST = Asked("2026-03-10", "gladsaxe", "cost", "toejvask", "gladsaxe-toejvask", "answered")
NO_COMPLAINT = Asked("2026-03-09", "gladsaxe", "complaint", "toejvask", "gladsaxe-toejvask", "not_stated")
OLD = Asked("2026-01-01", "gentofte", "cost", "", "", "answered")


@pytest.fixture()
def statistics(tmp_path: Path) -> Statistics:
    return Statistics(Database(f"sqlite:///{tmp_path / 's.db'}"))


@pytest.fixture()
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages as if Vite had built them; what the styles look like is a matter of tests/web."""
    monkeypatch.setattr(pages, "assets", lambda entry: pages.Assets(f"/{entry}.js", (), ()))


def test_counts_add_up_over_writes(statistics: Statistics) -> None:
    for _ in range(2):
        statistics.add(COST)
        statistics.add(COST)
        statistics.add(OLD)
        assert statistics.write() == 3
    assert statistics.write() == 0
    assert statistics.by("facet", since=date(2026, 1, 1)) == [{"facet": "cost", "count": 6}]
    assert statistics.by("day", since=TODAY) == [{"day": "2026-03-10", "count": 4}]


def test_two_replicas_count_into_the_same_rows(statistics: Statistics, tmp_path: Path) -> None:
    other = Statistics(Database(f"sqlite:///{tmp_path / 's.db'}"))
    for each in (statistics, other):
        each.add(COST)
        each.write()
    assert statistics.by("status", since=TODAY) == [{"status": "answered", "count": 2}]


def test_counts_wait_while_the_database_is_away(statistics: Statistics, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise StateUnavailable("on purpose")

    statistics.add(COST)
    with monkeypatch.context() as patch, pytest.raises(StateUnavailable):
        patch.setattr(statistics._database, "begin", away)
        statistics.write()
    statistics.add(COST)
    assert statistics.write() == 2


def test_statistics_have_no_room_for_a_text() -> None:
    assert set(turn_statistics.c.keys()) == {"day", "municipality", "facet", "topic", "service", "status", "count"}
    assert all(getattr(column.type, "length", 0) or column.name == "count" for column in inspect(turn_statistics).c)


def test_words_without_an_answer_are_kept_only_when_asked_for(statistics: Statistics) -> None:
    turns = [(Seen("not_stated", "cost"), "hvad koster x"), (Seen("answered", "cost"), "y"), (Seen("danger"), "z")]
    for keep in (False, True):
        count = counting(statistics, keep, now=lambda: datetime(2026, 3, 10))
        for turn, text in turns:
            count(turn, text)
        statistics.write()
        assert [item.text for item in statistics.texts()] == (["hvad koster x"] if keep else [])
    assert statistics.purge_texts(date(2026, 3, 11)) == 1 and statistics.texts() == []


def test_dashboard_tells_what_is_asked_and_what_is_missing(statistics: Statistics, snapshot: Snapshot) -> None:
    for asked, times in ((COST, 3), (NO_COMPLAINT, 2), (OLD, 9)):
        for _ in range(times):
            statistics.add(asked)
    statistics.write()
    board = dashboard(statistics, snapshot, TODAY, 30)
    assert (board.total, board.answered_share) == (5, 60)
    assert [(row.count, row.answered, row.without) for row in board.facets] == [(3, 3, 0), (2, 0, 2)]
    assert board.topics[0].count == 5 and board.municipalities[0].name == "Gladsaxe Kommune"
    assert [(item.service, item.count) for item in board.missing] == [(snapshot.services["gladsaxe-toejvask"].name, 2)]
    assert board.series[0][1][-1] == 3 and board.series[1][1][-2] == 2 and len(board.days) == 30


def test_names_that_left_the_catalogue_stand_for_themselves(statistics: Statistics, snapshot: Snapshot) -> None:
    statistics.add(Asked("2026-03-10", "gone", "nothing", "gone", "gone-service", "not_stated"))
    statistics.write()
    assert dashboard(statistics, snapshot, TODAY, 7).missing[0].service == "gone-service"


@pytest.mark.parametrize(
    ("most", "end"), [(0, 2), (1, 2), (3, 4), (9, 10), (11, 20), (41, 60), (99, 100), (100, 100), (101, 200)]
)
def test_axis_ends_at_an_even_round_number(most: int, end: int) -> None:
    assert step_above(most) == end


def test_columns_stand_on_the_floor_and_on_one_another() -> None:
    chart = columns(["2026-03-09", "2026-03-10"], [("a", [1, 0]), ("b", [3, 4])])
    first, second, third = chart.blocks
    assert first.y + first.height == pytest.approx(chart.floor) and second.y + second.height == pytest.approx(first.y, abs=0.2)
    assert third.y == second.y and third.x > second.x and chart.height == HEIGHT


def test_page_shows_counts_as_picture_and_as_table(bot: Bot, tmp_path: Path, built: None) -> None:
    client = client_of(bot, tmp_path)
    for text in ("hvad koster tøjvask i Gladsaxe?", "hvordan klager jeg over tøjvask i Gladsaxe?", "<b>vejret</b>"):
        client.post("/webhooks/rest/webhook", json={"sender": "a", "message": text})
    client.app.state.statistics.write()
    response = client.get("/drift?dage=7")
    assert response.status_code == 200 and "text/html" in response.headers["content-type"]
    assert "<svg" in response.text and "<table" in response.text and "Gladsaxe Kommune" in response.text
    assert "vejret" not in response.text and "VEJVISER_KEEP_UNANSWERED" in response.text


def test_kept_words_are_shown_redacted_and_escaped(bot: Bot, tmp_path: Path, built: None) -> None:
    client = client_of(bot, tmp_path, keep_unanswered=True)
    text = "<b>hvordan</b> klager jeg over tøjvask i Gladsaxe? mit nummer er 010180-1234"
    client.post("/webhooks/rest/webhook", json={"sender": "a", "message": text})
    client.app.state.statistics.write()
    page = client.get("/drift").text
    assert "klager jeg over tøjvask" in page and "<b>hvordan" not in page
    # Not as the decimals of a plot's coordinate.
    assert re.search(r"(?<![\w.])010180", page) is None


def test_page_without_counts_says_so(bot: Bot, tmp_path: Path, built: None) -> None:
    assert "ikke stillet spørgsmål" in client_of(bot, tmp_path).get("/drift").text


@pytest.mark.parametrize("query", ["dage=0", "dage=x", "dage=31"])
def test_period_that_is_not_offered_is_refused(bot: Bot, tmp_path: Path, built: None, query: str) -> None:
    assert client_of(bot, tmp_path).get(f"/drift?{query}").status_code == 422


def test_page_is_not_open_beyond_this_machine(bot: Bot, tmp_path: Path, built: None) -> None:
    client: TestClient = exposed(bot, tmp_path)
    response = client.get("/drift", follow_redirects=False)
    assert response.status_code in (302, 303, 307, 401)
