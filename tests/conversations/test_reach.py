"""What a question reaches over: all municipalities, or all kinds of help of one, without a list of fixed phrases for it."""

from __future__ import annotations

import pytest

from tests.helpers import Conversation

PLACES = ("Brønderslev", "Gentofte", "Gladsaxe", "Glostrup")


@pytest.mark.parametrize(
    "question",
    [
        "opfølgning – hvad siger de hver især",
        "bliver der fulgt op alle steder?",
        "hvor sent på dagen kan de komme rundt omkring",
    ],
)
def test_all_municipalities_are_asked(talk: Conversation, question: str) -> None:
    assert all(f"{name}: " in talk.say(question).text for name in PLACES)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("hvem af dem har en ledsagerordning efter § 97", "Kun Glostrup beskriver hjælp efter § 97."),
        ("er det kun glostrup der har botilbud?", "Kun Glostrup beskriver botilbud."),
        ("nogen kommuner med støtte- og kontaktperson", "Kun Glostrup beskriver støtte- og kontaktperson."),
    ],
)
def test_who_has_a_help_is_told_first(talk: Conversation, question: str, first: str) -> None:
    text = talk.say(question).text
    assert text.startswith(first) and "heller ikke om kommunen har den slags hjælp." in text.split("\n\n")[0]


def test_what_other_help_includes_is_not_denied(talk: Conversation) -> None:
    text = talk.say("hvem af kommunerne har ledsagelse?").text
    assert "Brønderslev nævner det i forbindelse med anden støtte." in text and "Brønderslev: Støtten kan omfatte: " in text


def test_a_paragraph_that_other_documents_leave_out_is_not_unknown_to_them(talk: Conversation) -> None:
    first, *parts = talk.say("hvem af dem har en ledsagerordning efter § 97").text.split("\n\n")
    assert "Brønderslev og Gladsaxe nævner det i forbindelse med anden støtte. For Gentofte står" in first
    assert any(part.startswith("Brønderslev: Det indgår ikke: ") and "§ 97" in part for part in parts)


def test_where_a_help_is_described_is_told_while_the_place_is_asked(talk: Conversation) -> None:
    assert "Kun dokumentet fra Glostrup beskriver opgangsbofællesskab." in talk.say("opgangsbofællesskab").text
    assert "Kun dokumentet" not in talk.say("hvad koster det at få ledsagelse?").text


def test_the_talk_goes_on_where_the_help_is_described(talk: Conversation) -> None:
    talk.say("opgangsbofællesskab")
    assert talk.say("hvem har det").text.startswith("Kun Glostrup beskriver opgangsbofællesskab.")
    assert talk.say("hvor ligger de").service == "glostrup-opgangsfaellesskab"


@pytest.mark.parametrize(
    ("before", "then"),
    [
        ("hvad er aktivitets- og samværstilbud i Glostrup?", "hvor mange dage om ugen"),
        ("hvad er beskyttet beskæftigelse i Glostrup?", "hvilke steder er det"),
        ("hvad koster støtten i Gladsaxe til tøjvask?", "hvem har ansvaret for det"),
    ],
)
def test_a_talk_about_one_municipality_stays_there(talk: Conversation, before: str, then: str) -> None:
    talk.say(before)
    assert "Her er, hvad dokumenterne siger" not in talk.say(then).text


def test_hours_of_each_kind_of_help(talk: Conversation) -> None:
    text = talk.say("oversigt over timetal i Glostrup på § 85").text
    assert text.startswith("Det står der i dokumentet om timer:") and "(§ 97)" not in text
    assert "hygiejne (§ 85): Med lette problemer (1) kan du som udgangspunkt få op til 1 time" in text
    severe = talk.say("kun svære problemer").text
    assert "• Støtte til at mestre eget handicap (§ 85) og Støtte til selv at klare egen hygiejne (§ 85): Med svære" in severe
    assert "lette problemer" not in severe
    mild = talk.say("og lette?").text
    assert "netværk" not in mild, "that help is not for mild problems, and its hours are no gap"


def test_kinds_of_help_with_other_figures_stand_apart(talk: Conversation) -> None:
    lines = [line for line in talk.say("timetal pr. ydelse i Glostrup").text.split("\n") if line.startswith("•")]
    of_shopping = next(line for line in lines if "indkøb" in line)
    assert "op til 4 timer" in of_shopping and "hygiejne" not in of_shopping


def test_most_and_fewest_hours_are_told_first(talk: Conversation) -> None:
    text = talk.say("hvad er mindst og mest timer man kan få i glostrup").text
    assert text.startswith("Flest timer er nævnt ved Ledsagerordning (§ 97): 15 timer om måneden. Færrest timer er nævnt ved")
    assert "1/2 time om måneden ved lette problemer (1)" in text.split("\n\n")[0]


def test_what_all_kinds_of_help_say_alike_is_told_once(talk: Conversation) -> None:
    talk.say("hvilke § 85 ydelser har I i Gladsaxe?")
    assert talk.say("hvor mange er det").text.startswith("Gladsaxe Kommunes dokument beskriver 12 slags støtte:")
    assert talk.say("og hvilke har frit valg").text.startswith("Dokumentet siger det samme om alle 12 slags støtte:")
    text = talk.say("hvilke af dem kræver at borgeren selv er med").text
    assert "Støtte til ind- og udflytning (§ 85): Du skal selv deltage." in text and "Dokumentet oplyser ikke" in text
