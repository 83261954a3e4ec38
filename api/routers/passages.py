"""The original passages beside the answers, for staff. Only documents that the catalogue names can be read."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.deps import SnapshotDep, StaffDep
from api.problems import Problem
from api.staff import Staff
from knowledge.accounting import sources_folder
from knowledge.errors import SourcesMissing
from knowledge.model import Document, Municipality
from knowledge.passage import Passage, passages
from knowledge.snapshot import Snapshot

router = APIRouter(prefix="/v1", tags=["catalogue"])

LINES = r"^[0-9]{1,6}(-[0-9]{1,6})?(, ?[0-9]{1,6}(-[0-9]{1,6})?){0,99}$"


@router.get("/passages/{document}", summary="Original lines of a document (staff)")
def original(
    document: str,
    snapshot: SnapshotDep,
    staff: Annotated[Staff, StaffDep("phone_line")],
    lines: Annotated[str, Query(regex=LINES, max_length=1500, description="Line ranges, e.g. 260-262,270")],
) -> dict[str, Any]:
    """Not async: the file is read from disk."""
    municipality, found = _document(snapshot, document)
    try:
        folder = sources_folder()
        if folder is None:
            raise Problem(404, "The original documents are not on this server", "Set VEJVISER_SOURCES to their folder.")
        read = passages(folder, found, lines)
    except SourcesMissing as error:
        raise Problem(
            404, "The original document is not on this server", "Look into the folder of VEJVISER_SOURCES."
        ) from error
    if not read:
        raise Problem(404, f"Document {document} has no text in these lines", "Ask for the lines of a fact's source.")
    return {
        "document": {"id": found.id, "title": found.title},
        "municipality": {"id": municipality.id, "name": municipality.name},
        "passages": [_as_json(passage) for passage in read],
    }


def _document(snapshot: Snapshot, identifier: str) -> tuple[Municipality, Document]:
    for municipality in snapshot.catalogue.municipalities:
        for document in municipality.documents:
            if document.id == identifier:
                return municipality, document
    raise Problem(404, f"No document '{identifier}'", "See the documents of /v1/municipalities.")


def _as_json(passage: Passage) -> dict[str, Any]:
    return {
        "first": passage.first,
        "last": passage.last,
        "lines": [{"number": number, "text": text} for number, text in passage.lines],
    }
