"""/v1/admin: switches of the channels and the audit log, for administrators."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StrictBool, constr
from starlette.concurrency import run_in_threadpool as threaded

from api.deps import AuditDep, StaffDep, SwitchesDep
from api.staff import Staff
from state.switches import Switch

router = APIRouter(prefix="/v1/admin", tags=["admin"])
Admin = Annotated[Staff, StaffDep("admin")]


class Turn(BaseModel):
    """What a channel is turned to."""

    off: StrictBool
    reason: constr(strict=True, strip_whitespace=True, min_length=1, max_length=300) = Field(
        description="Why; shown to staff, never to citizens"
    )


@router.get("/channels", summary="Which channels are on (admin)")
async def channels(staff: Admin, switches: SwitchesDep) -> list[dict[str, Any]]:
    return [vars(switch) for switch in await threaded(switches.all)]


@router.put("/channels/{channel}", summary="Turn a channel off or on (admin)")
async def turn(
    channel: Literal["widget", "console", "page", "rest"], wanted: Turn, staff: Admin, switches: SwitchesDep
) -> dict[str, Any]:
    """Every replica goes by it within seconds; who did it and when is kept in the audit log."""
    made = Switch(channel, wanted.off, wanted.reason, staff.name or "this machine, without login")
    await threaded(switches.set, made, datetime.utcnow())
    return next(vars(switch) for switch in await threaded(switches.all) if switch.channel == channel)


@router.get("/audit", summary="Who changed what, the newest first (admin)")
async def audit(staff: Admin, log: AuditDep, limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> list[dict[str, Any]]:
    return [vars(entry) for entry in await threaded(log.latest, limit)]
