"""Health of the running service, and its figures for Prometheus."""

from __future__ import annotations

import hmac
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

from api.deps import BotDep, SettingsDep, StoreDep
from api.problems import Problem, problem_response
from api.settings import Settings
from api.staff import asked_on_this_machine
from bot.runtime import Bot
from knowledge.danish import pipeline
from knowledge.errors import KnowledgeError
from knowledge.snapshot import Store
from state.errors import StateError

router = APIRouter(tags=["operations"])


@router.get("/health", summary="Is it well, and what does it run on?")
async def health(store: StoreDep, bot: BotDep) -> dict[str, Any]:
    catalogue = store.snapshot.catalogue
    return {
        "status": "ok" if not store.problems else "degraded",
        "spacy": pipeline().meta["name"],
        "model": bot.model.name,
        "catalogue": {
            "digest": catalogue.digest,
            "municipalities": len(catalogue.municipalities),
            "services": sum(1 for _ in catalogue.services()),
            "facts": sum(1 for _ in catalogue.facts()),
            "problems": list(store.problems),
        },
    }


@router.get("/health/live", summary="Does the process answer? If not, restart it")
async def live() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/health/ready", summary="Can it take turns? If not, send them elsewhere", responses={503: {"description": "No"}})
async def ready(request: Request, store: StoreDep, bot: BotDep) -> JSONResponse:
    """Database, lock store, model and catalogue; what is wrong is in the log, not in the answer."""
    parts = await _parts(store, bot)
    for part, well in parts.items():
        request.app.state.metrics.ready.labels(part).set(well)
    checks = {part: "ok" if well else "unavailable" for part, well in parts.items()}
    if all(parts.values()):
        return JSONResponse({"status": "ok", "checks": checks})
    return problem_response(503, "Not ready to take turns", "Send them elsewhere and ask again.", checks=checks)


@router.get("/metrics", summary="Figures in the text format of Prometheus", response_class=Response)
async def metrics(request: Request, settings: SettingsDep) -> Response:
    """Open on this machine; beyond it with `Authorization: Bearer` and VEJVISER_METRICS_TOKEN."""
    if not _may_read(request, settings):
        raise Problem(403, "Figures are not public", "Send VEJVISER_METRICS_TOKEN as a bearer token.")
    return Response(request.app.state.metrics.render(), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _parts(store: Store, bot: Bot) -> dict[str, bool]:
    found = {"model": bot.model is not None}
    for part, asked in (("database", bot.conversations.ping), ("lock_store", bot.locks.ping)):
        try:
            await asked()
            found[part] = True
        except StateError:
            found[part] = False
    try:
        found["catalogue"] = bool(store.snapshot.facts)
    except KnowledgeError:
        found["catalogue"] = False
    return found


def _may_read(request: Request, settings: Settings) -> bool:
    if settings.metrics_token:
        given = request.headers.get("authorization", "")
        if hmac.compare_digest(given.encode(), f"Bearer {settings.metrics_token}".encode()):
            return True
    return asked_on_this_machine(request, settings)
