"""Limits, body size, foreign web sites, security headers, the Rasa-compatible channel's token, unsafe settings."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from redis import from_url as redis_client
from starlette.requests import Request

from api.checks import demand_safe
from api.client import client_address, networks
from api.limits import Limits, MemoryWindows
from api.origins import is_same
from api.problems import Problem
from api.settings import Settings
from api.signing import Seal, UnsafeSettings, signing_keys
from tests.api.apps import SECRET, TOKEN, client_of, exposed
from tests.api.problem import assert_problem
from tests.engines import Redis, missing

WEBHOOK = "/webhooks/rest/webhook"
HELLO = {"sender": "anna", "message": "hej"}


def say(client: TestClient, identifier: str, number: int, **headers: str) -> Any:
    body = {"text": "hej", "client_id": str(number)}
    return client.post(f"/v1/conversations/{identifier}/messages", json=body, headers=headers)


def begin(client: TestClient, **headers: str) -> str:
    return client.post("/v1/conversations", headers=headers).json()["id"]


# --- limits


def test_sixteenth_message_of_a_minute_waits(bot, tmp_path: Path) -> None:
    client = client_of(bot, tmp_path)
    first, other = begin(client), begin(client)
    assert [say(client, first, n).status_code for n in range(15)] == [200] * 15
    response = say(client, first, 15)
    assert_problem(response, 429)
    assert 0 < int(response.headers["retry-after"]) <= 60
    assert say(client, other, 1).status_code == 200


def test_limit_is_four_times_as_wide_on_the_channel_of_trusted_servers(bot, tmp_path: Path) -> None:
    client = client_of(bot, tmp_path, conversation_limit="1/minute")
    assert [client.post(WEBHOOK, json=HELLO).status_code for _ in range(5)] == [200] * 4 + [429]
    assert client.post(WEBHOOK, json={**HELLO, "sender": "bo"}).status_code == 200


def test_address_is_limited_over_all_its_conversations(bot, tmp_path: Path) -> None:
    client = client_of(bot, tmp_path, address_limit="3/minute")
    assert [client.post("/v1/conversations").status_code for _ in range(4)] == [201, 201, 201, 429]


def test_limits_can_be_turned_off(bot, tmp_path: Path) -> None:
    client = client_of(bot, tmp_path, conversation_limit="off")
    assert {client.post(WEBHOOK, json=HELLO).status_code for _ in range(20)} == {200}


def test_default_limits_are_those_of_the_documentation() -> None:
    settings = Settings()
    assert (settings.conversation_limit, settings.address_limit, settings.lookup_limit) == (
        "15/minute",
        "900/minute",
        "600/10seconds",
    )


LOOKUPS = {
    "search": ("GET", "/v1/search?q=vask"),
    "suggest": ("GET", "/v1/suggest?q=v"),
    "answers": ("GET", "/v1/answers?municipality=gladsaxe&facet=cost&topic=toejvask&x={n}"),
    "compare": ("GET", "/v1/compare?municipality=gladsaxe&municipality=gentofte&facet=cost"),
    "guide": ("POST", "/v1/guide"),
}


@pytest.mark.parametrize("name", LOOKUPS)
def test_lookups_of_an_address_are_limited(bot, tmp_path: Path, name: str) -> None:
    client = exposed(bot, tmp_path, lookup_limit="3/minute", trusted_proxies="203.0.113.7")
    method, url = LOOKUPS[name]

    def ask(number: int, address: str) -> Any:
        body = {"json": {}} if method == "POST" else {}
        return client.request(method, url.format(n=number), headers={"X-Forwarded-For": address}, **body)

    assert [ask(n, "1.1.1.1").status_code for n in range(3)] == [200] * 3
    refused = ask(3, "1.1.1.1")
    assert_problem(refused, 429)
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert ask(4, "2.2.2.2").status_code == 200
    assert client.get("/v1/municipalities", headers={"X-Forwarded-For": "1.1.1.1"}).status_code == 200


def test_answer_that_is_remembered_is_not_counted(bot, tmp_path: Path) -> None:
    client = client_of(bot, tmp_path, lookup_limit="1/minute")
    assert {client.get(LOOKUPS["answers"][1]).status_code for _ in range(5)} == {200}


def test_typing_quickly_is_within_the_limit(bot, tmp_path: Path) -> None:
    client = client_of(bot, tmp_path)
    assert {client.get("/v1/suggest", params={"q": "tøjvask"[: n % 7 + 1]}).status_code for n in range(200)} == {200}


def test_window_moves_and_silent_keys_are_dropped() -> None:
    now = [0.0]
    windows = MemoryWindows(clock=lambda: now[0])
    assert [windows.hit("a", 2, 60) for _ in range(3)] == [0, 0, 60]
    now[0] = 61
    assert windows.hit("a", 2, 60) == 0
    windows.hit("login", 1, 900)
    for n in range(20_000):
        now[0] += 0.01
        windows.hit(str(n), 2, 60)
    assert len(windows._hits) < 12_000
    assert windows.hit("login", 1, 900) > 0  # each window is as long as it was made


async def test_limits_go_on_in_memory_while_redis_is_away() -> None:
    limits = Limits({"x": "1/minute"}, "redis://127.0.0.1:1/0", SECRET)
    await limits.demand("x", "a")
    with pytest.raises(Problem) as caught:
        await limits.demand("x", "a")
    assert caught.value.status == 429


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "address"),
    [
        ("203.0.113.7", "1.2.3.4", "", "203.0.113.7"),
        ("203.0.113.7", "1.2.3.4", "10.0.0.0/8", "203.0.113.7"),
        ("10.0.0.5", "1.2.3.4", "10.0.0.0/8", "1.2.3.4"),
        ("10.0.0.5", "6.6.6.6, 1.2.3.4, 10.0.0.9", "10.0.0.0/8", "1.2.3.4"),
        ("10.0.0.5", "6.6.6.6, 10.0.0.9:4711", "10.0.0.0/8", "6.6.6.6"),
        ("10.0.0.5", "nonsense", "10.0.0.5", "nonsense"),
        ("10.0.0.5", "", "10.0.0.5", "10.0.0.5"),
        ("2001:db8:1:2:3::4", "", "", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "", "", "203.0.113.7"),
    ],
)
def test_client_address_is_believed_from_trusted_proxies_only(peer: str, forwarded: str, trusted: str, address: str) -> None:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    request = Request({"type": "http", "headers": headers, "client": (peer, 1)})
    assert client_address(request, networks(trusted)) == address


def test_untrusted_forwarding_header_gives_no_fresh_limit(bot, tmp_path: Path) -> None:
    client = exposed(bot, tmp_path, address_limit="2/minute")
    codes = [client.post("/v1/conversations", headers={"X-Forwarded-For": f"1.1.1.{n}"}).status_code for n in range(3)]
    assert codes == [201, 201, 429]


# --- bodies


def pieces(count: int) -> Iterator[bytes]:
    for _ in range(count):
        yield b" " * 1000


@pytest.mark.parametrize("url", [WEBHOOK, "/v1/conversations", "/v1/guide"])
def test_body_in_pieces_is_refused_while_it_is_read(client: TestClient, url: str) -> None:
    taken = []

    def endless() -> Iterator[bytes]:
        for piece in pieces(1_000):
            taken.append(len(piece))
            yield piece

    assert_problem(client.post(url, content=endless(), headers={"content-type": "application/json"}), 413)


async def test_rest_of_a_large_body_is_never_read() -> None:
    from api.bodies import BodyLimit

    asked = []

    async def receive() -> dict[str, Any]:
        asked.append(1)
        return {"type": "http.request", "body": b"x" * 1000, "more_body": True}

    async def app(scope: Any, receive: Any, send: Any) -> None:
        while (await receive())["more_body"]:
            pass

    with pytest.raises(Exception, match="too large"):
        await BodyLimit(app, 5_000)({"type": "http", "headers": []}, receive, None)
    assert len(asked) == 6


# --- the Rasa-compatible channel


def test_channel_is_open_on_this_machine(bot, tmp_path: Path) -> None:
    client = client_of(bot, tmp_path)
    assert client.post(WEBHOOK, json=HELLO).status_code == 200
    assert_problem(client.post(WEBHOOK, json=HELLO, headers={"X-Forwarded-For": "1.2.3.4"}), 401)
    assert_problem(client.post(WEBHOOK, json=HELLO, headers={"Forwarded": "for=1.2.3.4"}), 401)


def test_channel_is_closed_elsewhere_without_a_token(bot, tmp_path: Path) -> None:
    assert_problem(exposed(bot, tmp_path, peer="127.0.0.1").post(WEBHOOK, json=HELLO), 401)


def test_channel_opens_by_rasas_token(bot, tmp_path: Path) -> None:
    client = exposed(bot, tmp_path, channel_token=TOKEN)
    assert client.post(WEBHOOK, json=HELLO, params={"token": TOKEN}).status_code == 200
    assert client.post(WEBHOOK, json=HELLO, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}, {"Authorization": "Bearer å"}):
        assert_problem(client.post(WEBHOOK, json=HELLO, headers={k: v.encode() for k, v in headers.items()}), 401)


def test_pages_channel_needs_no_token(bot, tmp_path: Path) -> None:
    client = exposed(bot, tmp_path)
    assert say(client, begin(client), 1).status_code == 200


# --- ids


def test_id_of_another_secret_is_unknown(bot, tmp_path: Path) -> None:
    home = tmp_path
    given = begin(exposed(bot, home))
    assert say(exposed(bot, home), given, 1).status_code == 200
    assert_problem(say(exposed(bot, home, secret="f" * 64), given, 2), 404)
    assert say(exposed(bot, home, secret=f"{'f' * 64},{SECRET}"), given, 3).status_code == 200  # rotated


def test_seal_of_one_purpose_opens_no_other() -> None:
    sealed = Seal([SECRET], "conversation").close("x")
    assert Seal([SECRET], "conversation").open(sealed) == "x"
    assert Seal([SECRET], "session").open(sealed) is None


def test_secret_on_loopback_is_made_once_for_its_owner(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "new")
    assert signing_keys(settings) == signing_keys(settings) and len(signing_keys(settings)[0]) == 64
    assert stat.S_IMODE((tmp_path / "new" / "secret").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["secret"]


# --- foreign web sites

SITES = "https://www.everywhere.dk, gladsaxe=https://www.gladsaxe.dk"


def preflight(client: TestClient, origin: str, url: str = "/v1/conversations") -> Any:
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    return client.options(url, headers=headers)


def test_allowed_site_may_use_the_pages_channel(bot, tmp_path: Path) -> None:
    client = client_of(bot, tmp_path, origins=SITES)
    origin = "https://www.everywhere.dk"
    asked = preflight(client, origin)
    assert asked.status_code == 200 and asked.headers["access-control-allow-origin"] == origin
    response = client.post("/v1/conversations", headers={"Origin": origin})
    assert response.status_code == 201 and response.headers["access-control-allow-origin"] == origin
    assert "access-control-allow-credentials" not in response.headers
    assert client.delete(f"/v1/conversations/{response.json()['id']}", headers={"Origin": origin}).status_code == 204


@pytest.mark.parametrize("origin", ["https://evil.dk", "null", "https://www.gladsaxe.dk.evil.dk", "http://www.gladsaxe.dk"])
def test_other_site_is_refused(bot, tmp_path: Path, origin: str) -> None:
    client = client_of(bot, tmp_path, origins=SITES)
    assert_problem(preflight(client, origin), 403)
    for url in ("/v1/conversations", WEBHOOK, "/v1/guide"):
        response = client.post(url, content=json.dumps(HELLO), headers={"Origin": origin, "content-type": "text/plain"})
        assert_problem(response, 403)
    shown = client.get("/v1/municipalities", headers={"Origin": origin})
    assert "access-control-allow-origin" not in shown.headers


def test_allowed_site_reaches_the_pages_channel_only(bot, tmp_path: Path) -> None:
    client = client_of(bot, tmp_path, origins=SITES)
    assert_problem(client.post(WEBHOOK, json=HELLO, headers={"Origin": "https://www.everywhere.dk"}), 403)


def test_site_of_one_municipality_speaks_for_no_other(bot, tmp_path: Path) -> None:
    client = client_of(bot, tmp_path, origins=SITES)
    headers = {"Origin": "https://www.gladsaxe.dk"}
    assert_problem(client.post("/v1/conversations", json={"municipality": "gentofte"}, headers=headers), 403)
    identifier = begin(client, **headers)
    body = {"text": "hvad koster støtten til tøjvask?", "client_id": "1"}
    reply = client.post(f"/v1/conversations/{identifier}/messages", json=body, headers=headers).json()
    assert next(m["custom"] for m in reply["messages"] if "custom" in m)["municipality"]["id"] == "gladsaxe"


@pytest.mark.parametrize(
    ("origin", "host", "same"),
    [
        ("https://vejviser.dk", "vejviser.dk", True),
        ("https://vejviser.dk:8443", "vejviser.dk:8443", True),
        ("https://vejviser.dk:8443", "vejviser.dk", True),  # behind a proxy that passes no port
        ("http://[::1]:8080", "[::1]:8080", True),
        ("https://Vejviser.dk", "vejviser.dk", True),
        ("https://evil.dk", "vejviser.dk", False),
        ("https://vejviser.dk.evil.dk", "vejviser.dk", False),
        ("https://vejviser.dk:1", "vejviser.dk:2", False),
        ("null", "null", False),
        ("null", "", False),
        ("https://evil.dk", "", False),
        ("", "", False),
        ("https://", "", False),
    ],
)
def test_own_origin_is_known(origin: str, host: str, same: bool) -> None:
    assert is_same(origin, host) is same


def test_own_pages_need_no_permission(client: TestClient) -> None:
    assert client.post("/v1/conversations", headers={"Origin": "http://127.0.0.1"}).status_code == 201


# --- headers


def test_every_route_has_the_security_headers(client: TestClient) -> None:
    quiet = TestClient(client.app, base_url="http://127.0.0.1", client=("127.0.0.1", 1), raise_server_exceptions=False)
    paths = {getattr(route, "path", "") for route in client.app.routes} | {"/nowhere", "/docs/assets/swagger-ui.css"}
    assert len(paths) > 15
    for path in sorted(paths):
        for method in ("GET", "POST", "OPTIONS"):
            headers = quiet.request(method, path.replace("{", "").replace("}", "")).headers
            assert headers["x-content-type-options"] == "nosniff", path
            assert headers["referrer-policy"] and headers["permissions-policy"] and headers["x-frame-options"], path
            policy = headers["content-security-policy"]
            assert "frame-ancestors" in policy and policy.startswith("default-src 'none'"), path
            assert "'unsafe-inline'" not in policy.partition("style-src")[0] and "unsafe-eval" not in policy, path


def test_answer_to_a_fault_of_ours_has_them_too(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(client.app.state.bot, "handle", fail)
    quiet = TestClient(client.app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    response = quiet.post(WEBHOOK, json=HELLO)
    assert response.status_code == 500 and response.headers["x-content-type-options"] == "nosniff"


def test_https_is_demanded_beyond_loopback(bot, tmp_path: Path, client: TestClient) -> None:
    assert "strict-transport-security" in exposed(bot, tmp_path).get("/health").headers
    assert "strict-transport-security" not in client.get("/health").headers


def test_conversations_are_kept_by_no_cache(client: TestClient) -> None:
    assert client.post("/v1/conversations").headers["cache-control"] == "no-store"
    assert client.post(WEBHOOK, json={"sender": "cache", "message": "hej"}).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "host", ["127.0.0.1/?", "evil.dk/?x=", "a b", "127.0.0.1:8080/x", "a@b", "[::1", "a:b", "127.0.0.1#", ""]
)
def test_host_that_is_none_is_refused(client: TestClient, host: str) -> None:
    assert_problem(client.get("/v1/admin/audit", headers={"Host": host}), 400)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8080", "[::1]:8080", "www.gladsaxe.dk"])
def test_host_is_taken_as_it_is(client: TestClient, host: str) -> None:
    assert client.get("/health", headers={"Host": host}).status_code == 200


# --- settings


@pytest.mark.parametrize(
    ("settings", "variable"),
    [
        ({"host": "0.0.0.0"}, "VEJVISER_SECRET"),
        ({"host": "::"}, "VEJVISER_SECRET"),
        ({"host": "vejviser.example.dk"}, "VEJVISER_SECRET"),
        ({"secret": "short"}, "VEJVISER_SECRET"),
        ({"secret": f"{SECRET},short"}, "VEJVISER_SECRET"),
        ({"channel_token": "short"}, "VEJVISER_CHANNEL_TOKEN"),
        ({"trusted_proxies": "0.0.0.0/0"}, "VEJVISER_TRUSTED_PROXIES"),
        ({"trusted_proxies": "nginx"}, "VEJVISER_TRUSTED_PROXIES"),
        ({"origins": "*"}, "VEJVISER_ORIGINS"),
        ({"origins": "https://a.dk/path"}, "VEJVISER_ORIGINS"),
        ({"host": "0.0.0.0", "secret": SECRET, "origins": "http://a.dk"}, "VEJVISER_ORIGINS"),
    ],
)
def test_unsafe_settings_refuse_to_start(tmp_path: Path, settings: dict[str, Any], variable: str) -> None:
    with pytest.raises(UnsafeSettings, match=variable) as caught:
        demand_safe(Settings(home=tmp_path, **settings))
    assert any(mend in str(caught.value) for mend in ("Set ", "Write ", "Name ", "Separate "))


def test_serve_says_what_is_unsafe(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from api.command_line import app

    monkeypatch.setenv("VEJVISER_HOME", str(tmp_path))
    result = CliRunner().invoke(app, ["serve", "--host", "0.0.0.0"])
    assert result.exit_code == 1 and "VEJVISER_SECRET" in result.stderr and "openssl rand" in result.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.1.2.3"])
def test_loopback_is_safe_as_it_is(tmp_path: Path, host: str) -> None:
    demand_safe(Settings(home=tmp_path, host=host))


@pytest.mark.skipif(bool(missing("redis-server")), reason=missing("redis-server"))
async def test_replicas_share_the_limits_by_redis() -> None:
    with Redis() as redis:
        one, other = (Limits({"x": "2/minute"}, redis.url, SECRET) for _ in range(2))
        await one.demand("x", "203.0.113.7")
        await other.demand("x", "203.0.113.7")
        with pytest.raises(Problem) as caught:
            await one.demand("x", "203.0.113.7")
        assert 0 < int(caught.value.headers["Retry-After"]) <= 60
        keys = redis_client(redis.url).keys("*")
        assert keys and not any(b"203.0" in key for key in keys)
