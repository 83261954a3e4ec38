"""Health of the running service."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from api.deps import BotDep, StoreDep
from knowledge.danish import pipeline

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
