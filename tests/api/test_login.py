"""Staff: accounts, login, roles, sessions, throttling, forms, OpenID Connect, and the pages that are open on this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.command_line import app as command
from api.deps import StaffDep
from api.identity.passwords import digest_of
from api.staff import COOKIE, Staff
from state.staff import Account, sessions
from tests.api import openid
from tests.api.apps import SECRET, client_of, exposed
from tests.api.problem import assert_problem

PASSWORD = "correct horse battery"
OWN = {"Origin": "http://127.0.0.1"}


def with_staff(client: TestClient, **roles: str) -> TestClient:
    """The client's application with accounts, and a route for each role."""
    for name, role in roles.items():
        client.app.state.accounts.add(Account(name, role, digest_of(PASSWORD)), datetime.utcnow())

    async def who(staff: Annotated[Staff, StaffDep("editor")]) -> dict[str, Any]:
        return vars(staff)

    client.app.add_api_route("/test/editor", who, methods=["GET", "POST"])
    return client


def field(client: TestClient, url: str = "/log-ind") -> str:
    return re.search(r'name="form_token" value="([^"]+)"', client.get(url).text)[1]


def log_in(client: TestClient, name: str = "anna", password: str = PASSWORD, **more: str) -> httpx.Response:
    data = {"form_token": field(client), "name": name, "password": password, **more}
    return client.post("/log-ind", data=data, follow_redirects=False)


# --- open on this machine


def test_pages_are_open_on_this_machine_until_there_is_an_account(bot, tmp_path: Path) -> None:
    client = with_staff(client_of(bot, tmp_path))
    assert client.get("/test/editor").json() == {"name": "", "role": "admin", "open": True}
    assert "åbne uden login" in client.get("/log-ind").text
    client.app.state.accounts.add(Account("anna", "editor", digest_of(PASSWORD)), datetime.utcnow())
    assert_problem(client.get("/test/editor"), 401)


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Host"])
def test_pages_are_closed_behind_a_proxy(bot, tmp_path: Path, header: str) -> None:
    client = with_staff(client_of(bot, tmp_path))
    assert_problem(client.get("/test/editor", headers={header: "127.0.0.1"}), 401)


def test_pages_are_closed_to_other_machines_and_names(bot, tmp_path: Path) -> None:
    assert_problem(with_staff(client_of(bot, tmp_path, peer="203.0.113.7")).get("/test/editor"), 401)
    assert_problem(with_staff(exposed(bot, tmp_path, peer="127.0.0.1")).get("/test/editor"), 401)
    rebound = with_staff(client_of(bot, tmp_path))
    assert_problem(rebound.get("/test/editor", headers={"Host": "evil.example"}), 401)


def test_pages_are_closed_once_a_provider_is_set_up(bot, tmp_path: Path) -> None:
    client = with_staff(client_of(bot, tmp_path, oidc_issuer="http://127.0.0.1:1", oidc_client_id="a", oidc_client_secret="b"))
    assert_problem(client.get("/test/editor"), 401)


# --- local accounts


def test_login_lets_in_and_logout_out(bot, tmp_path: Path) -> None:
    client = with_staff(client_of(bot, tmp_path), anna="editor")
    assert log_in(client, "Anna", videre="/drift").headers["location"] == "/drift"
    assert client.get("/test/editor").json() == {"name": "anna", "role": "editor", "open": False}
    assert "anna" in client.get("/log-ud").text and "redaktør" in client.get("/log-ud").text
    kept = client.cookies[COOKIE]
    assert client.post("/log-ud", data={"form_token": field(client, "/log-ud")}, follow_redirects=False).status_code == 303
    assert COOKIE not in client.cookies
    client.cookies.set(COOKIE, kept)  # a copy of the cookie is worth nothing either
    assert_problem(client.get("/test/editor"), 401)


@pytest.mark.parametrize(
    ("name", "password"), [("anna", "wrong"), ("bo", PASSWORD), ("", ""), ("anna", ""), ("' OR 1=1 --", "x")]
)
def test_wrong_login_is_refused_without_saying_why(bot, tmp_path: Path, name: str, password: str) -> None:
    client = with_staff(client_of(bot, tmp_path), anna="editor")
    response = log_in(client, name, password)
    assert response.status_code == 401 and "Brugernavnet eller adgangskoden er forkert." in response.text
    assert COOKIE not in client.cookies and PASSWORD not in response.text


def test_role_decides(bot, tmp_path: Path) -> None:
    client = with_staff(client_of(bot, tmp_path), bo="phone_line", eva="admin")
    log_in(client, "bo")
    assert_problem(client.get("/test/editor"), 403)
    log_in(client, "eva")
    assert client.get("/test/editor").json()["role"] == "admin"


def test_person_is_led_to_the_login_and_back(bot, tmp_path: Path) -> None:
    client = with_staff(client_of(bot, tmp_path), anna="editor")
    response = client.get("/test/editor?a=1&b=2", headers={"Accept": "text/html"}, follow_redirects=False)
    assert response.status_code == 303 and response.headers["location"] == "/log-ind?videre=/test/editor%3Fa%3D1%26b%3D2"
    page = client.get(response.headers["location"]).text
    assert 'name="videre" value="/test/editor?a=1&amp;b=2"' in page
    assert log_in(client, videre="/test/editor?a=1&b=2").headers["location"] == "/test/editor?a=1&b=2"


@pytest.mark.parametrize("onward", ["https://evil.dk", "//evil.dk", "/\\evil.dk", "javascript:alert(1)", "/a\nb", ""])
def test_login_leads_to_own_pages_only(bot, tmp_path: Path, onward: str) -> None:
    client = with_staff(client_of(bot, tmp_path), anna="editor")
    assert log_in(client, videre=onward).headers["location"] == "/telefon"


def test_cookie_is_for_this_server_over_https(bot, tmp_path: Path) -> None:
    client = with_staff(exposed(bot, tmp_path, public_url="https://vejviser.example.dk"), anna="editor")
    client.base_url = "https://vejviser.example.dk"
    made = next(c for c in log_in(client).headers.get_list("set-cookie") if c.startswith(COOKIE))
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(made.split("; "))
    local = with_staff(client_of(bot, tmp_path / "other"), anna="editor")
    made = next(c for c in log_in(local).headers.get_list("set-cookie") if c.startswith(COOKIE))
    assert "HttpOnly" in made and "Secure" not in made


def test_session_expires_and_is_stored_as_a_digest(bot, tmp_path: Path) -> None:
    client = with_staff(client_of(bot, tmp_path), anna="editor")
    log_in(client)
    token = client.cookies[COOKIE].rpartition(".")[0]
    with client.app.state.database.begin() as connection:
        assert token not in str(connection.execute(sessions.select()).all())
        connection.execute(sessions.update().values(until=datetime.utcnow() - timedelta(seconds=1)))
    assert_problem(client.get("/test/editor"), 401)


@pytest.mark.parametrize("cookie", ["", "x", "a.b", "é", "x" * 5000])
def test_forged_session_is_nobodys(bot, tmp_path: Path, cookie: str) -> None:
    client = with_staff(client_of(bot, tmp_path), anna="editor")
    assert_problem(client.get("/test/editor", headers={"Cookie": f"{COOKIE}={cookie}".encode()}), 401)


def test_change_of_an_account_ends_its_sessions(bot, tmp_path: Path) -> None:
    client = with_staff(client_of(bot, tmp_path), anna="editor")
    accounts = client.app.state.accounts
    for change in (
        lambda: accounts.change("anna", role="admin"),
        lambda: accounts.change("anna", password=digest_of(PASSWORD)),
        lambda: accounts.remove("anna"),
    ):
        log_in(client)
        assert client.get("/test/editor").status_code == 200
        change()
        assert client.get("/test/editor").status_code in (200, 401) and client.get("/test/editor").json().get("name") != "anna"


def test_guessing_is_slowed_for_the_account(bot, tmp_path: Path) -> None:
    client = with_staff(client_of(bot, tmp_path, login_limit="3/15minutes"), anna="editor", bo="editor")
    assert [log_in(client, "anna", "wrong").status_code for _ in range(4)] == [401, 401, 401, 429]
    refused = log_in(client, "ANNA ")
    assert refused.status_code == 429 and "Prøv igen om 15 minutter" in refused.text and int(refused.headers["retry-after"]) > 0
    assert log_in(client, "bo").status_code == 303


def test_guessing_is_slowed_for_the_address(bot, tmp_path: Path) -> None:
    client = with_staff(client_of(bot, tmp_path, login_limit="1/hour"), anna="editor")
    assert [log_in(client, f"guess{n}", "x").status_code for n in range(11)] == [401] * 10 + [429]


# --- forms and foreign pages


def test_form_of_another_page_is_refused(bot, tmp_path: Path) -> None:
    client = with_staff(client_of(bot, tmp_path), anna="editor")
    data = {"name": "anna", "password": PASSWORD}
    assert_problem(client.post("/log-ind", data=data), 403)
    assert_problem(client.post("/log-ind", data={**data, "form_token": "x.y"}), 403)
    taken = field(client)
    client.cookies.clear()  # another browser with the attacker's own field
    client.get("/log-ind")
    assert_problem(client.post("/log-ind", data={**data, "form_token": taken}), 403)
    assert_problem(client.post("/log-ud", data={}), 403)


def test_change_by_a_session_must_come_from_an_own_page(bot, tmp_path: Path) -> None:
    client = with_staff(client_of(bot, tmp_path), anna="editor")
    log_in(client)
    assert_problem(client.post("/test/editor"), 403)
    assert_problem(client.post("/test/editor", headers={"Origin": "https://evil.dk"}), 403)
    assert client.post("/test/editor", headers=OWN).status_code == 200
    assert client.post("/test/editor", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


# --- OpenID Connect


@pytest.fixture(scope="module")
def provider() -> Iterator[openid.OpenIdProvider]:
    with openid.running() as made:
        yield made


@pytest.fixture()
def by_oidc(bot, tmp_path: Path, provider: openid.OpenIdProvider) -> TestClient:
    provider.fault, provider.claims = "", {"sub": "42", "preferred_username": "anna@kommune.dk", "roles": ["Redaktion", "x"]}
    settings = {"oidc_issuer": provider.issuer, "oidc_client_id": openid.CLIENT, "oidc_client_secret": openid.CLIENT_SECRET}
    return with_staff(client_of(bot, tmp_path, **settings, oidc_roles="editor=Redaktion"))


def by_way_of(client: TestClient, change: Any = lambda answer: answer) -> httpx.Response:
    """Through the provider and back, as a browser goes."""
    sent = client.get("/log-ind/oidc?videre=/drift", follow_redirects=False)
    assert sent.status_code == 302
    answer = httpx.get(sent.headers["location"]).headers["location"]
    target = urlsplit(change(answer))
    assert target.path == "/log-ind/oidc/svar"
    return client.get(f"{target.path}?{target.query}", follow_redirects=False)


def test_provider_lets_in(by_oidc: TestClient) -> None:
    assert "Log ind med kommunens login" in by_oidc.get("/log-ind").text
    assert by_way_of(by_oidc).headers["location"] == "/drift"
    assert by_oidc.get("/test/editor").json() == {"name": "anna@kommune.dk", "role": "editor", "open": False}


@pytest.mark.parametrize("fault", ["denied", "nonce", "audience", "old", "signature"])
def test_wrong_answer_of_the_provider_lets_nobody_in(by_oidc: TestClient, provider: openid.OpenIdProvider, fault: str) -> None:
    provider.fault = fault
    response = by_way_of(by_oidc)
    assert response.status_code == 403 and "Du blev ikke logget ind" in response.text
    assert_problem(by_oidc.get("/test/editor"), 401)


def test_answer_to_another_browsers_question_lets_nobody_in(by_oidc: TestClient) -> None:
    assert by_way_of(by_oidc, lambda answer: answer.replace("state=", "state=x")).status_code == 403
    assert by_oidc.get("/log-ind/oidc/svar?code=x&state=y").status_code == 403
    assert by_oidc.get("/log-ind/oidc/svar").status_code == 403


def test_member_without_a_role_is_told(by_oidc: TestClient, provider: openid.OpenIdProvider) -> None:
    for roles in ([], ["editor-of-something-else"], None, {"editor": True}, "admins"):
        provider.claims = {"sub": "43", "roles": roles}
        response = by_way_of(by_oidc)
        assert response.status_code == 403 and "har ikke adgang til Vejviser" in response.text


def test_provider_that_is_away_is_told(bot, tmp_path: Path) -> None:
    settings = {"oidc_issuer": "http://127.0.0.1:9", "oidc_client_id": "a", "oidc_client_secret": "b"}
    response = client_of(bot, tmp_path, **settings).get("/log-ind/oidc")
    assert response.status_code == 503 and "svarer ikke lige nu" in response.text


def test_unknown_provider_is_not_found(client: TestClient) -> None:
    assert_problem(client.get("/log-ind/saml"), 404)


# --- command line


def run(*arguments: str, given: str = "") -> Any:
    return CliRunner().invoke(command, list(arguments), input=given)


def test_accounts_by_command_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, bot) -> None:
    monkeypatch.setenv("VEJVISER_HOME", str(tmp_path))
    twice = f"{PASSWORD}\n{PASSWORD}\n"
    made = run("staff", "add", "Anna", "--role", "editor", given=twice)
    assert made.exit_code == 0 and PASSWORD not in made.output
    assert run("staff", "add", "anna", given=twice).exit_code == 1
    assert run("staff", "add", "bo", "--role", "boss", given=twice).exit_code == 1
    assert run("staff", "add", "bo", given="short\nshort\n").exit_code == 1
    assert run("staff", "add", "bo", given=f"{PASSWORD}\nother\n\n").exit_code == 1
    listed = run("staff", "list").output
    assert "anna" in listed and "editor" in listed and "argon2" not in listed
    client = client_of(bot, tmp_path)
    assert log_in(client).status_code == 303
    assert run("staff", "password", "anna", given="another good password\n" * 2).exit_code == 0
    assert log_in(client).status_code == 401
    assert run("staff", "role", "anna", "admin").exit_code == 0
    assert run("staff", "remove", "anna").exit_code == 0 and run("staff", "remove", "anna").exit_code == 1
    written = run("channel", "log").output
    assert [what in written for what in ("staff.add", "staff.password", "staff.role", "staff.remove")] == [True] * 4


def test_password_is_no_argument() -> None:
    for name in ("add", "password"):
        assert run("staff", name, "anna", "--password", PASSWORD).exit_code == 2


def test_oidc_secrets_and_addresses_are_checked(tmp_path: Path) -> None:
    from api.checks import demand_safe
    from api.settings import Settings
    from api.signing import UnsafeSettings

    for settings, variable in (
        ({"oidc_issuer": "https://idp.dk"}, "VEJVISER_OIDC_CLIENT_ID"),
        ({"oidc_issuer": "http://idp.dk", "host": "0.0.0.0"}, "VEJVISER_OIDC_ISSUER"),
        ({"oidc_issuer": "https://idp.dk", "host": "0.0.0.0"}, "VEJVISER_PUBLIC_URL"),
        ({"public_url": "http://vejviser.dk", "host": "0.0.0.0"}, "VEJVISER_PUBLIC_URL"),
        ({"oidc_issuer": "https://idp.dk", "oidc_roles": "boss=x"}, "VEJVISER_OIDC_ROLES"),
    ):
        with pytest.raises(UnsafeSettings, match=variable):
            demand_safe(Settings(home=tmp_path, secret=SECRET, **settings))
