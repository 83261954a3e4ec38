"""Who calls: the client's address, through trusted proxies only."""

from __future__ import annotations

import ipaddress

from starlette.requests import HTTPConnection

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")


def networks(text: str) -> list[Network]:
    """The networks of a list separated by commas.

    Raises:
        ValueError: naming the entry that is neither an address nor a network.
    """
    return [ipaddress.ip_network(entry.strip()) for entry in text.split(",") if entry.strip()]


def is_forwarded(request: HTTPConnection) -> bool:
    """Whether a proxy stands between, by its own word."""
    return any(header in request.headers for header in FORWARDED)


def opened_in_browser(request: HTTPConnection) -> bool:
    """Whether a person opens the address as a page. (Scripts of pages and programs ask for anything, or for JSON.)"""
    return request.scope.get("method") in ("GET", "HEAD") and "text/html" in request.headers.get("accept", "")


def client_address(request: HTTPConnection, trusted: list[Network]) -> str:
    """The address limits count by; of IPv6 the /64 that one customer has.

    X-Forwarded-For is read from its end for as long as the hop that wrote it is trusted: what a client writes into it itself
    stands before that and is never believed.
    """
    address = request.client.host if request.client else ""
    hops = [hop.strip() for hop in ",".join(request.headers.getlist("x-forwarded-for")).split(",") if hop.strip()]
    while hops and _trusts(address, trusted):
        address = hops.pop()
    return _subscriber(address)


def _trusts(address: str, trusted: list[Network]) -> bool:
    parsed = _parse(address)
    return parsed is not None and any(parsed in network for network in trusted if network.version == parsed.version)


def _subscriber(address: str) -> str:
    parsed = _parse(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed or address[:64])


def _parse(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    if address.count(":") == 1:  # an IPv4 address with its port, as some proxies write it
        address = address.partition(":")[0]
    try:
        parsed = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return None
    return parsed.ipv4_mapped or parsed if isinstance(parsed, ipaddress.IPv6Address) else parsed
