"""/v1/...: municipalities, topics, facets, services, answers, search."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from knowledge.vocabulary import vocabulary
from tests.api.problem import assert_problem


def test_municipalities(client: TestClient) -> None:
    found = {m["id"]: m for m in client.get("/v1/municipalities").json()}
    assert set(found) == {"gladsaxe", "gentofte", "glostrup", "broenderslev", "unavngivet"}
    assert found["unavngivet"]["named"] is False
    assert {c["phone"] for c in found["broenderslev"]["contact_points"]} == {"9945 4421", "9945 4705"}
    assert found["gentofte"]["documents"][0]["approved"][0]["date"] == "2014-06-04"


def test_topics_list_their_services(client: TestClient) -> None:
    found = {topic["id"]: topic["services"] for topic in client.get("/v1/topics").json()}
    assert set(found) == set(vocabulary().topics)
    assert "gladsaxe-toejvask" in found["toejvask"]


def test_facets_are_those_of_the_vocabulary(client: TestClient) -> None:
    assert [facet["id"] for facet in client.get("/v1/facets").json()] == list(vocabulary().facets)


def test_services_of_one_municipality(client: TestClient) -> None:
    found = client.get("/v1/services", params={"municipality": "gladsaxe"}).json()
    assert len(found) == 12 and {service["municipality"] for service in found} == {"gladsaxe"}


def test_services_about_one_topic(client: TestClient) -> None:
    found = client.get("/v1/services", params={"topic": "ledsagelse"}).json()
    assert {"gladsaxe-ledsagelse", "glostrup-ledsagerordning"} <= {service["id"] for service in found}
    assert all("ledsagelse" in service["topics"] for service in found)


@pytest.mark.parametrize("params", [{"municipality": "atlantis"}, {"topic": "vask"}])
def test_services_of_an_unknown_id_are_not_found(client: TestClient, params: dict) -> None:
    assert_problem(client.get("/v1/services", params=params), 404)


def test_one_service_with_its_facts(client: TestClient) -> None:
    found = client.get("/v1/services/gladsaxe-toejvask").json()
    assert found["document"] == "000" and found["paragraphs"] == ["85"]
    assert found["facts"]["cost"][0]["value"] == {"kind": "co_payment", "dkk": 0.0}
    assert found["facts"]["cost"][0]["source"]["lines"]
    assert "complaint" in found["not_stated"] and "complaint" not in found["facets"]


def test_unknown_service_is_not_found(client: TestClient) -> None:
    assert "/v1/services" in assert_problem(client.get("/v1/services/vask"), 404)["detail"]


def test_answer_to_a_stated_facet(client: TestClient) -> None:
    params = {"municipality": "glostrup", "facet": "extent", "service": "glostrup-hygiejne", "level": 2}
    found = client.get("/v1/answers", params=params).json()
    assert (found["status"], found["facet"]) == ("answered", "extent")
    assert "2 timer" in found["text"] and found["reservation"]


def test_answer_to_a_facet_the_document_lacks(client: TestClient) -> None:
    found = client.get("/v1/answers", params={"municipality": "gladsaxe", "facet": "complaint", "topic": "toejvask"}).json()
    assert (found["status"], found["facet"]) == ("not_stated", "complaint")


@pytest.mark.parametrize("wrong", [{"municipality": "atlantis"}, {"facet": "pris"}, {"topic": "vask"}, {"service": "vask"}])
def test_answer_about_an_unknown_id_is_not_found(client: TestClient, wrong: dict) -> None:
    body = assert_problem(client.get("/v1/answers", params={"municipality": "gladsaxe", "facet": "cost", **wrong}), 404)
    assert next(iter(wrong.values())) in body["title"] and "/v1/" in body["detail"]


@pytest.mark.parametrize("wrong", [{"level": 7}, {"level": -1}, {"level": "x"}, {"age": 200}, {"pension": "maybe"}])
def test_answer_with_an_impossible_value_names_the_field(client: TestClient, wrong: dict) -> None:
    body = assert_problem(client.get("/v1/answers", params={"municipality": "gladsaxe", "facet": "cost", **wrong}), 422)
    assert next(iter(wrong)) in body["errors"][0]["where"]


def test_answer_without_a_municipality_names_the_field(client: TestClient) -> None:
    body = assert_problem(client.get("/v1/answers", params={"facet": "cost"}), 422)
    assert "municipality" in body["errors"][0]["where"]


def test_search_finds_facts_best_first(client: TestClient) -> None:
    found = client.get("/v1/search", params={"q": "vaskepulver", "limit": 3}).json()
    assert found[0]["service"] == "gladsaxe-toejvask" and len(found) == 3
    assert [hit["score"] for hit in found] == sorted((hit["score"] for hit in found), reverse=True)


def test_search_without_a_hit_is_an_empty_list(client: TestClient) -> None:
    assert client.get("/v1/search", params={"q": "qqqqq"}).json() == []


@pytest.mark.parametrize("params", [{}, {"q": ""}, {"q": "x" * 301}, {"q": "vask", "limit": 0}, {"q": "vask", "limit": 51}])
def test_search_that_cannot_be_made_is_refused(client: TestClient, params: dict) -> None:
    assert assert_problem(client.get("/v1/search", params=params), 422)["errors"]


def test_search_in_an_unknown_municipality_is_not_found(client: TestClient) -> None:
    assert_problem(client.get("/v1/search", params={"q": "vask", "municipality": "atlantis"}), 404)
