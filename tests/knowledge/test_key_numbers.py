"""The numbers citizens act on, written down here by hand from the five documents, line for line."""

from __future__ import annotations

import pytest

from knowledge.model import Catalogue
from knowledge.question import Memory
from knowledge.snapshot import Snapshot
from tests.helpers import ask

# Document 002, heading "Omfang": hours a month by VUM level, all "op til" unless noted.
HOURS = {
    "glostrup-handicapmestring": {1: 1, 2: 2, 3: 4, 4: 6},  # lines 305-315
    "glostrup-praktiske-opgaver": {1: 2, 2: 4, 3: 8},  # lines 370-377
    "glostrup-indkoeb-madlavning": {1: 4, 2: 6, 3: 8},  # lines 432-439
    "glostrup-hygiejne": {1: 1, 2: 2, 3: 4},  # lines 503-511
    "glostrup-oekonomi": {1: 0.5, 2: 1, 3: 2},  # lines 579-586
    "glostrup-behandling": {1: 0.5, 2: 2, 3: 8},  # lines 646-653
    "glostrup-beskaeftigelse": {1: 0.5, 2: 1, 3: 2},  # lines 714-721, level 1 exactly, not "op til"
    "glostrup-netvaerk": {2: 1, 3: 2, 4: 8},  # lines 770-777
}
# VUM levels that open for a service; document 000 heading "Hvilke kriterier ...", document 002 heading "Målgruppe".
LEVELS = {
    "gladsaxe-flytning": [2, 3, 4],
    "gladsaxe-rengoering": [2, 3],
    "gladsaxe-toejvask": [2, 3],
    "gladsaxe-behandling": [2, 3],
    "gladsaxe-egenomsorg": [2, 3],
    "gladsaxe-oekonomi": [2, 3],
    "gladsaxe-indkoeb": [2, 3],
    "gladsaxe-madlavning": [2, 3],
    "gladsaxe-netvaerk": [2, 3],
    "gladsaxe-struktur": [2, 3, 4],
    "gladsaxe-ledsagelse": [3, 4],
    "glostrup-handicapmestring": [1, 2, 3, 4],
    "glostrup-praktiske-opgaver": [1, 2, 3],
    "glostrup-indkoeb-madlavning": [1, 2, 3],
    "glostrup-hygiejne": [1, 2, 3],
    "glostrup-oekonomi": [1, 2, 3],
    "glostrup-behandling": [1, 2, 3],
    "glostrup-beskaeftigelse": [1, 2, 3],
    "glostrup-netvaerk": [2, 3, 4],
    "glostrup-flytning": [1, 2, 3, 4],
    "glostrup-opgangsfaellesskab": [2, 3, 4],
    "glostrup-ledsagerordning": [3, 4],
    "glostrup-beskyttet-beskaeftigelse": [1, 2, 3],
    "glostrup-aktivitetstilbud": [1, 2, 3, 4],
    "glostrup-midlertidigt-botilbud": [2, 3, 4],
    "glostrup-laengerevarende-botilbud": [2, 3, 4],
}
# (service, facet, value): other typed numbers.
VALUES = [
    ("glostrup-flytning", "extent", {"kind": "hours_pool", "max_hours": 15, "within_months": 2}),  # 002:844
    ("glostrup-ledsagerordning", "extent", {"kind": "hours", "per": "month", "min": 15, "max": 15}),  # 002:1002
    ("glostrup-opstartspakke", "extent", {"kind": "hours", "per": "month", "min": 4, "max": 4}),  # 002:275
    ("glostrup-opstartspakke", "follow_up", {"kind": "deadline", "months": 3, "max": True}),  # 002:276
    ("glostrup-beskyttet-beskaeftigelse", "extent", {"kind": "days_per_week", "min": 3, "max": 5}),  # 002:1233
    ("glostrup-ledsagerordning", "follow_up", {"kind": "deadline", "years": 1, "max": True}),  # 002:1040
    ("gladsaxe-fastholdelse", "extent", {"kind": "hours", "per": "6 months", "min": 3, "max": 6}),  # 000:1525
    (
        "broenderslev-socialpaedagogisk-stoette",
        "processing_time",
        {"kind": "deadline", "weeks": 5, "max": True},
    ),  # 003:93
    ("broenderslev-socialpaedagogisk-stoette", "start_time", {"kind": "deadline", "days": 14, "max": True}),  # 003:64
    ("broenderslev-socialpaedagogisk-stoette", "follow_up", {"kind": "deadline", "months": 3, "max": False}),  # 003:240
    (
        "unavngivet-socialpaedagogisk-indsats",
        "processing_time",
        {"kind": "deadline", "weeks": 10, "max": True},
    ),  # 004:128
    ("unavngivet-socialpaedagogisk-indsats", "follow_up", {"kind": "deadline", "years": 1, "max": True}),  # 004:144
    ("unavngivet-socialpaedagogisk-indsats", "follow_up", {"kind": "deadline", "months": 3, "max": True}),  # 004:144
]


def values(catalogue: Catalogue, service: str, kind: str) -> list[dict]:
    facts = next(s for s in catalogue.services() if s.id == service).facts
    return [fact.value for fact in facts if fact.value and fact.value["kind"] == kind]


@pytest.mark.parametrize("service", HOURS)
def test_hours_by_level(catalogue: Catalogue, service: str) -> None:
    found = values(catalogue, service, "hours_by_level")
    assert [{int(level): hours for level, hours in value["levels"].items()} for value in found] == [HOURS[service]]
    assert found[0]["per"] == "month"
    assert found[0].get("exact_levels", []) == ([1] if service == "glostrup-beskaeftigelse" else [])


def test_no_other_service_states_hours_by_level(catalogue: Catalogue) -> None:
    assert {s.id for s in catalogue.services() if values(catalogue, s.id, "hours_by_level")} == set(HOURS)


@pytest.mark.parametrize("service", LEVELS)
def test_levels_that_open_for_a_service(catalogue: Catalogue, service: str) -> None:
    found = values(catalogue, service, "vum")
    assert sorted({level for value in found for level in value["levels"]}) == LEVELS[service]


@pytest.mark.parametrize(("service", "facet", "value"), VALUES)
def test_other_numbers(catalogue: Catalogue, service: str, facet: str, value: dict) -> None:
    facts = next(s for s in catalogue.services() if s.id == service).facts
    assert value in [fact.value for fact in facts if facet in fact.facets]


@pytest.mark.parametrize("municipality", ["glostrup", "broenderslev"])
def test_complaint_within_four_weeks(catalogue: Catalogue, municipality: str) -> None:
    facts = catalogue.by_id[municipality].facts
    assert {"kind": "deadline", "weeks": 4, "max": True} in [f.value for f in facts if f.facet == "complaint"]


@pytest.mark.parametrize(("service", "level"), [(s, level) for s, hours in HOURS.items() for level in hours])
def test_answer_gives_the_hours_of_the_asked_level_only(snapshot: Snapshot, service: str, level: int) -> None:
    memory = Memory(municipality="glostrup", service=service, facet="extent", facets={"extent": 1.0})
    answer, _ = ask(snapshot, f"hvor mange timer kan jeg få på niveau {level}?", "extent", memory=memory)
    hours = [fact for fact in answer.facts if fact.value and "level" in fact.value]
    assert [fact.value["max"] for fact in hours] == [HOURS[service][level]]
    assert ("1/2" if HOURS[service][level] == 0.5 else f" {HOURS[service][level]} ") in hours[0].text
    assert answer.reservation
