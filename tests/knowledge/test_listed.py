"""A help called by its place in the list that was told last."""

from __future__ import annotations

import pytest

from knowledge.answer import Answer
from knowledge.question import Memory
from knowledge.snapshot import Snapshot
from tests.helpers import ask


def listed(snapshot: Snapshot, place: str = "Glostrup") -> tuple[Answer, Memory]:
    return ask(snapshot, f"Hvilke slags støtte har I i {place}?", "overview")


def test_services_are_listed_in_the_order_of_the_document(snapshot: Snapshot) -> None:
    answer, memory = listed(snapshot)
    assert memory.listed[0] == "glostrup-paragraf-85"
    assert memory.listed[-1] == "glostrup-specialundervisning"
    assert memory.listed == tuple(service.id for service in snapshot.catalogue.by_id["glostrup"].services)
    told = [answer.text.index(f"• {snapshot.services[identifier].name}") for identifier in memory.listed]
    assert told == sorted(told)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("Fortæl mere om nr. 4", 4),
        ("uddyb punkt 2", 2),
        ("mere om nummer syv", 7),
        ("hvad er den tredje?", 3),
        ("den sidste på listen", 0),
    ],
)
def test_a_place_in_the_list_is_that_help(snapshot: Snapshot, said: str, place: int) -> None:
    _, memory = listed(snapshot)
    answer, _ = ask(snapshot, said, "contact", memory=memory)
    assert answer.service and answer.service.id == memory.listed[place - 1]
    assert answer.facet in ("overview", "purpose")


def test_what_is_asked_of_one_place_is_asked_of_the_next(snapshot: Snapshot) -> None:
    _, memory = listed(snapshot)
    first, memory = ask(snapshot, "hvor mange timer er der i nr. 4", "extent", memory=memory)
    second, memory = ask(snapshot, "og nr. 6?", "inform", memory=memory)
    third, _ = ask(snapshot, "fortæl mere om nr. 6", "inform", memory=memory)
    assert [answer.facet for answer in (first, second, third)] == ["extent", "extent", "overview"]
    assert second.service == third.service == snapshot.services[memory.listed[5]]


@pytest.mark.parametrize("said", ["Fortæl mere om nr. 40", "hvornår er den første opfølgning?", "hvad er jeres nummer?"])
def test_what_is_no_place_in_the_list_is_asked_as_before(snapshot: Snapshot, said: str) -> None:
    _, memory = listed(snapshot)
    with_list, _ = ask(snapshot, said, "follow_up", memory=memory)
    without, _ = ask(snapshot, said, "follow_up", memory=Memory(municipality="glostrup", facet="overview", text=memory.text))
    assert with_list.service == without.service


def test_without_a_list_a_number_calls_nothing(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "fortæl mere om nr. 2 i Glostrup", "overview")
    assert answer.service is None
