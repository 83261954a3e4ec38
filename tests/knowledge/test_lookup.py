"""Structured look-ups give the answer the bot would give, without a conversation."""

from __future__ import annotations

import pytest

from knowledge.answer import ANSWERED, NOT_STATED
from knowledge.lookup import LookupFault, answer_for, search
from knowledge.snapshot import Snapshot


@pytest.mark.parametrize(
    ("municipality", "facet", "service"),
    [
        ("gladsaxe", "cost", "gladsaxe-toejvask"),
        ("glostrup", "extent", "glostrup-ledsagerordning"),
        ("broenderslev", "processing_time", None),
        ("gentofte", "cost", None),
        ("unavngivet", "processing_time", None),
    ],
)
def test_stated_facet_is_answered(snapshot: Snapshot, municipality: str, facet: str, service: str | None) -> None:
    answer = answer_for(snapshot, municipality, facet, service=service)
    assert (answer.status, answer.facet) == (ANSWERED, facet)
    assert {fact.municipality for fact in answer.facts} == {municipality}
    assert service is None or (answer.service and answer.service.id == service)


def test_topic_leads_to_its_service(snapshot: Snapshot) -> None:
    answer = answer_for(snapshot, "gladsaxe", "cost", topic="toejvask")
    assert answer.facet == "cost"
    assert answer.service and answer.service.id == "gladsaxe-toejvask"


def test_facet_the_document_lacks_is_not_stated(snapshot: Snapshot) -> None:
    answer = answer_for(snapshot, "gladsaxe", "processing_time", service="gladsaxe-toejvask")
    assert (answer.status, answer.facet) == (NOT_STATED, "processing_time")


@pytest.mark.parametrize(
    ("age", "pension", "phone"), [(22, False, "9945 4705"), (45, None, "9945 4421"), (22, True, "9945 4421")]
)
def test_contact_depends_on_age_and_pension(snapshot: Snapshot, age: int, pension: bool | None, phone: str) -> None:
    answer = answer_for(snapshot, "broenderslev", "contact", age=age, pension=pension)
    assert phone in answer.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"municipality": "atlantis"},
        {"facet": "pris"},
        {"topic": "vask"},
        {"service": "vask"},
        {"service": "glostrup-hygiejne"},
    ],
)
def test_unknown_id_is_a_fault_with_a_mend(snapshot: Snapshot, wrong: dict) -> None:
    with pytest.raises(LookupFault) as caught:
        answer_for(snapshot, **{"municipality": "gladsaxe", "facet": "cost", **wrong})
    assert next(iter(wrong.values())) in str(caught.value)
    assert caught.value.mend.startswith("See /v1/")


def test_search_finds_by_everyday_words_best_first(snapshot: Snapshot) -> None:
    hits = search(snapshot, "vaskepulver")
    assert hits[0].fact.service == "gladsaxe-toejvask"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_search_keeps_to_one_municipality_and_the_limit(snapshot: Snapshot) -> None:
    hits = search(snapshot, "hvor mange timer", municipality="glostrup", limit=3)
    assert len(hits) == 3 and {hit.fact.municipality for hit in hits} == {"glostrup"}


@pytest.mark.parametrize("words", ["", "qqqq", "🙂"])
def test_search_for_nothing_known_finds_nothing(snapshot: Snapshot, words: str) -> None:
    assert search(snapshot, words) == []
