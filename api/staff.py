"""Who of the staff asks, and whether the pages for staff are open without a login."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from api.client import is_forwarded
from api.settings import Settings, is_loopback

ROLES = ("phone_line", "editor", "admin")  # each may do what those before it may


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


def asked_on_this_machine(request: Request, settings: Settings) -> bool:
    """Whether server, caller and the name it called by are all this machine, with no proxy between.

    The name counts because a foreign web page can point its own host name at 127.0.0.1.
    """
    if not settings.on_loopback or is_forwarded(request):
        return False
    return request.client is not None and is_loopback(request.client.host) and is_loopback(request.url.hostname or "")
