"""/chat: the conversation as a whole page. With scripts it is the widget; without, a form that this server answers.

The form goes through the same `Talk` as the JSON channel: the same bot, limits, redaction and deletion.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse

from api.deps import AddressLimit, SettingsDep, SnapshotDep, TalkDep
from api.pages import page, texts
from api.problems import Problem

router = APIRouter(include_in_schema=False)

_BULLET = "• "
Short = Annotated[str, Form(max_length=200)]


@dataclass
class Block:
    """A paragraph, or the entries of a list."""

    text: str = ""
    entries: list[str] = field(default_factory=list)


@dataclass
class View:
    """What the form shows: the last question and its answer, a draft, a fault."""

    municipality: str = ""
    conversation: str = ""
    asked: str = ""
    draft: str = ""
    fault: str = ""
    deleted: bool = False
    widget: bool = False
    blocks: list[Block] = field(default_factory=list)
    buttons: list[dict[str, str]] = field(default_factory=list)


@router.get("/chat")
async def chat(
    request: Request,
    snapshot: SnapshotDep,
    settings: SettingsDep,
    talk: TalkDep,
    municipality: Annotated[str, Query(max_length=80)] = "",
    text: str = "",
    plain: bool = False,
) -> HTMLResponse:
    known = municipality if snapshot.municipality(municipality) else ""
    view = View(municipality=known, draft=text[: settings.max_message], widget=not plain)
    return _show(request, snapshot, settings, talk, view)


@router.post("/chat", dependencies=[AddressLimit])
async def ask(
    request: Request,
    snapshot: SnapshotDep,
    settings: SettingsDep,
    talk: TalkDep,
    text: Annotated[str, Form()] = "",
    conversation: Short = "",
    municipality: Short = "",
    client_id: Annotated[str, Form(max_length=64, pattern=r"^[A-Za-z0-9_.:-]*$")] = "",
) -> HTMLResponse:
    known = municipality if snapshot.municipality(municipality) else ""
    view = View(municipality=known, conversation=conversation, asked=text)
    try:
        view.conversation = conversation or await talk.begin(known, "page")
        reply = await talk.say(view.conversation, text, client_id or uuid4().hex)
    except Problem as problem:
        view.draft, view.fault = text, _fault(problem.status, settings.max_message)
        view.conversation = "" if problem.status == 404 else view.conversation
        return _show(request, snapshot, settings, talk, view, problem.status)
    view.blocks = [block for message in reply["messages"] for block in blocks(message.get("text") or "")]
    view.buttons = [button for message in reply["messages"] for button in message.get("buttons") or ()]
    view.asked = text if not reply["redacted"] else ""
    return _show(request, snapshot, settings, talk, view)


@router.post("/chat/delete", dependencies=[AddressLimit])
async def delete(
    request: Request, snapshot: SnapshotDep, settings: SettingsDep, talk: TalkDep, conversation: Short, municipality: Short = ""
) -> HTMLResponse:
    view = View(municipality=municipality if snapshot.municipality(municipality) else "", deleted=True)
    try:
        await talk.delete(conversation)
    except Problem as problem:
        if problem.status != 404:  # one that is gone is deleted
            view.deleted, view.conversation, view.fault = False, conversation, _fault(problem.status, settings.max_message)
            return _show(request, snapshot, settings, talk, view, problem.status)
    return _show(request, snapshot, settings, talk, view)


def blocks(text: str) -> list[Block]:
    """The plain text of an answer as paragraphs and lists (web/src/shared/blocks.ts does the same for the widget)."""
    found: list[Block] = []
    for line in filter(str.strip, text.splitlines()):
        if not line.startswith(_BULLET):
            found.append(Block(text=line))
        elif found and found[-1].entries:
            found[-1].entries.append(line.removeprefix(_BULLET))
        else:
            found.append(Block(entries=[line.removeprefix(_BULLET)]))
    return found


def _show(request: Request, snapshot: Any, settings: Any, talk: Any, view: View, status: int = 200) -> HTMLResponse:
    named = [item for item in snapshot.catalogue.municipalities if item.named]
    extra = {"municipalities": named, "limit": settings.max_message, "notice": talk.notice, "next_id": uuid4().hex}
    return page(request, "chat.html", "shared", status, **extra, **view.__dict__)


def _fault(status: int, limit: int) -> str:
    faults: dict[str, str] = texts()["chat"]["faults"]
    return faults.get(str(status), faults["other"]).format(limit=limit)
