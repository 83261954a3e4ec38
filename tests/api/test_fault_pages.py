"""Who is told a fault as a page, and who gets the problem document."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from knowledge.errors import KnowledgeError
from state.errors import StateUnavailable
from tests.api.apps import client_of
from tests.api.problem import assert_problem

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def assert_page(response: Any, status: int, words: str) -> None:
    assert response.status_code == status and response.headers["content-type"].startswith("text/html")
    assert words in response.text and 'lang="da"' in response.text and "<script" not in response.text
    assert "script-src 'self'" in response.headers["content-security-policy"] and response.headers["vary"] == "Accept"


def test_unknown_address_is_a_page_in_a_browser_and_a_problem_elsewhere(client: TestClient) -> None:
    assert_page(client.get("/findes-ikke", headers=BROWSER), 404, "Siden findes ikke")
    assert_problem(client.get("/findes-ikke"), 404)
    assert_problem(client.get("/findes-ikke", headers={"Accept": "application/json"}), 404)
    assert_problem(client.post("/findes-ikke", headers=BROWSER), 404)


@pytest.mark.parametrize("path", ["/v1/services/findes-ikke", "/v1/findes-ikke", "/webhooks/findes-ikke"])
def test_addresses_of_programs_stay_problems_in_a_browser(client: TestClient, path: str) -> None:
    assert_problem(client.get(path, headers=BROWSER), 404)


def test_address_is_shown_to_nobody(client: TestClient) -> None:
    assert "kvarts" not in client.get("/kvarts/<script>?kvarts=1", headers=BROWSER).text.lower()


def test_address_that_takes_no_visit_is_not_found(client: TestClient) -> None:
    response = client.get("/chat/delete", headers=BROWSER)
    assert_page(response, 405, "Siden findes ikke")
    assert response.headers["allow"] == "POST"


def test_unreadable_address_is_told(client: TestClient) -> None:
    assert_page(client.get("/chat", params={"municipality": "x" * 100}, headers=BROWSER), 422, "Adressen kan ikke læses")


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (StateUnavailable("on purpose"), 503, "Siden er lukket lige nu"),
        (KnowledgeError("on purpose"), 503, "Siden er lukket lige nu"),
        (RuntimeError("on purpose"), 500, "Der er sket en fejl hos os"),
    ],
)
def test_fault_of_the_service_is_told(bot, tmp_path, error: Exception, status: int, words: str) -> None:
    app = client_of(bot, tmp_path).app

    async def fail() -> None:
        raise error

    app.add_api_route("/test/fault", fail)
    client = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    assert_page(client.get("/test/fault", headers=BROWSER), status, words)
    assert_problem(client.get("/test/fault"), status)
    assert "on purpose" not in client.get("/test/fault", headers=BROWSER).text
    if isinstance(error, StateUnavailable):
        assert client.get("/test/fault", headers=BROWSER).headers["retry-after"] == "5"
