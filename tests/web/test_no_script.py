"""Without JavaScript /chat is a plain form with the same bot behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, expect

from api.routers.chat_page import blocks
from tests.web.conftest import PATIENCE_MS, shows_number
from tests.web.server import RunningServer


@pytest.fixture()
def plain(browser: Browser, server: RunningServer) -> Iterator[Page]:
    context = browser.new_context(base_url=server.url, locale="da-DK", java_script_enabled=False)
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def ask(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Dit spørgsmål").fill(text)
    page.get_by_role("button", name="Send").click()


def test_a_question_is_answered_and_followed_up(plain: Page) -> None:
    plain.goto("/chat?municipality=gladsaxe")
    ask(plain, "Hvad koster hjælp til tøjvask?")
    expect(plain.get_by_text("Selve støtten er gratis")).to_be_visible()
    plain.get_by_role("button", name="Hvordan søger jeg?").click()
    expect(plain.locator(".chat-asked")).to_have_text("Hvordan søger jeg?")
    expect(plain.get_by_text("Gladsaxe Kommune").first).to_be_visible()


def test_the_conversation_is_deleted(plain: Page) -> None:
    plain.goto("/chat?municipality=gladsaxe")
    ask(plain, "Hvad koster hjælp til tøjvask?")
    plain.get_by_role("button", name="Slet samtalen").click()
    expect(plain.get_by_text("Samtalen er slettet.")).to_be_visible()
    expect(plain.get_by_role("button", name="Slet samtalen")).to_have_count(0)


def test_the_municipality_is_chosen_on_the_form(plain: Page) -> None:
    plain.goto("/chat")
    plain.get_by_label("Kommune").select_option("glostrup")
    ask(plain, "Hvor mange timer kan man få til rengøring?")
    expect(plain.locator("#answer ~ p", has_text="Glostrup Kommune").first).to_be_visible()


def test_a_personal_number_is_not_shown_again(plain: Page) -> None:
    plain.goto("/chat?municipality=gladsaxe")
    ask(plain, "Mit nummer er 010190-1234, hvad koster tøjvask?")
    expect(plain.get_by_text("Jeg har fjernet")).to_be_visible()
    plain.wait_for_load_state()
    assert not shows_number(plain.content())


@pytest.mark.parametrize("state", ["asked", "empty", "deleted"])
def test_no_accessibility_fault(page: Page, violations: Callable[[Page], list[str]], state: str) -> None:
    page.goto("/chat?plain=1&municipality=gladsaxe")
    if state != "empty":
        ask(page, "Hvad koster hjælp til tøjvask?")
        page.locator("#answer").wait_for()
    if state == "deleted":
        page.get_by_role("button", name="Slet samtalen").click()
        page.get_by_role("status").wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_scrolls_sideways(plain: Page, width: int) -> None:
    plain.set_viewport_size({"width": width, "height": 700})
    plain.goto("/chat?municipality=gladsaxe")
    ask(plain, "Hvad koster hjælp til tøjvask?")
    plain.get_by_text("Selve støtten er gratis").wait_for()
    plain.wait_for_load_state()
    inner = plain.locator("main").bounding_box()
    assert inner is not None and inner["width"] <= width
    for box in [item.bounding_box() for item in plain.locator("main *").all()]:
        assert box is None or box["x"] + box["width"] <= width + 1


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [(" ", 422, "Skriv et spørgsmål"), ("a" * 2001, 413, "Skriv højst 2000 tegn")],
)
def test_a_fault_is_told_in_danish_and_the_draft_is_kept(client: TestClient, text: str, status: int, words: str) -> None:
    response = client.post("/chat", data={"text": text, "municipality": "gladsaxe"})
    assert response.status_code == status and words in response.text
    assert text in response.text


def test_a_forged_conversation_begins_anew(client: TestClient) -> None:
    response = client.post("/chat", data={"text": "Hej", "conversation": "forged"})
    assert response.status_code == 404 and "Samtalen var udløbet" in response.text
    assert 'value="forged"' not in response.text


def test_an_unknown_municipality_is_left_out(client: TestClient) -> None:
    assert "nowhere" not in client.get("/chat", params={"municipality": "nowhere"}).text


def test_markup_in_a_question_is_text(client: TestClient) -> None:
    response = client.post("/chat", data={"text": "<script>alert(1)</script> hvad koster tøjvask?", "municipality": "gladsaxe"})
    assert response.status_code == 200 and "<script>alert" not in response.text


def test_the_same_post_twice_is_handled_once(client: TestClient) -> None:
    first = client.post("/chat", data={"text": "Hvad koster tøjvask?", "municipality": "gladsaxe", "client_id": "once"})
    conversation = first.text.split('name="conversation" value="')[1].split('"')[0]
    data = {"text": "Hvordan søger jeg?", "conversation": conversation, "client_id": "twice"}
    answers = [client.post("/chat", data=data).text.split('<h2 id="answer">')[1].split("<form")[0] for _ in range(2)]
    assert answers[0] == answers[1]


def test_blocks_part_paragraphs_and_lists() -> None:
    found = blocks("Du kan få:\n• Indkøb\n• Mad\n\nKilde: et sted")
    assert [(block.text, block.entries) for block in found] == [
        ("Du kan få:", []),
        ("", ["Indkøb", "Mad"]),
        ("Kilde: et sted", []),
    ]
