"""The widget on pages it does not know: an old CMS with hostile styles on another origin, small and zoomed-in screens,
reduced motion, forced colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import PATIENCE_MS
from tests.web.server import HostSite, RunningServer
from tests.web.widget import Chat, eventually

OLD_CMS = Path(__file__).with_name("old_cms.html")
PARTS = ["", ".launcher", "#heading", ".notice", "#text", ".said .bubble", ".replied .bubble", ".replied p", "table"]
STYLES = [
    "fontFamily",
    "fontSize",
    "letterSpacing",
    "lineHeight",
    "textTransform",
    "boxSizing",
    "color",
    "backgroundColor",
    "display",
    "visibility",
    "opacity",
    "paddingLeft",
    "float",
]
LOOK = """(host, [parts, styles]) => parts.map(part => {
  const e = part ? host.shadowRoot.querySelector(part) : host, s = getComputedStyle(e);
  return [part, ...styles.map(name => s[name])].join(' ') })"""


EMBEDDED = """<!doctype html><title>Side</title><vejviser-chat municipality="glostrup" server="{url}"></vejviser-chat>
<script src="{url}/widget.js"></script>"""


@pytest.fixture()
def old_cms(page: Page, server: RunningServer, site: HostSite) -> Page:
    """The old page, on another origin than the server and in another encoding."""
    site.show(OLD_CMS.read_text(encoding="utf-8").replace("SERVER", server.url), "iso-8859-1")
    page.goto(server.host_site)
    return page


def test_it_looks_on_a_hostile_page_as_it_does_on_a_plain_one(old_cms: Page, server: RunningServer, site: HostSite) -> None:
    hostile = Chat(old_cms).open()
    hostile.ask()
    look = [PARTS, STYLES]
    seen = hostile.host.evaluate(LOOK, look)  # nothing of these moves or fades in
    site.show(EMBEDDED.format(url=server.url))
    old_cms.evaluate("sessionStorage.clear()")
    old_cms.goto(server.host_site)
    plain = Chat(old_cms).open()
    plain.ask()
    assert seen == plain.host.evaluate(LOOK, look)


def test_danish_letters_survive_a_page_in_another_encoding(old_cms: Page) -> None:
    expect(Chat(old_cms).open().panel.locator(".notice")).to_contain_text("Før du skriver")


def test_nothing_of_the_page_lies_above_the_open_chat(old_cms: Page) -> None:
    chat = Chat(old_cms).open()
    expect(chat.send).to_be_in_viewport(ratio=1)
    above = """e => { const b = e.getBoundingClientRect();
      return document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2).tagName }"""
    eventually(old_cms, lambda: chat.send.evaluate(above) == "VEJVISER-CHAT")


def test_the_page_keeps_its_own_ids_and_globals(old_cms: Page) -> None:
    Chat(old_cms).open()
    assert old_cms.evaluate("[typeof VejviserWidget, typeof lit, document.querySelectorAll('#text').length]") == [
        "undefined",
        "undefined",
        0,
    ]


def test_a_site_that_is_not_allowed_gets_no_conversation(page: Page, server: RunningServer, site: HostSite) -> None:
    site.show(EMBEDDED.format(url=server.url))
    page.goto(server.other_site)
    chat = Chat(page).open()
    expect(chat.failure).to_contain_text("Prøv igen")
    chat.say("Hvad koster det?")
    expect(chat.failure).to_contain_text("Beskeden er ikke sendt")


# ---- focus is never covered


def test_floating_chat_steps_aside_when_the_page_s_focus_goes_under_it(page: Page) -> None:
    page.goto("/?kommune=glostrup")
    chat = Chat(page).open()
    page.evaluate(
        """() => { const link = document.createElement('a'); link.href = '#x'; link.id = 'under'; link.textContent = 'Under';
        link.style.cssText = 'position:fixed;right:60px;bottom:300px'; document.body.append(link); link.focus() }"""
    )
    expect(chat.panel).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "under"


def test_page_behind_a_chat_that_fills_the_screen_cannot_get_focus(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/?kommune=glostrup")
    chat = Chat(page).open()
    for _ in range(15):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") in ("VEJVISER-CHAT", "BODY")
    page.evaluate("document.querySelector('main a').focus()")
    assert page.evaluate("document.activeElement.tagName") != "A"
    expect(chat.panel).to_be_visible()


def test_conversation_and_focus_survive_turning_the_screen(page: Page) -> None:
    page.goto("/?kommune=glostrup")
    chat = Chat(page).open()
    chat.ask()
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 720})
        modal = "host => host.shadowRoot.querySelector('dialog').matches(':modal')"
        eventually(page, lambda: chat.host.evaluate(modal) == (width == 320))  # noqa: B023  (called at once)
        expect(chat.replies.first).to_be_visible()
        chat.has_focus("textarea#text")


def test_reflow_at_400_percent(page: Page, violations: Callable[[Page], list[str]]) -> None:
    """1280 x 1024 at 400 % is 320 x 256: no scrolling in two directions, every stop of the Tab key seen whole."""
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto("/?kommune=glostrup")
    chat = Chat(page).open()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(chat.field).to_be_in_viewport(ratio=1)
    chat.ask()
    panel = chat.panel.evaluate("e => [e.scrollWidth <= e.clientWidth, getComputedStyle(e).overflowY]")
    assert panel == [True, "auto"]
    chat.panel.locator("#heading").evaluate("e => e.focus()")
    seen = """host => { const e = host.shadowRoot.activeElement, b = e.getBoundingClientRect();
      const at = host.shadowRoot.elementFromPoint(b.x + b.width / 2, b.y + Math.min(b.height / 2, 100));
      return at === e || e.contains(at) }"""
    for _ in range(12):
        page.keyboard.press("Tab")
        if chat.focus and chat.focus != "div.log":
            eventually(page, lambda: chat.host.evaluate(seen))
    assert violations(page) == []


def test_launcher_covers_nothing_at_400_percent(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto("/?kommune=glostrup")
    assert Chat(page).launcher.evaluate("e => getComputedStyle(e).position") == "static"


def test_largest_text_fits_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/?kommune=glostrup")
    chat = Chat(page).open()
    for _ in range(4):
        chat.option("Større tekst")
    chat.option("Slet samtalen")
    chat.panel.get_by_role("button", name="Nej, behold").click()
    chat.field.focus()
    expect(chat.field).to_be_in_viewport(ratio=1)
    chat.panel.get_by_role("button", name="Muligheder").click()
    chat.ask()
    assert chat.panel.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert chat.log.evaluate("e => e.scrollWidth <= e.clientWidth && e.clientHeight > 120")


# ---- wishes of the system


@pytest.fixture()
def wishing(browser: Browser, server: RunningServer) -> Iterator[Callable[..., Page]]:
    contexts = []

    def make(**wishes: str) -> Page:
        contexts.append(browser.new_context(base_url=server.url, locale="da-DK", **wishes))
        contexts[-1].set_default_timeout(PATIENCE_MS)
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


def test_nothing_moves_when_motion_is_unwelcome(wishing: Callable[..., Page]) -> None:
    page = wishing(reduced_motion="reduce")
    page.goto("/?kommune=glostrup")
    page.route("**/messages", lambda route: None)  # never answered
    chat = Chat(page).open()
    chat.say("Hvad koster det?")
    chat.log.locator(".typing").wait_for()
    assert chat.log.locator(".dots i").first.evaluate("e => getComputedStyle(e).animationName") == "none"


def test_forms_are_seen_without_colours(wishing: Callable[..., Page], violations: Callable[[Page], list[str]]) -> None:
    page = wishing(forced_colors="active")
    page.goto("/?kommune=glostrup")
    chat = Chat(page).open()
    chat.ask()
    borders = chat.host.evaluate(
        """host => ['.said .bubble', '.replied .bubble', '.notice', '.head', 'dialog'].map(
             part => getComputedStyle(host.shadowRoot.querySelector(part)).borderTopWidth)"""
    )
    assert set(borders) == {"1px"}
    assert violations(page) == []
