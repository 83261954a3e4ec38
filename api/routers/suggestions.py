"""Search while typing, for the phone-line console."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.deps import LookupLimit, SnapshotDep
from api.limits import TOO_MANY
from api.problems import Problem
from knowledge.answer import source_json
from knowledge.suggestion import Suggestion, suggest
from knowledge.suggestion_index import Narrowing
from knowledge.vocabulary import vocabulary

router = APIRouter(prefix="/v1", tags=["catalogue"])


@router.get("/suggest", summary="Services and facts that fit the words so far", dependencies=[LookupLimit], responses=TOO_MANY)
async def suggestions(
    snapshot: SnapshotDep,
    q: Annotated[str, Query(max_length=300)] = "",
    municipality: str | None = None,
    service: str | None = None,
    facet: str | None = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 12,
) -> dict[str, Any]:
    """Best first. `q` may be one letter, an unfinished or a misspelt word; without it all that is left is listed."""
    if municipality is not None and snapshot.municipality(municipality) is None:
        raise Problem(404, f"No municipality '{municipality}'", "See /v1/municipalities.")
    if service is not None and service not in snapshot.services:
        raise Problem(404, f"No service '{service}'", "See /v1/services.")
    if facet is not None and facet not in vocabulary().facets:
        raise Problem(404, f"No facet '{facet}'", "See /v1/facets.")
    return {"results": [_as_json(item) for item in suggest(snapshot, q, Narrowing(municipality, service, facet), limit)]}


def _as_json(item: Suggestion) -> dict[str, Any]:
    entry = item.entry
    return {
        "kind": entry.kind,
        "municipality": {"id": entry.municipality.id, "name": entry.municipality.name} if entry.municipality else None,
        "service": {"id": entry.service.id, "name": entry.service.name} if entry.service else None,
        "paragraphs": list(entry.service.paragraphs) if entry.service else [],
        "facet": entry.facet,
        "title": item.title,
        "text": item.text,
        "score": round(item.score, 3),
        "level": item.level,
        "stated": entry.stated,
        "source": source_json(entry.fact.source) if entry.fact and entry.fact.source else None,
    }
