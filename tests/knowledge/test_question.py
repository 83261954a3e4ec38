"""How something is asked, and what a conversation remembers."""

from __future__ import annotations

import json

import pytest

from knowledge.linking import Mentions
from knowledge.question import NO_TOPIC, Flags, Memory, Question, flags_of, meant
from knowledge.snapshot import Snapshot


def flags(snapshot: Snapshot, text: str) -> Flags:
    return flags_of(snapshot.analyser.analyse(text))


@pytest.mark.parametrize(
    "text", ["kan jeg få hjælp om aftenen?", "er det gratis", "skal min mor selv betale", "må de vaske op"]
)
def test_yes_no_question(snapshot: Snapshot, text: str) -> None:
    assert flags(snapshot, text).yes_no and not flags(snapshot, text).open


@pytest.mark.parametrize(
    "text", ["hvad koster det?", "hvornår kan de komme", "hvor mange timer får man", "hvem skal jeg ringe til"]
)
def test_open_question_is_no_yes_no_question(snapshot: Snapshot, text: str) -> None:
    assert flags(snapshot, text).open and not flags(snapshot, text).yes_no


@pytest.mark.parametrize(
    "text", ["kan I love mig det?", "har jeg krav på 15 timer", "får jeg helt sikkert hjælp", "er det en garanti"]
)
def test_asking_for_a_promise(snapshot: Snapshot, text: str) -> None:
    assert flags(snapshot, text).promise


@pytest.mark.parametrize("text", ["hvad er forskellen på de to", "hvor er det billigst", "sammenlign Gentofte og Gladsaxe"])
def test_asking_for_a_comparison(snapshot: Snapshot, text: str) -> None:
    assert flags(snapshot, text).compare


def test_plain_question_asks_for_no_promise_and_no_comparison(snapshot: Snapshot) -> None:
    found = flags(snapshot, "hvad koster hjælp til tøjvask i Gladsaxe?")
    assert not found.promise and not found.compare


def test_only_the_asking_sentence_of_a_long_message_decides(snapshot: Snapshot) -> None:
    told = "Min søn er 24 år og har boet alene i to år, og han kan ikke finde ud af at holde sin lejlighed."
    assert flags(snapshot, f"{told} Kan han få hjælp?").yes_no
    assert flags(snapshot, f"{told} Hvem skal vi ringe til?").open


def test_memory_survives_json() -> None:
    memory = Memory(municipality="gladsaxe", facets={"cost": 0.9}, age=22, pension=False, awaiting="service")
    assert Memory.from_json(json.loads(json.dumps(memory.as_json()))) == memory


@pytest.mark.parametrize("stored", [None, {}, {"of_an_older_version": 1}])
def test_memory_of_nothing_or_of_an_older_version_is_empty(stored: dict | None) -> None:
    assert Memory.from_json(stored) == Memory()


def test_memory_keeps_what_was_told_about_the_person() -> None:
    memory = Memory().absorb(Mentions(ages=(22,))).absorb(Mentions(pension=True)).absorb(Mentions(level=3))
    assert (memory.age, memory.pension, memory.level) == (22, True, None)


def test_newer_age_replaces_the_older() -> None:
    assert Memory(age=22).absorb(Mentions(ages=(45,))).age == 45


def test_question_without_topics_names_no_kind_of_help(snapshot: Snapshot) -> None:
    analysis = snapshot.analyser.analyse("hvad koster det")
    bare = Question(analysis, {"cost": 0.8, "inform": 0.1}, {}, Mentions(), Flags())
    named = Question(analysis, {}, {"toejvask": 0.9, NO_TOPIC: 0.1}, Mentions(), Flags())
    assert (bare.intent, bare.no_topic(), named.no_topic()) == ("cost", 1.0, 0.1)


@pytest.mark.parametrize("opening", ["Goddag, telefonlinjen her: ", "hej det er omstillingen, ", "Kollega fra borgerservice: "])
def test_who_is_on_the_phone_asks_nothing(opening: str) -> None:
    assert meant(f"{opening}hvad koster tøjvask i Gladsaxe") == ("hvad koster tøjvask i Gladsaxe", False)
    assert meant("hvad er nummeret til telefonlinjen, tak") == ("hvad er nummeret til telefonlinjen, tak", False)
