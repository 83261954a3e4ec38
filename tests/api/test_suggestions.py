"""/v1/suggest over HTTP."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.api.problem import assert_problem


def test_a_suggestion_says_what_it_is_and_where(client: TestClient) -> None:
    found = client.get("/v1/suggest", params={"q": "indkøb moderat timer", "municipality": "glostrup"}).json()["results"][0]
    assert found.pop("score") > 0
    assert found == {
        "kind": "fact",
        "municipality": {"id": "glostrup", "name": "Glostrup"},
        "service": {"id": "glostrup-indkoeb-madlavning", "name": found["service"]["name"]},
        "paragraphs": ["85"],
        "facet": "extent",
        "title": "Omfang",
        "text": found["text"],
        "level": 2,
        "stated": True,
        "source": {"document": "002", "section": found["source"]["section"], "lines": found["source"]["lines"]},
    }
    assert "6 timer" in found["text"]


def test_suggestions_come_best_first_and_no_more_than_asked_for(client: TestClient) -> None:
    scores = [item["score"] for item in client.get("/v1/suggest", params={"q": "rengøring", "limit": 5}).json()["results"]]
    assert len(scores) == 5 and scores == sorted(scores, reverse=True)


def test_nothing_found_is_an_empty_list(client: TestClient) -> None:
    assert client.get("/v1/suggest", params={"q": "qqqqq"}).json() == {"results": []}


@pytest.mark.parametrize("wrong", [{"municipality": "atlantis"}, {"service": "vask"}, {"facet": "pris"}])
def test_an_unknown_narrowing_is_not_found(client: TestClient, wrong: dict) -> None:
    assert next(iter(wrong.values())) in assert_problem(client.get("/v1/suggest", params={"q": "vask", **wrong}), 404)["title"]


@pytest.mark.parametrize("wrong", [{"q": "x" * 301}, {"limit": 0}, {"limit": 51}])
def test_a_request_that_cannot_be_made_is_refused(client: TestClient, wrong: dict) -> None:
    assert assert_problem(client.get("/v1/suggest", params={"q": "vask", **wrong}), 422)["errors"]
