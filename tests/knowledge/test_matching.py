"""What the index computes only on demand must be what it would compute at once."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.matching import NOTHING, FactIndex
from knowledge.model import Ask, Fact
from knowledge.snapshot import Snapshot

QUESTIONS = (
    "hvad koster hjælp til tøjvask i gladsaxe",
    "min søn går aldrig i bad",
    "Vi bor i Glostrup. Min mor kan ikke længere selv. Hvem kan få en ledsager?",
    "hvor mange timer kan jeg få til rengøring",
)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_service_is_as_near_as_its_nearest_fact(snapshot: Snapshot, text: str) -> None:
    matches = snapshot.index.match(snapshot.analyser.analyse(text))
    for service in snapshot.services.values():
        nearest = max(matches.overall[snapshot.position[fact.id]] for fact in service.facts)
        assert matches.of_service(service) == pytest.approx(nearest, abs=1e-6)


@pytest.mark.parametrize("text", QUESTIONS)
def test_best_is_the_nearest_of_all(snapshot: Snapshot, text: str) -> None:
    matches = snapshot.index.match(snapshot.analyser.analyse(text))
    assert matches.best == matches.overall.max() > 0


@pytest.mark.parametrize("text", QUESTIONS)
def test_likeness_is_the_product_of_scipys_matrices(snapshot: Snapshot, text: str) -> None:
    """The loops in C that scipy keeps to itself do what its own product does: an upgrade that changes them is told here."""
    index = snapshot.index
    queries = index.match(snapshot.analyser.analyse(text))._queries
    parts = np.zeros((len(queries.shares), index._terms.matrix.shape[1]))
    parts[queries.of, queries.columns] = queries.values
    expected = (index._terms.matrix.astype(np.float64) @ parts.T * queries.shares).max(axis=1)
    assert index.everything.similarity(queries) == pytest.approx(expected, abs=1e-9)


def test_an_own_text_is_nearest_to_itself(snapshot: Snapshot) -> None:
    fact = next(fact for fact in snapshot.facts if fact.service and fact.asks)
    match = snapshot.index.match(snapshot.analyser.analyse(fact.asks[0].text)).of(fact)
    assert match.score == pytest.approx(1.0, abs=1e-5)
    assert match.ask == 0
    assert match.ask_score == match.score


@pytest.mark.parametrize("text", ["", "?", "qqqqq xxxxx"])
def test_without_a_known_word_nothing_is_like_it(snapshot: Snapshot, text: str) -> None:
    matches = snapshot.index.match(snapshot.analyser.analyse(text))
    assert matches.best == 0.0
    assert not matches.overall.any()
    assert matches.of(snapshot.facts[0]) is NOTHING
    assert matches.of_service(next(iter(snapshot.services.values()))) == 0.0


def test_a_text_in_two_municipalities_counts_in_both(snapshot: Snapshot) -> None:
    facts = [_fact("a", "tøjvask er gratis"), _fact("b", "tøjvask er gratis"), _fact("b", "rengøring hver uge", "2")]
    index = FactIndex(facts, snapshot.analyser)
    matches = index.match(snapshot.analyser.analyse("er tøjvask gratis"))
    assert matches.overall[0] == matches.overall[1] > matches.overall[2]
    assert matches.of(facts[0]).score == matches.of(facts[1]).score > 0


def test_of_equally_near_questions_the_first_counts(snapshot: Snapshot) -> None:
    asks = (Ask("hvem vasker tøjet", ""), Ask("hvem vasker tøjet", "ja"))
    facts = [_fact("a", "rengøring hver uge", asks=asks), _fact("a", "tøjet vasker du selv", "2")]
    match = FactIndex(facts, snapshot.analyser).match(snapshot.analyser.analyse("hvem vasker tøjet")).of(facts[0])
    assert match.ask == 0
    assert match.ask_score == match.score


def test_name_of_a_municipality_matches_nothing(snapshot: Snapshot) -> None:
    facts = [_fact("a", "Kontakt Gladsaxe"), _fact("a", "tøjvask hver uge", "2"), _fact("b", "tøjvask i Gladsaxe")]
    index = FactIndex(facts, snapshot.analyser, ["Gladsaxe"])
    assert index.match(snapshot.analyser.analyse("i Gladsaxe")).of(facts[0]) is NOTHING
    matches = index.match(snapshot.analyser.analyse("tøjvask i Gladsaxe"))
    assert matches.of(facts[1]).score > matches.of(facts[0]).score == 0.0


def test_words_that_all_services_share_tell_none_of_them_apart(snapshot: Snapshot) -> None:
    def told(text: str) -> float:
        return snapshot.index.match(snapshot.analyser.analyse(text)).tells_apart("gladsaxe")

    assert told("koster det mig noget i Gladsaxe") < 0.15 < told("koster det mig noget at vaske gardiner")


def _fact(municipality: str, text: str, number: str = "1", asks: tuple[Ask, ...] = ()) -> Fact:
    return Fact(
        id=f"{municipality}.{number}",
        facet="cost",
        text=text,
        municipality=municipality,
        service=f"{municipality}-s",
        asks=asks,
        source=None,
    )
