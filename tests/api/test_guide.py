"""The guide and the comparison over HTTP, and that no body makes them fail or promise."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.needs import guidance
from knowledge.vocabulary import vocabulary
from tests.api.problem import assert_problem

PROMISE = re.compile(
    r"\b(?:garanter\w*|lover dig|jeg lover|helt sikkert|har krav på|du får helt|bevilges dig)\b", re.IGNORECASE
)


def test_guide_from_nothing_to_result(client) -> None:
    first = client.post("/v1/guide", json={}).json()
    assert first["step"] == "municipality" and {"id", "name"} & set(first["question"]["options"][0]) == set()
    needs = client.post("/v1/guide", json={"municipality": "glostrup"}).json()
    assert needs["question"]["multiple"] and needs["question"]["free_text"]
    result = client.post("/v1/guide", json={"municipality": "glostrup", "needs": ["orden"], "level": 3}).json()
    assert result["step"] == "result" and result["progress"] == {"done": 3, "total": 3}
    service = result["result"]["services"][0]
    assert service["service"]["id"] == "glostrup-praktiske-opgaver"
    assert (service["hours"]["max"], service["hours"]["per"]) == (8.0, "month")
    assert service["cost"]["status"] == "not_stated" and service["source"][0]["document"] == "002"
    assert [answer["step"] for answer in result["answers"]] == ["municipality", "needs", "level"]


def test_guide_refuses_what_does_not_exist(client) -> None:
    assert_problem(client.post("/v1/guide", json={"municipality": "oz"}), 404)
    assert_problem(client.post("/v1/guide", json={"municipality": "glostrup", "needs": ["guld"]}), 404)
    assert_problem(client.post("/v1/guide", json={"level": 9}), 422)
    assert_problem(client.post("/v1/guide", json={"needs": "orden"}), 422)


def test_guide_never_shows_a_personal_number(client) -> None:
    body = {"municipality": "glostrup", "needs_text": "jeg hedder Bo, 010180-1234, og det roder"}
    assert "010180" not in client.post("/v1/guide", json=body).text


def test_words_of_danger_come_first(client) -> None:
    asked = client.post("/v1/guide", json={"municipality": "glostrup", "needs_text": "jeg har lyst til at dø"}).json()
    assert asked["danger"]["kind"] == "safety_suicide" and "70 201 201" in asked["question"]["help"]
    body = {"municipality": "glostrup", "needs": ["orden"], "needs_text": "jeg vil ikke leve mere", "level": 3}
    assert client.post("/v1/guide", json=body).json()["result"]["text"].startswith("Har du tanker om selvmord")
    assert "danger" not in client.post("/v1/guide", json={"municipality": "glostrup", "needs_text": "jeg har angst"}).json()


_VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 200), st.text(max_size=30), st.lists(st.text(max_size=10), max_size=3)
)
_SENSIBLE = st.fixed_dictionaries(
    {},
    optional={
        "municipality": st.sampled_from(["glostrup", "gladsaxe", "gentofte", "broenderslev", "unavngivet", "", None]),
        "needs": st.lists(st.sampled_from([*guidance().needs, *vocabulary().topics]), max_size=5),
        "needs_text": st.one_of(st.text(max_size=80), st.sampled_from(["får jeg 8 timer?", "det roder", "lov mig 20 timer"])),
        "level": st.one_of(st.none(), st.integers(0, 4)),
        "age": st.one_of(st.none(), st.integers(0, 120)),
        "pension": st.one_of(st.none(), st.booleans()),
        "skipped": st.lists(st.sampled_from(["municipality", "needs", "level", "age", "pension"]), max_size=5),
    },
)
_KEYS = st.sampled_from(["municipality", "needs", "needs_text", "level", "age", "pension", "skipped", "x"])
_ANY = st.one_of(_VALUES, st.dictionaries(_KEYS, _VALUES, max_size=8), _SENSIBLE)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=_ANY)
def test_no_body_fails_or_gets_a_promise(client, body) -> None:
    response = client.post("/v1/guide", json=body)
    assert response.status_code in (200, 404, 422)
    if response.status_code == 200 and "result" in response.json():
        result = response.json()["result"]
        assert result["reservation"] in result["text"]
        assert not PROMISE.search(result["text"])


def test_compare_puts_documents_side_by_side(client) -> None:
    answer = client.get("/v1/compare?municipality=broenderslev&municipality=unavngivet&facet=processing_time").json()
    assert answer["status"] == "answered" and answer["facet"] == "processing_time"
    assert "5 uger" in answer["verdict"] and "10 uger" in answer["verdict"]
    assert [part["municipality"]["id"] for part in answer["parts"]] == ["broenderslev", "unavngivet"]


def test_compare_says_who_is_silent_and_borrows_nothing(client) -> None:
    query = "&".join(f"municipality={m}" for m in ("broenderslev", "gladsaxe", "gentofte", "glostrup"))
    answer = client.get(f"/v1/compare?{query}&facet=processing_time").json()
    assert "Gladsaxe" in answer["verdict"] and "5 uger" in answer["verdict"]
    silent = [part for part in answer["parts"] if part["municipality"]["id"] != "broenderslev"]
    assert {part["status"] for part in silent} == {"not_stated"}
    assert all("5 uger" not in part["text"] for part in silent)


def test_compare_hours_for_a_level(client) -> None:
    url = "/v1/compare?municipality=glostrup&municipality=gladsaxe&facet=extent&topic=rengoering&level=3"
    answer = client.get(url).json()
    assert "8 timer" in answer["text"] and "4 timer" not in answer["text"]


def test_compare_refuses(client) -> None:
    base = "/v1/compare?municipality=glostrup"
    assert_problem(client.get(f"{base}&facet=cost"), 422)
    assert_problem(client.get(f"{base}&municipality=glostrup&facet=cost"), 422)
    assert_problem(client.get(f"{base}&municipality=oz&facet=cost"), 404)
    assert_problem(client.get(f"{base}&municipality=gentofte&facet=smag"), 404)
    assert_problem(client.get(f"{base}&municipality=gentofte&facet=cost&service=gladsaxe-toejvask"), 404)
    five = "&".join(f"municipality={m}" for m in ("glostrup", "gladsaxe", "gentofte", "broenderslev", "unavngivet"))
    assert_problem(client.get(f"/v1/compare?{five}&facet=cost"), 422)
