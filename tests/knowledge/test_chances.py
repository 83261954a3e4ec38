"""The network: it judges facts by how they stand among one another, whatever their order, and refuses foreign weights."""

from __future__ import annotations

import json

import numpy as np
import pytest

from knowledge.chances import WEIGHTS, Evidence, Network, chances, network
from knowledge.facets import facet_weights
from knowledge.question import Question
from knowledge.snapshot import Snapshot

SERVICE = "gladsaxe-toejvask"


def asked(snapshot: Snapshot, text: str, facet: str) -> tuple[list[Evidence], Question]:
    question = snapshot.question(text, {facet: 0.8, "overview": 0.1}, {})
    matches, weights = snapshot.index.match(question.analysis), facet_weights(question)
    facts = snapshot.services[SERVICE].facts
    return [Evidence(f, matches.of(f), max(weights.get(name, 0.0) for name in f.facets), 0.0) for f in facts], question


@pytest.mark.parametrize(
    ("text", "facet"),
    [("hvad koster vaskepulveret", "cost"), ("hvor ofte kommer de", "extent"), ("må jeg selv vælge", "free_choice")],
)
def test_a_fact_of_the_facet_asked_for_is_the_likeliest(snapshot: Snapshot, text: str, facet: str) -> None:
    evidence, question = asked(snapshot, text, facet)
    found = chances(evidence, question, False)
    assert all(0.0 <= chance <= 1.0 for chance in found)
    assert facet in evidence[int(np.argmax(found))].fact.facets


def test_the_order_of_the_facts_does_not_matter(snapshot: Snapshot) -> None:
    evidence, question = asked(snapshot, "hvem betaler sæben", "cost")
    found = chances(evidence, question, False)
    assert chances(evidence[::-1], question, False)[::-1] == pytest.approx(found)


def test_no_facts_have_no_chances(snapshot: Snapshot) -> None:
    _, question = asked(snapshot, "hvem betaler sæben", "cost")
    assert chances([], question, False) == []


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
