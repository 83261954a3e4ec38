"""Run as a program: a conversation by every channel, with each attempt to reach another machine recorded and refused.

Prints {"attempts": [...], "answers": [...]}. `--misbehave` makes one attempt, to show that it would be seen.
"""

from __future__ import annotations

import ipaddress
import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

attempts: list[str] = []
_WATCHED = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind"}


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: called by Python for every use of a socket, also in libraries."""
    if event not in _WATCHED:
        return
    target = arguments[1] if event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind") else arguments[0]
    host = target[0] if isinstance(target, tuple) else target
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    if host is None or (isinstance(host, str) and (host.startswith(("/", "\0")) or local(host))):
        return
    attempts.append(f"{event} {target}")
    raise PermissionError(f"{event} is not allowed here")


def local(host: str) -> bool:
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def converse() -> list[int]:
    """Everything a citizen and a member of staff do, with the service started and stopped as it is when served."""
    from fastapi.testclient import TestClient

    from api.application import create_app
    from api.settings import Settings

    app = create_app(Settings(catalogue_check_seconds=0.05))
    with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as client:
        identifier = client.post("/v1/conversations").json()["id"]
        messages = f"/v1/conversations/{identifier}/messages"
        return [
            response.status_code
            for response in (
                client.post("/webhooks/rest/webhook", json={"sender": "a", "message": "hvad koster tøjvask i Gladsaxe?"}),
                client.post(messages, json={"text": "hvem kan få ledsager i Glostrup?", "client_id": "1"}),
                client.post(f"/v1/conversations/{identifier}/feedback", json={"turn": 1, "helpful": True}),
                client.get("/v1/search", params={"q": "ledsager"}),
                client.get("/docs"),
                client.get("/log-ind"),
                client.get("/health"),
                client.delete(f"/v1/conversations/{identifier}"),
            )
        ]


if __name__ == "__main__":
    os.chdir(Path(__file__).parents[2])
    sys.path.insert(0, str(Path.cwd()))
    sys.addaudithook(watch)
    answers = converse()
    if "--misbehave" in sys.argv:
        try:
            socket.create_connection(("203.0.113.1", 443), timeout=1)
        except OSError:
            answers.append(0)
    print(json.dumps({"attempts": attempts, "answers": answers}))
