"""When something goes wrong: each fault has its own Danish words, nothing is lost and nothing is sent twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.conftest import PATIENCE_MS
from tests.web.widget import CALLS, Chat, FakeServer, eventually, reply, stop_clock

OK = (200, reply(), {})
PROBLEM = {"type": "about:blank", "title": "x", "detail": "x"}


def fault(status: int, **headers: str) -> tuple[int, dict[str, object], dict[str, str]]:
    return status, {**PROBLEM, "status": status}, {key.replace("_", "-"): value for key, value in headers.items()}


def failing_once(page: Page, answer: tuple[int, dict[str, object], dict[str, str]] | None) -> FakeServer:
    return FakeServer(page, lambda n: answer if n == 0 else OK)


def holding_messages(page: Page) -> list[Route]:
    """No message is answered by itself; the held requests, in order."""
    held: list[Route] = []
    page.route("**/messages", lambda route: held.append(route))
    return held


@pytest.fixture()
def chat(page: Page) -> Chat:
    return Chat(page)


def open_on(chat: Chat) -> Chat:
    chat.page.goto("/?kommune=glostrup")
    return chat.open()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (fault(500), "Der er sket en fejl hos os"),
        (fault(502), "Der er sket en fejl hos os"),
        (fault(503), "Assistenten kan ikke svare lige nu"),
        ((200, None, {}), "Der er sket en fejl hos os"),
        (None, "Der er ikke forbindelse. Din besked er ikke gået tabt."),
    ],
    ids=["500", "502", "503", "broken body", "no line"],
)
def test_fault_is_told_and_the_message_sent_again_under_the_same_id(
    page: Page, chat: Chat, violations: Callable[[Page], list[str]], answer, words: str
) -> None:
    server = failing_once(page, answer)
    open_on(chat).say("Hvad koster det?")
    expect(chat.failure).to_contain_text("Beskeden er ikke sendt")
    expect(chat.failure).to_contain_text(words)
    chat.hears(words)
    chat.has_focus("textarea#text")
    assert violations(page) == []
    chat.failure.get_by_role("button", name="Prøv igen").click()
    expect(chat.replies).to_have_count(1)
    expect(chat.failure).to_have_count(0)
    expect(chat.said).to_have_count(1)
    assert server.said[0] == server.said[1] and len(server.said) == 2


def test_message_that_is_too_long_for_the_server_is_not_offered_again(page: Page, chat: Chat) -> None:
    failing_once(page, fault(413))
    open_on(chat).say("Hvad koster det?")
    expect(chat.failure).to_contain_text("Skriv højst 2000 tegn")
    expect(chat.failure.get_by_role("button")).to_have_count(0)


def test_long_message_is_stopped_before_it_is_sent(page: Page, chat: Chat) -> None:
    server = failing_once(page, OK)
    open_on(chat).field.fill("a" * 1950)
    expect(chat.panel.get_by_text("50 tegn tilbage")).to_be_visible()
    chat.field.fill("a" * 2003)
    expect(chat.panel.get_by_text("3 tegn for meget")).to_be_visible()
    expect(chat.field).to_have_attribute("aria-invalid", "true")
    chat.field.press("Enter")
    chat.hears("Skriv højst 2000 tegn")
    assert server.said == []
    assert len(chat.field.input_value()) == 2003


@pytest.mark.parametrize(("status", "words"), [(429, "mange beskeder på kort tid"), (503, "travlt lige nu")])
def test_busy_server_names_the_wait_and_the_button_waits_with_it(page: Page, chat: Chat, status: int, words: str) -> None:
    stop_clock(page)
    server = failing_once(page, fault(status, Retry_After="20"))
    open_on(chat).say("Hvad koster det?")
    expect(chat.failure).to_contain_text(words)
    expect(chat.failure).to_contain_text("prøve igen om")
    again = chat.failure.get_by_role("button", name="Prøv igen")
    expect(again).to_have_attribute("aria-disabled", "true")
    again.click(force=True)
    page.clock.run_for(19_000)
    expect(again).to_have_attribute("aria-disabled", "true")
    page.clock.run_for(2_000)
    expect(chat.failure).to_contain_text("Nu kan du prøve igen.")
    expect(again).to_have_attribute("aria-disabled", "false")
    assert len(server.said) == 1
    again.click()
    expect(chat.replies).to_have_count(1)


def test_slow_answer_is_told_of_after_ten_seconds_and_still_taken(page: Page, chat: Chat) -> None:
    stop_clock(page)
    held = holding_messages(page)
    open_on(chat).say("Hvad koster det?")
    eventually(page, lambda: bool(held))
    expect(chat.log.locator(".typing")).to_be_visible()
    page.clock.run_for(9_000)
    expect(chat.log.get_by_text("Det tager længere tid")).to_have_count(0)
    page.clock.run_for(2_000)
    expect(chat.log.get_by_text("Det tager længere tid end normalt. Vi prøver stadig.")).to_be_visible()
    chat.hears("Det tager længere tid")
    held[0].fulfill(json=reply())
    expect(chat.replies).to_have_count(1)
    expect(chat.log.locator(".typing")).to_have_count(0)


def test_answer_that_never_comes_is_given_up(page: Page, chat: Chat) -> None:
    stop_clock(page)
    held = holding_messages(page)
    open_on(chat).say("Hvad koster det?")
    eventually(page, lambda: bool(held))  # only then its time runs; before it the conversation is begun
    page.clock.run_for(31_000)
    expect(chat.failure).to_contain_text("Der kom ikke noget svar")
    expect(chat.failure).to_contain_text("ikke sendt to gange")


def test_lost_connection_is_taken_up_by_itself_when_it_is_back(page: Page, chat: Chat) -> None:
    with page.expect_response("**/v1/conversations"):
        open_on(chat)
    page.context.set_offline(True)
    chat.say("Hvad koster rengøring?")
    expect(chat.failure).to_contain_text("Der er ikke forbindelse")
    page.context.set_offline(False)
    expect(chat.replies).to_have_count(1)
    expect(chat.failure).to_have_count(0)
    expect(chat.said).to_have_count(1)


def test_reply_lost_on_the_way_is_had_again_and_the_bot_has_heard_it_once(page: Page, chat: Chat) -> None:
    """The server handled the message, but its answer never arrived: the same id gets the stored answer."""
    seen: list[dict] = []

    def lose(route: Route) -> None:
        seen.append(route.request.post_data_json)
        response = route.fetch(timeout=PATIENCE_MS)
        if len(seen) == 1:
            route.abort("connectionreset")
        else:
            seen.append(response.json())
            route.fulfill(response=response)

    open_on(chat)
    page.route("**/messages", lose)
    chat.say("Hvad koster rengøring?")
    chat.failure.get_by_role("button", name="Prøv igen").click()
    expect(chat.replies).to_have_count(1)
    assert seen[0] == seen[1] and seen[2]["turn"] == 1


def test_message_under_way_at_a_reload_is_not_lost(page: Page, chat: Chat) -> None:
    open_on(chat)
    sent: list[dict] = []

    def hold_the_first(route: Route) -> None:  # (to take the route away instead would let the held request go on)
        sent.append(route.request.post_data_json)
        if len(sent) > 1:
            route.continue_()

    page.route("**/messages", hold_the_first)
    chat.say("Hvad koster rengøring?")
    eventually(page, lambda: bool(sent))  # the indicator shows before the request has left
    page.reload()
    expect(chat.replies).to_have_count(1)
    expect(chat.said).to_have_count(1)
    assert len(sent) == 2 and sent[0] == sent[1]


def test_expired_conversation_is_begun_anew_and_said_so(page: Page, chat: Chat) -> None:
    server = FakeServer(page, lambda n: fault(404) if n == 1 else OK)
    open_on(chat).ask("Hvad koster det?")
    chat.ask("Og hvordan søger jeg?")
    expect(chat.log).to_contain_text("Den tidligere samtale var udløbet")
    assert server.begun == 2 and server.said[1] == server.said[2]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (0, "Der er ikke forbindelse til assistenten"),
        (503, "Assistenten kan ikke svare lige nu"),
        (500, "Assistenten kan ikke åbnes"),
    ],
)
def test_closed_or_unreachable_assistant_says_so_when_it_is_opened(
    page: Page, chat: Chat, violations: Callable[[Page], list[str]], status: int, words: str
) -> None:
    page.route(CALLS, lambda route: route.fulfill(status=status, json=PROBLEM) if status else route.abort("connectionrefused"))
    open_on(chat)
    expect(chat.failure).to_contain_text(words)
    assert violations(page) == []
    page.unroute(CALLS)
    chat.failure.get_by_role("button", name="Prøv igen").click()
    expect(chat.failure).to_have_count(0)
    expect(chat.ask("Hvad koster rengøring?")).to_contain_text("Glostrup")


def test_conversation_that_cannot_be_deleted_is_not_said_to_be(page: Page, chat: Chat) -> None:
    open_on(chat).ask("Hvad koster rengøring?")
    page.route(CALLS, lambda route: route.fulfill(status=500) if route.request.method == "DELETE" else route.fallback())
    chat.option("Slet samtalen")
    chat.panel.get_by_role("button", name="Ja, slet").click()
    expect(chat.panel.locator("#announcer")).to_contain_text("kunne ikke slettes")
    expect(chat.replies).to_have_count(1)


def test_opinion_that_is_not_kept_can_be_given_again(page: Page, chat: Chat) -> None:
    open_on(chat).ask("Hvad koster rengøring?")
    page.route("**/feedback", lambda route: route.fulfill(status=500))
    chat.replies.first.get_by_role("button", name="Ja", exact=True).click()
    expect(chat.replies.first).to_contain_text("Dit svar kunne ikke gemmes")
    page.unroute("**/feedback")
    chat.replies.first.get_by_role("button", name="Ja", exact=True).click()
    expect(chat.replies.first).to_contain_text("Tak for dit svar.")


def test_second_message_waits_for_the_first_answer(page: Page, chat: Chat) -> None:
    stop_clock(page)
    holding_messages(page)
    open_on(chat)
    chat.say("Hvad koster rengøring?")
    expect(chat.log.locator(".typing")).to_be_visible()
    chat.say("Og tøjvask?")
    chat.hears("Vent på svaret")
    expect(chat.said).to_have_count(1)
    expect(chat.field).to_have_value("Og tøjvask?")


def test_storage_that_is_not_allowed_does_not_stop_the_chat(page: Page, chat: Chat) -> None:
    page.add_init_script("Storage.prototype.getItem = Storage.prototype.setItem = () => { throw new DOMException('denied') }")
    expect(open_on(chat).ask("Hvad koster rengøring?")).to_contain_text("Glostrup")
