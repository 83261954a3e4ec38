"""What the browser tests share: the real server on a free port, Debian's Chromium, one fresh context a test.

A missing browser skips these tests with a reason, or fails them where CI is set; missing assets fail them.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from api.pages import DIST
from tests.web.server import HostSite, RunningServer, host_site, serving
from tests.web.widget import eventually

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
PATIENCE_MS = 60_000  # a busy machine is no fault of the page; what waits goes on as soon as it can
PERSONAL_NUMBER = re.compile(r"010190|\b1234\b")  # of 010190-1234; the digits inside a random id are not it
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

expect.set_options(timeout=PATIENCE_MS)


def shows_number(text: str) -> bool:
    """Whether either half of the personal number the tests write is to be read in the text."""
    return PERSONAL_NUMBER.search(text) is not None


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    if not (DIST / "manifest.json").is_file():
        pytest.fail("The pages have not been built. Run `make web`, then the tests again.", pytrace=False)


@pytest.fixture(scope="session")
def site() -> Iterator[HostSite]:
    """A municipality's web site, on another origin than the server."""
    with host_site() as running:
        yield running


@pytest.fixture(scope="session")
def server(bot, site: HostSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The real server, listening on a free port of loopback; the web site may embed its widget."""
    from api.application import create_app
    from api.settings import Settings

    allowed = f"http://127.0.0.1:{site.server_port}"
    settings = Settings(home=tmp_path_factory.mktemp("home"), origins=allowed)
    own = bot.on(bot.conversations, bot.locks)  # other applications of the run do not take its figures away
    with serving(create_app(settings, bot=own)) as url:
        yield RunningServer(url, allowed, f"http://localhost:{site.server_port}")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; one process for all browser tests, closed before tests of another folder run."""
    path = os.environ.get("VEJVISER_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        message = "No Chromium here. Install it (Debian: apt install chromium) or set VEJVISER_CHROMIUM to its path."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture()
def context(browser: Browser, server: RunningServer) -> Iterator[BrowserContext]:
    """A fresh profile with Danish as its language; nothing is kept from one test to the next."""
    made = browser.new_context(base_url=server.url, locale="da-DK", viewport={"width": 1280, "height": 800})
    made.set_default_timeout(PATIENCE_MS)
    yield made
    made.close()


@pytest.fixture()
def page(context: BrowserContext) -> Iterator[Page]:
    """A page; an uncaught error of a script fails the test.

    Requests can be held up from the start: switched on in a page that is loaded already, that misses the next request where
    the machine is slow.
    """
    opened = context.new_page()
    opened.route("**/never-asked-for", lambda route: route.continue_())
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    assert not errors, errors


@pytest.fixture()
def requests(page: Page) -> list[str]:
    """Addresses the page has asked for, in order."""
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    return seen


@pytest.fixture(scope="session")
def violations() -> Callable[[Page], list[str]]:
    """Runs axe (WCAG 2.1 A and AA) on a page, once nothing fades any more: one line a violation, [] when there is none."""
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    options = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}

    fading = """() => document.getAnimations().some(
      animation => animation.playState === 'running' && animation.effect.getComputedTiming().endTime !== Infinity)"""

    def run(page: Page) -> list[str]:
        eventually(page, lambda: not page.evaluate(fading))  # half-way a colour has a contrast of its own
        found = axe.run(page, options=options).response["violations"]
        return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]

    return run
