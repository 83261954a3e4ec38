"""What routers depend on, as types."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import quote

import structlog
from fastapi import Depends, Request

from api.client import client_address, is_forwarded, opened_in_browser
from api.guard import Guard
from api.origins import is_same
from api.problems import Problem
from api.settings import Settings
from api.staff import ROLES, Gate, Staff
from api.talk import Talk
from bot.runtime import Bot
from knowledge.snapshot import Snapshot, Store
from state.audit import Audit
from state.switches import Switches

log = structlog.get_logger(__name__)


def _held(name: str) -> Any:
    """What the application holds under a name. Async, because FastAPI would run a plain function in a thread."""

    async def held(request: Request) -> Any:
        return getattr(request.app.state, name)

    return Depends(held)


async def _snapshot(request: Request) -> Snapshot:
    return request.app.state.store.snapshot


StoreDep = Annotated[Store, _held("store")]
SnapshotDep = Annotated[Snapshot, Depends(_snapshot)]
BotDep = Annotated[Bot, _held("bot")]
SettingsDep = Annotated[Settings, _held("settings")]
TalkDep = Annotated[Talk, _held("talk")]
GuardDep = Annotated[Guard, _held("guard")]
GateDep = Annotated[Gate, _held("gate")]
SwitchesDep = Annotated[Switches, _held("switches")]
AuditDep = Annotated[Audit, _held("audit")]


async def within_address_limit(request: Request) -> None:
    await _within(request, "address")


async def within_lookup_limit(request: Request) -> None:
    await _within(request, "lookup")


async def _within(request: Request, limit: str) -> None:
    proxies = request.app.state.proxies
    if is_forwarded(request) and not proxies:
        _warn_of_untrusted_proxy()
    await request.app.state.limits.demand(limit, client_address(request, proxies))


@lru_cache(maxsize=1)
def _warn_of_untrusted_proxy() -> None:
    """Told once: all clients of a proxy that is not trusted share one limit."""
    log.warning("limits.proxy_not_trusted", mend="Set VEJVISER_TRUSTED_PROXIES to the proxy's address")


AddressLimit = Depends(within_address_limit)  # for every route that a citizen makes the bot work by
LookupLimit = Depends(within_lookup_limit)  # for every route that searches or composes


def StaffDep(role: str) -> Any:  # noqa: N802  (reads as a type in signatures)
    """Demands a member of staff who may act in `role`: `staff: Annotated[Staff, StaffDep("phone_line")]`."""
    if role not in ROLES:
        raise ValueError(f"no role '{role}'")

    async def demand(request: Request, gate: GateDep) -> Staff:
        staff = await gate.who(request)
        if staff is None:
            raise _login_needed(request)
        if not staff.may(role):
            raise Problem(403, "Your role may not do this", f"It takes the role {role}.")
        if request.method not in ("GET", "HEAD") and not staff.open and not _sent_by_own_page(request):
            raise Problem(403, "Not sent by a page of this server", "Send the request from a page of this server.")
        return staff

    return Depends(demand)


def _login_needed(request: Request) -> Problem:
    """A person is led to the login and back; a program is told."""
    if opened_in_browser(request):
        path = request.scope["path"] + (f"?{request.url.query}" if request.url.query else "")
        return Problem(303, "Log in first", "See Location.", headers={"Location": f"/log-ind?videre={quote(path)}"})
    return Problem(401, "Only for staff", "Log in at /log-ind.")


def _sent_by_own_page(request: Request) -> bool:
    """Browsers tell where a request comes from; the session cookie alone proves only whose browser it is."""
    own = is_same(request.headers.get("origin", ""), request.headers.get("host", ""))
    return own or request.headers.get("sec-fetch-site") == "same-origin"
