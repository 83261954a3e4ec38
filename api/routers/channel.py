"""Rasa's REST channel: {sender, message, metadata} in, [{recipient_id, text, buttons, custom}] out."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request

from api.deps import BotDep, SettingsDep
from api.incoming import message
from api.privacy import redact
from api.problems import Problem
from api.talk import SENDER
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


@router.post("/webhooks/rest/webhook", summary="Say something to the bot", openapi_extra=_BODY)
async def webhook(request: Request, bot: BotDep, settings: SettingsDep) -> list[dict[str, Any]]:
    """One turn, as Rasa's REST channel answers it. Unknown fields are ignored; faults are problem documents."""
    body = await _body(request, settings.max_body)
    text = _text(body, settings.max_message)
    sender = _sender(body)
    metadata = body.get("metadata") or {}
    if not isinstance(metadata, dict):
        raise Problem(422, "metadata must be an object", 'Send metadata as {"municipality": "gladsaxe"} or leave it out.')
    clean, had_number = redact(text)
    place = metadata.get("municipality")
    replies = await bot.handle(clean, sender, {"municipality": place} if isinstance(place, str) else {})
    return [*replies, {"recipient_id": sender, "text": say("cpr_removed")}] if had_number else replies


async def _body(request: Request, limit: int) -> dict[str, Any]:
    raw = await request.body()
    if len(raw) > limit:
        raise Problem(413, "The request is too large", f"Send at most {limit} bytes.")
    try:
        body = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Problem(400, "The request is not UTF-8", "Encode the request as UTF-8.") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise Problem(400, "The request is not JSON", "Send a JSON object with `sender` and `message`.") from error
    if not isinstance(body, dict):
        raise Problem(422, "The request must be a JSON object", 'Send {"sender": "...", "message": "..."}.')
    return body


def _text(body: dict[str, Any], limit: int) -> str:
    value = body.get("message")
    if not isinstance(value, str):
        raise Problem(422, "message is missing or not a string", "Send message as text.")
    return message(value, limit)


def _sender(body: dict[str, Any]) -> str:
    sender = body.get("sender", "default")
    if not isinstance(sender, str) or not sender.strip() or len(sender) > 255 or not sender.isprintable():
        raise Problem(422, "sender must be 1-255 printable characters", "Send an id of the conversation as text.")
    if sender.startswith(SENDER):
        raise Problem(422, f"sender must not begin with '{SENDER}'", "Those are the conversations of /v1/conversations.")
    return sender
