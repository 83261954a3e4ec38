"""Personal data reaches neither the reply nor what is stored or logged, whichever channel it came by."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

NUMBER, PHONE, EMAIL = "010190-1234", "22 33 44 55", "bo.hansen@mail.dk"
# Whole numbers only: "1234" is bound to turn up by chance inside a time stamp or a random identifier.
SECRETS = re.compile(r"(?<![\w.])(?:010190|1234(?!\w))|22 33|33 44|bo\.hansen")
QUESTION = f"mit cpr er {NUMBER}, ring på {PHONE} eller {EMAIL}, hvad koster tøjvask i Gladsaxe?"


def assert_clean(text: str) -> None:
    assert SECRETS.findall(text) == []


@pytest.mark.parametrize("left", [NUMBER, NUMBER.replace("-", ""), "xxxxxx-1234", "22 33 xx xx", "xx 33 44 55", EMAIL])
def test_check_finds_what_is_left(left: str) -> None:
    assert SECRETS.findall(json.dumps({"text": f"mit cpr er {left}"})) and not SECRETS.findall("1764375.1234 a1234f 912345")


def webhook(client: TestClient, **body: Any) -> Any:
    return client.post("/webhooks/rest/webhook", json=body)


def test_question_is_answered_and_the_citizen_told(client: TestClient, sender: Callable[[], str]) -> None:
    name = sender()
    response = webhook(client, sender=name, message=QUESTION)
    assert "gratis" in response.text and "CPR-nummeret, telefonnummeret og mailadressen" in response.json()[-1]["text"]
    assert_clean(response.text)
    assert_clean(stored(client, name))


def test_pages_channel_tells_and_stores_nothing(client: TestClient) -> None:
    identifier = client.post("/v1/conversations").json()["id"]
    response = client.post(f"/v1/conversations/{identifier}/messages", json={"text": QUESTION, "client_id": "1"})
    assert response.json()["redacted"] is True and "gratis" in response.text
    assert_clean(response.text)
    assert_clean(stored(client, f"conversation:{identifier.rpartition('.')[0]}"))
    assert_clean(database_text(client))


def database_text(client: TestClient) -> str:
    connection = sqlite3.connect(client.app.state.settings.home / "state.db")
    try:
        return "\n".join(connection.iterdump())
    finally:
        connection.close()


def test_municipal_phone_is_understood(client: TestClient, sender: Callable[[], str]) -> None:
    name = sender()
    webhook(client, sender=name, message="hvem skal jeg ringe til i Brønderslev?")
    assert "9945 4421" in webhook(client, sender=name, message="ring til 9945 4421?").text
    assert "9945 4421" in stored(client, name)


def test_metadata_is_not_stored(client: TestClient, sender: Callable[[], str]) -> None:
    name = sender()
    for metadata in ({"municipality": "gladsaxe", "user": QUESTION}, {"municipality": QUESTION}):
        assert webhook(client, sender=name, message="hej", metadata=metadata).status_code == 200
    assert_clean(stored(client, name))


def test_sender_that_is_a_number_is_not_stored(client: TestClient) -> None:
    first = webhook(client, sender=NUMBER, message="hvad koster tøjvask i Gladsaxe?").json()
    then = webhook(client, sender=NUMBER, message="hvem kan få det?").json()
    assert {m["recipient_id"] for m in first + then} == {NUMBER}
    assert next(m["custom"] for m in then if "custom" in m)["municipality"]["id"] == "gladsaxe"
    trackers = client.app.state.bot._agent.tracker_store
    assert NUMBER not in set(asyncio.run(trackers.keys()))


def test_bot_itself_redacts_whatever_channel_called(client: TestClient, bot: Any, sender: Callable[[], str]) -> None:
    name = sender()
    bot.handle_now(QUESTION, name)
    assert_clean(stored(client, name))


def test_refused_request_does_not_show_what_was_written(client: TestClient) -> None:
    response = webhook(client, sender="a", message=f"{QUESTION} " * 300)
    assert response.status_code == 413
    assert_clean(response.text)


def test_logs_and_exceptions_do_not_hold_it(
    client: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Everything is logged in full detail, and the bot fails with the text it was given in its exception."""
    caplog.set_level(logging.DEBUG)
    webhook(client, sender="logs", message=QUESTION)

    async def fail(text: str, *_: Any) -> None:
        raise RuntimeError(text)

    monkeypatch.setattr(client.app.state.bot, "handle", fail)
    with pytest.raises(RuntimeError, match="koster") as caught:
        webhook(client, sender="logs", message=QUESTION)
    captured = capfd.readouterr()
    for text in (caplog.text, captured.out, captured.err, str(caught.value)):
        assert_clean(text)


@pytest.mark.parametrize(
    "wish", ["slet min samtale", "Kan du slette samtalen?", "jeg vil gerne have samtalen slettet", "SLET CHATTEN"]
)
def test_wish_to_delete_is_done(client: TestClient, sender: Callable[[], str], wish: str) -> None:
    name = sender()
    webhook(client, sender=name, message="hvad koster tøjvask i Gladsaxe?")
    assert "slettet" in webhook(client, sender=name, message=wish).json()[0]["text"]
    assert asyncio.run(client.app.state.bot._agent.tracker_store.retrieve(name)) is None


def test_wish_to_delete_on_the_pages(client: TestClient) -> None:
    identifier = client.post("/v1/conversations").json()["id"]
    url, key = f"/v1/conversations/{identifier}/messages", identifier.rpartition(".")[0]
    client.post(url, json={"text": "hvad koster tøjvask i Gladsaxe?", "client_id": "1"})
    assert "slettet" in client.post(url, json={"text": "slet min samtale", "client_id": "2"}).text
    assert asyncio.run(client.app.state.bot._agent.tracker_store.retrieve(f"conversation:{key}")) is None
    assert key in database_text(client) and "tøjvask" not in database_text(client).partition(key)[2].partition("\n")[0]
    assert client.post(url, json={"text": "hej", "client_id": "3"}).json()["turn"] == 3


@pytest.mark.parametrize("question", ["hvornår slettes min samtale?", "bliver det slettet?", "hvad koster tøjvask?"])
def test_question_about_deletion_deletes_nothing(client: TestClient, sender: Callable[[], str], question: str) -> None:
    name = sender()
    webhook(client, sender=name, message=question)
    assert asyncio.run(client.app.state.bot._agent.tracker_store.retrieve(name)) is not None


def stored(client: TestClient, name: str) -> str:
    """All events the tracker store keeps of a conversation."""
    tracker = asyncio.run(client.app.state.bot._agent.tracker_store.retrieve(name))
    return json.dumps([event.as_dict() for event in tracker.events], ensure_ascii=False, default=str)
