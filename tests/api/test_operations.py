"""Health, the description of the API, and what happens when something is broken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.application import create_app
from api.settings import Settings
from knowledge import database
from knowledge.snapshot import Store
from tests.api.problem import assert_problem
from tests.knowledge import tiny

PATHS = {
    "/webhooks/rest/webhook",
    "/v1/municipalities",
    "/v1/topics",
    "/v1/facets",
    "/v1/services",
    "/v1/services/{service_id}",
    "/v1/answers",
    "/v1/search",
    "/health",
}


def test_health_tells_what_runs(client: TestClient) -> None:
    found = client.get("/health").json()
    assert found["status"] == "ok"
    assert found["spacy"] in ("da_core_news_sm", "core_news_sm", "blank_da_lookup")
    assert re.fullmatch(r"vejviser-[0-9a-f]{16}\.tar\.gz", found["model"])
    assert found["catalogue"]["municipalities"] == 5 and found["catalogue"]["problems"] == []


def test_broken_catalogue_is_degraded_and_still_served(bot, tmp_path: Path) -> None:
    folder = tiny.write(tmp_path / "catalogue")
    small = Store(database.connect(f"sqlite:///{tmp_path / 'k.db'}"), folder)
    assert small.snapshot
    tiny.write(folder, service="broken: [")
    small.reload()
    app = create_app(bot=bot)
    app.state.store = small
    found = TestClient(app).get("/health").json()
    assert found["status"] == "degraded" and tiny.SERVICE_FILE in found["catalogue"]["problems"][0]
    assert len(TestClient(app).get("/v1/services").json()) == 1


def test_missing_knowledge_is_unavailable(bot, tmp_path: Path) -> None:
    app = create_app(bot=bot)
    app.state.store = Store(database.connect(f"sqlite:///{tmp_path / 'k.db'}"), tmp_path / "nowhere")
    assert_problem(TestClient(app).get("/v1/municipalities"), 503)


def test_unexpected_fault_is_a_problem_without_a_stack_trace(bot, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("secret detail")

    app = create_app(bot=bot)
    monkeypatch.setattr(bot, "handle", fail)
    client = TestClient(app, raise_server_exceptions=False)
    response = client.post("/webhooks/rest/webhook", json={"sender": "a", "message": "hej"})
    assert "secret detail" not in response.text
    assert_problem(response, 500)


def test_unknown_path_is_not_found(client: TestClient) -> None:
    assert_problem(client.get("/v1/nowhere"), 404)


def test_openapi_describes_every_path(client: TestClient) -> None:
    found = client.get("/openapi.json").json()
    assert found["openapi"].startswith("3.") and set(found["paths"]) >= PATHS
    operations = [operation for path in found["paths"].values() for operation in path.values()]
    assert all(operation.get("summary") for operation in operations)


def test_openapi_shows_what_the_channel_takes(client: TestClient) -> None:
    post = client.get("/openapi.json").json()["paths"]["/webhooks/rest/webhook"]["post"]
    schema = post["requestBody"]["content"]["application/json"]["schema"]
    assert schema["required"] == ["message"] and set(schema["properties"]) == {"sender", "message", "metadata"}
    assert schema["properties"]["message"]["maxLength"] == Settings().max_message


def test_description_page_asks_no_third_party_for_files(client: TestClient) -> None:
    hosts = set(re.findall(r"(?:src|href)=\"https?://([^/\"]+)", client.get("/docs").text))
    assert hosts == set()


def test_application_starts_and_stops_its_watcher(bot) -> None:
    with TestClient(create_app(bot=bot)) as client:
        assert client.get("/health").status_code == 200


@pytest.mark.parametrize("variable", ["VEJVISER_PORT=0", "VEJVISER_PORT=x", "VEJVISER_MAX_MESSAGE=x"])
def test_unusable_setting_is_refused(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    name, _, value = variable.partition("=")
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=name.removeprefix("VEJVISER_").lower()):
        Settings()


def test_server_listens_on_loopback_unless_told_otherwise() -> None:
    assert Settings().host == "127.0.0.1"
