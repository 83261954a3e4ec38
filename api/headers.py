"""Security headers on every response, whoever made it: defaults that a response may have set more closely itself."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
DATA = "default-src 'none'; frame-ancestors 'none'"
_DEFAULTS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",  # for browsers that do not know frame-ancestors
}
_KEPT_BY_NOBODY = ("/v1/conversations", "/webhooks", "/log-", "/telefon", "/drift", "/chat", "/v1/admin")


class SecurityHeaders:
    """ASGI: adds what is missing.

    Args:
        https: whether browsers reach the service by https only (everywhere but on loopback).
    """

    def __init__(self, app: ASGIApp, https: bool):
        self._app = app
        self._defaults = {**_DEFAULTS, "Strict-Transport-Security": "max-age=31536000"} if https else _DEFAULTS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._defaults.items():
                    headers.setdefault(name, value)
                html = headers.get("content-type", "").startswith("text/html")
                headers.setdefault("Content-Security-Policy", PAGES if html else DATA)
                if scope["path"].startswith(_KEPT_BY_NOBODY):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, add)
