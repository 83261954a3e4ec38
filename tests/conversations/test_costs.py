"""What help costs where no kind of help is named: what the document tells of each, and not one help picked by chance."""

from __future__ import annotations

import pytest

from tests.helpers import Conversation


@pytest.mark.parametrize("question", ["er alt gratis i Gladsaxe?", "hvad koster støtten i Gladsaxe", "gladsaxe pris"])
def test_free_help_is_counted_and_what_one_pays_is_told_of_each(talk: Conversation, question: str) -> None:
    reply = talk.say(question)
    assert reply.text.startswith("Selve støtten er gratis ved 11 ud af 12 slags støtte.")
    assert "oplyser ikke, om det også gælder Træning i madlavning" in reply.text.split("\n")[0]
    assert "Støtte og træning i tøjvask (§ 85): Du betaler selv vaskepulver" in reply.text


@pytest.mark.parametrize("question", ["hvad koster det i glostrup", "glostrup pris"])
def test_document_that_prices_some_kinds_of_help_is_not_said_to_price_none(talk: Conversation, question: str) -> None:
    reply = talk.say(question)
    assert reply.text.startswith("Glostrup Kommunes dokument oplyser ikke generelt")
    assert "Ledsagerordning (§ 97): Du skal ikke betale løn til ledsageren." in reply.text
    assert "glemmer en aftale" not in reply.text


def test_comparison_says_no_more_than_that(talk: Conversation) -> None:
    reply = talk.say("hvad koster støtten i Glostrup og i Gladsaxe?")
    assert reply.text.startswith("Glostrup oplyser ikke generelt, hvad støtten koster. I Gladsaxe er selve støtten gratis")


def test_something_particular_is_still_asked_for(talk: Conversation) -> None:
    assert "slags støtte" not in talk.say("koster det noget at glemme en aftale i glostrup").text


def test_help_named_afterwards_is_asked_the_same(talk: Conversation) -> None:
    talk.say("er alt gratis i Gladsaxe?")
    reply = talk.say("og rengøring?")
    assert reply.service == "gladsaxe-rengoering" and "Du betaler selv for rengøringsartikler." in reply.text


def test_single_help_of_a_municipality_is_answered_about(talk: Conversation) -> None:
    reply = talk.say("hvad koster det i gentofte")
    assert reply.text.startswith("Støtten er gratis.") and "slags støtte" not in reply.text


def test_price_left_out_is_told_to_whoever_asks_for_that_one(talk: Conversation) -> None:
    plain = talk.say("gladsaxe tøjvask pris?").text
    assert plain.startswith("Selve støtten er gratis for dig.") and "oplyser ikke, hvad en vask koster" not in plain
    wage = talk.say("hva er timelønnen for en ledsager i glostrup").text
    assert "oplyser ikke, hvor meget ledsageren får i løn" in wage.split("\n")[0]


def test_short_list_is_told_to_its_end(talk: Conversation) -> None:
    text = talk.say("hvad hjælper i med i gentofte").text
    assert "velfærdsteknologi" in text and "Dokumentet nævner" not in text


def test_what_one_is_paid_is_no_price(talk: Conversation) -> None:
    text = talk.say("hvad koster beskyttet beskæftigelse i glostrup").text
    assert text.startswith("Glostrup Kommunes dokument oplyser ikke, om du selv skal betale")
    assert "oplyser ikke, om du selv skal betale noget" not in talk.say("hvad får man i løn der").text


def test_free_books_are_not_said_to_make_the_teaching_free(talk: Conversation) -> None:
    talk.say("findes der specialundervisning for voksne i Glostrup")
    text = talk.say("koster det noget").text
    assert text.startswith("Glostrup Kommunes dokument oplyser ikke, om selve specialundervisningen koster noget")


def test_what_one_pays_beside_is_compared_too(talk: Conversation) -> None:
    text = talk.say("hvad koster det i Gentofte og Gladsaxe").text
    assert "Ved 9 slags støtte er der udgifter, du selv betaler." in text


@pytest.mark.parametrize(
    "question", ["hvad er forskellen på Gentofte og Gladsaxe", "hvor er det billigst, Gentofte eller Gladsaxe"]
)
def test_no_help_picked_by_chance_makes_all_help_free(talk: Conversation, question: str) -> None:
    assert talk.say(question).text.startswith(
        "Selve støtten er gratis i Gentofte. I Gladsaxe er selve støtten gratis ved 11 ud af 12"
    )


def test_free_support_says_nothing_of_a_place_to_live(talk: Conversation) -> None:
    text = talk.say("er botilbud gratis i Gentofte og Brønderslev").text
    assert "Selve støtten er gratis i" not in text and "døgn- og dagtilbud" in text
    assert "Brønderslev Kommunes dokument beskriver ikke botilbud" in text


def test_which_municipalities_tell_the_price(talk: Conversation) -> None:
    for question in ("hvilke kommuner oplyser prisen", "Sammenlign alle fem kommuner: hvad koster det?"):
        assert talk.say(question).text.startswith("Selve støtten er gratis i Brønderslev og Gentofte.")


def test_help_for_the_homeless_is_no_other_help_where_support_is_for_them_too(talk: Conversation) -> None:
    talk.say("Vi er hjemløse, min kone og jeg. Er det bedst at være i Brønderslev eller Glostrup?")
    text = talk.say("koster det noget").text
    assert "beskriver ikke" not in text and "glemmer en aftale" not in text


def test_who_pays_for_the_bus_is_asked_of_the_help_compared(talk: Conversation) -> None:
    talk.say("Støtte til behandling i Glostrup og Gladsaxe, må nogen gå med til lægen?")
    text = talk.say("Hvem betaler bussen?").text
    assert "Du betaler selv dine transportudgifter." in text and "beskyttet beskæftigelse" not in text
