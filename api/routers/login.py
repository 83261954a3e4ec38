"""/log-ind and /log-ud: staff in and out, as plain pages that work without scripts."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool as threaded

from api.client import client_address
from api.deps import GateDep, SettingsDep
from api.forms import FIELD
from api.identity.passwords import verify
from api.identity.provider import IdentityProvider, LoginRefused
from api.pages import plain_page
from api.problems import Problem

router = APIRouter(include_in_schema=False)
HOME = "/telefon"
Text = Annotated[str, Form(max_length=200)]


@router.get("/log-ind")
async def form(request: Request, gate: GateDep, videre: str = HOME) -> HTMLResponse:
    return await _page(request, onward=videre)


@router.post("/log-ind")
async def log_in(request: Request, gate: GateDep, name: Text = "", password: Text = "", videre: Text = HOME) -> Response:
    """With a local account."""
    request.app.state.forms.check(request, (await request.form()).get(FIELD))
    try:
        await _throttle(request, name)
    except Problem as refusal:
        wait = int(refusal.headers["Retry-After"])
        page = await _page(request, "throttled", refusal.status, videre, minutes=-(-wait // 60), entered=name)
        page.headers.update(refusal.headers)
        return page
    session = await threaded(verify, request.app.state.accounts, name.strip(), password)
    if session is None:
        return await _page(request, "wrong", 401, videre, entered=name)
    response = RedirectResponse(_own_path(videre), status_code=303)
    await gate.let_in(session, response)
    return response


@router.get("/log-ind/{provider}")
async def begin(provider: str, request: Request, settings: SettingsDep, videre: str = HOME) -> Response:
    """By somebody who knows the staff: the browser is sent there."""
    chosen = _provider(request, provider)
    request.session["videre"] = _own_path(videre)
    base = settings.public_url.rstrip("/") or str(request.base_url).rstrip("/")
    try:
        return await chosen.begin(request, f"{base}/log-ind/{chosen.id}/svar")
    except LoginRefused as refusal:
        return await _page(request, refusal.reason, 503)


@router.get("/log-ind/{provider}/svar")
async def complete(provider: str, request: Request, gate: GateDep) -> Response:
    chosen = _provider(request, provider)
    try:
        session = await chosen.complete(request)
    except LoginRefused as refusal:
        return await _page(request, refusal.reason, 403)
    response = RedirectResponse(_own_path(request.session.pop("videre", HOME)), status_code=303)
    await gate.let_in(session, response)
    return response


@router.get("/log-ud")
async def leave(request: Request) -> HTMLResponse:
    return await _page(request)


@router.post("/log-ud")
async def log_out(request: Request, gate: GateDep) -> Response:
    request.app.state.forms.check(request, (await request.form()).get(FIELD))
    response = RedirectResponse("/log-ind", status_code=303)
    await gate.let_out(request, response)
    return response


async def _page(
    request: Request, fault: str = "", status: int = 200, onward: str = HOME, minutes: int = 0, entered: str = ""
) -> HTMLResponse:
    state = request.app.state
    browser = state.forms.browser(request)
    response = plain_page(
        request,
        "login.html",
        status,
        fault=fault,
        minutes=minutes,
        entered=entered,
        onward=_own_path(onward),
        onward_query=quote(_own_path(onward)),
        form_token=state.forms.field(browser),
        staff=await state.gate.who(request),
        accounts=await threaded(state.accounts.exist),
        providers=list(state.providers.values()),
    )
    state.forms.remember(browser, response)
    return response


async def _throttle(request: Request, name: str) -> None:
    """Few attempts for one account from one address, some more for either of them alone."""
    address, limits = client_address(request, request.app.state.proxies), request.app.state.limits
    account = name.strip().lower()
    await limits.demand("login", f"{account} {address}")
    await limits.demand("login_account", account)
    await limits.demand("login_address", address)


def _provider(request: Request, identifier: str) -> IdentityProvider:
    found = request.app.state.providers.get(identifier)
    if found is None:
        raise Problem(404, "No such way to log in", "See /log-ind.")
    return found


def _own_path(path: str) -> str:
    """The path when it leads to a page of this server, else where staff begin."""
    inside = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    return path if inside else HOME
