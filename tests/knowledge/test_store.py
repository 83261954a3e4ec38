"""The store swaps its snapshot when the catalogue changes and keeps the last good one when it is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import database
from knowledge.errors import CatalogueError
from knowledge.sharing import current_store, use_store
from knowledge.snapshot import Store
from tests.knowledge import tiny

BROKEN = tiny.SERVICE.replace("toejvask", "vask")
CHANGED = tiny.SERVICE.replace("er gratis.", "er helt gratis.")


@pytest.fixture()
def small(tmp_path: Path) -> Store:
    tiny.write(tmp_path / "catalogue")
    return Store(database.connect(f"sqlite:///{tmp_path / 'k.db'}"), tmp_path / "catalogue")


def texts(store: Store) -> set[str]:
    return {fact.text for fact in store.snapshot.facts}


def test_unchanged_catalogue_keeps_the_snapshot(small: Store) -> None:
    before = small.snapshot
    assert small.reload() is False
    assert small.snapshot is before


def test_changed_catalogue_is_taken_over(small: Store, tmp_path: Path) -> None:
    before = small.snapshot
    tiny.write(tmp_path / "catalogue", service=CHANGED)
    assert small.reload() is True
    assert "Hjælpen til vask er helt gratis." in texts(small)
    assert "Hjælpen til vask er gratis." in {fact.text for fact in before.facts}  # readers of the old one are undisturbed


def test_broken_catalogue_keeps_the_last_good_snapshot(small: Store, tmp_path: Path) -> None:
    before = small.snapshot
    tiny.write(tmp_path / "catalogue", service=BROKEN)
    assert small.reload() is False
    assert small.snapshot is before
    assert tiny.SERVICE_FILE in small.problems[0]


def test_mended_catalogue_clears_the_problems(small: Store, tmp_path: Path) -> None:
    assert small.snapshot
    tiny.write(tmp_path / "catalogue", service=BROKEN)
    small.reload()
    tiny.write(tmp_path / "catalogue", service=CHANGED)
    assert small.reload() is True
    assert small.problems == ()


def test_broken_catalogue_at_start_uses_the_stored_one(small: Store, tmp_path: Path) -> None:
    digest = small.snapshot.catalogue.digest
    tiny.write(tmp_path / "catalogue", service=BROKEN)
    restarted = Store(database.connect(f"sqlite:///{tmp_path / 'k.db'}"), tmp_path / "catalogue")
    assert restarted.snapshot.catalogue.digest == digest
    assert restarted.problems


def test_broken_catalogue_with_nothing_stored_is_an_error(small: Store, tmp_path: Path) -> None:
    tiny.write(tmp_path / "catalogue", service=BROKEN)
    with pytest.raises(CatalogueError):
        _ = small.snapshot


def test_fingerprint_changes_when_a_file_does(small: Store, tmp_path: Path) -> None:
    before = small.fingerprint()
    assert before == small.fingerprint()
    tiny.write(tmp_path / "catalogue", service=CHANGED)
    assert small.fingerprint() != before


def test_shared_store_can_be_exchanged(small: Store, store: Store) -> None:
    assert current_store() is store
    try:
        use_store(small)
        assert current_store() is small
    finally:
        use_store(store)
