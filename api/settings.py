"""Settings from the environment, read once when the application is made."""

from __future__ import annotations

import ipaddress
from pathlib import Path

from pydantic import BaseSettings, Field


class Settings(BaseSettings):
    """Every variable starts with VEJVISER_.

    Attributes:
        host, port: where the server listens; loopback by default.
        home: folder for state.
        model: a trained model; by default the one that fits the data, trained when there is none.
        max_message: characters a message may have.
        max_body: bytes a request body may have.
        catalogue_check_seconds: how often the catalogue folder is looked at for changes.
        secret: signs ids and sessions; several separated by commas, the newest first.
        retention_days: how long a conversation is kept after its last message.
    """

    host: str = "127.0.0.1"
    port: int = Field(8080, ge=1, le=65535)
    home: Path = Path(".vejviser")
    model: Path | None = None
    max_message: int = 2000
    max_body: int = 65_536
    catalogue_check_seconds: float = 5.0
    secret: str = ""
    retention_days: int = Field(30, ge=1, le=3650)

    class Config:
        env_prefix = "VEJVISER_"

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
