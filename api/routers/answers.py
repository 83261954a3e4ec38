"""The composed answer to a structured question: the same one the bot gives."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from api.deps import LookupLimit
from api.limits import TOO_MANY
from api.problems import Problem
from api.remembering import RememberingRoute
from knowledge.lookup import LookupFault, answer_for

router = APIRouter(prefix="/v1", tags=["answers"], route_class=RememberingRoute)


@router.get(
    "/answers",
    summary="One facet of one service, or of the service about a topic, in one municipality",
    response_model=dict[str, Any],
    dependencies=[LookupLimit],  # not asked for an answer that is remembered: it costs nothing
    responses=TOO_MANY,
)
async def answers(
    request: Request,
    municipality: str,
    facet: str,
    topic: str | None = None,
    service: str | None = None,
    level: Annotated[int | None, Query(ge=0, le=4)] = None,
    age: Annotated[int | None, Query(ge=0, le=120)] = None,
    pension: bool | None = None,
) -> JSONResponse:
    snapshot = request.app.state.store.snapshot  # what is asked most often takes it itself: a dependency costs a tenth of it
    try:
        answer = answer_for(snapshot, municipality, facet, topic=topic, service=service, level=level, age=age, pension=pension)
    except LookupFault as fault:
        raise Problem(404, str(fault), fault.mend) from fault
    return JSONResponse(answer.as_json())  # it is plain JSON already: no model is held against it
