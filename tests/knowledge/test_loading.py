"""A fault in the catalogue is refused with file, line and mend; a good catalogue loads the same way every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import CatalogueError, Problem
from knowledge.loading import load_catalogue
from tests.knowledge import tiny


def problems(folder: Path) -> list[Problem]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    return caught.value.problems


def broken_service(tmp_path: Path, old: str, new: str) -> tuple[list[Problem], str]:
    assert old in tiny.SERVICE
    text = tiny.SERVICE.replace(old, new, 1)
    return problems(tiny.write(tmp_path, service=text)), text


def test_tiny_catalogue_loads(tmp_path: Path) -> None:
    catalogue = load_catalogue(tiny.write(tmp_path))
    assert [service.id for service in catalogue.services()] == ["lilleby-vask"]
    assert {fact.id for fact in catalogue.facts()} == {
        "lilleby-vask.cost.1",
        "lilleby-vask.extent.1",
        "lilleby.contact.visitation",
        "national.complaint.1",
    }


def test_digest_changes_exactly_when_a_file_does(tmp_path: Path) -> None:
    first, again = (load_catalogue(tiny.write(tmp_path)).digest for _ in range(2))
    changed = load_catalogue(tiny.write(tmp_path, service=tiny.SERVICE.replace("gratis.", "helt gratis."))).digest
    assert first == again != changed


@pytest.mark.parametrize(
    ("old", "new", "at", "named"),
    [
        ("topics: [toejvask]", "topics: [vasketoej]", "vasketoej", "vasketoej"),
        ("      section: Pris", "      sektion: Pris", "sektion", "sektion"),
        ("      lines: 3-4", "      lines: 3 til 4", "3 til 4", "3 til 4"),
        ("      lines: 3-4", "      lines: 4-3", "4-3", "4-3"),
        ("  cost:", "  pris:", "pris:", "pris"),
        ("dkk: 0", "kroner: 0", "kroner", "kroner"),
        ("gratis => ja", "gratis => jaa", "jaa", "jaa"),
        ("not_stated: [complaint]", "not_stated: [klage]", "klage", "klage"),
    ],
)
def test_wrong_key_or_value_is_named_with_its_line(tmp_path: Path, old: str, new: str, at: str, named: str) -> None:
    found, text = broken_service(tmp_path, old, new)
    hits = [p for p in found if named in p.what]
    assert hits, found
    assert hits[0].file == tiny.SERVICE_FILE
    assert hits[0].line == tiny.line_of(text, at)
    assert hits[0].mend


def test_broken_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    found, text = broken_service(tmp_path, "  extent:", "  extent: [")
    assert [p.file for p in found] == [tiny.SERVICE_FILE]
    assert tiny.line_of(text, "  extent: [") <= found[0].line <= tiny.line_of(text, "  extent: [") + 2
    assert found[0].mend


def test_key_written_twice_is_refused(tmp_path: Path) -> None:
    found, text = broken_service(tmp_path, "not_stated:", "topics: [rengoering]\nnot_stated:")
    assert found[0].line == tiny.line_of(text, "topics: [rengoering]")


def test_missing_key_is_named(tmp_path: Path) -> None:
    found, text = broken_service(tmp_path, "      section: Pris\n", "")
    assert "section" in found[0].what and "section" in found[0].mend
    assert found[0].line == tiny.line_of(text, "- text: Hjælpen til vask er gratis.")


def test_file_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    tiny.write(tmp_path)
    (tmp_path / tiny.SERVICE_FILE).write_bytes(tiny.SERVICE.encode("latin-1"))
    found = problems(tmp_path)
    assert (found[0].file, found[0].line) == (tiny.SERVICE_FILE, tiny.line_of(tiny.SERVICE, "æ"))
    assert "UTF-8" in found[0].mend


@pytest.mark.parametrize("name", ["national.yml", tiny.MUNICIPALITY_FILE])
def test_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (tiny.write(tmp_path) / name).unlink()
    found = problems(tmp_path)
    assert [p.file for p in found] == [name]
    assert found[0].mend


def test_folder_without_municipalities_is_refused(tmp_path: Path) -> None:
    (tmp_path / "national.yml").write_text(tiny.NATIONAL, encoding="utf-8")
    assert problems(tmp_path)[0].mend


def test_id_used_twice_names_both_files(tmp_path: Path) -> None:
    tiny.write(tmp_path)
    twin = tmp_path / "municipalities/lilleby/vask2.yml"
    twin.write_text(tiny.SERVICE, encoding="utf-8")
    found = problems(tmp_path)
    assert found[0].file.endswith("vask2.yml") and tiny.SERVICE_FILE in found[0].what
    assert found[0].line and found[0].mend


def test_contact_id_used_twice_is_refused(tmp_path: Path) -> None:
    contact = tiny.MUNICIPALITY[tiny.MUNICIPALITY.index("  - id: visitation") :]
    found = problems(tiny.write(tmp_path, municipality=tiny.MUNICIPALITY + contact))
    assert any("visitation" in p.what for p in found)


def test_document_that_is_not_listed_is_refused(tmp_path: Path) -> None:
    found, _ = broken_service(tmp_path, 'document: "900"', 'document: "901"')
    assert "901" in found[0].what and "900" in found[0].mend


@pytest.mark.parametrize("change", [("[complaint]", "[cost]"), ("lines: 3-4", "lines: 3-4\n      also: [complaint]")])
def test_facet_cannot_be_stated_and_not_stated(tmp_path: Path, change: tuple[str, str]) -> None:
    found, _ = broken_service(tmp_path, *change)
    assert "not_stated" in found[0].what


def test_all_faults_are_reported_at_once_in_order(tmp_path: Path) -> None:
    folder = tiny.write(
        tmp_path,
        service=tiny.SERVICE.replace("toejvask", "vask").replace("section: Pris", "sektion: Pris"),
        national=tiny.NATIONAL.replace("text:", "tekst:"),
    )
    found = problems(folder)
    assert {tiny.SERVICE_FILE, "national.yml"} == {p.file for p in found}
    assert len(found) >= 4
    assert found == sorted(found, key=lambda p: (p.file, p.line, p.what))


def test_error_text_shows_file_line_and_mend(tmp_path: Path) -> None:
    found, _ = broken_service(tmp_path, "toejvask", "vask")
    assert str(found[0]).startswith(f"{tiny.SERVICE_FILE}:5: ")
    assert "Mend: " in str(found[0])
