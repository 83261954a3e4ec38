"""The widget against the real server: what a citizen does with it, with mouse, keyboard and screen reader."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import shows_number
from tests.web.server import RunningServer
from tests.web.widget import QUESTION, Chat, eventually, stop_clock

WIDTHS = [320, 768, 1280]


@pytest.fixture()
def chat(page: Page) -> Chat:
    page.goto("/?kommune=glostrup")
    return Chat(page)


# ---- before it is opened


def test_nothing_is_asked_for_or_kept_before_it_is_opened(page: Page, requests: list[str], server: RunningServer) -> None:
    page.goto("/?kommune=glostrup", wait_until="networkidle")
    kept = "[document.cookie, localStorage.length, sessionStorage.length]"
    assert page.evaluate(kept) == ["", 0, 0]
    assert page.context.cookies() == []
    assert [url for url in requests if "/v1/" in url] == []
    with page.expect_response("**/v1/conversations"):
        Chat(page).open()
    eventually(page, lambda: page.evaluate("sessionStorage.length") == 1)
    assert page.context.cookies() == [] and page.evaluate("localStorage.length") == 0
    assert [url for url in requests if "/v1/" in url] == [f"{server.url}/v1/conversations"]


def test_launcher_is_labelled_and_says_whether_it_is_open(chat: Chat) -> None:
    assert chat.launcher.get_attribute("aria-expanded") == "false"
    assert chat.launcher.bounding_box()["height"] >= 44


def test_citizen_is_told_what_it_is_before_the_first_message(chat: Chat) -> None:
    notice = chat.open().panel.locator(".notice")
    for words in ("digital assistent, ikke med et menneske", "supplement", "Skriv ikke CPR-nummer"):
        expect(notice).to_contain_text(words)
    described = chat.field.get_attribute("aria-describedby") or ""
    assert "notice" in described.split()


# ---- a conversation


@pytest.mark.parametrize("width", WIDTHS)
def test_question_is_answered_with_table_and_source(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 720})
    page.goto("/?kommune=glostrup")
    answer = Chat(page).open().ask()
    expect(answer).to_contain_text("op til 8 timer")
    rows = answer.get_by_role("table", name="Vejledende timer om måneden").get_by_role("row")
    expect(rows).to_have_count(4)
    expect(rows.nth(1)).to_contain_text("Lette problemer (1)")
    expect(rows.nth(1)).to_contain_text("op til 2 timer")
    source = answer.get_by_text("Kilde: Glostrup Kommune")
    source.click()
    expect(answer.locator("details.sources")).to_contain_text("Afsnittet »Omfang«")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert answer.evaluate("e => e.closest('.log').scrollWidth <= e.closest('.log').clientWidth")


def test_what_the_document_says_besides_is_folded_until_it_is_asked_for(page: Page) -> None:
    page.goto("/?kommune=gladsaxe")
    answer = Chat(page).open().ask("Må vejlederen bruge mit MitID, når hun hjælper med min post?")
    expect(answer).to_contain_text("NemID/MitID")
    more = answer.locator("details.more")
    expect(more.locator("p").first).to_be_hidden()
    more.get_by_text("Dokumentet siger også").click()
    expect(more.locator("p").first).to_be_visible()
    expect(more.locator("p").first).not_to_contain_text("Dokumentet siger også:")


def test_suggestion_is_asked_as_if_typed_and_focus_is_not_lost(chat: Chat) -> None:
    chat.open().ask()
    first = chat.log.get_by_role("group", name="Forslag til dit næste spørgsmål").get_by_role("button").first
    title = first.inner_text()
    first.click()
    expect(chat.said).to_have_count(2)
    expect(chat.said.nth(1)).to_contain_text(title)
    expect(chat.replies).to_have_count(2)
    chat.has_focus("textarea#text")


def test_page_can_ask_a_question_through_its_links(page: Page, chat: Chat) -> None:
    page.get_by_role("link", name="Hvordan klager jeg?").click()
    expect(chat.said.first).to_contain_text("Hvordan klager jeg?")
    expect(chat.replies.first).to_contain_text("4 uger")


def test_contact_of_the_catalogue_is_a_link_and_nothing_else_is(page: Page) -> None:
    page.goto("/?kommune=broenderslev")
    chat = Chat(page).open()
    answer = chat.ask("Jeg er 45 år. Hvem skal jeg ringe til?")
    expect(answer.get_by_role("link", name="Ring 9945 4421")).to_have_attribute("href", "tel:+4599454421")
    hrefs = chat.panel.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert hrefs and all(href.startswith("tel:+45") for href in hrefs)


def test_markup_and_addresses_in_a_message_stay_text(chat: Chat) -> None:
    text = "<img src=x onerror=alert(1)> se https://example.org hvad koster tøjvask?"
    chat.open().ask(text)
    expect(chat.said.first).to_contain_text("<img src=x onerror=alert(1)> se https://example.org")
    expect(chat.panel.locator("img, .said a")).to_have_count(0)


def test_personal_number_is_not_kept_in_the_browser(page: Page, chat: Chat) -> None:
    chat.open().ask("Mit nummer er 010190-1234, hvad koster rengøring?")
    expect(chat.said.first).to_contain_text("[fjernet]")
    assert not shows_number(page.evaluate("JSON.stringify(sessionStorage)"))


# ---- reload, delete, another tab


def test_conversation_survives_a_reload_and_goes_on(page: Page, chat: Chat, requests: list[str]) -> None:
    chat.open().ask()
    page.reload()
    expect(chat.replies).to_have_count(1)
    expect(chat.replies.first).to_contain_text("op til 8 timer")
    answer = chat.ask("og hvad koster det?")
    expect(answer).to_contain_text("Glostrup")
    assert len([url for url in requests if url.endswith("/v1/conversations")]) == 1


def test_closed_chat_stays_closed_after_a_reload_and_keeps_the_conversation(page: Page, chat: Chat) -> None:
    chat.open().ask()
    chat.field.press("Escape")
    page.reload()
    expect(chat.panel).to_be_hidden()
    chat.open()
    expect(chat.replies).to_have_count(1)


def test_deleting_takes_a_second_word_and_leaves_nothing(page: Page, chat: Chat) -> None:
    chat.open().ask()
    identifier = page.evaluate("JSON.parse(Object.values(sessionStorage)[0]).state.id")
    chat.option("Slet samtalen")
    expect(chat.panel.get_by_role("alertdialog")).to_contain_text("Vil du slette hele samtalen?")
    expect(chat.panel.get_by_role("button", name="Nej, behold")).to_be_focused()
    page.keyboard.press("Escape")
    expect(chat.panel.get_by_role("alertdialog")).to_have_count(0)
    expect(chat.replies).to_have_count(1)
    chat.option("Slet samtalen")
    chat.panel.get_by_role("button", name="Ja, slet").click()
    expect(chat.replies).to_have_count(0)
    chat.hears("Samtalen er slettet.")
    assert QUESTION not in page.evaluate("JSON.stringify(sessionStorage)")
    gone = page.request.post(f"/v1/conversations/{identifier}/messages", data={"text": "Hej", "client_id": "x"})
    assert gone.status == 404
    expect(chat.ask("Hvad koster rengøring?")).to_contain_text("Glostrup")


# ---- keyboard and screen reader


def test_whole_conversation_by_keyboard_alone(page: Page, chat: Chat) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if chat.focus == "button.launcher.primary":
            break
    page.keyboard.press("Enter")
    expect(chat.panel).to_be_visible()
    chat.has_focus("textarea#text")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(chat.replies).to_have_count(1)
    chat.has_focus("textarea#text")
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if chat.focus.startswith("summary"):
            break
    page.keyboard.press("Enter")
    expect(chat.log.locator("details.sources").first).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()
    chat.has_focus("button.launcher.primary")


MARKED_AND_SEEN = """host => {
  const e = host.shadowRoot.activeElement, b = e.getBoundingClientRect(), s = getComputedStyle(e);
  const at = host.shadowRoot.elementFromPoint(b.x + b.width / 2, b.y + Math.min(b.height / 2, 20));
  return b.width > 20 && (at === e || e.contains(at)) && parseFloat(s.outlineWidth) >= 3 }"""


def test_every_stop_of_the_tab_key_is_seen_and_marked(page: Page, chat: Chat) -> None:
    chat.open().ask()
    chat.panel.get_by_role("button", name="Muligheder").click()
    stops = 0
    chat.panel.locator("#heading").evaluate("e => e.focus()")
    for _ in range(30):
        page.keyboard.press("Tab")
        if not chat.focus:
            break
        stops += 1
        eventually(page, lambda: chat.host.evaluate(MARKED_AND_SEEN))  # the log may still be moving
    assert stops >= 10


def test_reply_is_announced_whole_and_focus_is_left_alone(page: Page, chat: Chat) -> None:
    chat.open()
    close = chat.panel.get_by_role("button", name="Luk")
    chat.say(QUESTION)
    close.focus()
    expect(chat.replies).to_have_count(1)
    chat.hears("op til 8 timer", "forslag til dit næste spørgsmål")
    expect(close).to_be_focused()
    expect(chat.panel.locator("#announcer")).to_have_attribute("aria-live", "polite")
    expect(chat.log).to_have_attribute("aria-label", "Samtale")


def test_newest_reply_can_be_jumped_to(page: Page, chat: Chat) -> None:
    page.set_viewport_size({"width": 1280, "height": 600})
    chat.open().ask()
    chat.ask("Hvem kan få støtte?")
    chat.log.evaluate("e => e.scrollTo({ top: 0, behavior: 'instant' })")
    jump = chat.panel.get_by_role("button", name="Gå til nyeste svar")
    expect(chat.panel.locator(".jump.shown")).to_be_visible()
    jump.click()
    expect(chat.replies.last).to_be_focused()
    expect(chat.panel.locator(".jump.shown")).to_have_count(0)


def test_escape_closes_step_by_step(chat: Chat) -> None:
    chat.open()
    chat.panel.get_by_role("button", name="Muligheder").click()
    chat.panel.get_by_role("button", name="Større tekst").focus()
    chat.page.keyboard.press("Escape")
    expect(chat.panel.locator("#options")).to_be_hidden()
    expect(chat.panel).to_be_visible()
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_be_focused()


# ---- options


def test_text_grows_and_stays_grown(page: Page, chat: Chat) -> None:
    chat.open().ask()
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    grown = pytest.approx(chat.replies.first.evaluate(size) * 1.5)
    chat.option("Større tekst")
    chat.option("Større tekst")
    eventually(page, lambda: chat.replies.first.evaluate(size) == grown)
    page.reload()
    expect(chat.replies).to_have_count(1)
    eventually(page, lambda: chat.replies.first.evaluate(size) == grown)


def test_answer_and_conversation_are_copied_with_the_source(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    stop_clock(page)
    page.goto("/?kommune=glostrup")
    chat = Chat(page).open()
    chat.ask()
    chat.replies.first.get_by_role("button", name="Kopiér svaret").click()
    expect(chat.replies.first.get_by_text("Kopieret")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "op til 8 timer" in copied and "Kilde: Glostrup Kommune" in copied
    chat.hears("Kopieret")
    page.clock.run_for(3_000)
    expect(chat.replies.first.get_by_text("Kopieret")).to_have_count(0)
    chat.option("Kopiér samtalen")
    eventually(page, lambda: page.evaluate("navigator.clipboard.readText()").startswith(f"Du\n{QUESTION}"))


def test_only_the_conversation_is_printed(page: Page) -> None:
    page.add_init_script("window.print = () => { top.printed = document.body.innerText; top.printedIn = window !== top }")
    page.goto("/?kommune=glostrup")
    chat = Chat(page).open()
    chat.ask()
    chat.option("Udskriv samtalen")
    eventually(page, lambda: page.evaluate("'printed' in window"))
    printed = page.evaluate("printed")
    assert page.evaluate("printedIn") and QUESTION in printed and "Kilde: Glostrup Kommune" in printed
    assert "Eksempelside" not in printed


def test_answer_is_read_aloud_in_danish_and_stopped(page: Page) -> None:
    page.add_init_script(
        """window.spoken = []; window.cancelled = 0;
        Object.defineProperty(window, 'speechSynthesis', { value: {
          getVoices: () => [], speak: u => spoken.push([u.text, u.lang, u]), cancel: () => { cancelled++ } } })"""
    )
    page.goto("/?kommune=glostrup")
    chat = Chat(page).open()
    chat.ask()
    chat.replies.first.get_by_role("button", name="Læs op").click()
    stop = chat.replies.first.get_by_role("button", name="Stop oplæsning")
    expect(stop).to_be_visible()
    texts = page.evaluate("spoken.map(([text, lang]) => [text, lang])")
    assert len(texts) > 1 and {lang for _, lang in texts} == {"da-DK"}
    assert texts[0][0].startswith("Med lette problemer")
    before = page.evaluate("cancelled")
    stop.click()
    eventually(page, lambda: page.evaluate("cancelled") > before)
    expect(chat.replies.first.get_by_role("button", name="Læs op")).to_be_visible()


@pytest.mark.parametrize(("answer", "reason"), [("Ja", None), ("Nej", "too_long")])
def test_opinion_is_sent_without_any_text(page: Page, chat: Chat, answer: str, reason: str | None) -> None:
    chat.open().ask()
    with page.expect_request("**/feedback") as sent:
        chat.replies.first.get_by_role("group", name="Hjalp svaret?").get_by_role("button", name=answer).click()
        if reason:
            expect(chat.replies.first.get_by_role("group", name="Hvad var galt?")).to_be_in_viewport(ratio=0.98)
            chat.replies.first.get_by_role("button", name="Svaret er for langt").click()
    expected = {"turn": 1, "helpful": reason is None, **({"reason": reason} if reason else {})}
    assert sent.value.post_data_json == expected
    assert sent.value.response().status == 204
    expect(chat.replies.first.get_by_text("Tak for dit svar.")).to_be_visible()
    chat.has_focus("p.rating")


# ---- the host page's side


def test_results_leave_as_events_and_the_transport_can_be_replaced(page: Page, chat: Chat) -> None:
    page.evaluate(
        """() => { window.heard = []; const chat = document.querySelector('vejviser-chat');
        for (const name of ['open', 'reply', 'feedback', 'delete', 'close'])
          document.addEventListener('vejviser-' + name, e => heard.push([name, e.detail]));
        const request = chat.request;
        chat.request = (path, init) => { heard.push(['request', path]); return request.call(chat, path, init); } }"""
    )
    chat.open().ask()
    chat.field.press("Escape")
    eventually(page, lambda: page.evaluate("heard.at(-1)[0]") == "close")
    heard = page.evaluate("JSON.parse(JSON.stringify(heard))")
    assert [name for name, _ in heard] == ["open", "request", "request", "reply", "close"]
    assert heard[3][1]["turn"] == 1 and heard[3][1]["answers"][0]["facet"] == "extent"


def test_colours_follow_the_custom_properties_of_the_host(page: Page, chat: Chat) -> None:
    page.evaluate("document.querySelector('vejviser-chat').style.setProperty('--vejviser-accent', 'rgb(90, 0, 90)')")
    expect(chat.launcher).to_have_css("background-color", "rgb(90, 0, 90)")


def test_script_loaded_twice_does_no_harm(page: Page, chat: Chat) -> None:
    page.add_script_tag(url="/widget.js")
    expect(chat.host).to_have_count(1)
    expect(chat.open().ask()).to_contain_text("op til 8 timer")


def test_full_page_is_open_at_once(page: Page) -> None:
    page.goto("/chat?municipality=glostrup")
    chat = Chat(page)
    expect(chat.field).to_be_visible()
    expect(chat.launcher).to_have_count(0)
    expect(chat.ask()).to_contain_text("op til 8 timer")
    chat.field.press("Escape")
    expect(chat.field).to_be_visible()


# ---- axe in every state


def _answered(chat: Chat) -> None:
    chat.open().ask()


def _asked_for_reason(chat: Chat) -> None:
    chat.open().ask()
    chat.replies.first.get_by_role("button", name="Nej", exact=True).click()


def _with_options(chat: Chat) -> None:
    chat.open().ask()
    chat.option("Slet samtalen")


def _with_source(chat: Chat) -> None:
    chat.open().ask()
    chat.replies.first.locator("summary").click()


STATES: dict[str, Callable[[Chat], object]] = {
    "closed": lambda chat: chat.launcher.wait_for(),
    "open": Chat.open,
    "answer with hours": _answered,
    "source": _with_source,
    "reason": _asked_for_reason,
    "options and deleting": _with_options,
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_accessibility_fault_in_any_state(
    page: Page, violations: Callable[[Page], list[str]], state: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 720})
    page.goto("/?kommune=glostrup")
    STATES[state](Chat(page))
    assert violations(page) == []


def test_no_accessibility_fault_on_the_full_page(page: Page, violations: Callable[[Page], list[str]]) -> None:
    page.goto("/chat?municipality=glostrup")
    Chat(page).ask()
    assert violations(page) == []
