"""Questions heard: kept by what a fact says, telling the facts of a service apart and nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from knowledge.heard import HEARD, heard_of, mark_of
from knowledge.matching import FactIndex
from knowledge.model import Fact
from knowledge.snapshot import Snapshot

FACTS = (
    Fact("a.cost.1", "cost", "Hjælpen er gratis.", None, "lilleby", "lilleby-vask"),
    Fact("a.extent.1", "extent", "Du får to timer om ugen.", None, "lilleby", "lilleby-vask"),
)
QUESTION = "hvad hvis gudmor kommer forbi"


def test_a_mark_goes_by_what_is_said_and_not_by_the_place() -> None:
    fact = FACTS[0]
    assert mark_of(replace(fact, id="a.cost.7")) == mark_of(fact)
    assert mark_of(replace(fact, text="Hjælpen koster 10 kr.")) != mark_of(fact)
    assert mark_of(replace(fact, service="lilleby-mad")) != mark_of(fact)


def test_a_reworded_fact_has_heard_nothing(snapshot: Snapshot) -> None:
    known = [fact for fact in snapshot.facts if fact.id in heard_of(snapshot.facts)]
    assert len(known) > 300
    assert heard_of(replace(fact, text=f"{fact.text} Nyt.") for fact in known) == {}


def test_what_was_heard_belongs_to_facts_of_the_catalogue(snapshot: Snapshot) -> None:
    marks = {mark_of(fact) for fact in snapshot.facts}
    lost = set(json.loads(HEARD.read_text(encoding="utf-8"))) - marks
    assert len(lost) <= 20, f"{len(lost)} facts were reworded since. Mend: vejviser learn"


def test_nothing_personal_was_kept() -> None:
    text = HEARD.read_text(encoding="utf-8")
    questions = [question for heard in json.loads(text).values() for question in heard]
    assert not [q for q in questions if re.search(r"\d{6}|@|\d{2} \d{2} \d{2} \d{2}", q)]


@pytest.fixture()
def deaf(snapshot: Snapshot) -> FactIndex:
    return FactIndex(FACTS, snapshot.analyser)


@pytest.fixture()
def hearing(snapshot: Snapshot) -> FactIndex:
    return FactIndex(FACTS, snapshot.analyser, heard={"a.extent.1": [QUESTION, "hvad hvis gudmor kommer tit"]})


def test_it_tells_facts_apart(snapshot: Snapshot, deaf: FactIndex, hearing: FactIndex) -> None:
    question = snapshot.analyser.analyse(QUESTION)
    cost, extent = (hearing.match(question).of(fact) for fact in FACTS)
    assert extent.score > 0.9 > cost.score
    assert extent.own < 0.3, "only what was heard is like it"
    assert extent.ask == -1, "it is no example question with an answer"
    assert deaf.match(question).of(FACTS[1]).score < 0.3


def test_it_says_nothing_of_which_service_is_meant(snapshot: Snapshot, hearing: FactIndex) -> None:
    matches = hearing.match(snapshot.analyser.analyse(QUESTION))
    assert matches.best < 0.3
    assert matches.overall.max() < 0.3
