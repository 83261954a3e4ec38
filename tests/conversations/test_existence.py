"""Whether a help exists: a document that does not describe it is said not to, before anything is told of another help."""

from __future__ import annotations

import pytest

from tests.helpers import Conversation

SILENT = "beskriver ikke"


@pytest.mark.parametrize(
    ("question", "help_"),
    [
        ("har I botilbud i Gladsaxe?", "botilbud"),
        ("hvilke former for botilbud er der i Gladsaxe?", "botilbud"),
        ("findes der specialundervisning for voksne i Gladsaxe?", "specialundervisning"),
        ("kan jeg få en støtte- og kontaktperson i Gladsaxe?", "kontaktperson"),
    ],
)
def test_missing_help_is_said_to_be_missing(talk: Conversation, question: str, help_: str) -> None:
    reply = talk.say(question)
    assert reply.status == "not_stated" and reply.municipality == "gladsaxe"
    assert reply.text.startswith(f"Gladsaxe Kommunes dokument {SILENT}") and help_ in reply.text.split(".")[0]


def test_help_under_another_paragraph_is_not_taken_for_the_one_asked_about(talk: Conversation) -> None:
    reply = talk.say("har I ledsagerordning i Brønderslev?")
    assert reply.text.startswith(f"Brønderslev Kommunes dokument {SILENT} ledsagerordning.")
    assert "Dette gælder Socialpædagogisk støtte (§ 85 og § 85 a)" in reply.text
    described = talk.say("og i Glostrup?")
    assert SILENT not in described.text and described.service == "glostrup-ledsagerordning"


def test_help_of_the_own_document_is_told_without_such_a_lead(talk: Conversation) -> None:
    assert SILENT not in talk.say("kan jeg få en ledsager i Gladsaxe?").text
    assert SILENT not in talk.say("har Gentofte bostøtte?").text


@pytest.mark.parametrize(
    "then", ["har de det også i Gladsaxe?", "findes tilbuddet i Gladsaxe?", "min søster bor i Gladsaxe. Findes det dér?"]
)
def test_help_before_is_looked_for_in_another_place(talk: Conversation, then: str) -> None:
    assert talk.say("er der specialundervisning for voksne i Glostrup?").service == "glostrup-specialundervisning"
    assert SILENT in talk.say(then).text


def test_comparison_says_who_does_not_describe_the_help(talk: Conversation) -> None:
    reply = talk.say("er der en støtte- og kontaktperson, man kan være anonym overfor, i både Glostrup og Gladsaxe?")
    assert f"Gladsaxe: Gladsaxe Kommunes dokument {SILENT} støtte- og kontaktperson" in reply.text and "anonym" in reply.text


@pytest.mark.parametrize("question", ["hvad er ledsagerordningen for noget? Glostrup", "hvad er en ledsagerordning i Glostrup"])
def test_what_a_help_is_begins_with_what_it_is_for(talk: Conversation, question: str) -> None:
    reply = talk.say(question)
    assert (reply.facet, reply.service) == ("overview", "glostrup-ledsagerordning")
    assert "døvblind" not in reply.text.split("\n")[0].lower() and "15 timer" in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "kan støtten gives i et botilbud i Gladsaxe?",
        "jeg bor på et bosted i Gladsaxe, kan jeg få støtte til indkøb?",
        "§ 85 i botilbud i Gladsaxe?",
    ],
)
def test_home_is_not_taken_for_the_help_asked_about(talk: Conversation, question: str) -> None:
    assert SILENT not in talk.say(question).text


def test_paragraph_of_another_help_is_not_taken_for_the_one_described(talk: Conversation) -> None:
    reply = talk.say("hvad er reglerne for § 103 i Gladsaxe?")
    assert reply.text.startswith(f"Gladsaxe Kommunes dokument {SILENT} beskyttet beskæftigelse.")
    named = talk.say("hvad koster socialpædagogisk ledsagelse efter § 97 i Gladsaxe?")
    assert SILENT not in named.text and "hører under § 85" in named.text


def test_word_for_word_question_is_answered_whatever_it_sounds_like(talk: Conversation) -> None:
    talk.say("hvor mange timer får man i ledsagerordningen i Glostrup?")
    assert "sparer timer op" in talk.say("må han spare dem op").text.split("\n")[0]
