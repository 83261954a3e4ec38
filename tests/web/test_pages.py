"""Every page: reachable, its own files only, strict policy, cached as it should be, no accessibility fault."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response, expect

from tests.web.server import RunningServer
from tests.web.widget import eventually

PAGES = ("/", "/chat", "/guide", "/telefon")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_page_has_no_accessibility_fault_and_does_not_scroll_sideways(
    page: Page, violations: Callable[[Page], list[str]], path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", PAGES)
def test_page_asks_only_its_own_server_and_breaks_no_policy(
    page: Page, requests: list[str], server: RunningServer, path: str
) -> None:
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    response = page.goto(path, wait_until="networkidle")
    assert response is not None and response.status == 200
    policy = response.header_value("content-security-policy") or ""
    assert "script-src 'self';" in policy and "unsafe" not in policy
    assert {url for url in requests if not url.startswith((server.url, "data:"))} == set()
    assert messages == []


@pytest.mark.parametrize("path", PAGES)
def test_assets_are_found_and_kept_for_a_year(page: Page, path: str) -> None:
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(path, wait_until="networkidle")
    kept = {item.url: (item.status, item.header_value("cache-control")) for item in responses if "/assets/" in item.url}
    assert kept
    assert all(status == 200 and "immutable" in (cache or "") for status, cache in kept.values()), kept


@pytest.mark.parametrize("path", PAGES)
def test_page_is_in_danish_with_one_heading_and_a_way_past_the_menu(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator("html")).to_have_attribute("lang", "da")
    expect(page.locator("h1")).to_have_count(1)
    first = page.locator("a, button, input, select, textarea").first
    first.focus()
    eventually(page, lambda: first.bounding_box()["y"] >= 0)  # it slides in
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_unknown_address_is_told_in_danish_with_ways_on(
    page: Page, violations: Callable[[Page], list[str]], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    response = page.goto("/findes-ikke/her")
    assert response is not None and response.status == 404
    expect(page).to_have_title("Siden findes ikke | Vejviser")
    expect(page.get_by_role("heading", level=1)).to_have_text("Siden findes ikke")
    ways = page.get_by_role("main").get_by_role("link")
    assert ways.evaluate_all("links => links.map(link => link.getAttribute('href'))") == ["/", "/chat", "/guide"]
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ways.last.click()
    expect(page.get_by_role("button", name="Start")).to_be_visible()
