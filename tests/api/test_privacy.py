"""A personal number (CPR) reaches neither the reply nor what is stored."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from api.privacy import redact

WRITTEN = ["010190-1234", "0101901234", "010190 1234", "010190 - 1234", "010190–1234"]  # an invented number, five ways


@pytest.mark.parametrize("number", WRITTEN)
def test_personal_number_is_taken_out(number: str) -> None:
    clean, found = redact(f"mit cpr er {number}, hvad koster det?")
    assert found and "1234" not in clean
    assert clean.startswith("mit cpr er ") and clean.endswith(", hvad koster det?")


@pytest.mark.parametrize("text", ["cpr:010190-1234.", "(010190-1234)", "010190-1234 og 311299-4321"])
def test_personal_number_is_taken_out_beside_punctuation(text: str) -> None:
    clean, found = redact(text)
    assert found and "1234" not in clean and "4321" not in clean


@pytest.mark.parametrize(
    "text", ["ring 9945 4421", "43 23 66 77", "990190-1234", "2600 Glostrup", "§ 85", "01.01.1990", "8-20"]
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert redact(text) == (text, False)


@pytest.mark.parametrize("number", WRITTEN[:3])
def test_personal_number_is_neither_echoed_nor_stored(client: TestClient, sender: Callable[[], str], number: str) -> None:
    name = sender()
    body = {"sender": name, "message": f"mit cpr er {number}, hvad koster tøjvask i Gladsaxe?"}
    response = client.post("/webhooks/rest/webhook", json=body)
    assert "gratis" in response.text and number not in response.text
    assert number not in stored(client, name)


def test_personal_number_in_metadata_is_not_stored(client: TestClient, sender: Callable[[], str]) -> None:
    name = sender()
    body = {"sender": name, "message": "hej", "metadata": {"municipality": "gladsaxe", "user": WRITTEN[0]}}
    assert client.post("/webhooks/rest/webhook", json=body).status_code == 200
    assert WRITTEN[0] not in stored(client, name)


def test_refused_request_does_not_show_what_was_written(client: TestClient) -> None:
    response = client.post("/webhooks/rest/webhook", json={"sender": "a", "message": f"{WRITTEN[0]} " * 300})
    assert response.status_code == 413 and WRITTEN[0] not in response.text


def stored(client: TestClient, name: str) -> str:
    """All events the tracker store keeps of a conversation."""
    tracker = asyncio.run(client.app.state.bot._agent.tracker_store.retrieve(name))
    return json.dumps([event.as_dict() for event in tracker.events], ensure_ascii=False, default=str)
