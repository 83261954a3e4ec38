"""The pages for people, the widget's script and the built assets."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse
from fastapi.staticfiles import StaticFiles

from api.deps import SnapshotDep, StaffDep
from api.pages import DIST, page
from api.problems import Problem
from api.staff import Staff

router = APIRouter(include_in_schema=False)


class HashedFiles(StaticFiles):
    """Files whose names change with their content: a browser may keep them for a year."""

    def file_response(self, *arguments, **named):
        response = super().file_response(*arguments, **named)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


built = HashedFiles(directory=DIST / "assets", check_dir=False)


@router.get("/widget.js")
async def widget() -> FileResponse:
    """The widget for any host page; kept shortly, so that a mended widget reaches every host within the hour."""
    path = DIST / "widget.js"
    if not path.is_file():
        raise Problem(503, "The widget has not been built", "Run `make web`.")
    headers = {"Cache-Control": "public, max-age=3600", "Cross-Origin-Resource-Policy": "cross-origin"}
    return FileResponse(path, media_type="text/javascript; charset=utf-8", headers=headers)


@router.get("/")
async def front(request: Request, snapshot: SnapshotDep, kommune: str = "") -> HTMLResponse:
    """A sample page of a municipality the catalogue names: the one `kommune` asks for, else the one with most services."""
    named = [item for item in snapshot.catalogue.municipalities if item.named]
    shown = next((item for item in named if item.id == kommune), max(named, key=lambda item: len(item.services), default=None))
    if shown is None:
        raise Problem(503, "The catalogue names no municipality", "Add one to the catalogue.")
    return page(request, "front.html", "front", municipality=shown, municipalities=named, services=shown.services)


@router.get("/telefon")
async def telefon(request: Request, staff: Annotated[Staff, StaffDep("phone_line")]) -> HTMLResponse:
    return page(request, "telefon.html", "telefon", staff=staff)


@router.get("/guide")
async def guide(request: Request) -> HTMLResponse:
    return page(request, "guide.html", "guide")
