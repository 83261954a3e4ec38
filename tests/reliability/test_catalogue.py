"""The catalogue changed under load: each answer wholly old or wholly new, a broken one refused and reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.engines import until
from tests.knowledge import tiny
from tests.reliability.service import Crowd, Service, Talker


def edition(number: int) -> dict[str, str]:
    """Both files of the tiny catalogue, every text with the number of the edition."""
    mark = f"udgave{number}"
    return {
        "service": tiny.SERVICE.replace("er gratis.", f"er gratis, {mark}.").replace("hver uge.", f"hver uge, {mark}."),
        "municipality": tiny.MUNICIPALITY.replace("Ring til", f"Ring, {mark}, til"),
    }


def marks(text: str) -> set[str]:
    return set(re.findall(r"udgave\d+", text))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.write(tmp_path_factory.mktemp("catalogue"), **edition(0))


@pytest.fixture(scope="module")
def service(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    home = tmp_path_factory.mktemp("home")
    with Service(home, catalogue=folder, catalogue_check_seconds=0.2) as running:
        yield running


def health(service: Service) -> dict:
    return httpx.get(f"{service.url}/health", timeout=60).json()


def shown(service: Service) -> set[str]:
    client = httpx.Client(base_url=service.url, timeout=60)
    both = client.get("/v1/services/lilleby-vask").text + client.get("/v1/municipalities").text
    return marks(both)


def test_each_answer_is_wholly_old_or_wholly_new(service: Service, folder: Path) -> None:
    mixed, seen = [], set()
    client, talker = httpx.Client(base_url=service.url, timeout=60), Talker(service.url).begin("lilleby")

    def look() -> None:
        found = marks(client.get("/v1/services/lilleby-vask").text)
        seen.update(found)
        mixed.extend([found] if len(found) != 1 else [])

    def talk() -> None:
        found = marks(str(talker.say("hvad koster hjælpen til vask, og hvor tit kan jeg få hjælpen?")))
        mixed.extend([found] if len(found) > 1 else [])

    with Crowd([look, look, talk]):
        for number in range(5):
            tiny.write(folder, **edition(number))
            mark = f"udgave{number}"
            until(lambda mark=mark: shown(service) == {mark} and mark in seen, "the new edition is in force and was looked at")
    assert mixed == [] and seen == {f"udgave{number}" for number in range(5)}


def test_broken_catalogue_is_refused_and_reported(service: Service, folder: Path) -> None:
    before = health(service)["catalogue"]["digest"]
    tiny.write(folder, service="broken: [")
    until(lambda: health(service)["status"] == "degraded", "the fault is reported")
    assert tiny.SERVICE_FILE in health(service)["catalogue"]["problems"][0]
    assert health(service)["catalogue"]["digest"] == before and service.ready() == 200
    assert "vejviser_catalogue_problems 1.0" in httpx.get(f"{service.url}/metrics", timeout=60).text
    tiny.write(folder, **edition(9))
    until(lambda: health(service)["status"] == "ok", "the mended catalogue is in force")
    assert shown(service) == {"udgave9"}


def test_folder_taken_away_is_reported_and_the_service_goes_on(service: Service, folder: Path) -> None:
    folder.rename(folder.with_name("away"))
    until(lambda: health(service)["status"] == "degraded", "the fault is reported")
    assert Talker(service.url).begin("lilleby").say("hvad koster hjælpen til vask?")["turn"] == 1
    folder.with_name("away").rename(folder)
    until(lambda: health(service)["status"] == "ok", "the catalogue is back")
