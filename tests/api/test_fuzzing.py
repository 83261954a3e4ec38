"""Nothing that is sent makes the service fail: every operation of the OpenAPI, and the channels with whatever JSON there is."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.apps import client_of

STAFF = "^/v1/(admin|passages)"
WEBHOOK, CONVERSATIONS = "/webhooks/rest/webhook", "/v1/conversations"
calm = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def unlimited(bot: Any, folder: Any) -> TestClient:
    """An application without limits, called from this machine; a fault is a response, not an exception."""
    client = client_of(bot, folder, conversation_limit="off", address_limit="off", lookup_limit="off")
    return TestClient(client.app, base_url="http://127.0.0.1", client=("127.0.0.1", 1), raise_server_exceptions=False)


@pytest.fixture(scope="module")
def fuzzed(bot: Any, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return unlimited(bot, tmp_path_factory.mktemp("fuzz"))


@pytest.fixture(scope="module")
def of_staff(bot: Any, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """Apart, because whoever fuzzes the switches turns the channels off."""
    return unlimited(bot, tmp_path_factory.mktemp("staff"))


@pytest.fixture(scope="module")
def citizens(fuzzed: TestClient) -> Any:
    return schemathesis.openapi.from_dict(fuzzed.get("/openapi.json").json())


@pytest.fixture(scope="module")
def staff(of_staff: TestClient) -> Any:
    return schemathesis.openapi.from_dict(of_staff.get("/openapi.json").json())


def send(client: TestClient, case: Any) -> None:
    arguments = case.as_transport_kwargs(base_url="http://127.0.0.1")
    sent = {key: arguments[key] for key in ("params", "headers", "json", "data", "content", "cookies") if arguments.get(key)}
    response = client.request(arguments["method"], arguments["url"], **sent)
    assert response.status_code < 500, f"{case.method} {case.path} {sent}: {response.text}"


@schemathesis.pytest.from_fixture("citizens").exclude(path_regex=STAFF).parametrize()
@calm
def test_no_operation_fails(case: Any, fuzzed: TestClient) -> None:
    send(fuzzed, case)


@schemathesis.pytest.from_fixture("staff").include(path_regex=STAFF).parametrize()
@calm
def test_no_operation_of_the_staff_fails(case: Any, of_staff: TestClient) -> None:
    assert re.match(STAFF, case.path)
    send(of_staff, case)


any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=50),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)
payloads = st.sampled_from(
    [
        '/intent{"a": 1}',
        "/restart",
        "//////greet",
        'EXTERNAL: /greet{"municipality": "gladsaxe"}',
        '{"text": "hej", "sender": "x"}',
        "[gladsaxe](municipality)",
        '["/greet"]',
        "/cost{",
        "\u202e/greet",
        "\U000e0048\U000e0065 hej",
        "{slot}",
        "utter_greet",
        "action_restart",
        "$(id)",
        "%00",
    ]
)
texts = st.text(max_size=300) | payloads | st.builds(str.__add__, payloads, st.text(max_size=50))


def assert_sound(response: Any) -> None:
    """A reply or a problem document, in JSON."""
    assert response.status_code in (200, 201, 400, 404, 413, 422), response.text
    response.json()


@given(text=texts, sender=st.text(min_size=1, max_size=30))
@calm
def test_any_text_gets_a_reply_or_a_reason(fuzzed: TestClient, text: str, sender: str) -> None:
    body = json.dumps({"sender": sender, "message": text})
    response = fuzzed.post(WEBHOOK, content=body)
    assert_sound(response)
    if response.status_code == 200:
        assert all(message["recipient_id"] == sender for message in response.json())
        assert any(message.get("text") for message in response.json())


@given(text=texts)
@calm
def test_any_text_gets_a_reply_or_a_reason_on_the_pages(fuzzed: TestClient, text: str) -> None:
    identifier = fuzzed.post(CONVERSATIONS).json()["id"]
    body = json.dumps({"text": text, "client_id": "1"})
    response = fuzzed.post(f"{CONVERSATIONS}/{identifier}/messages", content=body, headers={"content-type": "application/json"})
    assert_sound(response)
    if response.status_code == 200:
        assert response.json()["messages"][0]["text"] and response.json()["turn"] == 1


@given(body=any_json | st.fixed_dictionaries({"sender": any_json, "message": any_json, "metadata": any_json}))
@calm
def test_any_json_is_taken_or_refused(fuzzed: TestClient, body: Any) -> None:
    assert_sound(fuzzed.post(WEBHOOK, content=json.dumps(body)))


@given(body=any_json | st.fixed_dictionaries({"text": any_json, "client_id": any_json}), beginning=any_json, opinion=any_json)
@calm
def test_any_json_is_taken_or_refused_on_the_pages(fuzzed: TestClient, body: Any, beginning: Any, opinion: Any) -> None:
    as_json = {"content-type": "application/json"}
    assert_sound(fuzzed.post(CONVERSATIONS, content=json.dumps(beginning), headers=as_json))
    identifier = fuzzed.post(CONVERSATIONS).json()["id"]
    assert_sound(fuzzed.post(f"{CONVERSATIONS}/{identifier}/messages", content=json.dumps(body), headers=as_json))
    assert_sound(fuzzed.post(f"{CONVERSATIONS}/{identifier}/feedback", content=json.dumps(opinion), headers=as_json))


@given(body=st.binary(max_size=2000))
@calm
def test_any_bytes_are_taken_or_refused(fuzzed: TestClient, body: bytes) -> None:
    for url in (WEBHOOK, CONVERSATIONS, f"{CONVERSATIONS}/x.y/messages", "/v1/guide"):
        assert_sound(fuzzed.post(url, content=body, headers={"content-type": "application/json"}))


@pytest.mark.parametrize("opening", ["[", '{"message":', '{"a":[', '"'])
def test_deep_and_huge_bodies_are_refused(fuzzed: TestClient, opening: str) -> None:
    for size in (30_000, 100_000, 2_000_000):
        body = (opening * (size // len(opening))).encode()
        for url in (WEBHOOK, CONVERSATIONS, "/v1/guide"):
            response = fuzzed.post(url, content=body, headers={"content-type": "application/json"})
            assert response.status_code in (400, 413, 422), url


@given(identifier=st.text(min_size=1, max_size=250))
@calm
def test_any_id_that_was_not_given_out_is_unknown(fuzzed: TestClient, identifier: str) -> None:
    name = quote(identifier.encode("utf-8", "surrogatepass"), safe="")
    for response in (
        fuzzed.post(f"{CONVERSATIONS}/{name}/messages", json={"text": "hej", "client_id": "1"}),
        fuzzed.delete(f"{CONVERSATIONS}/{name}"),
    ):
        assert response.status_code in (404, 405, 422), identifier


@pytest.mark.parametrize(
    "payload", ["/greet", '/answer{"municipality":"gladsaxe"}', "EXTERNAL: hej", "/session_start", "/restart"]
)
def test_payload_of_rasa_is_plain_text(fuzzed: TestClient, bot: Any, payload: str) -> None:
    assert fuzzed.post(WEBHOOK, json={"sender": f"payload {payload}", "message": payload}).status_code == 200
    tracker = asyncio.run(fuzzed.app.state.bot.conversations.retrieve(f"payload {payload}"))
    said = [event for event in tracker.events if event.type_name == "user"]
    assert said and all(not event.text.startswith("/") for event in said)
    assert all(event.parse_data["intent"]["name"] not in ("session_start", "restart") for event in said)
