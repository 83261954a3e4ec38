"""A small OpenID provider on loopback: authorization code with PKCE, signed id tokens. `fault` makes it misbehave."""

from __future__ import annotations

import base64
import hashlib
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.engines import until

CLIENT, CLIENT_SECRET = "vejviser", "secret-of-the-client"


class OpenIdProvider:
    """Approves everybody at once as `claims`."""

    def __init__(self, port: int):
        self.issuer = f"http://127.0.0.1:{port}"
        self.claims: dict[str, Any] = {"sub": "42", "preferred_username": "anna@kommune.dk", "roles": ["editor"]}
        self.fault = ""
        self.key, self.stranger = RSAKey.generate_key(2048, {"kid": "1"}), RSAKey.generate_key(2048, {"kid": "1"})
        self.codes: dict[str, dict[str, str]] = {}
        self.app = FastAPI()
        self.app.get("/.well-known/openid-configuration")(self.configuration)
        self.app.get("/jwks")(self.jwks)
        self.app.get("/authorize")(self.authorize)
        self.app.post("/token")(self.token)

    async def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "id_token_signing_alg_values_supported": ["RS256"],
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
        }

    async def jwks(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    async def authorize(self, request: Request) -> RedirectResponse:
        asked = dict(request.query_params)
        assert asked["client_id"] == CLIENT and asked["code_challenge_method"] == "S256" and asked["nonce"]
        code = secrets.token_urlsafe(12)
        self.codes[code] = asked
        answer = (
            {"error": "access_denied", "state": asked["state"]}
            if self.fault == "denied"
            else {
                "code": code,
                "state": asked["state"],
            }
        )
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(answer)}", 302)

    async def token(self, request: Request) -> JSONResponse:
        form = dict(await request.form())
        asked = self.codes.pop(form["code"])
        basic = base64.b64encode(f"{CLIENT}:{CLIENT_SECRET}".encode()).decode()
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        assert request.headers["authorization"] == f"Basic {basic}" and proof == asked["code_challenge"]
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": asked["nonce"], **self.claims}
        claims |= {"nonce": {"nonce": "another"}, "audience": {"aud": "another"}, "old": {"exp": now - 3600}}.get(
            self.fault, {}
        )
        key = self.stranger if self.fault == "signature" else self.key
        token = jwt.encode({"alg": "RS256", "kid": "1"}, claims, key)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": token})


@contextmanager
def running() -> Iterator[OpenIdProvider]:
    """The provider served on a free port of loopback."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    provider = OpenIdProvider(listener.getsockname()[1])
    server = uvicorn.Server(uvicorn.Config(provider.app, log_config=None, ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    until(lambda: server.started, "the OpenID provider starts")
    try:
        yield provider
    finally:
        server.should_exit = True
        thread.join(timeout=30)
