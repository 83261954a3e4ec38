"""/drift: the page of editors and administrators."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool as threaded

from api.charts import FILLS
from api.dashboard import dashboard
from api.deps import SettingsDep, SnapshotDep, StaffDep, StoreDep
from api.pages import page
from api.staff import Staff
from knowledge.wording import wording
from state.statistics import Statistics

router = APIRouter(include_in_schema=False)
PERIODS = (7, 30, 90)


@router.get("/drift")
async def show(
    request: Request,
    staff: Annotated[Staff, StaffDep("editor")],
    settings: SettingsDep,
    store: StoreDep,
    snapshot: SnapshotDep,
    dage: Annotated[Literal["7", "30", "90"], Query()] = "30",
) -> HTMLResponse:
    statistics: Statistics = request.app.state.statistics
    found = await threaded(dashboard, statistics, snapshot, datetime.utcnow().date(), int(dage))
    kept = await threaded(statistics.texts) if settings.keep_unanswered else []
    return page(
        request,
        "drift.html",
        "shared",
        d=wording("dashboard"),
        board=found,
        kept=kept,
        keeping=settings.keep_unanswered,
        days=settings.retention_days,
        staff=staff,
        period=int(dage),
        periods=PERIODS,
        fills=FILLS,
        problems=store.problems,
        facts=len(snapshot.facts),
        services=len(snapshot.services),
    )
