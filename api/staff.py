"""Who of the staff asks: a session, or anybody on this machine while no way to log in has been set up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.concurrency import run_in_threadpool as threaded
from starlette.requests import Request
from starlette.responses import Response

from api.client import is_forwarded
from api.settings import Settings, is_loopback
from api.signing import Seal
from state.staff import Accounts, Session, Sessions

ROLES = ("phone_line", "editor", "admin")  # each may do what those before it may
COOKIE = "vejviser_session"


@dataclass(frozen=True)
class Staff:
    """A member of staff.

    Attributes:
        name: of the account; "" when the pages are open without a login.
        role: one of `ROLES`.
        open: the pages are open without a login, which they say in a banner.
    """

    name: str
    role: str
    open: bool = False

    def may(self, role: str) -> bool:
        return ROLES.index(self.role) >= ROLES.index(role)


class Gate:
    """Lets staff in and out.

    Args:
        keys: of `signing_keys`.
    """

    def __init__(self, accounts: Accounts, sessions: Sessions, settings: Settings, keys: list[str]):
        self._accounts, self._sessions, self._settings = accounts, sessions, settings
        self._seal = Seal(keys, "session")

    async def who(self, request: Request) -> Staff | None:
        """Who asks, None when it is nobody of the staff."""
        token = self._seal.open(request.cookies.get(COOKIE, ""))
        session = await threaded(self._sessions.find, token, datetime.utcnow()) if token else None
        if session is not None and session.role in ROLES:
            return Staff(session.name, session.role)
        return Staff("", ROLES[-1], open=True) if await self.is_open(request) else None

    async def is_open(self, request: Request) -> bool:
        """Whether no login is asked for: none has been set up, and whoever asks sits at this machine."""
        if self._settings.oidc_issuer or not asked_on_this_machine(request, self._settings):
            return False
        return not await threaded(self._accounts.exist)

    async def let_in(self, session: Session, response: Response) -> None:
        """Open a session and give the browser its cookie."""
        life = timedelta(hours=self._settings.session_hours)
        now = datetime.utcnow()
        token = await threaded(self._sessions.open, session, now, now + life)
        response.set_cookie(
            COOKIE,
            self._seal.close(token),
            max_age=int(life.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=self._settings.by_https,
        )

    async def let_out(self, request: Request, response: Response) -> None:
        """End the session here, whatever the browser keeps."""
        if token := self._seal.open(request.cookies.get(COOKIE, "")):
            await threaded(self._sessions.close, token)
        response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=self._settings.by_https)


def asked_on_this_machine(request: Request, settings: Settings) -> bool:
    """Whether server, caller and the name it called by are all this machine, with no proxy between.

    The name counts because a foreign web page can point its own host name at 127.0.0.1.
    """
    if not settings.on_loopback or is_forwarded(request):
        return False
    return request.client is not None and is_loopback(request.client.host) and is_loopback(request.url.hostname or "")
