"""A gap is named by words that nothing stated about the help holds."""

from __future__ import annotations

from knowledge.danish import fold
from knowledge.snapshot import Snapshot


def asked(text: str) -> str:
    return f" {fold(text)} "


def test_gap_is_named_by_a_word_of_its_own(snapshot: Snapshot) -> None:
    named = snapshot.silence.named("gladsaxe-behandling", asked("skaffer i en tolk når hun skal til psykiateren ?"))
    assert any("tolk" in gap.text for gap in named)
    named = snapshot.silence.named("gladsaxe-madlavning", asked("kan man være på et hold når man træner madlavning ?"))
    assert any("på hold" in gap.text for gap in named)


def test_words_of_what_is_stated_name_no_gap(snapshot: Snapshot) -> None:
    for service in snapshot.catalogue.services():
        municipality = snapshot.catalogue.by_id[service.municipality]
        stated = {
            word
            for fact in (*service.facts, *municipality.facts)
            if fact.stated
            for word in fold(f"{fact.text} {' '.join(fact.words)}").split()
        }
        for gap in snapshot.silence.of(service.id):
            assert not [name for name in gap.names if name <= stated], (service.id, gap.fact.id)


def test_silence_on_contact_and_complaint_is_left_to_their_own_answers(snapshot: Snapshot) -> None:
    gaps = [gap.fact for service in snapshot.catalogue.services() for gap in snapshot.silence.of(service.id)]
    assert len(gaps) > 300 and not {gap.facet for gap in gaps} & {"contact", "complaint"}
