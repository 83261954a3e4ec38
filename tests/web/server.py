"""The server under test, and a web site that embeds the widget."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class RunningServer:
    """Origins, without a slash at the end.

    Attributes:
        url: the server.
        host_site: a web site that may embed the widget; it answers every path with the page last given to `HostSite.show`.
        other_site: a web site that may not.
    """

    url: str
    host_site: str
    other_site: str


class HostSite(ThreadingHTTPServer):
    """A web site of one page."""

    daemon_threads = True
    page = b""
    content_type = "text/html; charset=utf-8"

    def show(self, page: str, encoding: str = "utf-8") -> None:
        self.page, self.content_type = page.encode(encoding), f"text/html; charset={encoding}"


class _Handler(BaseHTTPRequestHandler):
    server: HostSite

    def do_GET(self) -> None:  # noqa: N802  (the name the base class calls)
        self.send_response(200)
        self.send_header("Content-Type", self.server.content_type)
        self.end_headers()
        self.wfile.write(self.server.page)

    def log_message(self, *_: object) -> None:
        """Silent."""


@contextmanager
def host_site() -> Iterator[HostSite]:
    """The site on a free port, under the names 127.0.0.1 and localhost."""
    site = HostSite(("127.0.0.1", 0), _Handler)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield site
    site.shutdown()
    site.server_close()
