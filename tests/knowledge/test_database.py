"""The catalogue in the database: the same out as in, written once, all or nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from knowledge import database
from knowledge.errors import DatabaseError
from knowledge.loading import load_catalogue
from knowledge.model import Catalogue
from knowledge.snapshot import Snapshot
from tests.engines import Postgres, demand
from tests.knowledge import tiny


@pytest.fixture()
def small(tmp_path: Path) -> Catalogue:
    return load_catalogue(tiny.write(tmp_path / "catalogue"))


@pytest.fixture()
def engine(tmp_path: Path):
    return database.connect(f"sqlite:///{tmp_path / 'k.db'}")


def test_shipped_catalogue_comes_back_unchanged(snapshot: Snapshot, catalogue: Catalogue) -> None:
    assert snapshot.catalogue == catalogue
    assert list(snapshot.catalogue.facts()) == list(catalogue.facts())


def test_same_catalogue_is_written_once(engine, small: Catalogue) -> None:
    assert database.store_catalogue(engine, small) is True
    assert database.store_catalogue(engine, small) is False
    assert database.fetch_catalogue(engine) == small


def test_new_catalogue_replaces_the_old_one_whole(engine, small: Catalogue) -> None:
    database.store_catalogue(engine, small)
    newer = replace(small, digest="newer", national=())
    assert database.store_catalogue(engine, newer) is True
    assert database.stored_digest(engine) == "newer"
    assert database.fetch_catalogue(engine) == newer


def test_failed_write_leaves_the_old_catalogue(engine, small: Catalogue) -> None:
    database.store_catalogue(engine, small)
    service = small.municipalities[0].services[0]
    doubled = replace(small.municipalities[0], services=(service, service))
    with pytest.raises(DatabaseError):
        database.store_catalogue(engine, Catalogue("broken", (doubled,), ()))
    assert database.fetch_catalogue(engine) == small


def test_catalogue_without_services_can_be_stored(engine, small: Catalogue) -> None:
    bare = Catalogue("bare", (replace(small.municipalities[0], services=()),), small.national)
    database.store_catalogue(engine, bare)
    assert database.fetch_catalogue(engine) == bare


def test_empty_database_has_no_catalogue(engine) -> None:
    assert database.stored_digest(engine) is None
    assert database.fetch_catalogue(engine) is None


def test_facts_can_be_queried_as_rows(engine, small: Catalogue) -> None:
    database.store_catalogue(engine, small)
    with engine.connect() as connection:
        rows = select(func.count()).select_from(database.facts).where(database.facts.c.facet == "cost")
        assert connection.execute(rows).scalar() == 1


@pytest.mark.parametrize("url", ["sqlite:///{}", "nonsense", "sqlite:///{}/file/k.db"])
def test_database_that_cannot_be_opened_is_a_named_error(tmp_path: Path, url: str) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(DatabaseError):
        database.connect(url.format(tmp_path))


def test_error_does_not_show_the_password(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError) as caught:
        database.connect("postgresql://vejviser:hemmelig@127.0.0.1:1/knowledge")
    assert "hemmelig" not in str(caught.value)


def test_url_comes_from_the_environment_before_the_state_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert database.default_url(tmp_path) == f"sqlite:///{tmp_path / 'knowledge.db'}"
    monkeypatch.setenv("VEJVISER_DATABASE_URL", "sqlite:///elsewhere.db")
    assert database.default_url(tmp_path) == "sqlite:///elsewhere.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'shared.db'}"
        return
    demand("postgres", "initdb")
    with Postgres() as running:
        yield running.url


def test_replicas_that_start_together_share_one_catalogue(shared: str, catalogue: Catalogue) -> None:
    def start(_: int) -> bool:
        return database.store_catalogue(database.connect(shared), catalogue)

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(start, range(6))) == [False] * 5 + [True]
    assert database.fetch_catalogue(database.connect(shared)) == catalogue


def test_reader_sees_one_edition_while_another_is_written(shared: str, tmp_path: Path) -> None:
    editions = []
    for n in range(2):
        facts = tiny.SERVICE.replace("er gratis.", f"er gratis, udgave {n}.").replace("hver uge.", f"hver uge, udgave {n}.")
        editions.append(load_catalogue(tiny.write(tmp_path / f"edition{n}", service=facts)))
    writer, reader = database.connect(shared), database.connect(shared)
    database.store_catalogue(writer, editions[0])
    done = threading.Event()

    def write() -> None:
        for n in range(60):
            database.store_catalogue(writer, editions[n % 2])
        done.set()

    thread = threading.Thread(target=write)
    thread.start()
    seen = set()
    while not done.is_set():
        found = database.fetch_catalogue(reader)
        assert found in editions
        seen.add(found.digest)
    thread.join()
    assert len(seen) == 2
