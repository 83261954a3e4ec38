"""Refuses a request whose Host header is no host.

Starlette before 1.0.1 builds `request.url` from it unseen (CVE-2026-48710): "example.dk/?" would shift the path that code
reads there, while the route is found by the real one. FastAPI 0.125, the last that takes Rasa's pydantic, needs an older one.
"""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import problem_response

_HOST = re.compile(rb"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?")


class SoundHost:
    """ASGI: one Host header, and nothing but a name or address with a port in it."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        hosts = [value for name, value in scope.get("headers", ()) if name == b"host"]
        if scope["type"] != "http" or not hosts or (len(hosts) == 1 and _HOST.fullmatch(hosts[0])):
            await self._app(scope, receive, send)
            return
        refusal = problem_response(400, "The Host header is no host", "Send the name the server is called by.")
        await refusal(scope, receive, send)
