"""What is known of facts in columns: the same numbers as one by one, and a layout for exactly the facts that were asked of."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from knowledge.evidence import KEPT, Evidence, Layout, layout_of
from knowledge.model import Fact
from knowledge.ranking import rank
from knowledge.snapshot import Snapshot

FACTS = (
    Fact("a.cost.0", "cost", "Hjælpen er gratis.", None, also=("extent",), topics=("vask", "mad")),
    Fact("a.extent.0", "extent", "Du får to timer.", None, value={"kind": "hours"}, service="a"),
    Fact("a.cost.1", "cost", "Sæben betaler du.", None, also=("extent",), stated=False),
)


def test_columns_tell_of_each_fact_what_it_has_itself() -> None:
    layout = Layout.of(FACTS)
    assert layout.by_facet({"cost": 0.3, "extent": 0.5}).tolist() == [0.5, 0.5, 0.5]
    assert layout.by_facet({"cost": 0.3}).tolist() == [0.3, 0.0, 0.3]
    assert layout.by_topic({"vask": 0.25, "mad": 0.5, "rod": 0.1}).tolist() == [0.75, 0.0, 0.0]
    assert layout.told.tolist() == [[1, 1, 0, 0.18], [1, 0, 1, 0.16], [0, 0, 0, 0.17]]
    assert [layout.outlines[n].kind for n in layout.outline] == ["-", "value:hours", "-"]


def test_a_changed_fact_of_the_same_id_is_laid_out_anew() -> None:
    before = layout_of(FACTS)
    assert layout_of(FACTS) is before
    changed = layout_of((replace(FACTS[0], stated=False), *FACTS[1:]))
    assert changed.told[0, 0] == 0.0 and before.told[0, 0] == 1.0


def test_the_groups_used_last_are_kept() -> None:
    first = layout_of(FACTS)
    for _ in range(KEPT):
        layout_of(tuple(map(replace, FACTS)))
    assert layout_of(FACTS) is not first


def test_no_facts_are_ranked_as_none(snapshot: Snapshot) -> None:
    question = snapshot.question("hvad koster det", {"cost": 0.9}, {})
    matches = snapshot.index.match(question.analysis)
    assert Evidence.of((), matches, {"cost": 1.0}, {}).words.shape == (0,)
    assert rank((), question, matches) == []


def test_ranked_facts_are_told_best_first_with_their_own_figures(snapshot: Snapshot) -> None:
    facts = snapshot.services["gladsaxe-toejvask"].facts
    question = snapshot.question("hvor mange timer får jeg om ugen", {"extent": 0.8}, {})
    matches = snapshot.index.match(question.analysis)
    ranked = rank(facts, question, matches)
    assert sorted(item.fact.id for item in ranked) == sorted(fact.id for fact in facts)
    assert all(np.diff([item.score for item in ranked]) <= 0)
    assert all(item.match == matches.of(item.fact) for item in ranked)
    assert question.flags.figure and all((item.figure > 0) == bool(item.fact.value) for item in ranked)
