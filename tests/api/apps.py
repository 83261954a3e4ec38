"""Applications with settings of their own over the one loaded bot, so that a test of a limit colours no other test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from api.application import create_app
from api.settings import Settings
from bot.runtime import Bot

SECRET = "0123456789abcdef" * 4
TOKEN = "channel-token-of-the-tests-only"


def client_of(bot: Bot, home: Path, peer: str = "127.0.0.1", **settings: Any) -> TestClient:
    """A client on a fresh application; `peer` is the address it calls from."""
    app = create_app(Settings(home=home, **settings), bot=bot)
    return TestClient(app, base_url="http://127.0.0.1", client=(peer, 50000))


def exposed(bot: Bot, home: Path, peer: str = "203.0.113.7", **settings: Any) -> TestClient:
    """The same bound to all addresses, called from outside."""
    return client_of(bot, home, peer, **{"host": "0.0.0.0", "secret": SECRET, **settings})
