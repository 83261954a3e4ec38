"""Forms that only this server's own pages can send: a signed field that fits a cookie of the same browser."""

from __future__ import annotations

import hmac
import secrets

from starlette.requests import Request
from starlette.responses import Response

from api.problems import Problem
from api.settings import Settings
from api.signing import Seal

COOKIE, FIELD = "vejviser_form", "form_token"


class Forms:
    """Gives out and checks the fields.

    Args:
        keys: of `signing_keys`.
    """

    def __init__(self, settings: Settings, keys: list[str]):
        self._settings, self._seal = settings, Seal(keys, "form")

    def browser(self, request: Request) -> str:
        """The browser's own random value, a new one when it has none."""
        known = request.cookies.get(COOKIE, "")
        return known if 20 <= len(known) <= 64 and known.isascii() else secrets.token_urlsafe(24)

    def field(self, browser: str) -> str:
        """The value of the hidden field `form_token` for a browser."""
        return self._seal.close(browser)

    def remember(self, browser: str, response: Response) -> None:
        """Give the browser its value with the page that holds the form."""
        response.set_cookie(COOKIE, browser, httponly=True, samesite="lax", secure=self._settings.by_https)

    def check(self, request: Request, field: object) -> None:
        """Raises Problem 403 unless the form came from a page of ours in this browser."""
        browser = self._seal.open(field) if isinstance(field, str) else None
        if not browser or not hmac.compare_digest(browser.encode(), request.cookies.get(COOKIE, "").encode()):
            raise Problem(403, "The form is not from a page of this server", "Load the page again.")
