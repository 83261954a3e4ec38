"""A level or an age told alone after an answer: what the document makes of it, and not the same answer again."""

from __future__ import annotations

import pytest

from tests.helpers import Conversation


@pytest.mark.parametrize(
    ("told", "amount"), [("3", "2 timer"), ("meget slemt", "2 timer"), ("det er ret svært for mig", "1 time")]
)
def test_level_told_alone_asks_how_much_it_gives(talk: Conversation, told: str, amount: str) -> None:
    talk.say("har ingen venner og sidder bare hjemme, glostrup")
    reply = talk.say(told)
    assert reply.service == "glostrup-netvaerk" and amount in reply.text.split("\n")[0]


@pytest.mark.parametrize("told", ["lidt svært", "kun lidt svært for mig", "1"])
def test_level_outside_is_said_to_be_outside(talk: Conversation, told: str) -> None:
    talk.say("hvad er der af træning i egenomsorg i Gladsaxe?")
    reply = talk.say(told)
    assert reply.text.startswith("Nej. Lette problemer (1) hører som udgangspunkt ikke med.") and "moderate (2)" in reply.text


def test_level_within_is_said_to_be_within(talk: Conversation) -> None:
    talk.say("hvad er der af træning i egenomsorg i Gladsaxe?")
    assert talk.say("rigtig svært").text.startswith("Svære problemer (3) hører med.")


def test_document_without_levels_says_so(talk: Conversation) -> None:
    talk.say("min økonomi sejler, gentofte")
    assert talk.say("noget svært").text.startswith("Gentofte Kommunes dokument knytter ikke hjælpen til et niveau")


def test_level_of_the_question_before_is_not_told_alone(talk: Conversation) -> None:
    talk.say("hvor mange timer får man til rengøring i Glostrup ved svære problemer?")
    assert "knytter ikke" not in talk.say("og i Brønderslev?").text


@pytest.mark.parametrize(
    ("told", "place", "other"), [("og en på 52", "Egekrogen", "Kildevældet. Det"), ("hun er 22", "Kildevældet", "Egekrogen")]
)
def test_age_told_alone_asks_where(talk: Conversation, told: str, place: str, other: str) -> None:
    talk.say("økonomistøtte gladsaxe, hvem kan få det")
    reply = talk.say(told)
    assert place in reply.text.split("\n")[0] and other not in reply.text.split("\n")[0]


def test_age_told_alone_asks_whom_to_call_where_that_depends_on_it(talk: Conversation) -> None:
    talk.say("min lejlighed flyder med skrald, brønderslev")
    assert "9945 4421" in talk.say("43 år").text


def test_age_near_pension_is_told_what_holds_there(talk: Conversation) -> None:
    talk.say("ledsager i glostrup, skal jeg selv betale bussen?")
    assert "folkepensionsalderen" in talk.say("hvad hvis jeg er 66?").text


def test_who_is_soon_older_is_told_both_numbers(talk: Conversation) -> None:
    talk.say("min datter er 29 og bor i brønderslev, hvem ringer vi til?")
    reply = talk.say("hun fylder 30 i næste måned")
    assert "9945 4421" in reply.text and "9945 4705" in reply.text


def test_level_that_no_help_is_for_is_said_to_be_enough_for_none(talk: Conversation) -> None:
    reply = talk.say('jeg har autisme, er jeg for "rask" hvis jeg kun har et let problem? Gladsaxe')
    assert reply.text.startswith(
        "Gladsaxe Kommunes dokument nævner ikke lette problemer (1) ved nogen slags støtte, kun moderate (2)"
    )
    assert "Træning i madlavning (§ 85): moderate (2) eller svære (3) problemer" in reply.text


def test_every_help_that_a_level_is_enough_for_is_told(talk: Conversation) -> None:
    text = talk.say("kan man få støtte i Glostrup hvis man kun har lette problemer").text
    first, others = text.split("Andre slags støtte")
    assert "Støtte til selv at klare egen hygiejne (§ 85)" in first and "Støtte til at skabe og fastholde netværk" in others


def test_level_told_of_one_help_is_about_that_help(talk: Conversation) -> None:
    assert talk.say("har svære problemer med rengøring, gladsaxe").service == "gladsaxe-rengoering"


def test_notes_stand_by_the_help_they_are_about(talk: Conversation) -> None:
    text = talk.say("jeg har moderate problemer, hvad kan jeg få i Glostrup").text
    note = next(line for line in text.split("\n") if line.startswith("Bemærk om"))
    assert "(§ 107)" in note and "(§ 108)" in note and "(§ 103)" not in note


def test_help_without_typed_levels_is_told_beside_the_others(talk: Conversation) -> None:
    text = talk.say("jeg har svære problemer, hvad kan jeg få i Gladsaxe").text
    assert "Fastholdelse af sociale og kognitive kompetencer (§ 85): Du kan få indsatsen, hvis du har svære (2)" in text


def test_help_without_any_level_is_named(talk: Conversation) -> None:
    text = talk.say("jeg har ingen problemer, hvad kan jeg få i Glostrup").text
    assert "Dokumentet nævner ikke et niveau ved Opstartspakke (§ 85)" in text


@pytest.mark.parametrize(
    ("question", "needs", "less"),
    [
        ("hvilke tilbud i Glostrup kræver at man er mindst moderat", "netværk", "hygiejne"),
        ("hvilke af støtterne i Gladsaxe kræver 3 eller 4", "Socialpædagogisk ledsagelse", "tøjvask"),
    ],
)
def test_help_that_needs_at_least_a_level_is_told_and_no_other(
    talk: Conversation, question: str, needs: str, less: str
) -> None:
    text = talk.say(question).text
    assert text.startswith("Disse slags støtte kræver mindst") and needs in text and less not in text


def test_level_is_compared_by_the_help_that_names_it(talk: Conversation) -> None:
    text = talk.say("jeg har lette problemer, hvad kan jeg få i Glostrup og Gladsaxe").text
    assert "Glostrup Kommunes dokument nævner lette problemer (1) ved disse slags støtte: " in text
    assert "Gladsaxe Kommunes dokument nævner ikke lette problemer (1)" in text


def test_level_that_a_document_words_plainly_is_listed(talk: Conversation) -> None:
    listed = talk.say("jeg har fuldstændige problemer, hvad kan jeg få i Gladsaxe").text.split("\n\n")[0]
    assert "• Fastholdelse af sociale og kognitive kompetencer (§ 85): Du kan få indsatsen" in listed


def test_another_level_replaces_the_one_before_in_a_comparison(talk: Conversation) -> None:
    talk.say("gladsaxe vs glostrup: madlavning, borger med let problem (1)")
    text = talk.say("og med 3 begge steder?").text
    assert text.startswith("Svære problemer (3) er nævnt i målgruppen i Gladsaxe og Glostrup.")
