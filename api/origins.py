"""Which web sites may embed the widget: an allow-list of origins, each for all municipalities or for one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import problem_response

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d+)?|https?://\[[0-9a-f:]+\](:\d+)?")
_EMBEDDED = ("/v1/", "/widget.js", "/assets/")  # what a foreign page may use; the rest is for this server's own pages
_SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Origins:
    """The allow-list.

    Attributes:
        places: the municipality an origin speaks for, "" for any.
    """

    places: dict[str, str]

    @classmethod
    def parse(cls, text: str) -> Origins:
        """Read `https://a.dk,gladsaxe=https://www.gladsaxe.dk`.

        Raises:
            ValueError: naming the entry that is no origin.
        """
        places = {}
        for entry in filter(None, (part.strip() for part in text.split(","))):
            place, _, origin = entry.rpartition("=")
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(f"'{entry}' is no origin like https://www.example.dk or municipality=https://www.example.dk")
            places[origin] = place.strip()
        return cls(places)


class ForeignPages:
    """ASGI: CORS for the allow-list; a page of any other site may not make a browser change anything here."""

    def __init__(self, app: ASGIApp, origins: Origins):
        self._app, self._origins = app, origins
        self._cors = CORSMiddleware(
            app,
            allow_origins=list(origins.places),
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Content-Type"],
            expose_headers=["Retry-After"],
            max_age=600,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope) if scope["type"] == "http" else {}
        origin = headers.get("origin", "")
        if not origin or is_same(origin, headers.get("host", "")):
            await self._app(scope, receive, send)
        elif origin in self._origins.places and scope["path"].startswith(_EMBEDDED):
            await self._cors(scope, receive, send)
        elif scope["method"] in _SAFE and "access-control-request-method" not in headers:
            await self._app(scope, receive, send)  # without CORS headers no browser shows the answer to the page
        else:
            refusal = problem_response(403, "This web site may not use the service", "Add its origin to VEJVISER_ORIGINS.")
            await refusal(scope, receive, send)


def is_same(origin: str, host: str) -> bool:
    """Whether an origin is this server under the name it was called by (a proxy may have taken TLS and port off)."""
    name, called = origin.partition("://")[2].lower(), host.lower()
    return called != "" and called in (name, name.rpartition(":")[0])
