"""The citizen guide in a browser: one question at a time, back and forward, kept and corrected, printed, never a name."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import PATIENCE_MS, shows_number
from tests.web.server import RunningServer
from tests.web.widget import eventually

WIDTHS = (320, 768, 1280)

Violations = Callable[[Page], list[str]]


@pytest.fixture()
def guide(page: Page) -> Page:
    """The guide at its first question."""
    page.goto("/guide")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("#guide-heading")).to_have_text("Hvilken kommune bor du i?")
    return page


def heading(page: Page) -> str:
    expect(page.locator("#guide-heading")).to_be_focused()
    return page.locator("#guide-heading").inner_text()


def choose(page: Page, *titles: str) -> None:
    """Choose answers and go on to the next place."""
    for title in titles:
        page.get_by_label(title, exact=True).check()
    go_on(page, "Næste")


def go_on(page: Page, button: str) -> None:
    before = page.locator("#guide-heading").inner_text()
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("#guide-heading")).not_to_have_text(before)


def to_result(page: Page) -> None:
    """Glostrup, order at home, rather hard."""
    choose(page, "Glostrup Kommune")
    choose(page, "At holde orden derhjemme")
    choose(page, "Noget svært")
    expect(page.locator(".result")).to_be_visible()


def assert_fits(page: Page, violations: Violations) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_step_is_accessible_and_fits(page: Page, violations: Violations, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/guide")
    expect(page.locator("#guide-heading")).to_be_visible()
    assert_fits(page, violations)
    go_on(page, "Start")
    assert_fits(page, violations)
    page.get_by_role("button", name="Næste").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_fits(page, violations)
    choose(page, "Brønderslev Kommune")
    assert_fits(page, violations)
    choose(page, "At holde orden derhjemme", "Mad og indkøb")
    assert_fits(page, violations)
    choose(page, "Noget svært")
    assert_fits(page, violations)
    choose(page, "Under 30 år")
    assert_fits(page, violations)
    choose(page, "Nej")
    expect(page.locator(".result")).to_be_visible()
    expect(page.locator(".answers")).to_contain_text("Under 30 år")
    expect(page.locator(".next-step a[href='tel:+4599454705']")).to_be_visible()
    assert_fits(page, violations)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_guide_is_done_with_the_keyboard_alone(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/guide")
    page.get_by_role("button", name="Start").focus()
    page.keyboard.press("Enter")
    assert heading(page) == "Hvilken kommune bor du i?"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert heading(page) == "Hvad er svært i hverdagen?"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert heading(page) == "Hvor svært er det?"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert heading(page) != "Hvor svært er det?"


def test_the_result_has_next_step_and_contact_first_then_help_with_source(guide: Page) -> None:
    to_result(guide)
    assert heading(guide) == "Støtte i Glostrup Kommune, der kan passe til dig"
    text = guide.locator(".result").inner_text()
    order = ["vejledning, ikke en afgørelse", "Det kan du gøre nu", "Kontakt", "Støtte, du kan spørge om", "Kilde: Glostrup"]
    assert [part for part in order if part in text] == order
    assert sorted(order, key=text.index) == order


def test_hours_are_a_picture_with_the_same_in_words(guide: Page) -> None:
    to_result(guide)
    picture = guide.locator(".fitting", has_text="praktiske opgaver").locator("svg[role=img]")
    expect(picture.locator("rect")).to_have_count(4)
    expect(picture).to_have_attribute("aria-label", re.compile("4"))


def test_the_age_decides_the_contact_and_a_pension_is_asked_of_the_young_only(guide: Page) -> None:
    choose(guide, "Brønderslev Kommune")
    go_on(guide, "Spring over")
    go_on(guide, "Spring over")
    assert heading(guide) == "Hvor gammel er du?"
    guide.get_by_label("Eller skriv alderen i år").fill("42")
    choose(guide)
    expect(guide.locator(".next-step")).to_contain_text("9945 4421")
    expect(guide.locator(".next-step")).not_to_contain_text("9945 4705")


def test_an_age_that_is_none_is_refused_where_it_was_written(guide: Page) -> None:
    choose(guide, "Brønderslev Kommune")
    go_on(guide, "Spring over")
    go_on(guide, "Spring over")
    guide.get_by_label("Eller skriv alderen i år").fill("to")
    guide.get_by_role("button", name="Næste").click()
    expect(guide.get_by_role("alert")).to_contain_text("helt tal")
    expect(guide.get_by_label("Eller skriv alderen i år")).to_have_value("to")


def test_own_words_are_understood_and_the_field_warns_against_personal_data(guide: Page) -> None:
    choose(guide, "Gladsaxe Kommune")
    expect(guide.locator("#words-hint")).to_contain_text("CPR")
    guide.get_by_label("Skriv med dine egne ord").fill("jeg kan ikke få vasket mit tøj")
    choose(guide)
    go_on(guide, "Spring over")
    expect(guide.locator(".fitting h4").first).to_contain_text("tøjvask")


@pytest.mark.parametrize("width", WIDTHS)
def test_words_of_danger_show_whom_to_call_before_everything_else(guide: Page, violations: Violations, width: int) -> None:
    guide.set_viewport_size({"width": width, "height": 800})
    choose(guide, "Glostrup Kommune")
    guide.get_by_label("At holde orden derhjemme", exact=True).check()
    guide.get_by_label("Skriv med dine egne ord").fill("jeg vil ikke leve mere")
    choose(guide)
    danger = guide.get_by_role("alert", name="Få hjælp med det samme")
    above = """e => e.compareDocumentPosition(document.querySelector('#guide-heading')) & Node.DOCUMENT_POSITION_FOLLOWING"""
    for step in ("question", "result"):
        expect(danger).to_contain_text("ring til Livslinien på 70 201 201")
        expect(danger).to_be_in_viewport(ratio=1)
        expect(danger.get_by_role("link", name="70 201 201")).to_have_attribute("href", "tel:70201201")
        expect(danger.get_by_role("link", name="112")).to_have_attribute("href", "tel:112")
        assert danger.evaluate(above)
        expect(guide.get_by_text("Livslinien")).to_have_count(1)
        assert_fits(guide, violations)
        if step == "question":
            choose(guide, "Noget svært")
            expect(guide.locator(".result")).to_be_visible()
    guide.emulate_media(media="print")
    expect(danger).to_be_visible()
    guide.emulate_media(media="screen")
    go_on(guide, "Slet mine svar og begynd forfra")
    expect(danger).to_have_count(0)


def test_words_of_danger_that_name_no_need_are_asked_about_with_whom_to_call_above(guide: Page) -> None:
    choose(guide, "Gladsaxe Kommune")
    guide.get_by_label("Skriv med dine egne ord").fill("jeg vil ikke leve mere")
    guide.get_by_role("button", name="Næste").click()
    expect(guide.get_by_role("alert", name="Få hjælp med det samme")).to_contain_text("112")
    expect(guide.get_by_text("Livslinien")).to_have_count(1)


def test_words_that_are_not_understood_are_asked_about_again(guide: Page) -> None:
    choose(guide, "Gladsaxe Kommune")
    guide.get_by_label("Skriv med dine egne ord").fill("qqqqq")
    guide.get_by_role("button", name="Næste").click()
    expect(guide.get_by_role("alert")).to_contain_text("Jeg er ikke sikker")
    assert heading(guide) == "Hvad er svært i hverdagen?"


def test_a_personal_number_never_leaves_the_page_and_is_not_kept(guide: Page) -> None:
    sent: list[str] = []
    guide.on("request", lambda request: sent.append(request.post_data or ""))
    choose(guide, "Gladsaxe Kommune")
    guide.get_by_label("Skriv med dine egne ord").fill("tøjvask 010190-1234")
    choose(guide)
    assert any("tøjvask" in body for body in sent) and not any(map(shows_number, sent))
    assert not shows_number(guide.evaluate("JSON.stringify({...sessionStorage})"))


# -- back, forward, kept, corrected -------------------------------------------------------------------------------------


def test_back_and_forward_of_the_browser_and_of_the_page(guide: Page) -> None:
    choose(guide, "Glostrup Kommune")
    choose(guide, "At holde orden derhjemme")
    guide.go_back()
    expect(guide.locator("#guide-heading")).to_have_text("Hvad er svært i hverdagen?")
    expect(guide.get_by_label("At holde orden derhjemme", exact=True)).to_be_checked()
    go_on(guide, "Tilbage")
    assert heading(guide) == "Hvilken kommune bor du i?"
    expect(guide.get_by_label("Glostrup Kommune")).to_be_checked()
    guide.go_forward()
    expect(guide.locator("#guide-heading")).to_have_text("Hvad er svært i hverdagen?")
    guide.go_forward()
    expect(guide.locator("#guide-heading")).to_have_text("Hvor svært er det?")


def test_progress_is_shown_and_the_title_says_where(guide: Page) -> None:
    expect(guide.locator(".progress")).to_contain_text("Spørgsmål 1 af 3")
    choose(guide, "Glostrup Kommune")
    expect(guide.locator(".progress")).to_contain_text("Spørgsmål 2 af 3")
    expect(guide).to_have_title("Hvad er svært i hverdagen? | Find den hjælp, der passer | Vejviser")


def test_an_answer_can_be_corrected_from_the_result(guide: Page) -> None:
    to_result(guide)
    guide.get_by_role("button", name="Ret Hvor svært").click()
    expect(guide.locator("#guide-heading")).to_have_text("Hvor svært er det?")
    expect(guide.get_by_label("Noget svært", exact=True)).to_be_checked()
    choose(guide, "Meget svært")
    expect(guide.locator(".result")).to_be_visible()
    expect(guide.locator(".answers")).to_contain_text("Meget svært")
    expect(guide.locator(".fitting", has_text="praktiske opgaver")).to_contain_text("8 timer")


def test_the_guide_goes_on_after_a_reload_and_after_leaving(guide: Page) -> None:
    choose(guide, "Glostrup Kommune")
    guide.reload()
    expect(guide.locator("#guide-heading")).to_have_text("Hvad er svært i hverdagen?")
    guide.goto("/")
    guide.goto("/guide")
    go_on(guide, "Fortsæt")
    assert heading(guide) == "Hvad er svært i hverdagen?"
    go_on(guide, "Tilbage")


def test_starting_over_forgets_everything(guide: Page) -> None:
    to_result(guide)
    go_on(guide, "Slet mine svar og begynd forfra")
    assert heading(guide) == "Er der hjælp til dig?"
    assert guide.evaluate("sessionStorage.getItem('vejviser.guide')") is None


# -- print, faults, no scripts -----------------------------------------------------------------------------------------


def test_the_printed_result_has_the_content_and_no_controls(guide: Page) -> None:
    to_result(guide)
    guide.emulate_media(media="print")
    for hidden in (".page-header", ".result .buttons", ".answers .no-print"):
        expect(guide.locator(hidden).first).to_be_hidden()
    for shown in (".next-step", ".fitting", ".reservation", ".fitting .source", ".picture svg", ".answers"):
        expect(guide.locator(shown).first).to_be_visible()


def test_the_print_button_asks_the_browser_to_print(guide: Page) -> None:
    to_result(guide)
    guide.evaluate("window.print = () => { window.printed = true; }")
    guide.get_by_role("button", name="Udskriv eller gem som PDF").click()
    eventually(guide, lambda: guide.evaluate("window.printed"))


@pytest.mark.parametrize(
    "status, sentence", [(500, "fejl hos os"), (429, "Vent et øjeblik"), (503, "lukket lige nu"), (0, "forbindelse")]
)
def test_a_fault_is_told_in_danish_and_can_be_repeated_without_losing_answers(
    guide: Page, violations: Violations, status: int, sentence: str
) -> None:
    guide.route("**/v1/guide", lambda route: route.fulfill(status=status, json={}) if status else route.abort())
    guide.get_by_label("Glostrup Kommune").check()
    guide.get_by_role("button", name="Næste").click()
    expect(guide.get_by_role("alert")).to_contain_text(sentence)
    assert violations(guide) == []
    guide.unroute("**/v1/guide")
    guide.get_by_role("button", name="Prøv igen").click()
    expect(guide.locator("#guide-heading")).to_have_text("Hvad er svært i hverdagen?")
    expect(guide.get_by_role("alert")).to_have_count(0)


def test_without_scripts_there_is_a_way_on(browser: Browser, server: RunningServer) -> None:
    with browser.new_context(base_url=server.url, java_script_enabled=False) as context:
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto("/guide")
        expect(page.get_by_role("link", name="Skriv til assistenten")).to_have_attribute("href", "/chat")


def test_markup_from_the_server_is_shown_as_text(page: Page) -> None:
    nasty = "<img src=x onerror=\"document.title='owned'\">"
    question = {"text": nasty, "help": nasty, "options": [{"value": "a", "title": nasty, "hint": nasty}]}
    question |= {"multiple": False, "free_text": False, "optional": True}
    view = {"step": "level", "progress": {"done": 0, "total": 1}, "answers": [], "question": question}
    page.route("**/v1/guide", lambda route: route.fulfill(json=view))
    page.goto("/guide")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("#guide-heading")).to_have_text(nasty)
    expect(page.locator("vejviser-guide img")).to_have_count(0)
