"""The widget as a person meets it: what can be seen, pressed and heard."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page, Route, expect

QUESTION = "Hvor mange timer kan jeg få til rengøring?"
CALLS = "**/v1/conversations**"
_NOON = 1_798_801_200  # any moment will do, in seconds since 1970


class Chat:
    """The widget on a page."""

    def __init__(self, page: Page):
        self.page = page
        self.host = page.locator("vejviser-chat")
        self.launcher = page.get_by_role("button", name="Spørg om støtte", exact=True)
        self.panel = page.locator("vejviser-chat .panel")
        self.field = self.panel.get_by_role("textbox", name="Dit spørgsmål")
        self.send = self.panel.get_by_role("button", name="Send", exact=True)
        self.log = self.panel.get_by_role("log")
        self.said = self.log.locator(".said")
        self.replies = self.log.locator(".replied")
        self.failure = self.log.locator(".failure")

    def open(self) -> Chat:
        self.launcher.click()
        self.field.wait_for()
        return self

    def ask(self, text: str = QUESTION) -> Locator:
        """Say something and wait for the reply."""
        before = self.replies.count()
        self.say(text)
        newest = self.replies.nth(before)
        newest.wait_for()
        return newest

    def say(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    def option(self, name: str) -> None:
        """Press one of the options."""
        toggle = self.panel.get_by_role("button", name="Muligheder")
        if toggle.get_attribute("aria-expanded") == "false":
            toggle.click()
        self.panel.get_by_role("button", name=name).click()

    def hears(self, *texts: str) -> None:
        """Demand that a screen reader is told something."""
        for text in texts:
            expect(self.panel.locator("#announcer")).to_contain_text(text)

    def has_focus(self, element: str) -> None:
        """Demand that focus comes to an element, written as `focus` gives it."""
        eventually(self.page, lambda: self.focus == element)

    @property
    def focus(self) -> str:
        """The element of the widget that has focus now, as tag#id.class; "" when focus is elsewhere."""
        return self.host.evaluate(
            """host => { const e = host.shadowRoot.activeElement; if (!e) return '';
               return e.tagName.toLowerCase() + (e.id && '#' + e.id) + [...e.classList].map(c => '.' + c).join('') }"""
        )


def eventually(page: Page, check: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something is so. (Playwright's wait_for_function needs eval, which the pages' policy forbids.)"""
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it did not become so in time"
        page.wait_for_timeout(25)


def stop_clock(page: Page) -> None:
    """From now on no time passes for the page but what the test gives it by `page.clock.run_for`.

    What comes or goes away by itself after some seconds does so neither early nor late on a slow machine. (axe needs time.)
    """
    page.clock.install(time=_NOON)
    page.clock.pause_at(_NOON + 1)


def reply(text: str = "Støtten er gratis.", turn: int = 1, **more: object) -> dict[str, object]:
    """A reply as the server gives it."""
    return {"messages": [{"text": text, **more}], "turn": turn, "redacted": False}


class FakeServer:
    """Stands in for the channel where a fault cannot be had from the real one; counts what it is asked.

    Attributes:
        answer: makes of the nth message (from 0) its answer: (status, body, headers), or None for a line that is cut.
        said: (text, client_id) of every message that arrived.
    """

    def __init__(self, page: Page, answer: Callable[[int], tuple[int, dict[str, object], dict[str, str]] | None]):
        self.said: list[tuple[str, str]] = []
        self.begun = 0
        self.answer = answer
        page.route(CALLS, self._handle)

    def _handle(self, route: Route) -> None:
        request = route.request
        if request.url.endswith("/v1/conversations"):
            self.begun += 1
            route.fulfill(status=201, json={"id": f"c{self.begun}", "notice": "Du skriver med en digital assistent."})
        elif request.url.endswith("/messages"):
            body = json.loads(request.post_data or "{}")
            self.said.append((body["text"], body["client_id"]))
            made = self.answer(len(self.said) - 1)
            if made is None:
                route.abort("internetdisconnected")
            else:
                route.fulfill(status=made[0], json=made[1], headers=made[2])
        else:
            route.fulfill(status=204)
