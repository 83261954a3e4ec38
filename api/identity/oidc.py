"""OpenID Connect through Authlib: authorization code with PKCE and nonce; the role comes from a claim."""

from __future__ import annotations

from typing import Any

import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from httpx2 import HTTPError  # what Authlib speaks through
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import Response

from api.identity.provider import LoginRefused
from api.settings import Settings
from api.staff import ROLES
from state.staff import Session

log = structlog.get_logger(__name__)

_FAULTS = (AuthlibBaseError, JoseError, HTTPError, ValueError, KeyError, RuntimeError)


class OidcProvider:
    """One OpenID provider, asked when somebody logs in and at no other time."""

    id = "oidc"

    def __init__(self, settings: Settings):
        self.label = settings.oidc_label
        self._claim, self._roles = settings.oidc_role_claim, role_names(settings.oidc_roles)
        self._client = OAuth().register(
            "oidc",
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret,
            server_metadata_url=settings.oidc_issuer.rstrip("/") + "/.well-known/openid-configuration",
            client_kwargs={"scope": settings.oidc_scope, "code_challenge_method": "S256", "timeout": 10},
        )

    async def begin(self, request: Request, answer_to: str) -> Response:
        try:
            return await self._client.authorize_redirect(request, answer_to)
        except _FAULTS as error:
            log.error("oidc.begin_failed", error=type(error).__name__)
            raise LoginRefused("away") from error

    async def complete(self, request: Request) -> Session:
        try:
            token = await self._client.authorize_access_token(request)
            claims = token["userinfo"]
        except _FAULTS as error:
            log.warning("oidc.refused", error=type(error).__name__)
            raise LoginRefused("refused") from error
        role = self._role(claims.get(self._claim))
        if role is None:
            raise LoginRefused("no_role")
        name = str(claims.get("preferred_username") or claims.get("email") or claims["sub"])
        return Session(name[:200], role, self.id)

    def _role(self, given: Any) -> str | None:
        """The highest role that any of the given names stands for."""
        names = {given} if isinstance(given, str) else {item for item in given or () if isinstance(item, str)}
        held = [role for role in ROLES if self._roles.get(role) in names]
        return held[-1] if held else None


def role_names(text: str) -> dict[str, str]:
    """Read `phone_line=Telefon,admin=Drift`; a role that is not named goes by its own name.

    Raises:
        ValueError: naming what is no role.
    """
    names = {role: role for role in ROLES}
    for entry in filter(None, (part.strip() for part in text.split(","))):
        role, _, name = entry.partition("=")
        if role.strip() not in ROLES or not name.strip():
            raise ValueError(f"'{entry}' is not like phone_line=name; the roles are {', '.join(ROLES)}")
        names[role.strip()] = name.strip()
    return names
