"""Every non-blank line of every document is cited or left out on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.accounting import account, line_numbers, sources_folder
from knowledge.errors import SourcesMissing
from knowledge.loading import load_catalogue
from knowledge.model import Catalogue
from knowledge.passage import passages
from tests.knowledge import tiny


@pytest.fixture()
def sources() -> Path:
    folder = sources_folder()
    if folder is None:
        pytest.skip("VEJVISER_SOURCES is not set: the original documents are not here to be accounted for")
    return folder


@pytest.fixture()
def tiny_sources(tmp_path: Path) -> Path:
    (tmp_path / "lilleby.txt").write_text(tiny.DOCUMENT, encoding="utf-8")
    return tmp_path


def test_no_line_of_the_five_documents_is_unaccounted(catalogue: Catalogue, sources: Path) -> None:
    accounts = account(catalogue, sources)
    assert [a.id for a in accounts] == ["000", "001", "002", "003", "004"]
    assert {a.id: a.unaccounted_lines for a in accounts} == {a.id: () for a in accounts}


def test_no_citation_reaches_beyond_its_document(catalogue: Catalogue, sources: Path) -> None:
    assert [text for a in account(catalogue, sources) for text in a.dangling] == []


def test_cited_and_left_out_make_up_each_document(catalogue: Catalogue, sources: Path) -> None:
    for a in account(catalogue, sources):
        assert a.lines == a.cited + a.left_out + a.unaccounted
        assert sum(a.reasons.values()) == a.left_out


def test_every_cited_passage_has_text(catalogue: Catalogue, sources: Path) -> None:
    documents = {d.id: d for m in catalogue.municipalities for d in m.documents}
    facts = [f for f in catalogue.facts() if f.source and f.source.lines]
    assert [f.id for f in facts if not passages(sources, documents[f.source.document], f.source.lines)] == []


def test_tiny_document_is_accounted_for(tmp_path: Path, tiny_sources: Path) -> None:
    (found,) = account(load_catalogue(tiny.write(tmp_path / "c")), tiny_sources)
    assert (found.lines, found.cited, found.left_out, found.unaccounted) == (5, 4, 1, 0)
    assert found.reasons == {"heading": 1}


def test_forgotten_line_is_found(tmp_path: Path, tiny_sources: Path) -> None:
    forgetful = tiny.write(tmp_path / "c", service=tiny.SERVICE.replace('lines: "5"', "lines: 3"))
    (found,) = account(load_catalogue(forgetful), tiny_sources)
    assert found.unaccounted_lines == (5,)


def test_range_beyond_the_document_is_dangling(tmp_path: Path, tiny_sources: Path) -> None:
    wrong = tiny.write(tmp_path / "c", service=tiny.SERVICE.replace('lines: "5"', "lines: 5, 90-91"))
    (found,) = account(load_catalogue(wrong), tiny_sources)
    assert found.dangling == ("5, 90-91",)


def test_missing_document_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourcesMissing, match="900"):
        account(load_catalogue(tiny.write(tmp_path / "c")), tmp_path)


def test_sources_that_are_no_folder_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VEJVISER_SOURCES", str(tmp_path / "nowhere"))
    with pytest.raises(SourcesMissing, match="nowhere"):
        sources_folder()


def test_without_the_setting_there_is_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VEJVISER_SOURCES", raising=False)
    assert sources_folder() is None


@pytest.mark.parametrize(("ranges", "numbers"), [("260", [260]), ("260-262, 270", [260, 261, 262, 270]), ("", [])])
def test_line_ranges_are_read(ranges: str, numbers: list[int]) -> None:
    assert list(line_numbers(ranges)) == numbers
