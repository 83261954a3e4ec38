"""The phone-line console: from the first letter to the copied answer without a mouse, and every state of it accessible."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from knowledge.snapshot import Snapshot
from tests.web.widget import eventually, stop_clock

BUDGET = 250_000  # bytes of the first load, compressed
WIDTHS = (320, 768, 1280)

Violations = Callable[[Page], list[str]]


@pytest.fixture()
def console(context: BrowserContext, page: Page) -> Page:
    """The console, loaded, with the search field in focus."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/telefon")
    expect(page.locator("#console-search")).to_be_focused()
    return page


@pytest.fixture()
def documents(tmp_path: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand-ins for the original documents, a line a number."""
    for municipality in snapshot.catalogue.municipalities:
        for document in municipality.documents:
            (tmp_path / document.file).write_text("\n".join(f"original {n}" for n in range(1, 3000)), encoding="utf-8")
    monkeypatch.setenv("VEJVISER_SOURCES", str(tmp_path))


def look_up(page: Page, words: str) -> None:
    """Type and open the first result with the keyboard, without waiting for the list."""
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def assert_copied(page: Page, *texts: str) -> None:
    """What was copied, and that it is told (on a stopped clock the notice stays)."""
    expect(page.locator("[role=status].told")).to_be_visible()
    eventually(page, lambda: all(text in page.evaluate("navigator.clipboard.readText()") for text in texts))


def assert_fits(page: Page, violations: Violations) -> None:
    """No accessibility fault and nothing beyond the right edge."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


# -- a call --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
def test_a_caller_is_answered_with_the_keyboard_alone(console: Page, width: int) -> None:
    console.set_viewport_size({"width": width, "height": 800})
    stop_clock(console)
    look_up(console, "glostrup indkøb moderat")
    expect(console.locator("#answer-heading")).to_be_focused()
    expect(console.locator(".answer-text")).to_contain_text("6 timer")
    console.keyboard.press("k")
    assert_copied(console, "6 timer", "Kilde: Glostrup Kommune")
    console.keyboard.press("3")
    expect(console.locator(".answer-text")).to_contain_text("8 timer")
    console.keyboard.press("/")
    expect(console.locator("#console-search")).to_be_focused()


def test_the_answer_already_stands_in_the_first_result(console: Page) -> None:
    console.keyboard.type("glostrup indkøb moderat")
    expect(console.locator("[role=option]").first).to_contain_text("6 timer")


def test_arrows_choose_a_result_and_the_field_says_which(console: Page) -> None:
    console.keyboard.insert_text("rengøring")  # at once: later results would lead the choice back to the first
    options = console.locator("[role=option]")
    expect(options.nth(2)).to_be_visible()
    console.keyboard.press("ArrowDown")
    expect(console.locator("[role=option][aria-selected=true]")).to_have_count(1)
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    identifier = options.nth(1).get_attribute("id") or ""
    expect(console.locator("#console-search")).to_have_attribute("aria-activedescendant", identifier)


def test_escape_leads_back_then_clears_the_words_then_the_narrowing(console: Page) -> None:
    console.select_option("#console-municipality", "gladsaxe")
    console.locator("#console-search").focus()
    look_up(console, "tøjvask")
    expect(console.locator("#card-heading")).to_be_focused()
    console.keyboard.press("Escape")
    expect(console.locator("#console-search")).to_be_focused()
    console.keyboard.press("Escape")
    expect(console.locator("#console-search")).to_have_value("")
    expect(console.locator("#console-municipality")).to_have_value("gladsaxe")
    console.keyboard.press("Escape")
    expect(console.locator("#console-municipality")).to_have_value("")


def test_municipality_service_and_facet_narrow_from_the_keyboard(console: Page) -> None:
    console.keyboard.press("Tab")
    expect(console.locator("#console-municipality")).to_be_focused()
    for _ in range(10):
        if console.locator("#console-municipality").input_value() == "gladsaxe":
            break
        console.keyboard.press("ArrowDown")
    console.keyboard.press("Enter")
    expect(console.locator("#console-search")).to_be_focused()
    expect(console.locator(".results .where").first).to_have_text("Gladsaxe")
    console.select_option("#console-service", label="Støtte og træning i tøjvask")
    expect(console.locator("#card-heading")).to_have_text("Støtte og træning i tøjvask")
    console.select_option("#console-facet", "cost")
    expect(console.locator("#answer-heading")).to_have_text("Hvad koster det")
    expect(console.locator(".results [role=option]").first).to_contain_text("Hvad koster det")


def test_the_card_has_every_facet_and_arrows_go_from_one_to_the_next(console: Page) -> None:
    look_up(console, "gladsaxe tøjvask")
    expect(console.locator("#card-heading")).to_be_focused()
    facets = console.locator("[data-facet]")
    expect(facets).to_have_count(len(console.request.get("/v1/facets").json()))
    facets.first.focus()
    console.keyboard.press("ArrowDown")
    expect(facets.nth(1)).to_be_focused()
    console.keyboard.press("Enter")
    expect(console.locator("#answer-heading")).to_have_text(facets.nth(1).inner_text())


def test_hours_stand_as_table_and_as_picture_with_words(console: Page) -> None:
    look_up(console, "glostrup hygiejne timer")
    rows = console.locator(".card-pane .hours tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(1)).to_contain_text("2 timer")
    expect(console.locator(".card-pane svg[role=img]")).to_have_attribute("aria-label", re.compile("niveau 2: op til 2 timer"))


def test_what_is_not_stated_is_shown_as_such_and_copied_as_such(console: Page) -> None:
    stop_clock(console)
    look_up(console, "gladsaxe tøjvask klage")
    expect(console.locator("#answer-heading")).to_be_focused()
    expect(console.locator(".answer .gap-tag")).to_be_visible()
    expect(console.locator(".card-pane")).to_contain_text("hvordan du søger om støtte")
    console.keyboard.press("k")
    assert_copied(console, "oplyser ikke")


def test_what_nobody_says_anything_about_is_named(console: Page) -> None:
    look_up(console, "glostrup indkøb madlavning klage")
    expect(console.locator(".facet.silent")).to_contain_text("Pårørende")


def test_a_number_for_other_help_says_on_the_card_what_it_is_for(console: Page) -> None:
    look_up(console, "glostrup indkøb madlavning")
    expect(console.locator("#card-heading")).to_be_visible()
    expect(console.locator(".card-pane")).to_contain_text(re.compile(r"43 23 66 77 .*De gælder kun de ydelser"))


def test_a_rule_for_the_whole_country_opens_with_its_law(console: Page) -> None:
    console.keyboard.insert_text("ankestyrelsen klagefrist særlige")
    national = console.locator("[role=option]", has_text="Hele landet").first
    national.click()
    expect(console.locator(".answer .about")).to_have_text("Hele landet")
    expect(console.locator(".answer-text")).to_contain_text("almindelige regler")


# -- original passages ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("documents")
def test_the_original_passage_stands_beside_the_answer(console: Page) -> None:
    look_up(console, "gladsaxe tøjvask pris")
    expect(console.locator(".passage blockquote").first).to_contain_text("original")


def test_without_the_documents_it_is_said_quietly(console: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VEJVISER_SOURCES", raising=False)
    look_up(console, "gladsaxe tøjvask pris")
    expect(console.locator(".passage")).to_contain_text("ligger ikke på denne server")


# -- comparison -------------------------------------------------------------------------------------------------------


def test_municipalities_are_compared_side_by_side(console: Page) -> None:
    stop_clock(console)
    look_up(console, "gladsaxe tøjvask pris")
    expect(console.locator("#answer-heading")).to_be_focused()
    console.keyboard.press("s")
    expect(console.locator("#comparison-heading")).to_be_focused()
    expect(console.locator(".columns article")).to_have_count(4)
    expect(console.locator(".columns h3").first).to_have_text("Gladsaxe")
    console.get_by_label("Glostrup").uncheck()
    expect(console.locator(".verdict")).to_contain_text("gratis")
    console.locator(".verdict").click()
    console.get_by_role("button", name="Kopiér sammenligning").click()
    assert_copied(console, "Gentofte")
    console.keyboard.press("s")
    expect(console.locator("#answer-heading")).to_be_focused()


def test_two_to_four_are_compared(console: Page) -> None:
    console.get_by_role("button", name="Sammenlign kommuner").click()
    boxes = console.locator(".comparison input[type=checkbox]")
    expect(boxes).to_have_count(len(console.request.get("/v1/municipalities").json()))
    expect(console.locator(".comparison input[type=checkbox]:disabled")).to_have_count(boxes.count() - 4)
    for name in ("Brønderslev", "Gentofte", "Gladsaxe"):
        console.get_by_label(name).uncheck()
    expect(console.locator(".comparison [role=status]")).to_have_text("Vælg mindst to kommuner.")
    console.get_by_label("Gentofte").check()
    expect(console.locator(".columns article")).to_have_count(2)


# -- chat ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
def test_the_same_bot_answers_in_a_pane_of_its_own(console: Page, violations: Violations, width: int) -> None:
    console.set_viewport_size({"width": width, "height": 800})
    look_up(console, "gladsaxe tøjvask pris")
    expect(console.locator("#answer-heading")).to_be_focused()
    console.keyboard.press("c")
    expect(console.locator("#chat-heading")).to_be_focused()
    field = console.locator("vejviser-chat textarea")
    field.fill("hvad koster det?")
    with console.expect_response("**/v1/conversations/*/messages") as response:
        field.press("Enter")
    answers = [message["custom"] for message in response.value.json()["messages"] if message.get("custom")]
    assert [answer["municipality"]["id"] for answer in answers] == ["gladsaxe"]
    expect(console.locator("vejviser-chat")).to_contain_text("gratis")
    assert_fits(console, violations)
    field.press_sequentially("ks")
    expect(console.locator("console-comparison")).to_have_count(0)


# -- shortcuts --------------------------------------------------------------------------------------------------------


def test_shortcuts_never_fire_while_typing(console: Page) -> None:
    console.keyboard.type("msknc?4")
    expect(console.locator("#console-search")).to_have_value("msknc?4")
    expect(console.locator("console-comparison, dialog[open], .chat-pane")).to_have_count(0)


def test_shortcuts_can_be_switched_off_and_stay_off(console: Page) -> None:
    console.get_by_role("button", name="Genveje").click()
    console.get_by_label("Brug genvejstaster").uncheck()
    console.get_by_role("button", name="Luk", exact=True).click()
    expect(console.locator(".console kbd")).to_have_count(0)
    console.reload()
    expect(console.locator("#console-search")).to_be_focused()
    console.get_by_role("button", name="Nyt opkald").focus()
    console.keyboard.press("s")
    expect(console.locator("console-comparison")).to_have_count(0)


def test_focus_returns_from_the_list_of_shortcuts(console: Page) -> None:
    button = console.get_by_role("button", name="Genveje")
    button.focus()
    console.keyboard.press("?")
    expect(console.locator("dialog[open]")).to_be_visible()
    console.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_a_new_call_clears_everything_but_the_latest_look_ups(console: Page) -> None:
    look_up(console, "gladsaxe tøjvask pris")
    expect(console.locator("#answer-heading")).to_be_focused()
    console.keyboard.press("n")
    expect(console.locator("#console-search")).to_be_focused()
    expect(console.locator("#console-search")).to_have_value("")
    expect(console.locator(".card-pane, .answer")).to_have_count(0)
    expect(console.locator(".recent button")).to_have_text(["Gladsaxe · Støtte og træning i tøjvask · Hvad koster det"])


def test_latest_look_ups_open_again_and_hold_nothing_that_was_typed(console: Page) -> None:
    look_up(console, "gladsaxe tøjvask pris hemmeligord")
    expect(console.locator("#answer-heading")).to_be_focused()
    console.reload()
    expect(console.locator(".recent button")).to_have_count(1)
    kept = console.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert "gladsaxe-toejvask" in kept and "hemmeligord" not in kept
    console.locator(".recent button").first.click()
    expect(console.locator("#answer-heading")).to_have_text("Hvad koster det")


# -- faults and safety ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "status, sentence", [(500, "Der er sket en fejl"), (429, "Vent et øjeblik"), (401, "Log ind"), (0, "ikke forbindelse")]
)
def test_a_failing_search_says_so_in_danish_and_can_be_repeated(console: Page, status: int, sentence: str) -> None:
    if status:
        console.route("**/v1/suggest*", lambda route: route.fulfill(status=status, json={"title": "x"}))
    else:
        console.context.set_offline(True)
    console.keyboard.insert_text("vask")  # one request: another under way would go on when the fault is taken away
    expect(console.locator(".search-pane [role=alert]")).to_contain_text(sentence)
    console.unroute("**/v1/suggest*")
    console.context.set_offline(False)
    console.get_by_role("button", name="Prøv igen").click()
    expect(console.locator("[role=option]").first).to_be_visible()
    expect(console.locator(".search-pane [role=alert]")).to_have_count(0)


def test_a_page_that_cannot_begin_offers_to_try_again(page: Page, violations: Violations) -> None:
    page.route("**/v1/facets", lambda route: route.fulfill(status=503, json={}))
    page.goto("/telefon")
    expect(page.get_by_role("alert")).to_contain_text("lukket lige nu")
    assert violations(page) == []
    page.unroute("**/v1/facets")
    page.get_by_role("button", name="Prøv igen").click()
    expect(page.locator("#console-search")).to_be_focused()


def test_markup_from_the_server_is_shown_as_text(console: Page) -> None:
    nasty = "<img src=x onerror=\"document.title='owned'\">"
    found = {"kind": "service", "municipality": {"id": "gladsaxe", "name": nasty}, "service": {"id": "x", "name": nasty}}
    more = {"paragraphs": [nasty], "facet": "", "title": nasty, "text": nasty, "level": None, "stated": True, "source": None}
    console.route("**/v1/suggest*", lambda route: route.fulfill(json={"results": [{**found, **more}]}))
    console.keyboard.type("v")
    expect(console.locator("[role=option] .what")).to_have_text(nasty)
    expect(console.locator("[role=option] img")).to_have_count(0)
    assert console.title() != "owned"


# -- every state ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.usefixtures("documents")
def test_every_state_is_accessible_and_fits(console: Page, violations: Violations, width: int) -> None:
    console.set_viewport_size({"width": width, "height": 800})
    assert_fits(console, violations)
    console.keyboard.type("glostrup indkøb")
    expect(console.locator("[role=option]").first).to_be_visible()
    assert_fits(console, violations)
    console.keyboard.type(" moderat")
    expect(console.locator("[role=option]").first).to_contain_text("6 timer")
    console.keyboard.press("Enter")
    expect(console.locator(".passage blockquote").first).to_be_visible()
    assert_fits(console, violations)
    console.keyboard.press("s")
    expect(console.locator(".columns article").first).to_be_visible()
    assert_fits(console, violations)
    console.keyboard.press("?")
    expect(console.locator("dialog[open]")).to_be_visible()
    assert_fits(console, violations)
    console.keyboard.press("Escape")
    expect(console.locator("dialog[open]")).to_have_count(0)
    console.keyboard.press("n")
    expect(console.locator("#console-search")).to_be_focused()
    console.keyboard.type("qqqqq")
    expect(console.locator(".nothing")).to_be_visible()
    assert_fits(console, violations)


def test_the_longest_card_fits_a_phone(console: Page, violations: Violations) -> None:
    console.set_viewport_size({"width": 320, "height": 640})
    look_up(console, "brønderslev socialpædagogisk støtte")
    expect(console.locator("#card-heading")).to_be_focused()
    assert_fits(console, violations)


def test_the_first_load_stays_within_its_budget(page: Page) -> None:
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto("/telefon", wait_until="networkidle")
    expect(page.locator("#console-search")).to_be_focused()
    sizes = {response.url: len(gzip.compress(response.body())) for response in responses}
    assert len(sizes) > 3 and sum(sizes.values()) < BUDGET, sizes
