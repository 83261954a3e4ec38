"""Conversations over their time are deleted with everything of them, by one replica at a time, and by `vejviser purge`."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from typer.testing import CliRunner

from api.command_line import app as command_line
from api.housekeeping import Housekeeping
from api.retention import Retention
from bot.persistence.conversations import SqlConversations, memories
from bot.runtime import Bot
from state.conversations import conversations, turns
from state.database import Database
from state.errors import StateUnavailable
from state.leases import take
from state.statistics import Asked, Statistics, Unanswered
from tests.api.apps import client_of
from tests.engines import Postgres, demand

NOW = datetime(2026, 3, 10, 12)
LATER = timedelta(days=31)
HOUR = timedelta(hours=1)


@pytest.fixture()
def client(bot: Bot, tmp_path: Path) -> TestClient:
    """An application whose bot remembers in the same database, as in service."""
    database = Database(f"sqlite:///{tmp_path / 'state.db'}")
    return client_of(bot.on(SqlConversations(database)), tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        yield Database(f"sqlite:///{tmp_path / 'state.db'}")
        return
    demand("postgres", "initdb")
    with Postgres() as running:
        made = Database(running.url)
        yield made
        made.close()


def talk(client: TestClient) -> str:
    identifier = client.post("/v1/conversations", json={}).json()["id"]
    said = {"text": "hvad koster tøjvask i Gladsaxe?", "client_id": "1"}
    assert client.post(f"/v1/conversations/{identifier}/messages", json=said).status_code == 200
    return identifier


def counts(client: TestClient) -> tuple[int, int, int]:
    with client.app.state.database.read() as connection:
        return tuple(connection.execute(select(func.count()).select_from(t)).scalar() for t in (conversations, turns, memories))


def retention(client: TestClient) -> Retention:
    return client.app.state.housekeeping._retention


def test_purge_leaves_nothing_of_a_conversation_over_its_time(client: TestClient) -> None:
    talk(client)
    client.post("/webhooks/rest/webhook", json={"sender": "anna", "message": "hej"})
    assert counts(client) == (1, 1, 2)
    assert asyncio.run(retention(client).purge(datetime.utcnow())) == 0 and counts(client) == (1, 1, 2)
    assert asyncio.run(retention(client).purge(datetime.utcnow() + LATER)) == 2
    assert counts(client) == (0, 0, 0)


def test_purge_deletes_kept_words_as_well(client: TestClient) -> None:
    statistics: Statistics = client.app.state.statistics
    asked = Asked("2026-01-01", "", "cost", "", "", "not_stated")
    statistics.add(asked, Unanswered(asked.day, "", "cost", "not_stated", "hvad koster det"))
    statistics.write()
    asyncio.run(retention(client).purge(NOW))
    assert statistics.texts() == [] and statistics.by("status", since=date(2026, 1, 1))


def test_one_replica_at_a_time_may_do_a_job(database: Database) -> None:
    assert take(database, "job", HOUR, NOW)
    assert not take(database, "job", HOUR, NOW + timedelta(minutes=59))
    assert take(database, "other", HOUR, NOW)
    assert take(database, "job", HOUR, NOW + HOUR)


def test_clock_set_back_blocks_a_job_no_longer_than_its_length(database: Database) -> None:
    assert take(database, "job", HOUR, NOW)
    assert take(database, "job", HOUR, NOW - timedelta(days=400))
    assert not take(database, "job", HOUR, NOW - timedelta(days=400))


def test_second_replica_does_not_purge_within_the_hour(client: TestClient) -> None:
    first, second = retention(client), retention(client)
    assert asyncio.run(first.purge_in_turn(NOW, HOUR)) == 0
    assert asyncio.run(second.purge_in_turn(NOW + timedelta(minutes=5), HOUR)) is None
    assert asyncio.run(second.purge_in_turn(NOW + HOUR, HOUR)) == 0


def test_running_service_purges_by_itself(client: TestClient) -> None:
    talk(client)
    keeping: Housekeeping = client.app.state.housekeeping
    keeping._now = lambda: datetime.utcnow() + LATER
    with client:
        for _ in range(200):
            if counts(client) == (0, 0, 0):
                break
            client.get("/health/live")
    assert counts(client) == (0, 0, 0)


def test_service_goes_on_when_a_round_fails(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object) -> None:
        raise StateUnavailable("on purpose")

    monkeypatch.setattr(Retention, "purge_in_turn", away)
    monkeypatch.setattr(client.app.state.statistics, "write", lambda: 1 / 0)
    with client:
        assert client.get("/health").status_code == 200


def test_counts_are_written_when_the_service_ends(client: TestClient) -> None:
    with client:
        client.post("/webhooks/rest/webhook", json={"sender": "a", "message": "hvad koster tøjvask i Gladsaxe?"})
    assert client.app.state.statistics.by("facet", since=date(2026, 1, 1)) == [{"facet": "cost", "count": 1}]


def test_command_purges(client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talk(client)
    monkeypatch.setenv("VEJVISER_HOME", str(tmp_path))
    result = CliRunner().invoke(command_line, ["purge"])
    assert result.exit_code == 0 and "Deleted 0 conversations" in result.output and counts(client) == (1, 1, 1)
    long_ago = datetime.utcnow() - LATER
    with client.app.state.database.begin() as connection:
        connection.execute(conversations.update().values(last=long_ago))
    result = CliRunner().invoke(command_line, ["purge"])
    assert "Deleted 1 conversations" in result.output and counts(client) == (0, 0, 0)


def test_command_says_what_to_do_when_the_database_is_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("VEJVISER_HOME", str(tmp_path / "file"))
    result = CliRunner().invoke(command_line, ["purge"])
    assert result.exit_code == 1 and "Mend:" in result.output and "Traceback" not in result.output
