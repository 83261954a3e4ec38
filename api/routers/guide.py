"""The citizen guide, one step at a time, and the comparison of municipalities. Both are stateless."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.deps import BotDep, LookupLimit, SnapshotDep
from api.limits import TOO_MANY
from api.problems import Problem
from knowledge.comparison import FEWEST, MOST
from knowledge.guide import Told, guide
from knowledge.guided import TOPIC_SURE
from knowledge.lookup import LookupFault, compare_places
from knowledge.privacy import redact
from knowledge.vocabulary import vocabulary
from knowledge.wording import wording

router = APIRouter(prefix="/v1", tags=["guide"], dependencies=[LookupLimit], responses=TOO_MANY)


class GuideBody(BaseModel):
    """What has been told so far; everything may be missing. Unknown keys are ignored."""

    municipality: str | None = Field(None, max_length=100, description="id of a municipality")
    needs: list[Annotated[str, Field(max_length=100)]] = Field([], max_items=60, description="values of options, or topic ids")
    needs_text: str | None = Field(None, max_length=2000, description="what is hard, in the citizen's own words")
    level: int | None = Field(None, ge=0, le=4, description="how hard it is, 0-4")
    age: int | None = Field(None, ge=0, le=120, description="years; asked only where the contact depends on it")
    pension: bool | None = Field(None, description="early-retirement pension granted")
    skipped: list[Annotated[str, Field(max_length=100)]] = Field([], max_items=20, description="names of steps skipped")

    class Config:
        schema_extra = {"example": {"municipality": "glostrup", "needs": ["orden"], "level": 3}}


@router.post("/guide", summary="The next question of the citizen guide, or its result")
async def next_step(body: GuideBody, snapshot: SnapshotDep, bot: BotDep) -> dict[str, Any]:
    words = redact((body.needs_text or "").strip()).text
    read = await bot.read(words) if words else {}
    told = Told(
        municipality=body.municipality or "",
        needs=tuple(body.needs),
        words=words,
        likely=tuple(topic for topic, p in read.get("topics", {}).items() if p >= TOPIC_SURE and topic in vocabulary().topics),
        level=body.level,
        age=body.age,
        pension=body.pension,
        skipped=tuple(body.skipped),
    )
    try:
        view = guide(snapshot, told).as_json()
    except LookupFault as fault:
        raise Problem(404, str(fault), fault.mend) from fault
    return _with_danger(view, read.get("intent", {}).get("name") or "")


def _with_danger(view: dict[str, Any], intent: str) -> dict[str, Any]:
    """Words of danger come before anything else: who to call stands first in what is shown, and alone under `danger`."""
    if intent not in wording()["danger"]:
        return view
    danger, text = intent, wording()["danger"][intent]
    view["danger"] = {"kind": danger, "text": text}
    if "question" in view:
        view["question"]["help"] = f"{text} {view['question']['help']}"
    if "result" in view:
        view["result"]["text"] = f"{text}\n\n{view['result']['text']}"
    return view


@router.get("/compare", summary="One facet in two to four municipalities, side by side")
async def compare(
    snapshot: SnapshotDep,
    municipality: Annotated[list[str], Query(description="ids of two to four municipalities")],
    facet: str,
    topic: str | None = None,
    service: Annotated[list[str] | None, Query(description="ids of services, one a municipality")] = None,
    level: Annotated[int | None, Query(ge=0, le=4)] = None,
) -> dict[str, Any]:
    if len(set(municipality)) < len(municipality) or not FEWEST <= len(municipality) <= MOST:
        raise Problem(422, "Not two to four different municipalities", "Give `municipality` two to four times.")
    try:
        answer = compare_places(snapshot, municipality, facet, topic=topic, services=service or [], level=level)
    except LookupFault as fault:
        raise Problem(404, str(fault), fault.mend) from fault
    return answer.as_json()
