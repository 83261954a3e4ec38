"""Rasa's REST channel: {sender, message, metadata} in, [{recipient_id, text, buttons, custom}] out."""

from __future__ import annotations

import hmac
import json
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from api.client import is_forwarded
from api.deps import BotDep, GuardDep, SettingsDep, StoreDep
from api.incoming import asks_for_deletion, read_message, stored_sender
from api.problems import Problem
from api.settings import Settings
from api.talk import SENDER
from knowledge.privacy import removal_notice
from knowledge.snapshot import Snapshot
from knowledge.wording import say

router = APIRouter(tags=["channel"])

_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["message"],
                    "properties": {
                        "sender": {"type": "string", "default": "default", "description": "Id of the conversation"},
                        "message": {"type": "string", "minLength": 1, "maxLength": 2000},
                        "metadata": {
                            "type": "object",
                            "description": "`municipality`: id of the municipality the page belongs to",
                        },
                    },
                },
                "example": {"sender": "anna", "message": "hvad koster hjælp til tøjvask i gladsaxe?"},
            }
        },
    }
}


@router.get("/webhooks/rest/", summary="Is the channel there?")
async def channel_health() -> dict[str, str]:
    return {"status": "ok"}


@router.post(
    "/webhooks/rest/webhook",
    summary="Say something to the bot",
    openapi_extra=_BODY,
    response_model=list[dict[str, Any]],
)
async def webhook(request: Request, bot: BotDep, store: StoreDep, settings: SettingsDep, guard: GuardDep) -> JSONResponse:
    """One turn, as Rasa's REST channel answers it. Unknown fields are ignored; faults are problem documents."""
    _demand_access(request, settings)
    guard.room.demand_seat()
    await guard.demand_on("rest")
    body = await _body(request)
    text = body.get("message")
    if not isinstance(text, str):
        raise Problem(422, "message is missing or not a string", "Send message as text.")
    clean = read_message(text, settings.max_message, store.snapshot)
    sender = _sender(body)
    metadata = _metadata(body, store.snapshot)
    stored = stored_sender(sender, guard.keys[-1])
    await guard.limits.demand("trusted", f"sender:{stored}")
    if asks_for_deletion(clean.text):
        await bot.forget(stored)
        return JSONResponse([{"recipient_id": sender, "text": say("conversation_deleted")}])
    async with guard.room.turn():
        replies = [{**reply, "recipient_id": sender} for reply in await bot.handle(clean.text, stored, metadata)]
    notice = [{"recipient_id": sender, "text": removal_notice(clean)}] if clean else []
    return JSONResponse([*replies, *notice])  # it is plain JSON already: no model is held against it


def _demand_access(request: Request, settings: Settings) -> None:
    """The channel takes any `sender`, so it is for servers that keep their citizens apart: by token, or on this machine."""
    if not settings.channel_token:
        if settings.on_loopback and not is_forwarded(request):
            return
        raise Problem(401, "The channel is closed here", "Set VEJVISER_CHANNEL_TOKEN, and send it as `Authorization: Bearer`.")
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    given = bearer.strip() if scheme.lower() == "bearer" else request.query_params.get("token", "")
    if not hmac.compare_digest(given.encode(), settings.channel_token.encode()):
        raise Problem(401, "The token is missing or wrong", "Send the channel's token as `Authorization: Bearer`.")


async def _body(request: Request) -> dict[str, Any]:
    raw = await request.body()
    try:
        body = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Problem(400, "The request is not UTF-8", "Encode the request as UTF-8.") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise Problem(400, "The request is not JSON", "Send a JSON object with `sender` and `message`.") from error
    if not isinstance(body, dict):
        raise Problem(422, "The request must be a JSON object", 'Send {"sender": "...", "message": "..."}.')
    return body


def _metadata(body: dict[str, Any], snapshot: Snapshot) -> dict[str, str]:
    """Only what the bot reads, and only when it is an id of the catalogue: nothing else may be stored."""
    metadata = body.get("metadata") or {}
    if not isinstance(metadata, dict):
        raise Problem(422, "metadata must be an object", 'Send metadata as {"municipality": "gladsaxe"} or leave it out.')
    place = metadata.get("municipality")
    known = isinstance(place, str) and snapshot.municipality(place) is not None
    return {"municipality": place} if known else {}


def _sender(body: dict[str, Any]) -> str:
    sender = body.get("sender", "default")
    if not isinstance(sender, str) or not sender.strip() or len(sender) > 255 or not sender.isprintable():
        raise Problem(422, "sender must be 1-255 printable characters", "Send an id of the conversation as text.")
    if sender.startswith(SENDER):
        raise Problem(422, f"sender must not begin with '{SENDER}'", "Those are the conversations of /v1/conversations.")
    return sender
