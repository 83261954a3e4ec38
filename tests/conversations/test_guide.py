"""Guided conversations with the whole bot: buttons and typed words alike, left, corrected, resumed, ended."""

from __future__ import annotations

import pytest

from knowledge.needs import guidance
from tests.helpers import Conversation, Reply, phones


def step(reply: Reply) -> str:
    return (reply.custom.get("guide") or {}).get("step", "")


def test_whole_guide_in_free_words(talk: Conversation) -> None:
    assert step(talk.say("er der hjælp til mig?")) == "municipality"
    assert step(talk.say("jeg bor i Glostrup")) == "needs"
    assert step(talk.say("det roder hos mig, og jeg får ikke vasket tøj")) == "level"
    result = talk.say("det er meget svært")
    assert step(result) == "result" and "op til 8 timer om måneden" in result.text
    assert result.custom["reservation"] in result.text


@pytest.mark.parametrize("title", [need.title for need in guidance().needs.values()])
def test_every_button_of_what_is_hard_is_understood(talk: Conversation, title: str) -> None:
    talk.say("start guiden")
    assert title in talk.say("Gladsaxe").buttons
    assert step(talk.say(title)) == "level"


@pytest.mark.parametrize("choice", list(guidance().levels.values()))
def test_every_button_of_how_hard_is_understood(talk: Conversation, choice) -> None:
    talk.say("start guiden")
    talk.say("Glostrup")
    talk.say("At holde orden derhjemme")
    result = talk.say(choice.title)
    assert step(result) == "result"
    assert [a["value"] for a in result.custom["guide"]["answers"] if a["step"] == "level"] == [choice.level]


def test_buttons_for_age_and_pension(talk: Conversation) -> None:
    for text in ("start guiden", "Brønderslev Kommune", "Mad og indkøb", "Noget svært"):
        reply = talk.say(text)
    assert step(reply) == "age" and "Under 30 år" in reply.buttons
    assert step(talk.say("Under 30 år")) == "pension"
    assert phones(talk.say("Nej").text) == {"99454705"}


@pytest.mark.parametrize("word", ["Spring over", "ved ikke", "spring over", "det ved jeg ikke"])
def test_skipping_is_understood(talk: Conversation, word: str) -> None:
    talk.say("start guiden")
    talk.say("Gentofte")
    assert step(talk.say(word)) == "level"


@pytest.mark.parametrize(("leave", "back"), [("stop", "fortsæt"), ("Stop guiden", "Fortsæt guiden"), ("afslut", "gå videre")])
def test_leaving_and_coming_back(talk: Conversation, leave: str, back: str) -> None:
    talk.say("start guiden")
    talk.say("Gentofte")
    assert step(talk.say(leave)) == ""
    assert step(talk.say(back)) == "needs"


@pytest.mark.parametrize("word", ["tilbage", "Tilbage", "fortryd"])
def test_taking_an_answer_back(talk: Conversation, word: str) -> None:
    talk.say("start guiden")
    talk.say("Gentofte")
    talk.say("medicin")
    assert step(talk.say(word)) == "needs"


def test_a_question_is_never_swallowed(talk: Conversation) -> None:
    talk.say("start guiden")
    talk.say("Brønderslev")
    reply = talk.say("hvor længe skal man vente på svar?")
    assert reply.facet == "processing_time" and "5 uger" in reply.text
    assert "Fortsæt guiden" in reply.buttons
    assert step(talk.say("ja tak")) == "needs"


def test_starting_over_forgets_the_guide(talk: Conversation) -> None:
    talk.say("start guiden")
    talk.say("Gentofte")
    talk.say("start forfra")
    assert step(talk.say("fortsæt")) == ""


def test_danger_comes_before_the_guide(talk: Conversation) -> None:
    talk.say("start guiden")
    talk.say("Gentofte")
    assert "70 201 201" in talk.say("jeg har lyst til at dø").text
    assert step(talk.say("fortsæt")) == "needs"


def test_no_promise_after_the_result(talk: Conversation) -> None:
    for text in ("start guiden", "Glostrup", "At holde orden derhjemme", "Meget svært"):
        talk.say(text)
    reply = talk.say("får jeg 8 timer?")
    assert "op til 8 timer" in reply.text and "ikke love" in reply.text


def test_yes_and_no_outside_the_guide_are_small_talk(talk: Conversation) -> None:
    assert "vide" in talk.say("ja").text
    assert talk.say("nej").text


def test_overview_offers_the_guide(talk: Conversation) -> None:
    reply = talk.say("hvad kan jeg få hjælp til i Gladsaxe?")
    assert reply.facet == "overview" and "Find den hjælp, der passer" in reply.buttons
    assert step(talk.say("start guiden")) == "needs"


def test_place_of_the_page(talk: Conversation) -> None:
    assert step(talk.say("guide mig", municipality="gentofte")) == "needs"


def test_comparison_and_its_follow_ups(talk: Conversation) -> None:
    first = talk.say("Er det gratis både i Gentofte og Brønderslev?")
    assert first.custom["verdict"].startswith("Ja")
    more = talk.say("og hvad med Glostrup?")
    assert [part["municipality"]["id"] for part in more.custom["parts"]] == ["gentofte", "broenderslev", "glostrup"]
    assert "Glostrup oplyser ikke generelt, hvad støtten koster" in more.custom["verdict"]
    assert "4 uger" in talk.say("og klagefristen?").custom["verdict"]


def test_ranking_names_who_is_silent(talk: Conversation) -> None:
    reply = talk.say("hvem svarer hurtigst?")
    assert len(reply.custom["parts"]) == 4 and reply.custom["verdict"].startswith("Kun Brønderslev")
