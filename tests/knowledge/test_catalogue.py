"""The contract of the shipped catalogue: what every file must hold beyond being well-formed."""

from __future__ import annotations

import pytest

from knowledge.model import Catalogue, Fact
from knowledge.snapshot import Snapshot
from knowledge.vocabulary import vocabulary

DOCUMENTS = {"000": "gladsaxe", "001": "gentofte", "002": "glostrup", "003": "broenderslev", "004": "unavngivet"}
ABBREVIATIONS = ("mv.", "m.m.", "osv.", "m.v.", "o.l.")
SERVICES = {"gladsaxe": 12, "gentofte": 1, "broenderslev": 1, "unavngivet": 1}


def offenders(catalogue: Catalogue, wrong) -> list[str]:
    return [fact.id for fact in catalogue.facts() if wrong(fact)]


def test_the_five_documents_belong_to_their_municipalities(catalogue: Catalogue) -> None:
    assert {d.id: m.id for m in catalogue.municipalities for d in m.documents} == DOCUMENTS


@pytest.mark.parametrize(("municipality", "count"), SERVICES.items())
def test_number_of_services(catalogue: Catalogue, municipality: str, count: int) -> None:
    assert len(catalogue.by_id[municipality].services) == count


def test_glostrup_has_a_service_for_every_paragraph_of_its_document(catalogue: Catalogue) -> None:
    paragraphs = {p for service in catalogue.by_id["glostrup"].services for p in service.paragraphs}
    assert paragraphs == {"85", "97", "99", "103", "104", "107", "108"}
    kinds = [s for s in catalogue.by_id["glostrup"].services if s.paragraphs == ("85",)]
    assert len(kinds) == 12  # ten kinds of support, the opstartspakke and § 85 in general


def test_only_the_fifth_document_has_no_name(catalogue: Catalogue) -> None:
    assert [m.id for m in catalogue.municipalities if not m.named] == ["unavngivet"]


def test_every_service_states_facts(catalogue: Catalogue) -> None:
    assert [s.id for s in catalogue.services() if not any(fact.stated for fact in s.facts)] == []


def test_every_stated_fact_has_a_source(catalogue: Catalogue) -> None:
    def wrong(fact: Fact) -> bool:
        source = fact.source
        if not fact.stated:
            return source is not None
        national = not fact.municipality
        return source is None or not source.document or (not national and not (source.section and source.lines))

    assert offenders(catalogue, wrong) == []


def test_every_source_is_a_document_of_the_same_municipality(catalogue: Catalogue) -> None:
    assert offenders(catalogue, lambda f: f.municipality and f.source and DOCUMENTS[f.source.document] != f.municipality) == []


def test_every_ask_answer_is_yes_no_or_empty(catalogue: Catalogue) -> None:
    assert offenders(catalogue, lambda f: any(ask.answer not in ("", "ja", "nej") for ask in f.asks)) == []


def test_every_ask_has_a_question(catalogue: Catalogue) -> None:
    assert offenders(catalogue, lambda f: any(len(ask.text) < 3 or "=>" in ask.text for ask in f.asks)) == []


def test_facets_and_topics_of_facts_are_in_the_vocabulary(catalogue: Catalogue) -> None:
    words = vocabulary()
    assert (
        offenders(catalogue, lambda f: not set(f.facets) <= set(words.facets) or not set(f.topics) <= set(words.topics)) == []
    )


def test_topics_of_services_and_contacts_are_in_the_vocabulary(catalogue: Catalogue) -> None:
    topics = {t for s in catalogue.services() for t in s.topics}
    topics |= {t for m in catalogue.municipalities for c in m.contact_points for t in c.topics}
    assert topics <= set(vocabulary().topics)


def test_not_stated_facets_of_services_are_not_stated(catalogue: Catalogue) -> None:
    both = {s.id: sorted(set(s.not_stated) & set(s.facets())) for s in catalogue.services()}
    assert {key: facets for key, facets in both.items() if facets} == {}


def test_not_stated_facets_of_municipalities_are_not_stated(catalogue: Catalogue) -> None:
    both = {
        m.id: sorted(set(m.not_stated) & {f for fact in m.facts if fact.stated for f in fact.facets})
        for m in catalogue.municipalities
    }
    assert {key: facets for key, facets in both.items() if facets} == {}


def test_every_fact_id_is_used_once(catalogue: Catalogue) -> None:
    ids = [fact.id for fact in catalogue.facts()]
    assert sorted(ids) == sorted(set(ids))


def test_no_fact_of_one_municipality_names_another(catalogue: Catalogue) -> None:
    names = {m.id: m.name for m in catalogue.municipalities if m.named}
    wrong = [
        fact.id
        for fact in catalogue.facts()
        for other, name in names.items()
        if other != fact.municipality and name in fact.text
    ]
    assert wrong == []


def test_list_items_are_phrases_without_a_full_stop(catalogue: Catalogue) -> None:
    def wrong(fact: Fact) -> bool:
        listed = fact.stated and fact.facet in ("included", "not_included")
        return listed and fact.text.endswith(".") and not fact.text.endswith(ABBREVIATIONS)

    assert offenders(catalogue, wrong) == []


def test_all_other_facts_are_whole_sentences(catalogue: Catalogue) -> None:
    lists = ("included", "not_included")
    assert offenders(catalogue, lambda f: (not f.stated or f.facet not in lists) and f.text[-1] not in ".!?") == []


def test_oddities_of_the_documents_carry_an_editors_note(catalogue: Catalogue) -> None:
    facts = {fact.id: fact for fact in catalogue.facts()}
    fastholdelse = [f for f in facts.values() if f.service == "gladsaxe-fastholdelse" and f.facet == "eligibility"]
    assert any("2" in fact.note for fact in fastholdelse)  # the document says "svære (2)"


def test_facts_with_typed_values_can_be_told_once(snapshot: Snapshot) -> None:
    """Of two people's ages the contacts and what was selected are told once each, a table for a value or not."""
    facts = [fact for fact in snapshot.facts if fact.value]
    assert list(dict.fromkeys([*facts, *facts])) == facts
