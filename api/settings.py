"""Settings from the environment, read once when the application is made."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import limits
from pydantic import BaseSettings, Field, validator


class Settings(BaseSettings):
    """Every variable starts with VEJVISER_.

    Attributes:
        host, port: where the server listens; loopback by default.
        workers: processes that answer on this port and share the loaded model; without Redis each counts the limits by itself.
        home: folder for state.
        model: a trained model; by default the one that fits the data, trained when there is none.
        max_message: characters a message may have.
        max_body: bytes a request body may have.
        redis_url: Redis for what replicas share (locks, limits); those of this machine and this process when empty.
        catalogue_check_seconds: how often the catalogue folder is looked at for changes.
        secret: signs ids and sessions; several separated by commas, the newest first.
        channel_token: opens the Rasa-compatible channel; without it that channel is open on this machine only.
        trusted_proxies: addresses and networks whose X-Forwarded-For is believed, separated by commas.
        origins: web sites that may embed the widget, separated by commas; `municipality=https://...` for one municipality.
        conversation_limit, address_limit: messages of one conversation, requests of one client address; "off" for none.
        lookup_limit: searches, suggestions, comparisons, composed answers and steps of the guide of one client address.
        login_limit: attempts to log in to one account, and of one address.
        public_url: the address browsers reach the service by, e.g. https://vejviser.example.dk.
        session_hours: how long a member of staff stays logged in.
        oidc_issuer, oidc_client_id, oidc_client_secret, oidc_scope: the OpenID provider of the staff; none when empty.
        oidc_role_claim, oidc_roles: the claim that holds roles, and what they are called there: `phone_line=...,admin=...`.
        oidc_label: what the provider is called on the button.
        metrics_token: opens /metrics beyond this machine.
        keep_unanswered: keep messages without an answer, redacted and joined to nothing, for the editors.
        statistics_seconds, purge_seconds: how often counts are written, and it is looked for conversations over their time.
        shutdown_seconds: how long turns under way may take when the service is ended.
        retention_days: how long a conversation is kept after its last message.
    """

    host: str = "127.0.0.1"
    port: int = Field(8080, ge=1, le=65535)
    workers: int = Field(1, ge=1, le=64)
    home: Path = Path(".vejviser")
    model: Path | None = None
    max_message: int = 2000
    max_body: int = 65_536
    redis_url: str = ""
    catalogue_check_seconds: float = 5.0
    secret: str = ""
    channel_token: str = ""
    trusted_proxies: str = ""
    origins: str = ""
    conversation_limit: str = "15/minute"
    address_limit: str = "900/minute"
    lookup_limit: str = "600/10seconds"  # a word typed in the console is a request a letter, from an office with one address
    login_limit: str = "10/15minutes"
    public_url: str = ""
    session_hours: float = Field(8, gt=0, le=24 * 30)
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_scope: str = "openid profile email"
    oidc_role_claim: str = "roles"
    oidc_roles: str = ""
    oidc_label: str = "kommunens login"
    metrics_token: str = ""
    keep_unanswered: bool = False
    statistics_seconds: float = Field(10.0, gt=0)
    purge_seconds: float = Field(600.0, gt=0)
    shutdown_seconds: int = Field(30, ge=1)
    retention_days: int = Field(30, ge=1, le=3650)

    class Config:
        env_prefix = "VEJVISER_"

    @validator("conversation_limit", "address_limit", "lookup_limit", "login_limit")
    def _limit(cls, text: str) -> str:
        if text != "off":
            limits.parse(text)
        return text

    @property
    def by_https(self) -> bool:
        """Whether browsers reach the service by https: everywhere but on loopback without a public address."""
        return self.public_url.startswith("https://") or not self.on_loopback

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
