"""Groups, help online, who decides: what documents tell under unlike headings is set side by side by what is asked."""

from __future__ import annotations

import pytest

from knowledge.aspects import aspects
from knowledge.snapshot import Snapshot
from knowledge.vocabulary import vocabulary
from tests.helpers import Conversation


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("gruppe eller alene? Gentofte ift Gladsaxe", "Kun Gentofte oplyser noget om gruppeforløb eller hold."),
        ("er der krav om alder til personalet i Gentofte og Brønderslev?", "Kun Gentofte oplyser noget om, hvor gamle"),
        (
            "sker der noget, hvis jeg er syg den dag i Glostrup? og i Brønderslev?",
            "Ingen af dokumenterne oplyser noget om, hvordan du melder afbud",
        ),
        (
            "må jeg tage ledsageren med til udlandet i Gladsaxe og efter § 97 i Glostrup",
            "Det indgår i støtten i Glostrup, men ikke",
        ),
        ("hvilke kommuner giver støtte i grupper", "Brønderslev, Gentofte og Glostrup oplyser noget om gruppeforløb"),
        (
            "hun har sagt nej tak til hjælpen. hvad gør de i Brønderslev og i Gladsaxe?",
            "Kun Brønderslev oplyser noget om frivillighed",
        ),
    ],
)
def test_municipalities_are_compared_in_what_is_asked(talk: Conversation, question: str, first: str) -> None:
    assert talk.say(question).text.startswith(first)


def test_who_decides_is_told_and_not_how_need_is_judged(talk: Conversation) -> None:
    text = talk.say("Hvem bestemmer hvor meget tid man får i Glostrup og hvem bestemmer i Gentofte?").text
    assert "Glostrup: Visitationsudvalget vurderer, hvor mange timer" in text


def test_helps_are_compared_in_what_is_asked(talk: Conversation) -> None:
    text = talk.say("Hvilken af de to, hygiejne eller økonomi, kan man få på hold i Glostrup?").text
    assert text.startswith("Der er tilbud om gruppeforløb i tre slags § 85-støtte")
    assert "hygiejne (§ 85): Glostrup Kommunes dokument oplyser ikke noget om gruppeforløb" in text and "timer" not in text


def test_all_kinds_of_help_are_told_that_do_it_and_that_do_not(talk: Conversation) -> None:
    text = talk.say("glostrup, hvad er der som hold?").text
    assert text.startswith("Det står der i dokumentet om gruppeforløb eller hold:") and "(§ 103)" in text
    text = talk.say("hvilke § 85-støtter findes ikke som hold?").text
    assert text.startswith("Dokumentet nævner ikke gruppeforløb eller hold ved Opstartspakke") and "(§ 103)" not in text
    text = talk.say("hvilke af tilbuddene kræver ikke, at man er visiteret?").text
    assert "• Støtte- og kontaktperson (§ 99): Du behøver ikke at blive visiteret" in text.split("\n\n")[0]


def test_it_goes_first_in_the_answer_about_one_help_too(talk: Conversation) -> None:
    assert talk.say("findes der støtte over nettet i Brønderslev?").text.startswith("Du kan også få støtten online.")
    talk.say("hvor mange timer er der til økonomi i Glostrup?")
    text = talk.say("kan det være på hold?").text
    assert "gruppeforløb" in text.split(".")[0] and text.count("et gruppeforløb eller begge dele sammen") == 1


def test_the_others_are_asked_the_same(talk: Conversation) -> None:
    talk.say("kan man få støtten over video i Gladsaxe")
    text = talk.say("og hos de andre?").text
    assert text.startswith("Brønderslev og Glostrup oplyser noget om støtte online") and "Gladsaxe:" not in text


@pytest.mark.parametrize(
    "question",
    [
        "hvor mange timer er et gruppeforløb på i Gentofte og Glostrup?",
        "hvilken baggrund og alder skal personalet have i Gentofte og Gladsaxe?",
        "Må hjælperen i Gladsaxe gå ind i min e-boks for mig? Og må min brors hjælper i Brønderslev hæve hans penge?",
    ],
)
def test_something_else_asked_is_not_left_out(talk: Conversation, question: str) -> None:
    assert "oplyser noget om" not in talk.say(question).text.split("\n")[0]


def test_aspects_are_told_by_some_document_and_read_as_known_facets(snapshot: Snapshot) -> None:
    for aspect in aspects():
        assert any(aspect.is_told(fact) for fact in snapshot.facts), aspect.name
        assert aspect.facets <= {*vocabulary().facets, "overview", "guide", "definition", "privacy"}, aspect.name


def test_help_that_no_group_is_told_of_borrows_no_yes(talk: Conversation) -> None:
    talk.say("hvor mange timer til hygiejne er der ved svære problemer i Glostrup?")
    text = talk.say("kan det være i gruppe?").text
    assert text.startswith("Der er tilbud om gruppeforløb i tre slags § 85-støtte")
    both = talk.say("kan støtte til hygiejne gives i en gruppe i Glostrup og Gentofte?").text
    assert "Glostrup: Glostrup Kommunes dokument oplyser ikke noget om gruppeforløb eller hold. Der er tilbud" in both


def test_help_under_another_paragraph_borrows_nothing(talk: Conversation) -> None:
    text = talk.say("hvem bestemmer, hvor ledsageren skal hen i Glostrup og Gladsaxe?").text
    assert "bestemmer du selv, hvor I skal hen" in text and "Visitationsudvalget" not in text
    text = talk.say("foregår beskyttet beskæftigelse i grupper i Glostrup og Brønderslev?").text
    assert text.startswith("Kun Brønderslev") and "Det gælder Beskyttet beskæftigelse (§ 103)." in text


def test_list_of_what_no_help_tells_says_so(talk: Conversation) -> None:
    assert talk.say("hvilke af støtterne i Gladsaxe er på hold?").text == (
        "Gladsaxe Kommunes dokument nævner ikke gruppeforløb eller hold ved nogen slags støtte."
    )


def test_gap_that_fits_better_is_told_first(talk: Conversation) -> None:
    assert talk.say("kan støtten i Brønderslev gives på sms?").text.startswith(
        "Dokumentet oplyser ikke, om du kan få støtten over"
    )


def test_help_in_general_is_told_of_it_before_a_help_is_asked_for(talk: Conversation) -> None:
    assert talk.say("er det på hold i Gladsaxe?").text.startswith(
        "Gladsaxe Kommunes dokument oplyser ikke, om støtten kan gives i en"
    )
    assert talk.say("kan det være online i Gladsaxe?").text.startswith("Dette gælder 10 ud af 12 slags støtte")
    talk.say("kan han få hjælp til netværk i Gladsaxe?")
    assert talk.say("er der noget på hold?").text.startswith("Dokumentet oplyser ikke, om du træner det sociale alene")


def test_being_among_others_is_no_group(talk: Conversation) -> None:
    assert (
        "alene med medarbejderen"
        not in talk.say("kan han få hjælp til at komme ud blandt andre i gladsaxe").text.split("\n")[0]
    )
