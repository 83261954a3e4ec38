"""The login in a browser: its states, by keyboard, without an accessibility fault on any width."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from api.application import create_app
from api.identity.passwords import digest_of
from api.settings import Settings
from state.staff import Account
from tests.web.conftest import PATIENCE_MS
from tests.web.server import RunningServer, serving

Violations = Callable[[Page], list[str]]
WIDTHS = (320, 768, 1280)
PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def guarded(bot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with two accounts, where seven attempts an hour are allowed for each; its origin."""
    settings = Settings(home=tmp_path_factory.mktemp("guarded"), login_limit="7/hour")
    application = create_app(settings, bot=bot.on(bot.conversations, bot.locks))
    for name, role in (("anna", "phone_line"), ("eva", "admin")):
        application.state.accounts.add(Account(name, role, digest_of(PASSWORD)), datetime.utcnow())
    with serving(application) as url:
        yield url


@pytest.fixture()
def staff(browser: Browser, guarded: str) -> Iterator[Page]:
    with browser.new_context(base_url=guarded, locale="da-DK") as context:
        context.set_default_timeout(PATIENCE_MS)
        yield context.new_page()


def log_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("Brugernavn").fill(name)
    page.get_by_label("Adgangskode").fill(password)
    page.get_by_role("button", name="Log ind", exact=True).click()


def assert_sound(page: Page, violations: Violations, width: int) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_in_and_out_on_any_width(staff: Page, violations: Violations, width: int) -> None:
    staff.set_viewport_size({"width": width, "height": 800})
    staff.goto("/telefon")
    expect(staff).to_have_url("/log-ind?videre=/telefon")
    expect(staff.get_by_role("heading", level=1)).to_have_text("Log ind for medarbejdere")
    assert_sound(staff, violations, width)
    log_in(staff, "eva", "not the password")
    expect(staff.get_by_role("alert")).to_contain_text("Brugernavnet eller adgangskoden er forkert.")
    expect(staff).to_have_title("Fejl: Log ind for medarbejdere | Vejviser")
    expect(staff.get_by_label("Brugernavn")).to_have_value("eva")
    expect(staff.get_by_label("Adgangskode")).to_have_value("")
    expect(staff.get_by_label("Adgangskode")).to_have_attribute("aria-invalid", "true")
    assert_sound(staff, violations, width)
    log_in(staff, "eva")
    expect(staff.locator("#console-search")).to_be_focused()
    staff.goto("/log-ind")
    expect(staff.locator("main")).to_contain_text("Du er logget ind som eva (administrator).")
    assert_sound(staff, violations, width)
    staff.get_by_role("button", name="Log ud").click()
    expect(staff.get_by_role("button", name="Log ind", exact=True)).to_be_visible()


def test_by_keyboard_alone(staff: Page) -> None:
    staff.goto("/log-ind")
    staff.get_by_label("Brugernavn").focus()
    staff.keyboard.type("anna")
    staff.keyboard.press("Tab")
    staff.keyboard.type(PASSWORD)
    staff.keyboard.press("Enter")
    expect(staff.locator("#console-search")).to_be_focused()


def test_whose_role_is_not_enough_is_told_in_danish(staff: Page, violations: Violations) -> None:
    staff.goto("/log-ind")
    log_in(staff, "anna")
    expect(staff.locator("#console-search")).to_be_focused()
    response = staff.goto("/drift")
    assert response is not None and response.status == 403
    expect(staff.get_by_role("heading", level=1)).to_have_text("Du har ikke adgang til siden")
    expect(staff.get_by_role("link", name="Log ind som medarbejder")).to_have_attribute("href", "/log-ind")
    assert_sound(staff, violations, 1280)


def test_too_many_attempts_are_told_with_the_wait(staff: Page, violations: Violations) -> None:
    staff.goto("/log-ind")
    for _ in range(8):
        log_in(staff, "bo", "wrong")
        expect(staff.get_by_role("alert")).to_be_visible()
        staff.wait_for_load_state()
    wait = re.compile(r"Der er prøvet for mange gange\. Prøv igen om \d\d minutter\.")
    expect(staff.get_by_role("alert")).to_contain_text(wait)
    assert_sound(staff, violations, 1280)


@pytest.mark.parametrize("width", WIDTHS)
def test_open_pages_say_that_they_are_open(page: Page, server: RunningServer, violations: Violations, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/log-ind")
    expect(page.locator("main")).to_contain_text("Siderne er åbne uden login")
    assert_sound(page, violations, width)
