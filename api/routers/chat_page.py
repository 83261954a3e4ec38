"""/chat: the conversation as a whole page. With scripts it is the widget; without, a form that this server answers.

The form goes through the same `Talk` as the JSON channel: the same bot, limits, redaction and deletion.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse

from api.deps import SettingsDep, SnapshotDep, TalkDep, within_address_limit
from api.pages import page, texts
from api.problems import Problem
from api.settings import Settings
from api.talk import Talk
from knowledge.snapshot import Snapshot
from state.errors import StateUnavailable

router = APIRouter(include_in_schema=False)

_BULLET = "• "
_FAULTS = (Problem, StateUnavailable)
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


@dataclass(frozen=True)
class Desk:
    """What one request to the page has at hand."""

    request: Request
    snapshot: Snapshot
    settings: Settings
    talk: Talk

    def known(self, municipality: str) -> str:
        """The municipality, or "" when the catalogue has none of that id."""
        return municipality if self.snapshot.municipality(municipality) else ""

    def show(self, view: View, status: int = 200) -> HTMLResponse:
        named = [item for item in self.snapshot.catalogue.municipalities if item.named]
        limit, notice = self.settings.max_message, self.talk.notice
        extra = {"municipalities": named, "limit": limit, "notice": notice, "next_id": uuid4().hex}
        return page(self.request, "chat.html", "shared", status, **extra, **view.__dict__)

    def show_fault(self, view: View, error: Problem | StateUnavailable) -> HTMLResponse:
        """The form again, saying in Danish what went wrong."""
        faults: dict[str, str] = texts()["chat"]["faults"]
        view.fault = faults.get(str(_status(error)), faults["other"]).format(limit=self.settings.max_message)
        response = self.show(view, _status(error))
        response.headers.update(getattr(error, "headers", {}))
        return response


async def _desk(request: Request, snapshot: SnapshotDep, settings: SettingsDep, talk: TalkDep) -> Desk:
    return Desk(request, snapshot, settings, talk)


DeskDep = Annotated[Desk, Depends(_desk)]


@router.get("/chat")
async def chat(
    desk: DeskDep, municipality: Annotated[str, Query(max_length=80)] = "", text: str = "", plain: bool = False
) -> HTMLResponse:
    """An empty conversation; `text` is a draft, `plain` leaves the widget out."""
    draft = text[: desk.settings.max_message]
    return desk.show(View(municipality=desk.known(municipality), draft=draft, widget=not plain))


@router.post("/chat")
async def ask(
    desk: DeskDep,
    text: Annotated[str, Form()] = "",
    conversation: Short = "",
    municipality: Short = "",
    client_id: Annotated[str, Form(max_length=64, pattern=r"^[A-Za-z0-9_.:-]*$")] = "",
) -> HTMLResponse:
    """One turn. The conversation is begun with the first question, not by looking at the page."""
    view = View(municipality=desk.known(municipality), conversation=conversation)
    try:
        await within_address_limit(desk.request)
        view.conversation = conversation or await desk.talk.begin(view.municipality, "page")
        reply = await desk.talk.say(view.conversation, text, client_id or uuid4().hex)
    except _FAULTS as error:
        view.draft = text
        if _status(error) == 404:
            view.conversation = ""
        return desk.show_fault(view, error)
    view.asked = "" if reply["redacted"] else text
    view.blocks = [block for message in reply["messages"] for block in blocks(message.get("text") or "")]
    view.buttons = [button for message in reply["messages"] for button in message.get("buttons") or ()]
    return desk.show(view)


@router.post("/chat/delete")
async def delete(desk: DeskDep, conversation: Short, municipality: Short = "") -> HTMLResponse:
    """Delete the conversation; one that is gone already is as deleted as can be."""
    view = View(municipality=desk.known(municipality))
    try:
        await within_address_limit(desk.request)
        await desk.talk.delete(conversation)
    except _FAULTS as error:
        if _status(error) != 404:
            view.conversation = conversation
            return desk.show_fault(view, error)
    view.deleted = True
    return desk.show(view)


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


def _status(error: Problem | StateUnavailable) -> int:
    return error.status if isinstance(error, Problem) else 503
