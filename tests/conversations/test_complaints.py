"""One thing asked about complaining is answered alone; the law's rule for it where the document is silent."""

from __future__ import annotations

import pytest

from tests.helpers import Conversation

COURSE = "du behøver ikke selv at sende klagen videre"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("hvor lang er klagefristen i gladsaxe", "4 uger"),
        ("kan jeg klage mundtligt i gladsaxe", "både mundtligt og skriftligt"),
        ("hvor længe er de om klagen i gladsaxe", "genvurdering"),
        ("koster det noget at klage i brønderslev", "gratis at klage"),
        ("hvor længe har jeg til at klage, gladsaxe", "klage inden 4 uger efter"),
        ("jeg har fået afslag i gentofte, hvor mange uger har jeg til at klage", "klage inden 4 uger efter"),
        ("hvor lang tid må kommunen bruge på klagen i gladsaxe", "inden 4 uger efter, at kommunen har fået klagen"),
        ("hun fik nej i gladsaxe til støtte efter § 85. hvilken adresse skal hun sende klagen til", "til den kommune, der har"),
    ],
)
def test_silent_document_is_answered_by_the_rule_for_it_alone(talk: Conversation, question: str, told: str) -> None:
    reply = talk.say(question)
    assert reply.status == "not_stated" and told in reply.text
    assert COURSE not in reply.text.lower()


def test_whole_course_is_told_to_whoever_asks_how_to_complain(talk: Conversation) -> None:
    assert COURSE in talk.say("hvordan klager jeg i gladsaxe?").text.lower()


@pytest.mark.parametrize(
    ("question", "told", "but"),
    [
        ("hvor lang er klagefristen i glostrup", "4 uger fra den dag", "Rådhusparken"),
        ("hvor skal jeg sende klagen hen i glostrup", "Rådhusparken 2", "4 uger"),
    ],
)
def test_stating_document_tells_the_one_thing(talk: Conversation, question: str, told: str, but: str) -> None:
    reply = talk.say(question)
    assert told in reply.text.split("\n")[0] and but not in reply.text.split("\n")[0] and "Desuden" not in reply.text


def test_several_things_are_told_together(talk: Conversation) -> None:
    reply = talk.say("klage glostrup: frist og adresse?")
    assert "4 uger" in reply.text and "Rådhusparken" in reply.text


def test_deadline_of_the_document_is_no_gap(talk: Conversation) -> None:
    talk.say("koster det noget at klage i brønderslev")
    reply = talk.say("hvor lang tid har jeg")
    assert reply.text.startswith("Kommunen skal have modtaget din klage inden for 4 uger")


def test_form_of_a_complaint_is_asked_within_the_talk(talk: Conversation) -> None:
    talk.say("hvordan klager jeg i gladsaxe?")
    assert "både mundtligt og skriftligt" in talk.say("skal den være skriftlig").text


@pytest.mark.parametrize(
    ("question", "of_staff"), [("kan man klage i gladsaxe", False), ("kan man klage over en medarbejder i gladsaxe", True)]
)
def test_gap_on_staff_is_told_only_to_whoever_names_them(talk: Conversation, question: str, of_staff: bool) -> None:
    assert ("klager over en medarbejder" in talk.say(question).text) is of_staff


@pytest.mark.parametrize(
    ("before", "then", "told"),
    [
        ("klage glostrup hvor sendes den", "frist", "Fristen for at klage er 4 uger fra den dag"),
        ("klage glostrup hvor sendes den", "adresse igen", "Send klagen til Glostrup Kommune, Center for Social Service"),
        (
            "klage glostrup hvor sendes den",
            "og brønderslev, hvad er fristen der",
            "Kommunen skal have modtaget din klage inden for 4 uger",
        ),
        ("jeg vil klage, brønderslev", "og hvor længe skal de så sidde og glo på den", "Når kommunen har modtaget din klage"),
    ],
)
def test_one_thing_asked_after_another_is_told_first_and_of_no_help(
    talk: Conversation, before: str, then: str, told: str
) -> None:
    talk.say(before)
    reply = talk.say(then)
    assert reply.text.startswith(told) and "Svaret gælder" not in reply.text


def test_address_that_is_missing_is_told_to_whoever_asks_where_to_send_a_complaint(talk: Conversation) -> None:
    reply = talk.say("klage brønderslev hvor sendes den")
    assert reply.status == "not_stated" and "hvilken adresse eller mail klagen skal sendes til" in reply.text.split("\n")[0]


@pytest.mark.parametrize(
    "question",
    [
        "jeg vil klage over afslaget i Brønderslev. hvor lang tid har kommunen til at svare?",
        "hvor hurtigt svarer Brønderslev på en klage?",
    ],
)
def test_time_of_a_complaint_is_not_that_of_an_application(talk: Conversation, question: str) -> None:
    reply = talk.say(question)
    assert reply.text.startswith("Når kommunen har modtaget din klage, har kommunen 4 uger") and "5 uger" not in reply.text


def test_who_is_turned_down_again_is_told_where_the_complaint_goes(talk: Conversation) -> None:
    reply = talk.say("Glostrup har fastholdt deres afgørelse. hvad sker der nu med min klage?")
    assert reply.text.startswith("Holder Glostrup Kommune fast i afgørelsen, sender kommunen klagen")


def test_time_the_municipalities_take_is_not_held_against_the_time_to_complain(talk: Conversation) -> None:
    reply = talk.say("hvor hurtigt svarer Glostrup på en klage, og hvor hurtigt gør Brønderslev?")
    assert "Klagefristen er den samme" not in reply.text and "genvurdering" in reply.text


def test_compared_complaints_tell_of_no_application(talk: Conversation) -> None:
    talk.say("klagefrist Brønderslev vs Glostrup")
    text = talk.say("og hvor lang tid har de selv til at svare på klagen?").text
    assert "genvurdering" in text and "Sagsbehandlingstiden" not in text


def test_whether_one_may_complain_is_no_question_of_how(talk: Conversation) -> None:
    assert talk.say("kan man klage i Brønderslev?").text.startswith("Kommunen skal have modtaget din klage inden for 4 uger.")
    assert "mundtligt" not in talk.say("kan jeg klage i Gentofte og i Brønderslev?").text
    assert talk.say("kan man klage mundtligt i Brønderslev?").text.startswith(
        "Brønderslev Kommunes dokument oplyser ikke, om du kan"
    )


@pytest.mark.parametrize(
    ("told", "answered"),
    [
        ("Jeg fik et brev om at min støtte bliver stoppet. Gladsaxe. Hvad gør jeg nu?", "kan du som hovedregel klage"),
        ("min hjælp er stoppet hvad skal jeg gøre, gentofte", "kan du som hovedregel klage"),
        ("bostøtten til min søn bliver taget fra ham, hvad kan vi gøre? glostrup", "Fristen for at klage er 4 uger"),
    ],
)
def test_who_loses_help_is_told_of_complaining(talk: Conversation, told: str, answered: str) -> None:
    assert answered in talk.say(told).text


def test_whom_one_writes_to_within_a_talk_of_complaining_is_told_of_the_complaint(talk: Conversation) -> None:
    talk.say("klage gladsaxe")
    text = talk.say("hvem skriver jeg til").text
    assert "Du klager til den kommune" in text and "indsigt i din sag" not in text


def test_time_to_complain_is_of_no_particular_help(talk: Conversation) -> None:
    assert "Det gælder" not in talk.say("jeg har fået afslag i gladsaxe. hvor mange uger har jeg til at klage?").text
