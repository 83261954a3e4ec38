"""Search while typing: prefixes, parts of compounds, typos, narrowing, gaps shown as gaps."""

from __future__ import annotations

import pytest

from knowledge.snapshot import Snapshot
from knowledge.suggestion import OF_ONE_FACET, Suggestion, suggest
from knowledge.suggestion_index import FACT, SERVICE, Narrowing


def services(found: list[Suggestion]) -> list[str]:
    return [item.entry.service.id for item in found if item.entry.kind == SERVICE and item.entry.service]


def first(snapshot: Snapshot, words: str) -> Suggestion:
    return suggest(snapshot, words)[0]


def test_one_letter_lists_services_whose_name_has_a_word_with_it(snapshot: Snapshot) -> None:
    found = suggest(snapshot, "v")
    assert len(found) == 10 and all(item.entry.kind == SERVICE for item in found)


@pytest.mark.parametrize("words", ["tø", "tøj", "tøjv", "tøjvask", "TØJVASK", "toejvask", "tojvask", "tøjvsak", "tøjvasken"])
def test_a_service_is_found_unfinished_misspelt_and_without_danish_letters(snapshot: Snapshot, words: str) -> None:
    assert "gladsaxe-toejvask" in services(suggest(snapshot, words))[:2]


def test_the_last_part_of_a_compound_finds_it(snapshot: Snapshot) -> None:
    assert services(suggest(snapshot, "vask"))[0] == "gladsaxe-toejvask"


@pytest.mark.parametrize(
    "words, service", [("107", "glostrup-midlertidigt-botilbud"), ("§ 85 a", "broenderslev-socialpaedagogisk-stoette")]
)
def test_a_paragraph_finds_its_service(snapshot: Snapshot, words: str, service: str) -> None:
    assert services(suggest(snapshot, words))[0] == service


def test_municipality_and_service_and_question_in_any_order_find_the_fact(snapshot: Snapshot) -> None:
    for words in ("glostrup indkøb timer", "timer indkøb glostrup", "indkøb tim glost"):
        entry = first(snapshot, words).entry
        assert (entry.kind, entry.facet) == (FACT, "extent")
        assert entry.service and entry.service.id == "glostrup-indkoeb-madlavning"


def test_a_level_among_the_words_gives_its_hours(snapshot: Snapshot) -> None:
    found = first(snapshot, "glostrup indkøb moderat")
    assert found.level == 2 and "6 timer" in found.text and "8 timer" not in found.text


def test_an_everyday_word_of_a_facet_finds_it_for_a_service_that_does_not_use_the_word(snapshot: Snapshot) -> None:
    entry = first(snapshot, "gladsaxe tøjvask klage").entry
    assert entry.facet == "complaint" and entry.service and entry.service.id == "gladsaxe-toejvask"


def test_what_a_document_does_not_state_is_said_so(snapshot: Snapshot) -> None:
    found = first(snapshot, "gladsaxe tøjvask klage")
    assert not found.entry.stated and "oplyser ikke" in found.text


def test_a_municipality_narrows_and_keeps_the_national_rules(snapshot: Snapshot) -> None:
    found = suggest(snapshot, "klage", Narrowing(municipality="glostrup"), limit=50)
    owners = {item.entry.municipality.id if item.entry.municipality else None for item in found}
    assert owners == {"glostrup", None}


def test_a_facet_narrows_to_its_facts(snapshot: Snapshot) -> None:
    found = suggest(snapshot, "tøjvask", Narrowing(facet="cost"))
    assert found and all(item.entry.kind == FACT and "cost" in item.entry.facets for item in found)


def test_a_service_narrows_to_what_is_said_of_it(snapshot: Snapshot) -> None:
    for words in ("timer", ""):
        found = suggest(snapshot, words, Narrowing(service="glostrup-hygiejne"), limit=30)
        assert found and {item.entry.service.id for item in found if item.entry.service} == {"glostrup-hygiejne"}


def test_without_words_a_municipality_lists_its_services(snapshot: Snapshot) -> None:
    assert len(services(suggest(snapshot, " ", Narrowing(municipality="gladsaxe"), limit=50))) == 12


def test_without_words_a_facet_lists_what_is_said_of_it(snapshot: Snapshot) -> None:
    found = suggest(snapshot, "", Narrowing(facet="processing_time"), limit=50)
    assert {"broenderslev", "gladsaxe"} <= {item.entry.municipality.id for item in found if item.entry.municipality}
    assert {item.entry.stated for item in found} == {True, False}


def test_a_long_list_does_not_crowd_out_the_rest(snapshot: Snapshot) -> None:
    found = suggest(snapshot, "gentofte støtte og vejledning", limit=20)
    facts = [(item.entry.service, item.entry.facet) for item in found if item.entry.kind == FACT and item.entry.service]
    assert facts and max(map(facts.count, facts)) <= OF_ONE_FACET


def test_the_same_sentence_of_many_services_is_shown_once(snapshot: Snapshot) -> None:
    texts = [item.text for item in suggest(snapshot, "svartid", Narrowing(municipality="gladsaxe"), limit=30)]
    assert len(texts) == len(set(texts))


def test_words_nobody_uses_find_nothing(snapshot: Snapshot) -> None:
    assert suggest(snapshot, "qqqqq zzzzz") == []


@pytest.mark.parametrize("words", ["?", "§", "\x00", "i", "og er det", "a" * 300, "1 2 3", "🙂", "ß İ"])
def test_any_text_is_taken(snapshot: Snapshot, words: str) -> None:
    assert isinstance(suggest(snapshot, words), list)
