"""Look-ups in the knowledge base: municipalities, topics, services, search."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.deps import LookupLimit, SnapshotDep
from api.limits import TOO_MANY
from api.problems import Problem
from knowledge.answer import fact_json
from knowledge.lookup import search
from knowledge.model import Municipality, Service
from knowledge.snapshot import Snapshot
from knowledge.vocabulary import vocabulary

router = APIRouter(prefix="/v1", tags=["catalogue"])


@router.get("/municipalities", summary="The municipalities with a document")
async def municipalities(snapshot: SnapshotDep) -> list[dict[str, Any]]:
    return [_municipality(m) for m in snapshot.catalogue.municipalities]


@router.get("/topics", summary="The kinds of help, with the services about each")
async def topics(snapshot: SnapshotDep) -> list[dict[str, Any]]:
    services = list(snapshot.catalogue.services())
    return [
        {"id": topic.id, "name": topic.name, "services": [s.id for s in services if topic.id in s.topics]}
        for topic in vocabulary().topics.values()
    ]


@router.get("/facets", summary="What can be asked about a service")
async def facets() -> list[dict[str, str]]:
    return [{"id": facet.id, "title": facet.title} for facet in vocabulary().facets.values()]


@router.get("/services", summary="The services, of one municipality or topic if given")
async def services(snapshot: SnapshotDep, municipality: str | None = None, topic: str | None = None) -> list[dict[str, Any]]:
    _demand_municipality(snapshot, municipality)
    if topic is not None and topic not in vocabulary().topics:
        raise Problem(404, f"No topic '{topic}'", "See /v1/topics.")
    return [
        service_summary(service)
        for service in snapshot.catalogue.services()
        if municipality in (None, service.municipality) and (topic is None or topic in service.topics)
    ]


@router.get("/services/{service_id}", summary="One service with all its facts")
async def service(service_id: str, snapshot: SnapshotDep) -> dict[str, Any]:
    found = snapshot.services.get(service_id)
    if found is None:
        raise Problem(404, f"No service '{service_id}'", "See /v1/services.")
    facts: dict[str, list[dict[str, Any]]] = {}
    for fact in found.facts:
        facts.setdefault(fact.facet, []).append(fact_json(fact))
    return {**service_summary(found), "facts": facts, "not_stated": list(found.not_stated)}


@router.get("/search", summary="Facts that fit some words", dependencies=[LookupLimit], responses=TOO_MANY)
async def find(
    snapshot: SnapshotDep,
    q: Annotated[str, Query(min_length=1, max_length=300)],
    municipality: str | None = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> list[dict[str, Any]]:
    _demand_municipality(snapshot, municipality)
    hits = search(snapshot, q, municipality, limit)
    return [
        {
            "score": round(hit.score, 3),
            "municipality": hit.fact.municipality,
            "service": hit.fact.service,
            **fact_json(hit.fact),
        }
        for hit in hits
    ]


def _demand_municipality(snapshot: Snapshot, identifier: str | None) -> None:
    if identifier is not None and snapshot.municipality(identifier) is None:
        raise Problem(404, f"No municipality '{identifier}'", "See /v1/municipalities.")


def service_summary(service: Service) -> dict[str, Any]:
    """id, name, municipality, paragraphs, topics, facets the document states."""
    return {
        "id": service.id,
        "name": service.name,
        "municipality": service.municipality,
        "document": service.document,
        "paragraphs": list(service.paragraphs),
        "topics": list(service.topics),
        "facets": list(service.facets()),
    }


def _municipality(item: Municipality) -> dict[str, Any]:
    return {
        "id": item.id,
        "name": item.name,
        "full_name": item.full_name,
        "named": item.named,
        "documents": [
            {"id": d.id, "title": d.title, "approved": [{"body": a.body, "date": a.date} for a in d.approved]}
            for d in item.documents
        ],
        "services": [service.id for service in item.services],
        "contact_points": [
            {
                "id": c.id,
                "name": c.name,
                "phone": c.phone,
                "email": c.email,
                "address": c.address,
                "hours": c.hours,
                "topics": list(c.topics),
                "purpose": list(c.purpose),
                "when": [{"min_age": w.min_age, "max_age": w.max_age, "pension": w.pension} for w in c.when],
                "text": c.fact.text,
            }
            for c in item.contact_points
        ],
        "facts": [fact_json(fact) for fact in item.facts],
    }
