"""Puts into an application what guards it: limits, origins, body size, ways to log in, switches and the audit log."""

from __future__ import annotations

import limits
from fastapi import FastAPI
from starlette.middleware.sessions import SessionMiddleware

from api.bodies import BodyLimit
from api.client import networks
from api.forms import Forms
from api.guard import Guard
from api.hosts import SoundHost
from api.identity.oidc import OidcProvider
from api.limits import OFF, Limits
from api.origins import ForeignPages, Origins
from api.settings import Settings
from api.staff import Gate
from state.audit import Audit
from state.database import Database
from state.staff import Accounts, Sessions
from state.switches import Switches

_LOGIN_COOKIE = "vejviser_login"  # holds state and nonce for the ten minutes that a browser is away at the provider


def protect(app: FastAPI, settings: Settings, keys: list[str], database: Database) -> Guard:
    """Everything under `app.state` that routers find through `api.deps`, and the middleware; returns what channels ask."""
    state = app.state
    state.limits = make_limits(settings, keys)
    state.proxies, state.origins = networks(settings.trusted_proxies), Origins.parse(settings.origins)
    state.accounts, state.audit, state.switches = Accounts(database), Audit(database), Switches(database)
    state.gate, state.forms = Gate(state.accounts, Sessions(database), settings, keys), Forms(settings, keys)
    state.providers = {"oidc": OidcProvider(settings)} if settings.oidc_issuer else {}
    if state.providers:
        options = {"session_cookie": _LOGIN_COOKIE, "max_age": 600, "https_only": settings.by_https}
        app.add_middleware(SessionMiddleware, secret_key=keys[-1], **options)
    app.add_middleware(BodyLimit, limit=settings.max_body)
    app.add_middleware(ForeignPages, origins=state.origins)
    app.add_middleware(SoundHost)
    state.guard = Guard(keys, state.limits, state.switches)
    return state.guard


TRUSTED = 4  # times what a citizen's conversation may have; a server that is trusted may name one sender for many people


def make_limits(settings: Settings, keys: list[str]) -> Limits:
    """The limits of the settings, shared by Redis where it is set. Many of the staff may log in from one office's address."""
    names = {
        "conversation": settings.conversation_limit,
        "trusted": _times(settings.conversation_limit, TRUSTED),
        "address": settings.address_limit,
        "lookup": settings.lookup_limit,
        "login": settings.login_limit,
        "login_account": _times(settings.login_limit, 5),
        "login_address": _times(settings.login_limit, 10),
    }
    return Limits(names, settings.redis_url, keys[0])


def _times(limit: str, factor: int) -> str:
    """A limit that allows `factor` times as much."""
    if limit == OFF:
        return OFF
    item = limits.parse(limit)
    return f"{item.amount * factor} per {item.multiples} {item.GRANULARITY.name}"
