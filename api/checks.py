"""Refuses to start with settings that are safe on one's own machine only."""

from __future__ import annotations

from collections.abc import Iterator

from api.client import networks
from api.identity.oidc import role_names
from api.origins import Origins
from api.settings import Settings
from api.signing import UnsafeSettings, signing_keys

_SHORTEST_TOKEN = 24


def demand_safe(settings: Settings) -> None:
    """Look at the settings as a whole.

    Raises:
        UnsafeSettings: every fault on a line of its own, with the variable and the mend.
    """
    faults = list(_faults(settings))
    if faults:
        raise UnsafeSettings("\n".join(faults))


def _faults(settings: Settings) -> Iterator[str]:
    try:
        signing_keys(settings)
    except UnsafeSettings as error:
        yield str(error)
    for name, token in (("CHANNEL", settings.channel_token), ("METRICS", settings.metrics_token)):
        if token and len(token) < _SHORTEST_TOKEN:
            mend = "e.g. the output of `openssl rand -hex 32`"
            yield f"VEJVISER_{name}_TOKEN is too short to be secret. Set it to at least {_SHORTEST_TOKEN} characters, {mend}."
    try:
        if any(network.prefixlen == 0 for network in networks(settings.trusted_proxies)):
            yield "VEJVISER_TRUSTED_PROXIES trusts every address. Name the proxies' own networks, e.g. 10.1.2.0/24."
    except ValueError as error:
        yield f"VEJVISER_TRUSTED_PROXIES: {error}. Write addresses or networks, separated by commas."
    yield from _login_faults(settings)
    try:
        origins = Origins.parse(settings.origins).places
    except ValueError as error:
        yield f"VEJVISER_ORIGINS: {error}. Separate entries by commas."
        return
    plain = [origin for origin in origins if origin.startswith("http://")]
    if plain and not settings.on_loopback:
        yield f"VEJVISER_ORIGINS allows {plain[0]}, which anybody between can change. Write https:// origins only."


def _login_faults(settings: Settings) -> Iterator[str]:
    if settings.public_url and not settings.on_loopback and not settings.public_url.startswith("https://"):
        yield "VEJVISER_PUBLIC_URL is not https, so logins could be read on the way. Write the https:// address browsers use."
    if not settings.oidc_issuer:
        return
    if not settings.oidc_client_id or not settings.oidc_client_secret:
        yield "VEJVISER_OIDC_ISSUER is set alone. Set VEJVISER_OIDC_CLIENT_ID and VEJVISER_OIDC_CLIENT_SECRET too."
    if not settings.on_loopback and not settings.oidc_issuer.startswith("https://"):
        yield "VEJVISER_OIDC_ISSUER is not https, so anybody between could let himself in. Write the https:// address."
    if not settings.on_loopback and not settings.public_url:
        yield "VEJVISER_OIDC_ISSUER needs an address to come back to. Set VEJVISER_PUBLIC_URL to the https:// address."
    try:
        role_names(settings.oidc_roles)
    except ValueError as error:
        yield f"VEJVISER_OIDC_ROLES: {error}. Write e.g. phone_line=Telefon,admin=Drift."
