"""/v1/passages over HTTP: original lines for staff, of the catalogue's documents only."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from knowledge.passage import MOST_LINES
from knowledge.snapshot import Snapshot
from tests.api.problem import assert_problem

DOCUMENT = "000"


@pytest.fixture()
def folder(tmp_path: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of documents with text of our own, and a file beside it that nobody may read."""
    made = tmp_path / "documents"
    made.mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    file = next(d.file for m in snapshot.catalogue.municipalities for d in m.documents if d.id == DOCUMENT)
    (made / file).write_text("Overskrift\n\n  Første linje \nAnden linje\n\nSidste linje", encoding="utf-8")
    monkeypatch.setenv("VEJVISER_SOURCES", str(made))
    return made


def get(client: TestClient, document: str = DOCUMENT, lines: str = "1-4"):
    return client.get(f"/v1/passages/{document}", params={"lines": lines})


@pytest.mark.usefixtures("folder")
def test_the_lines_asked_for_come_with_their_numbers_and_without_blank_ones(client: TestClient) -> None:
    found = get(client, lines="2-4, 6").json()
    assert found["document"]["id"] == DOCUMENT and found["municipality"] == {"id": "gladsaxe", "name": "Gladsaxe"}
    assert found["passages"] == [
        {"first": 2, "last": 4, "lines": [{"number": 3, "text": "Første linje"}, {"number": 4, "text": "Anden linje"}]},
        {"first": 6, "last": 6, "lines": [{"number": 6, "text": "Sidste linje"}]},
    ]


@pytest.mark.usefixtures("folder")
def test_a_range_beyond_the_end_stops_at_the_end(client: TestClient) -> None:
    found = get(client, lines="6-999999").json()["passages"]
    assert [(p["first"], p["last"], len(p["lines"])) for p in found] == [(6, 6, 1)]


def test_a_request_cannot_read_a_whole_document(client: TestClient, folder: Path) -> None:
    file = next(folder.iterdir())
    file.write_text("\n".join(f"linje {n}" for n in range(1, 3 * MOST_LINES)), encoding="utf-8")
    found = get(client, lines=f"1-{2 * MOST_LINES}, 1-9").json()["passages"]
    assert sum(len(p["lines"]) for p in found) == MOST_LINES


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("lines", ["2", "900-999", "4-3", "0"])
def test_lines_without_text_are_not_found(client: TestClient, lines: str) -> None:
    assert_problem(get(client, lines=lines), 404)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("lines", ["", "a", "1-", "-1", "1;2", "1,,2", "9999999", "1-2-3", "١"])
def test_lines_that_are_no_ranges_are_refused(client: TestClient, lines: str) -> None:
    assert assert_problem(get(client, lines=lines), 422)["errors"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "document", ["999", "..%2Fsecret.txt", "%2e%2e%2fsecret.txt", "secret.txt", "000%00", "C:%5Csecret.txt"]
)
def test_only_documents_of_the_catalogue_are_read(client: TestClient, document: str) -> None:
    response = get(client, document)
    assert response.status_code == 404 and "secret\n" not in response.text


def test_without_a_folder_it_is_said_what_to_set(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VEJVISER_SOURCES", raising=False)
    assert "VEJVISER_SOURCES" in assert_problem(get(client), 404)["detail"]


def test_a_folder_without_the_document_tells_no_path(client: TestClient, folder: Path) -> None:
    next(folder.iterdir()).unlink()
    assert str(folder) not in str(assert_problem(get(client), 404))


@pytest.mark.usefixtures("folder")
def test_a_caller_behind_a_proxy_without_login_is_refused(client: TestClient) -> None:
    url = f"/v1/passages/{DOCUMENT}?lines=1"
    assert_problem(client.get(url, headers={"X-Forwarded-For": "192.0.2.1"}), 401)
