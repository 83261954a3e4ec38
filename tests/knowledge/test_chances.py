"""The network: it judges facts by how they stand among one another, whatever their order, and refuses foreign weights."""

from __future__ import annotations

import json

import numpy as np
import pytest

from knowledge.chances import WEIGHTS, Network, chances, network
from knowledge.evidence import Evidence
from knowledge.facets import facet_weights
from knowledge.question import Question
from knowledge.snapshot import Snapshot

SERVICE = "gladsaxe-toejvask"


def asked(snapshot: Snapshot, text: str, facet: str, step: int = 1) -> tuple[Evidence, Question]:
    question = snapshot.question(text, {facet: 0.8, "overview": 0.1}, {})
    matches, facts = snapshot.index.match(question.analysis), snapshot.services[SERVICE].facts[::step]
    return Evidence.of(facts, matches, facet_weights(question), {}), question


@pytest.mark.parametrize(
    ("text", "facet"),
    [("hvad koster vaskepulveret", "cost"), ("hvor ofte kommer de", "extent"), ("må jeg selv vælge", "free_choice")],
)
def test_a_fact_of_the_facet_asked_for_is_the_likeliest(snapshot: Snapshot, text: str, facet: str) -> None:
    evidence, question = asked(snapshot, text, facet)
    found = chances(evidence, question, False)
    assert all(0.0 <= chance <= 1.0 for chance in found)
    assert facet in evidence.facts[int(np.argmax(found))].facets


def test_the_order_of_the_facts_does_not_matter(snapshot: Snapshot) -> None:
    evidence, question = asked(snapshot, "hvem betaler sæben", "cost")
    backwards, _ = asked(snapshot, "hvem betaler sæben", "cost", step=-1)
    assert evidence.facts == backwards.facts[::-1]
    assert chances(backwards, question, False)[::-1] == pytest.approx(chances(evidence, question, False))


def test_unlikely_facts_are_told_from_likely_ones(snapshot: Snapshot) -> None:
    """Some fact is likely and most are not: a network that says the same of all would pass by the order alone."""
    evidence, question = asked(snapshot, "hvem betaler for sæbe og vaskepulver", "cost")
    found = sorted(chances(evidence, question, False))
    assert found[-1] > 0.5 > 0.05 > np.median(found)


def test_weights_of_other_inputs_are_refused() -> None:
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    data["intents"] = [*data["intents"], "new_intent"]
    with pytest.raises(ValueError, match="vejviser learn"):
        Network.of(data)


def test_the_shipped_network_knows_the_facets(snapshot: Snapshot) -> None:
    stated = {fact.facet for fact in snapshot.facts if fact.stated and fact.service}
    assert stated <= set(network().facets)
