"""Questions about the documents themselves: what they mention, how old they are, how much help they describe."""

from __future__ import annotations

import pytest

from tests.helpers import Conversation


def test_documents_that_mention_a_thing_are_named_and_the_others_are_said_not_to(talk: Conversation) -> None:
    demens = talk.say("hvor nævner de demens?").text
    assert demens.startswith("Brønderslev oplyser noget om demens. Det gør Gentofte, Gladsaxe og Glostrup ikke.")
    assert "Gentofte Kommunes dokument oplyser ikke, om du kan få støtten, hvis du har demens." in demens
    misbrug = talk.say("og misbrug?").text
    assert (
        misbrug.startswith("Glostrup oplyser noget om misbrug.")
        and "Brønderslev Kommunes dokument nævner ikke misbrug" in misbrug
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("hvem af jer skriver ikke et ord om alkohol?", "Glostrup oplyser noget om alkohol."),
        (
            "hvilke dokumenter nævner teknologi eller velfærdsteknologi?",
            "Gentofte og Gladsaxe oplyser noget om teknologi eller",
        ),
        ("er der nogen af kommunerne, der nævner rygning?", "Glostrup oplyser noget om rygning."),
        ("står der noget om tolk i nogen af papirerne?", "Ingen af dokumenterne oplyser noget om tolk."),
    ],
)
def test_a_mention_is_asked_for_in_many_ways(talk: Conversation, asked: str, told: str) -> None:
    assert talk.say(asked).text.startswith(told)


@pytest.mark.parametrize("asked", ["hvem skriver jeg til i Gentofte?", "hvem siger jeg det til i Gentofte?"])
def test_who_is_written_to_is_no_mention(talk: Conversation, asked: str) -> None:
    assert talk.say(asked).municipality == "gentofte"


def test_kinds_of_help_that_mention_a_thing_are_listed(talk: Conversation) -> None:
    talk.say("Glostrup")
    told = talk.say("hvilke ydelser siger noget om befordring?").text
    assert told.startswith("Det står der i dokumentet om befordring:") and "Specialundervisning for voksne: " in told


def test_a_thing_that_stands_only_among_the_gaps_is_said_to_be_left_out(talk: Conversation) -> None:
    talk.say("Glostrup")
    reply = talk.say("står der noget om tolk?")
    assert reply.status == "not_stated" and "tolk" in reply.text


def test_a_story_in_which_somebody_mentions_a_thing_asks_for_no_mention(talk: Conversation) -> None:
    reply = talk.say("socialrådgiveren nævner et midlertidigt bosted. kan I i Glostrup forklare hovedpunkterne?")
    assert reply.service == "glostrup-midlertidigt-botilbud"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "Hvilken af kvalitetsstandarderne er ældst, og hvilken er nyest?",
            "Ældst er dokumentet fra Gentofte (4. juni 2014). Derefter kommer Glostrup (august 2017). "
            "Nyest er det fra Brønderslev (11. december 2024). Gladsaxe oplyser ingen dato.",
        ),
        (
            "hvor mange slags støtte har Glostrup og Gladsaxe?",
            "Så mange slags støtte beskriver dokumenterne: Glostrup 18; Gladsaxe 12.",
        ),
        (
            "er der frit valg af leverandør i Gladsaxe, Gentofte, Glostrup og Brønderslev?",
            "Der er ikke frit valg i Gladsaxe, Gentofte og Brønderslev. Glostrup oplyser kun noget om valg ved Ledsagerordning",
        ),
    ],
)
def test_what_sets_documents_apart_is_said_first(talk: Conversation, asked: str, told: str) -> None:
    assert talk.say(asked).text.startswith(told)


def test_hours_of_no_help_in_particular_are_compared_in_short(talk: Conversation) -> None:
    told = talk.say("Hvor stor forskel er der på, hvor mange timer man kan få i de forskellige kommuner?").text
    assert told.startswith(
        "Timetal er oplyst i Gladsaxe (ved 1 slags støtte) og Glostrup (ved 11 slags støtte). "
        "Brønderslev og Gentofte oplyser ikke et timetal."
    )
    assert "Ledsagerordning (§ 97): 15 timer om måneden" in told and "hver uge" in told and "Det afhænger af" not in told


def test_what_depends_on_the_kind_of_help_is_told_where_it_stands(talk: Conversation) -> None:
    gladsaxe = talk.say("Hvornår følges der op på støtten i Gladsaxe og i Glostrup?").text.split("\n\n")[1]
    assert gladsaxe.startswith("Gladsaxe: Det står kun ved nogle slags støtte. Støtte til ind- og udflytning (§ 85): ")


def test_a_document_that_leaves_out_what_another_one_tells_says_so(talk: Conversation) -> None:
    both = talk.say("kan støtten vise mig nemlig, hvor man bestiller madvarer på nettet? både Glostrup og Gladsaxe").text
    assert "Glostrup Kommunes dokument oplyser ikke, om støtten til indkøb også kan bruges til at handle på nettet." in both


def test_list_under_one_paragraph_holds_no_other_help(talk: Conversation) -> None:
    told = talk.say("en liste over alt, man kan få hjælp til efter § 85 i Glostrup").text
    assert "støtte efter § 85:" in told and "Opstartspakke" in told and "Ledsagerordning" not in told


def test_list_asked_for_after_a_story_is_told_after_what_the_story_needs(talk: Conversation) -> None:
    told = talk.say(
        "Min søster hjælper mig med alting, altså rengøring, vasketøj og at åbne breve, men hun kan ikke mere nu. "
        "Jeg aner ikke, hvad man kan søge om. Kan du ikke bare sige, hvilke forskellige slags hjælp der findes i Gladsaxe?"
    ).text
    assert "Træning i oprydning" in told and "Fastholdelse af sociale og kognitive kompetencer" in told


def test_one_help_named_by_its_paragraph_is_not_compared_with_its_kind(talk: Conversation) -> None:
    reply = talk.say("Fortæl om botilbud efter § 108 i Glostrup. Hvad får de hjælp til, som bor der?")
    assert reply.service == "glostrup-laengerevarende-botilbud"
