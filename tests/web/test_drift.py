"""The editors' page in a browser: no accessibility fault with and without counts, narrow screens, figures also as tables."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.web.server import RunningServer
from tests.web.widget import eventually

ASKED = (
    "hvad koster tøjvask i Gladsaxe?",
    "hvordan klager jeg over tøjvask i Gladsaxe?",
    "hvem kan få støtte i Glostrup?",
    "hvad koster støtte i Brønderslev?",
    "hej",
)


@pytest.fixture(scope="module")
def counted(server: RunningServer) -> None:
    """Some turns, written as the running service writes them every few seconds."""
    for text in ASKED:
        body = {"sender": "drift", "message": text}
        assert httpx.post(f"{server.url}/webhooks/rest/webhook", json=body, timeout=60).status_code == 200


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_page_has_no_accessibility_fault_and_does_not_scroll_sideways(
    page: Page, violations: Callable[[Page], list[str]], counted: None, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})

    def shown() -> bool:
        page.goto("/drift")
        return page.locator("svg.drift-chart").count() > 0

    eventually(page, shown)  # counts are written every some seconds
    page.locator("details summary").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_period_is_chosen_by_keyboard_and_the_picture_has_a_table(page: Page, counted: None) -> None:
    page.goto("/drift?dage=7")
    page.get_by_label("Periode").select_option("90")
    page.get_by_role("button", name="Vis").press("Enter")
    page.wait_for_url("**/drift?dage=90")
    expect(page.get_by_label("Periode")).to_have_value("90")
    page.locator("details summary").click()
    expect(page.locator("details table tbody tr")).to_have_count(90)


def test_page_asks_only_its_own_server_and_breaks_no_policy(page: Page, requests: list[str], server: RunningServer) -> None:
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto("/drift", wait_until="networkidle")
    assert {url for url in requests if not url.startswith((server.url, "data:"))} == set() and messages == []
