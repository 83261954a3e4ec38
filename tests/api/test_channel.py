"""POST /webhooks/rest/webhook: Rasa's REST channel, one test an outcome."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from state.errors import StateUnavailable
from tests.api.problem import assert_problem

URL = "/webhooks/rest/webhook"


def post(client: TestClient, **body: Any) -> Any:
    return client.post(URL, json=body)


def test_question_is_answered_as_rasa_would(client: TestClient, sender: Callable[[], str]) -> None:
    name = sender()
    response = post(client, sender=name, message="hvad koster tøjvask i Gladsaxe?")
    assert response.status_code == 200 and response.headers["content-type"].startswith("application/json")
    messages = response.json()
    assert {message["recipient_id"] for message in messages} == {name}
    assert all(set(message) <= {"recipient_id", "text", "buttons", "custom"} for message in messages)
    assert "gratis" in messages[0]["text"]
    assert all(set(button) == {"title", "payload"} for button in messages[0]["buttons"])
    assert [m["custom"]["status"] for m in messages if "custom" in m] == ["answered"]


def test_button_payload_leads_on(client: TestClient, sender: Callable[[], str]) -> None:
    name = sender()
    first = post(client, sender=name, message="hvad koster støtte?").json()
    payload = next(b["payload"] for b in first[0]["buttons"] if "Gentofte" in b["title"])
    then = post(client, sender=name, message=payload).json()
    assert [m["custom"]["status"] for m in then if "custom" in m] == ["answered"]


def test_page_gives_the_municipality(client: TestClient, sender: Callable[[], str]) -> None:
    response = post(client, sender=sender(), message="hvad koster støtten?", metadata={"municipality": "gentofte"})
    assert response.json()[1]["custom"]["municipality"]["id"] == "gentofte"


@pytest.mark.parametrize("metadata", [{}, None, {"municipality": "atlantis"}, {"municipality": 7}, {"page": ["x"]}])
def test_metadata_without_a_municipality_does_no_harm(client: TestClient, sender: Callable[[], str], metadata: Any) -> None:
    response = post(client, sender=sender(), message="hvad koster støtten?", metadata=metadata)
    assert response.json()[1]["custom"]["status"] == "ask_back"


def test_unknown_fields_are_ignored(client: TestClient, sender: Callable[[], str]) -> None:
    assert post(client, sender=sender(), message="hej", input_channel="rest", stream=True, x={"y": 1}).status_code == 200


def test_sender_may_be_left_out(client: TestClient) -> None:
    assert post(client, message="hej").json()[0]["recipient_id"] == "default"


@pytest.mark.parametrize("message", ["", "   ", "\n\t", "\u200b\u200b", "\x00\x07", "\ud800"])
def test_empty_message_is_refused(client: TestClient, message: str) -> None:
    assert "message" in assert_problem(client.post(URL, content=json.dumps({"message": message})), 422)["title"]


@pytest.mark.parametrize(
    "body", [{}, {"sender": "a"}, {"message": None}, {"message": 7}, {"message": ["hej"]}, {"message": {}}]
)
def test_message_that_is_missing_or_no_text_is_refused(client: TestClient, body: dict) -> None:
    assert "message" in assert_problem(client.post(URL, json=body), 422)["title"]


@pytest.mark.parametrize("sender", [None, 7, "", "  ", [], "a\nb", pytest.param("x" * 256, id="long")])
def test_wrong_sender_is_refused(client: TestClient, sender: Any) -> None:
    assert "sender" in assert_problem(post(client, sender=sender, message="hej"), 422)["title"]


@pytest.mark.parametrize("metadata", ["gladsaxe", 7, ["gladsaxe"], True])
def test_wrong_metadata_is_refused(client: TestClient, metadata: Any) -> None:
    assert "metadata" in assert_problem(post(client, sender="a", message="hej", metadata=metadata), 422)["title"]


def test_longest_message_is_taken(client: TestClient, sender: Callable[[], str]) -> None:
    longest = client.app.state.settings.max_message
    assert post(client, sender=sender(), message="hvad koster det " * 200).status_code == 413
    assert post(client, sender=sender(), message=("hvad koster det " * 200)[:longest]).status_code == 200


def test_message_that_is_too_long_is_refused(client: TestClient) -> None:
    too_long = "å" * (client.app.state.settings.max_message + 1)
    assert_problem(post(client, sender="a", message=too_long), 413)


def test_body_that_is_too_large_is_refused(client: TestClient) -> None:
    too_large = {"x": "y" * client.app.state.settings.max_body}
    assert_problem(post(client, sender="a", message="hej", metadata=too_large), 413)


@pytest.mark.parametrize("content", [b'{"message": "h\xf8j"}', b"\xff\xfe", b'{"message": "\xc3"}'])
def test_body_that_is_not_utf8_is_refused(client: TestClient, content: bytes) -> None:
    assert "UTF-8" in assert_problem(client.post(URL, content=content), 400)["title"]


@pytest.mark.parametrize("content", [b"", b"{", b"hej", b'{"message": "hej"', pytest.param(b"[" * 60_000, id="deep")])
def test_body_that_is_no_json_is_refused(client: TestClient, content: bytes) -> None:
    assert "JSON" in assert_problem(client.post(URL, content=content), 400)["title"]


@pytest.mark.parametrize("content", [b"[]", b'"hej"', b"7", b"null", b"true"])
def test_body_that_is_no_object_is_refused(client: TestClient, content: bytes) -> None:
    assert_problem(client.post(URL, content=content), 422)


@pytest.mark.parametrize("message", ["/restart", "/session_start", "/cost", "/"])
def test_slash_command_gets_an_ordinary_reply(client: TestClient, sender: Callable[[], str], message: str) -> None:
    response = post(client, sender=sender(), message=message)
    assert response.status_code == 200 and response.json()[0]["text"]


@pytest.mark.parametrize(
    "message", ["<script>alert(1)</script>", "'; DROP TABLE knowledge_fact; --", "🙂🙂", "{{7*7}}", "%s%n"]
)
def test_odd_text_is_answered_and_not_echoed(client: TestClient, sender: Callable[[], str], message: str) -> None:
    response = post(client, sender=sender(), message=message)
    assert response.status_code == 200 and response.json()[0]["text"]
    assert message not in response.text


def test_get_on_the_webhook_is_not_allowed(client: TestClient) -> None:
    assert_problem(client.get(URL), 405)


def test_channel_says_that_it_is_there(client: TestClient) -> None:
    assert client.get("/webhooks/rest/").json() == {"status": "ok"}


def test_absent_store_is_told_and_to_be_tried_again(client: TestClient, bot, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_: object) -> None:
        raise StateUnavailable("connection to server at 10.0.0.1 failed")

    monkeypatch.setattr(bot.conversations, "_read", refuse)
    response = client.post(URL, json={"sender": "a", "message": "hej"})
    assert_problem(response, 503)
    assert response.headers["retry-after"] and "10.0.0.1" not in response.text
