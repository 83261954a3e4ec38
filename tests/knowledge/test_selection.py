"""What the network adds to the hand-set rules: overlooked facts are told, a far likelier one goes first, silence stays."""

from __future__ import annotations

import pytest

from knowledge.matching import NOTHING
from knowledge.model import Fact, Source
from knowledge.ranking import Ranked
from knowledge.selection import LIKELY, OVERLOOKED, Selection, _extra, _led, overlooked
from knowledge.snapshot import Snapshot
from tests.helpers import ask

SOURCE = Source("900", "Pris", "1")


def fact(number: int, stated: bool = True) -> Fact:
    return Fact(
        f"a.cost.{number}", "cost", f"Tekst {number}.", SOURCE if stated else None, "lilleby", "lilleby-vask", stated=stated
    )


def ranked(*chances: float, silent: tuple[int, ...] = ()) -> list[Ranked]:
    return [Ranked(fact(n, n not in silent), 1.0 - n / 10, NOTHING, 0.0, chance) for n, chance in enumerate(chances)]


def test_likely_facts_that_are_not_told_are_told_too() -> None:
    items = ranked(0.9, 0.4, LIKELY - 0.01, 0.3)
    assert [item.fact.id for item in overlooked([items[0].fact], items)] == ["a.cost.1", "a.cost.3"]


def test_no_more_than_a_few_are_added() -> None:
    assert len(overlooked([], ranked(0.9, 0.9, 0.9, 0.9))) == OVERLOOKED


def test_what_the_document_does_not_state_is_not_added() -> None:
    assert overlooked([], ranked(0.9, silent=(0,))) == []


def test_a_text_told_already_is_not_told_again() -> None:
    items = ranked(0.9, 0.9)
    told = items[0]._replace(fact=fact(1))
    assert [item.fact.id for item in overlooked([told.fact], items)] == ["a.cost.0"]


def test_what_is_shown_is_not_told_beside_it(snapshot: Snapshot) -> None:
    items = [item._replace(match=item.match._replace(score=0.9)) for item in ranked(0.9, 0.8)]
    question = snapshot.question("hvad koster det", {"cost": 0.9}, {})
    assert _extra(items[:1], items[:1], items, question) == items[1:]
    assert _extra(items[:1], items, items, question) == []


def test_a_far_likelier_fact_goes_first_and_is_told_once() -> None:
    items = ranked(0.1, 0.2, 0.8)
    shown, beside = items[0].fact, items[2].fact
    led = _led(Selection("cost", (shown,), relevant=1, verdict="ja", extra=(beside,)), items)
    assert led.facts == (beside, shown)
    assert led.extra == ()
    assert led.verdict == "", "the yes belonged to another fact"


def test_a_fact_that_is_only_somewhat_likelier_does_not() -> None:
    items = ranked(0.5, 0.2, 0.55)
    selection = Selection("cost", (items[0].fact,), relevant=1)
    assert _led(selection, items) is selection


def test_a_fact_that_is_much_likelier_is_told_before_all_but_what_is_settled() -> None:
    items = ranked(0.6, 0.2, 0.8)
    told = (items[0].fact, items[2].fact)
    assert _led(Selection("cost", told, relevant=1), items).facts == (items[2].fact, items[0].fact)
    for settled in (Selection("cost", told, verdict="ja"), Selection("overview", told, asked="overview")):
        assert _led(settled, items) is settled


def test_silence_is_not_led_by_what_is_merely_likely() -> None:
    items = ranked(0.1, 0.9, silent=(0,))
    selection = Selection("cost", (items[0].fact,))
    assert _led(selection, items) is selection
    assert _led(Selection("cost"), items) == Selection("cost")


@pytest.mark.parametrize(
    ("text", "topic", "first"),
    [
        ("Gladsaxe: kommer der en og gør rent for mig?", "rengoering", "Du skal selv deltage."),
        ("Kan de handle ind for min mor i Gladsaxe?", "indkoeb", "Du skal selv deltage:"),
        ("Laver de mad for ham i Gladsaxe?", "madlavning", "Du skal selv deltage:"),
    ],
)
def test_what_is_not_done_in_ones_place_goes_before_what_is_included(
    snapshot: Snapshot, text: str, topic: str, first: str
) -> None:
    answer, _ = ask(snapshot, text, "included", topic)
    assert answer.text.startswith(first)


def test_yes_or_no_to_one_item_does_not_bring_the_whole_list(snapshot: Snapshot) -> None:
    yes_no, _ = ask(snapshot, "Hjælper de med flyttekasser i Gladsaxe?", "included", "flytning")
    which, _ = ask(snapshot, "Hvad hjælper de med, når man flytter i Gladsaxe?", "included", "flytning")
    assert "flyttekasser" in yes_no.text
    assert yes_no.text.count("• ") < which.text.count("• ")


def test_who_asks_whether_there_is_help_is_told_what_it_is(snapshot: Snapshot) -> None:
    item, _ = ask(snapshot, "Pakker de flyttekasser i Gladsaxe?", "included", "flytning")
    help_, _ = ask(snapshot, "Kan nogen hjælpe ham med at pakke flyttekasser i Gladsaxe?", "included", "flytning")
    assert help_.text.count("• ") > item.text.count("• ")


def test_duties_that_bound_no_help_are_not_told_beside_it(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "Kan man få hjælp til sin post i Brønderslev?", "included", "post")
    assert "støvsuger" not in answer.text.lower()
    assert "Du skal selv deltage og være til stede." in answer.text


def test_that_the_help_is_free_goes_before_what_else_may_cost(snapshot: Snapshot) -> None:
    price, _ = ask(snapshot, "Hvad koster det i Gentofte?", "cost")
    outing, _ = ask(snapshot, "Koster det egenbetaling at deltage i en aktivitet i Gentofte?", "cost")
    assert price.text.startswith("Støtten er gratis.")
    assert outing.text.index("Det kan koste egenbetaling at deltage i nogle aktiviteter.") < outing.text.index(
        "Støtten er gratis."
    )
