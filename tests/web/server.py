"""The server under test, and a web site that embeds the widget."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import uvicorn
from fastapi import FastAPI

from tests.engines import until

START = 300.0  # seconds a server may take to begin and to answer for the first time


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
def serving(application: FastAPI) -> Iterator[str]:
    """An application on a free port of loopback; its origin."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    running = uvicorn.Server(uvicorn.Config(application, log_config=None, ws="none", lifespan="on"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    until(lambda: running.started or not thread.is_alive(), "the server starts", START)
    assert running.started
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    _warm(url)
    yield url
    running.should_exit = True
    thread.join(timeout=60)


def _warm(url: str) -> None:
    """Ask for what the server makes once and then keeps: the pages themselves give up a request after some seconds."""
    with httpx.Client(base_url=url, timeout=START) as client:
        client.get("/v1/suggest", params={"q": "tøjvask"}).raise_for_status()
        client.post("/v1/guide", json={"municipality": "gladsaxe", "needs_text": "tøjvask"}).raise_for_status()
        talk = client.post("/v1/conversations").raise_for_status().json()["id"]
        body = {"text": "Hvad koster tøjvask i Gladsaxe?", "client_id": "first"}
        client.post(f"/v1/conversations/{talk}/messages", json=body).raise_for_status()
        client.delete(f"/v1/conversations/{talk}").raise_for_status()


@contextmanager
def host_site() -> Iterator[HostSite]:
    """The site on a free port, under the names 127.0.0.1 and localhost."""
    site = HostSite(("127.0.0.1", 0), _Handler)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield site
    site.shutdown()
    site.server_close()
