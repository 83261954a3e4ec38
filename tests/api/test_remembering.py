"""Remembered answers are those of the catalogue in force, and only answers are remembered."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace

import pytest
from fastapi import FastAPI, Response
from fastapi.testclient import TestClient

from api import problems
from api.limits import Limits
from api.remembering import Remembered
from api.routers import answers
from knowledge.model import Catalogue
from knowledge.snapshot import Snapshot

QUERY = {"municipality": "gladsaxe", "facet": "cost", "topic": "toejvask"}


@pytest.fixture
def app(snapshot: Snapshot) -> FastAPI:
    made = FastAPI()
    made.state.store = SimpleNamespace(snapshot=snapshot)
    made.state.proxies, made.state.limits = [], Limits({}, "", "no limits")
    problems.install(made)
    made.include_router(answers.router)
    return made


@pytest.fixture
def composed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The facets for which an answer was composed."""
    told: list[str] = []

    def answer_for(snapshot: Snapshot, municipality: str, facet: str, **more: object):
        told.append(facet)
        return real(snapshot, municipality, facet, **more)

    real = answers.answer_for
    monkeypatch.setattr(answers, "answer_for", answer_for)
    yield told


def test_the_same_question_is_composed_once(app: FastAPI, composed: list[str]) -> None:
    client = TestClient(app)
    first, again = client.get("/v1/answers", params=QUERY), client.get("/v1/answers", params=QUERY)
    assert first.status_code == again.status_code == 200
    assert first.content == again.content
    assert client.get("/v1/answers", params={**QUERY, "facet": "complaint"}).json()["facet"] == "complaint"
    assert composed == ["cost", "complaint"]


def test_a_new_catalogue_gives_new_answers(app: FastAPI, snapshot: Snapshot, catalogue: Catalogue) -> None:
    client = TestClient(app)
    before = client.get("/v1/answers", params=QUERY).json()
    renamed = tuple(replace(m, name="Gladsaxe Ny") if m.id == "gladsaxe" else m for m in catalogue.municipalities)
    app.state.store.snapshot = Snapshot(replace(catalogue, municipalities=renamed))
    after = client.get("/v1/answers", params=QUERY).json()
    assert before["municipality"]["name"] == "Gladsaxe"
    assert after["municipality"]["name"] == "Gladsaxe Ny"


def test_faults_are_found_anew_each_time(app: FastAPI, composed: list[str]) -> None:
    client = TestClient(app)
    for _ in range(2):
        assert client.get("/v1/answers", params={**QUERY, "municipality": "atlantis"}).status_code == 404
    assert composed == ["cost", "cost"]
    assert client.get("/v1/answers", params={**QUERY, "level": "9"}).status_code == 422


def test_the_answer_not_asked_for_longest_goes_first() -> None:
    snapshot, remembered = SimpleSnapshot(), Remembered(kept=2)
    assert remembered.get(snapshot, b"a") is None
    kept = {query: Response() for query in (b"a", b"b", b"c")}
    remembered.keep(snapshot, b"a", kept[b"a"])
    remembered.keep(snapshot, b"b", kept[b"b"])
    assert remembered.get(snapshot, b"a") is kept[b"a"]
    remembered.keep(snapshot, b"c", kept[b"c"])
    assert remembered.get(snapshot, b"b") is None
    assert remembered.get(snapshot, b"a") is kept[b"a"]


def test_an_answer_from_a_replaced_snapshot_is_not_kept() -> None:
    old, new, remembered = SimpleSnapshot(), SimpleSnapshot(), Remembered()
    remembered.get(old, b"a")
    remembered.get(new, b"a")
    remembered.keep(old, b"a", Response())
    assert remembered.get(new, b"a") is None


def test_a_replaced_snapshot_is_freed() -> None:
    snapshot, remembered = SimpleSnapshot(), Remembered()
    remembered.get(snapshot, b"a")
    remembered.keep(snapshot, b"a", Response())
    freed: list[bool] = []
    snapshot.told = freed
    del snapshot
    gc.collect()
    assert freed == [True]


class SimpleSnapshot:
    """Something to remember answers of; tells when it is freed."""

    told: list[bool] | None = None

    def __del__(self) -> None:
        if self.told is not None:
            self.told.append(True)
