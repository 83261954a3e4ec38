"""/v1/conversations: begin, say, delete, rate; ids that nobody can guess, forge or reuse."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update
from structlog.testing import capture_logs

from state import conversations as tables
from tests.api.problem import assert_problem

URL = "/v1/conversations"


def begin(client: TestClient, **body: Any) -> str:
    response = client.post(URL, json=body)
    assert response.status_code == 201, response.text
    return response.json()["id"]


def said(client: TestClient, identifier: str, text: str, client_id: str) -> Any:
    return client.post(f"{URL}/{identifier}/messages", json={"text": text, "client_id": client_id})


def test_conversation_begins_with_a_notice(client: TestClient) -> None:
    body = client.post(URL).json()
    assert set(body) == {"id", "notice"} and "digital assistent" in body["notice"] and "30 dage" in body["notice"]
    assert len({begin(client) for _ in range(5)}) == 5


def test_question_is_answered(client: TestClient) -> None:
    body = said(client, begin(client), "hvad koster tøjvask i Gladsaxe?", "1").json()
    assert (body["turn"], body["redacted"]) == (1, False)
    assert "gratis" in body["messages"][0]["text"]
    assert [m["custom"]["status"] for m in body["messages"] if "custom" in m] == ["answered"]
    assert all(set(message) <= {"text", "buttons", "custom"} for message in body["messages"])


def test_page_gives_the_municipality(client: TestClient) -> None:
    body = said(client, begin(client, municipality="gentofte", channel="page"), "hvad koster støtten?", "1").json()
    assert next(m["custom"] for m in body["messages"] if "custom" in m)["municipality"]["id"] == "gentofte"


def test_conversation_carries_over_and_turns_are_counted(client: TestClient) -> None:
    identifier = begin(client)
    said(client, identifier, "hvad koster tøjvask i Gladsaxe?", "1")
    body = said(client, identifier, "hvem kan få det?", "2").json()
    assert body["turn"] == 2
    assert next(m["custom"] for m in body["messages"] if "custom" in m)["municipality"]["id"] == "gladsaxe"


def test_same_client_id_gets_the_same_reply_and_is_handled_once(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    handle = client.app.state.bot.turn

    async def counted(*arguments: Any) -> Any:
        calls.append(arguments)
        return await handle(*arguments)

    monkeypatch.setattr(client.app.state.bot, "turn", counted)
    identifier = begin(client)
    first = said(client, identifier, "hvad koster tøjvask i Gladsaxe?", "same").json()
    assert said(client, identifier, "hvad koster tøjvask i Gladsaxe?", "same").json() == first
    assert len(calls) == 1
    assert said(client, identifier, "hej", "other").json()["turn"] == 2


def test_repeated_requests_at_the_same_time_are_handled_once(client: TestClient) -> None:
    identifier = begin(client)
    with client, ThreadPoolExecutor(8) as pool:
        replies = [r.json() for r in pool.map(lambda _: said(client, identifier, "hvad koster tøjvask?", "x"), range(8))]
    assert all(reply == replies[0] for reply in replies) and replies[0]["turn"] == 1


def test_message_that_failed_can_be_sent_again(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError

    identifier = begin(client)
    quiet = TestClient(client.app, raise_server_exceptions=False)
    with monkeypatch.context() as patch, capture_logs() as logs:
        patch.setattr(client.app.state.bot, "turn", fail)
        assert_problem(said(quiet, identifier, "hej", "1"), 500)
    assert any(entry["event"] == "request.failed" and "{identifier}" in entry["route"] for entry in logs)
    assert identifier not in str(logs)
    assert said(client, identifier, "hej", "1").json()["turn"] == 1


def test_deleted_conversation_is_gone(client: TestClient) -> None:
    identifier = begin(client)
    said(client, identifier, "hvad koster tøjvask i Gladsaxe?", "1")
    key = identifier.rpartition(".")[0]
    assert remembered(client, key)
    response = client.delete(f"{URL}/{identifier}")
    assert response.status_code == 204 and response.content == b""
    assert not remembered(client, key)
    with client.app.state.database.read() as connection:
        for table in (tables.conversations.c.id, tables.turns.c.conversation):
            assert connection.execute(tables.select(table).where(table == key)).first() is None
    assert_problem(said(client, identifier, "hej", "2"), 404)
    assert_problem(client.delete(f"{URL}/{identifier}"), 404)


def test_conversation_deleted_while_it_is_answered_stays_deleted(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    turn = client.app.state.bot.turn
    identifier = begin(client)
    key = identifier.rpartition(".")[0]

    async def slow(*arguments: Any) -> Any:
        client.app.state.conversations.delete(key)  # by another replica, at this moment
        return await turn(*arguments)

    monkeypatch.setattr(client.app.state.bot, "turn", slow)
    assert_problem(said(client, identifier, "hvad koster tøjvask i Gladsaxe?", "1"), 404)
    assert not remembered(client, key)


def remembered(client: TestClient, key: str) -> bool:
    return asyncio.run(client.app.state.bot._agent.tracker_store.retrieve(f"conversation:{key}")) is not None


@pytest.mark.parametrize("change", ["forged", "unsigned", "bare", "other_purpose"])
def test_id_that_was_not_given_out_is_unknown(client: TestClient, change: str) -> None:
    given = begin(client)
    key, _, seal = given.rpartition(".")
    wrong = {
        "forged": f"{key[:-1]}{'A' if key[-1] != 'A' else 'B'}.{seal}",
        "unsigned": key,
        "bare": f"{key}.",
        "other_purpose": f"{key}.{seal[:-1]}{'A' if seal[-1] != 'A' else 'E'}",
    }[change]
    assert_problem(said(client, wrong, "hej", "1"), 404)
    assert_problem(client.delete(f"{URL}/{wrong}"), 404)
    assert_problem(client.post(f"{URL}/{wrong}/feedback", json={"turn": 1, "helpful": True}), 404)


def test_conversation_expires(client: TestClient) -> None:
    identifier = begin(client)
    key = identifier.rpartition(".")[0]
    old = datetime.utcnow() - timedelta(days=client.app.state.settings.retention_days, minutes=1)
    with client.app.state.database.begin() as connection:
        connection.execute(update(tables.conversations).where(tables.conversations.c.id == key).values(last=old))
    assert_problem(said(client, identifier, "hej", "1"), 404)


def test_free_sender_cannot_reach_a_conversation(client: TestClient) -> None:
    key = begin(client).rpartition(".")[0]
    body = {"sender": f"conversation:{key}", "message": "hvad spurgte jeg om?"}
    assert "sender" in assert_problem(client.post("/webhooks/rest/webhook", json=body), 422)["title"]


def test_feedback_is_kept_without_text_and_once(client: TestClient) -> None:
    identifier = begin(client)
    said(client, identifier, "hvad koster tøjvask i Gladsaxe?", "1")
    before = kept_feedback(client)
    for opinion in ({"turn": 1, "helpful": True}, {"turn": 1, "helpful": False, "reason": "unclear"}):
        assert client.post(f"{URL}/{identifier}/feedback", json=opinion).status_code == 204
    made = [row for row in kept_feedback(client) if row not in before]
    assert [row[2:] for row in made] == [("gladsaxe", "cost", "answered", False, "unclear")]
    assert_problem(client.post(f"{URL}/{identifier}/feedback", json={"turn": 9, "helpful": True}), 404)


def kept_feedback(client: TestClient) -> list[tuple[Any, ...]]:
    with client.app.state.database.read() as connection:
        return [tuple(row) for row in connection.execute(tables.select(tables.feedback))]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "hej"},
        {"client_id": "1"},
        {"text": 7, "client_id": "1"},
        {"text": "hej", "client_id": ""},
        {"text": "hej", "client_id": "x" * 65},
        {"text": "hej", "client_id": "a b"},
        {"text": "  \u200b\u202e", "client_id": "1"},
        {"text": None, "client_id": None},
        ["hej"],
        "hej",
        None,
    ],
)
def test_wrong_message_is_refused(client: TestClient, body: Any) -> None:
    assert_problem(client.post(f"{URL}/{begin(client)}/messages", json=body), 422)


@pytest.mark.parametrize("body", [{"municipality": "atlantis"}, {"municipality": 7}, {"channel": "fax"}, ["x"], "x"])
def test_wrong_beginning_is_refused(client: TestClient, body: Any) -> None:
    assert_problem(client.post(URL, json=body), 422)


@pytest.mark.parametrize(
    "body",
    [
        {"turn": "1", "helpful": True},
        {"turn": 0, "helpful": True},
        {"turn": 1, "helpful": "yes"},
        {"turn": 10**30, "helpful": True},
    ],
)
def test_wrong_feedback_is_refused(client: TestClient, body: Any) -> None:
    assert_problem(client.post(f"{URL}/{begin(client)}/feedback", json=body), 422)


def test_message_that_is_too_long_is_refused(client: TestClient) -> None:
    assert_problem(said(client, begin(client), "å" * (client.app.state.settings.max_message + 1), "1"), 413)
