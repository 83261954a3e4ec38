"""Figures, logs and health: what operators see, and what must never be in it."""

from __future__ import annotations

import io
import json
import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from api import logs
from api.metrics import route_of
from bot.persistence.conversations import MemoryConversations
from bot.runtime import Bot
from bot.seen import OUTCOMES, STAGES
from knowledge.vocabulary import vocabulary
from state.errors import StateUnavailable
from tests.api.apps import client_of, exposed
from tests.api.problem import assert_problem

TOKEN = "metrics-token-of-the-tests-only"
SECRET_WORDS = "kvartsfnuller 010180-1234 anna@example.org"


@pytest.fixture()
def client(bot: Bot, tmp_path: Path) -> TestClient:
    return client_of(bot, tmp_path)


@pytest.fixture()
def configured() -> Iterator[None]:
    """Logs as the service writes them, with the set-up of before put back."""
    root = logging.getLogger()
    kept, before = (root.handlers, root.level), structlog.get_config()
    logs.configure()
    yield
    root.handlers, root.level = kept
    structlog.configure(**before)


@pytest.fixture()
def lines(configured: None, monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What is logged."""
    written = io.StringIO()
    monkeypatch.setattr(logs, "standard_error", lambda: written)
    return written


def say(client: TestClient, text: str, **headers: str):
    return client.post("/webhooks/rest/webhook", json={"sender": "anna", "message": text}, headers=headers)


def samples(client: TestClient) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for family in families for s in family.samples}


def test_turns_are_counted_by_outcome_and_facet(client: TestClient) -> None:
    say(client, "hvad koster tøjvask i Gladsaxe?")
    say(client, "hej")
    found = samples(client)
    assert found["vejviser_turns_total", (("facet", "cost"), ("outcome", "answered"))] == 1
    assert found["vejviser_turns_total", (("facet", ""), ("outcome", "talk"))] == 1
    assert all(found["vejviser_turn_seconds_count", (("stage", stage),)] == 2 for stage in STAGES)
    assert found["vejviser_requests_total", (("method", "POST"), ("route", "/webhooks/rest/webhook"), ("status", "200"))] == 2


def test_labels_come_from_closed_lists_only(client: TestClient) -> None:
    for text in ("hvad koster tøjvask i Gladsaxe?", SECRET_WORDS, "/restart"):
        say(client, text)
    for path in (
        "/v1/services/gladsaxe-toejvask",
        "/v1/services/kvartsfnuller",
        "/kvartsfnuller",
        "/v1/search?q=kvartsfnuller",
    ):
        client.get(path)
    client.request("KVARTS", "/health")
    text = client.get("/metrics").text
    assert "kvarts" not in text.lower() and "anna" not in text and "gladsaxe" not in text
    facets, outcomes = (set(re.findall(rf'vejviser_turns_total{{.*?{label}="(.*?)"', text)) for label in ("facet", "outcome"))
    assert facets <= {*vocabulary().facets, ""} and outcomes <= set(OUTCOMES)
    assert 'route="/v1/services/{service_id}"' in text


def test_errors_of_the_service_are_counted(bot: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(bot.on(MemoryConversations()), tmp_path)

    async def away(*_: object) -> None:
        raise StateUnavailable("on purpose")

    monkeypatch.setattr(client.app.state.bot.conversations, "_read", away)
    assert_problem(say(client, "hej"), 503)
    assert samples(client)["vejviser_errors_total", (("status", "503"),)] == 1


def test_figures_are_not_public(bot: Bot, tmp_path: Path) -> None:
    client = exposed(bot, tmp_path, metrics_token=TOKEN)
    for headers in (
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": TOKEN},
        {"Authorization": "Bearer \xe6".encode("latin-1")},
    ):
        assert_problem(client.get("/metrics", headers=headers), 403)
    assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert_problem(exposed(bot, tmp_path).get("/metrics", headers={"Authorization": "Bearer "}), 403)


def test_figures_are_not_open_through_a_proxy_of_this_machine(client: TestClient) -> None:
    assert_problem(client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}), 403)


def test_request_id_is_told_and_harmless_ones_are_taken_over(client: TestClient) -> None:
    given = client.get("/health/live", headers={"X-Request-Id": "0123abcd-from-proxy"}).headers["x-request-id"]
    assert given == "0123abcd-from-proxy"
    for bad in ("short", "with blank and more", "x" * 65, '"}\\n{'):
        made = client.get("/health/live", headers={"X-Request-Id": bad}).headers["x-request-id"]
        assert made != bad and re.fullmatch(r"[0-9a-f]{16}", made)


def test_log_lines_are_json_with_the_request_id_and_without_words(client: TestClient, lines: io.StringIO) -> None:
    response = say(client, SECRET_WORDS)
    client.get(f"/v1/search?q={SECRET_WORDS}")
    client.get("/v1/services/kvartsfnuller")
    entries = [json.loads(line) for line in lines.getvalue().splitlines()]
    first = next(entry for entry in entries if entry["event"] == "request")
    assert (first["method"], first["route"], first["status"]) == ("POST", "/webhooks/rest/webhook", 200)
    assert first["request_id"] == response.headers["x-request-id"] and first["timestamp"].endswith("Z")
    for word in (*SECRET_WORDS.split(), "anna", "127.0.0.1", "testclient"):
        assert word not in lines.getvalue()


def test_fault_is_logged_by_its_place_and_not_by_its_words(
    bot: Bot, client: TestClient, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError(SECRET_WORDS)

    quiet = TestClient(client.app, base_url="http://127.0.0.1", client=("127.0.0.1", 50000), raise_server_exceptions=False)
    monkeypatch.setattr(bot, "turn", fail)
    assert_problem(say(quiet, "hej"), 500)
    try:
        raise ValueError(SECRET_WORDS) from KeyError(SECRET_WORDS)
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    assert "kvartsfnuller" not in lines.getvalue()
    told = [json.loads(line) for line in lines.getvalue().splitlines()]
    fault = next(entry for entry in told if entry.get("logger") == "uvicorn.error")
    assert fault["fault"] == ["ValueError", "KeyError"] and "test_observing.py" in fault["where"][-1]


@pytest.mark.usefixtures("configured")
def test_lines_go_to_standard_error_as_it_is_at_the_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):  # test runners lend one and close it
        now = io.StringIO()
        monkeypatch.setattr(sys, "stderr", now)
        logging.getLogger("api").warning("told")
        assert json.loads(now.getvalue())["event"] == "told"
        now.close()


def test_lines_for_a_person_can_be_had(lines: io.StringIO) -> None:
    logs.configure(as_json=False)
    structlog.get_logger("api").info("hello", answer=42)
    assert "hello" in lines.getvalue() and not lines.getvalue().startswith("{")


def test_process_is_live_and_ready(client: TestClient) -> None:
    assert client.get("/health/live").json() == {"status": "ok"}
    assert client.get("/health/ready").json() == {
        "status": "ok",
        "checks": {"model": "ok", "database": "ok", "lock_store": "ok", "catalogue": "ok"},
    }


@pytest.mark.parametrize("part", ["database", "lock_store"])
def test_process_without_a_part_is_live_and_not_ready(
    bot: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    async def away() -> None:
        raise StateUnavailable("connection to 10.0.0.1 refused")

    client = client_of(bot.on(MemoryConversations()), tmp_path)
    serving = client.app.state.bot
    monkeypatch.setattr(serving.conversations if part == "database" else serving.locks, "ping", away)
    response = client.get("/health/ready")
    assert_problem(response, 503)
    assert response.json()["checks"][part] == "unavailable" and "10.0.0.1" not in response.text
    assert client.get("/health/live").status_code == 200
    assert samples(client)["vejviser_ready", (("part", part),)] == 0


def test_route_of_nothing_is_other() -> None:
    assert route_of({"type": "http"}) == "other"


@pytest.mark.usefixtures("configured")
def test_line_that_cannot_be_written_costs_nobody_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(27, "File too large")

    closed = io.StringIO()
    closed.close()
    for place in (Full(), closed):
        monkeypatch.setattr(logs, "standard_error", lambda place=place: place)
        structlog.get_logger("api").warning("lost")
