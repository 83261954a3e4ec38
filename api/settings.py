"""Settings from the environment, read once when the application is made."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseSettings, Field


class Settings(BaseSettings):
    """Every variable starts with VEJVISER_.

    Attributes:
        host, port: where the server listens; loopback by default.
        model: a trained model; by default the one that fits the data, trained when there is none.
        max_message: characters a message may have.
        max_body: bytes a request body may have.
        catalogue_check_seconds: how often the catalogue folder is looked at for changes.
    """

    host: str = "127.0.0.1"
    port: int = Field(8080, ge=1, le=65535)
    model: Path | None = None
    max_message: int = 2000
    max_body: int = 65_536
    catalogue_check_seconds: float = 5.0

    class Config:
        env_prefix = "VEJVISER_"
