"""/v1/conversations: the channel of the project's own pages. Ids are signed and unguessable; messages are idempotent."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, StrictBool, StrictStr, conint, constr

from api.deps import AddressLimit, TalkDep
from api.limits import TOO_MANY
from api.problems import Problem

router = APIRouter(prefix="/v1/conversations", tags=["conversations"], dependencies=[AddressLimit])

Id = Annotated[str, Path(max_length=200, description="The id that POST /v1/conversations gave")]
_PROBLEM = {"content": {"application/problem+json": {}}}
_FAULTS: dict[int | str, dict[str, Any]] = {
    404: {"description": "Unknown, forged, deleted or expired id", **_PROBLEM},
    **TOO_MANY,
    503: {"description": "Switched off, overloaded or the store is away; see Retry-After where it is given", **_PROBLEM},
}


class Beginning(BaseModel):
    """How a conversation begins."""

    municipality: constr(strict=True, max_length=80) | None = Field(None, description="Id of the municipality of the page")
    channel: Literal["widget", "console", "page"] = "widget"


class Begun(BaseModel):
    """A conversation that can be continued by whoever holds the id."""

    id: str
    notice: str = Field(description="What the citizen is told first, in Danish")


class Said(BaseModel):
    """A message. `client_id` is made by the client for every message and sent again when the request is repeated."""

    text: StrictStr
    client_id: constr(strict=True, min_length=1, max_length=64, regex=r"^[A-Za-z0-9_.:-]+\Z")


class Message(BaseModel):
    """One item of a reply, as Rasa's REST channel has them."""

    text: str | None
    buttons: list[dict[str, str]] | None
    custom: dict[str, Any] | None


class Reply(BaseModel):
    """The bot's reply to one message."""

    messages: list[Message]
    turn: int
    redacted: bool = Field(description="Whether personal data was taken out of the message")


class Opinion(BaseModel):
    """What the citizen thinks of one reply."""

    turn: conint(strict=True, ge=1, le=1_000_000)
    helpful: StrictBool
    reason: Literal["wrong", "unclear", "other_question", "too_long", "other"] | None = None


@router.post("", status_code=201, summary="Begin a conversation", responses={key: _FAULTS[key] for key in (429, 503)})
async def begin(request: Request, talk: TalkDep, beginning: Beginning | None = None) -> Begun:
    start = beginning or Beginning()
    place = _place(request, start.municipality or "")
    return Begun(id=await talk.begin(place, start.channel), notice=talk.notice)


@router.post(
    "/{identifier}/messages",
    summary="Say something to the bot",
    response_class=JSONResponse,
    responses={200: {"model": Reply}, **_FAULTS, 413: {"description": "The message is too long", **_PROBLEM}},
)
async def say(identifier: Id, said: Said, talk: TalkDep) -> JSONResponse:
    return JSONResponse(await talk.say(identifier, said.text, said.client_id))


@router.delete("/{identifier}", status_code=204, summary="Delete a conversation and all that is kept of it", responses=_FAULTS)
async def delete(identifier: Id, talk: TalkDep) -> None:
    await talk.delete(identifier)


@router.post("/{identifier}/feedback", status_code=204, summary="Say whether a reply helped", responses=_FAULTS)
async def rate(identifier: Id, opinion: Opinion, talk: TalkDep) -> None:
    await talk.rate(identifier, opinion.turn, opinion.helpful, opinion.reason or "")


def _place(request: Request, municipality: str) -> str:
    """The municipality of the page; a web site that is allowed for one municipality speaks for no other."""
    allowed = request.app.state.origins.places.get(request.headers.get("origin", ""), "")
    if allowed and municipality not in ("", allowed):
        raise Problem(403, "This web site may not ask for that municipality", "See VEJVISER_ORIGINS.")
    return municipality or allowed
