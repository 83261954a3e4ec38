"""Channels turned off and on by command line and API, seen by every replica, written into the audit log."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.command_line import app as command
from state.database import Database
from state.errors import StateUnavailable
from state.switches import Switch, Switches
from tests.api.apps import client_of
from tests.api.problem import assert_problem

HELLO = {"sender": "anna", "message": "hej"}


def turn(client: TestClient, channel: str, off: bool, reason: str = "fejl i svar") -> None:
    response = client.put(f"/v1/admin/channels/{channel}", json={"off": off, "reason": reason})
    assert response.status_code == 200 and response.json()["off"] is off


def test_channel_that_is_off_answers_politely(bot, tmp_path: Path) -> None:
    client = client_of(bot, tmp_path)
    widget = client.post("/v1/conversations").json()["id"]
    page = client.post("/v1/conversations", json={"channel": "page"}).json()["id"]
    turn(client, "widget", True)
    for response in (
        client.post("/v1/conversations"),
        client.post(f"/v1/conversations/{widget}/messages", json={"text": "hej", "client_id": "1"}),
    ):
        body = assert_problem(response, 503)
        assert "kontakte kommunen" in body["text"] and "fejl i svar" not in response.text
    assert client.post(f"/v1/conversations/{page}/messages", json={"text": "hej", "client_id": "1"}).status_code == 200
    assert client.post("/webhooks/rest/webhook", json=HELLO).status_code == 200
    assert client.delete(f"/v1/conversations/{widget}").status_code == 204  # deleting stays possible
    turn(client, "widget", False)
    assert client.post("/v1/conversations").status_code == 201


def test_rasa_channel_can_be_turned_off(bot, tmp_path: Path) -> None:
    client = client_of(bot, tmp_path)
    turn(client, "rest", True)
    assert assert_problem(client.post("/webhooks/rest/webhook", json=HELLO), 503)["text"]


def test_audit_log_tells_who_and_when(bot, tmp_path: Path) -> None:
    client = client_of(bot, tmp_path)
    turn(client, "widget", True, "forkert telefonnummer")
    turn(client, "widget", False, "rettet")
    entries = client.get("/v1/admin/audit").json()
    assert [(e["what"], e["detail"]) for e in entries] == [
        ("channel.on", "widget: rettet"),
        ("channel.off", "widget: forkert telefonnummer"),
    ]
    assert all(e["who"] and datetime.fromisoformat(e["at"]) for e in entries)
    state = {switch["channel"]: switch for switch in client.get("/v1/admin/channels").json()}
    assert set(state) == {"widget", "console", "page", "rest"} and state["widget"]["reason"] == "rettet"


def test_switches_are_for_administrators(bot, tmp_path: Path) -> None:
    client = client_of(bot, tmp_path)
    proxied = {"X-Forwarded-For": "1.2.3.4"}
    assert_problem(client.put("/v1/admin/channels/widget", json={"off": True, "reason": "x"}, headers=proxied), 401)
    assert_problem(client.get("/v1/admin/audit", headers=proxied), 401)


@pytest.mark.parametrize("body", [{}, {"off": "yes", "reason": "x"}, {"off": True}, {"off": True, "reason": " "}])
def test_wrong_turn_is_refused(bot, tmp_path: Path, body: dict) -> None:
    client = client_of(bot, tmp_path)
    assert_problem(client.put("/v1/admin/channels/widget", json=body), 422)
    assert_problem(client.put("/v1/admin/channels/fax", json={"off": True, "reason": "x"}), 422)


def test_command_line_turns_off_and_replicas_see_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VEJVISER_HOME", str(tmp_path))
    now = [0.0]
    replica = Switches(Database(f"sqlite:///{tmp_path / 'state.db'}"), clock=lambda: now[0])
    assert not replica.is_off("widget")
    runner = CliRunner()
    assert runner.invoke(command, ["channel", "off", "widget"]).exit_code == 2  # a reason is needed
    assert runner.invoke(command, ["channel", "off", "fax", "--reason", "x"]).exit_code == 1
    assert runner.invoke(command, ["channel", "off", "widget", "--reason", "fejl"]).exit_code == 0
    assert not replica.is_off("widget")
    now[0] = 2.5
    assert replica.is_off("widget")
    assert "off" in runner.invoke(command, ["channel", "list"]).output
    assert "command line" in runner.invoke(command, ["channel", "log"]).output


def test_switch_stays_as_last_seen_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    now = [0.0]
    switches = Switches(Database(f"sqlite:///{tmp_path / 'state.db'}"), clock=lambda: now[0])
    switches.set(Switch("widget", True, "x", "me"), datetime(2026, 1, 1))
    assert switches.is_off("widget")

    def away() -> None:
        raise StateUnavailable

    monkeypatch.setattr(switches, "all", away)
    now[0] = 10
    assert switches.is_off("widget") and not switches.is_off("page")
