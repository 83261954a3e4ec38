"""What a message takes from the turns before it, and the words it asks about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.context import stays_with
from knowledge.correction import correction_of
from knowledge.dialogue import respond
from knowledge.question import Memory, Question, flags_of
from knowledge.snapshot import Snapshot
from knowledge.terms import asked_term
from tests.helpers import ask


def question(snapshot: Snapshot, text: str, topics: dict[str, float] | None = None) -> Question:
    analysis = snapshot.analyser.analyse(text)
    return Question(analysis, {"definition": 1.0}, topics or {"-": 1.0}, snapshot.linker.link(analysis), flags_of(analysis))


# -- staying with the matter ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facet", "text"),
    [
        ("complaint", "og hvem bestemmer til sidst?"),
        ("complaint", "og hvis de står fast på deres?"),
        ("complaint", "hvor lang tid har jeg, brevet kom i torsdags"),
        ("contact", "og et nummer, hvis jeg ikke kan finde det?"),
        ("contact", "hvad klokken kan jeg ringe?"),
    ],
)
def test_short_follow_up_stays_with_the_matter(snapshot: Snapshot, facet: str, text: str) -> None:
    assert stays_with(question(snapshot, text), Memory(facet=facet))
    assert not stays_with(question(snapshot, text), Memory(facet="cost"))


def test_follow_up_about_another_help_does_not(snapshot: Snapshot) -> None:
    about_cooking = question(snapshot, "hvad koster madlavning igen?", {"madlavning": 0.9})
    assert not stays_with(about_cooking, Memory(facet="complaint"))


def test_case_in_a_talk_about_complaints_is_about_the_complaint(snapshot: Snapshot) -> None:
    _, memory = ask(snapshot, "hvordan klager jeg i Brønderslev?", "complaint")
    answer, _ = ask(snapshot, "og hvem afgør det i sidste ende?", "assessment_method", memory=memory)
    assert answer.facet == "complaint" and "Ankestyrelsen" in answer.text


@pytest.mark.parametrize("text", ["fuldst.?", "og hvis de kun siger moderate?", "så svær"])
def test_other_level_asks_the_hours_again(snapshot: Snapshot, text: str) -> None:
    _, memory = ask(snapshot, "hvor mange timer til at mestre mit handicap i Glostrup?", "extent", "handicapmestring")
    answer, _ = ask(snapshot, text, "complaint", memory=memory)
    assert answer.facet == "extent" and answer.service and answer.service.id == "glostrup-handicapmestring"


def test_move_asks_the_same_there(snapshot: Snapshot) -> None:
    _, memory = ask(snapshot, "skal man betale for hjælp til økonomi i Gentofte?", "cost", "oekonomi")
    answer, _ = ask(snapshot, "hun overvejer at flytte til Gladsaxe. Er det anderledes?", "included", "flytning", memory)
    assert (answer.facet, answer.service and answer.service.id) == ("cost", "gladsaxe-oekonomi")


def test_same_kind_of_help_is_meant_in_another_municipality(snapshot: Snapshot) -> None:
    _, memory = ask(snapshot, "hvor mange timer til flytning i Glostrup?", "extent", "flytning")
    answer, _ = ask(snapshot, "følges der op bagefter i Gladsaxe?", "follow_up", memory=memory)
    assert answer.service and answer.service.id == "gladsaxe-flytning"


@pytest.mark.parametrize(
    "text", ["og til støtte til egen hygiejne?", "Undskyld, jeg tog fejl. Det var min hygiejne, jeg ville have spurgt om."]
)
def test_other_help_takes_over_the_question(snapshot: Snapshot, text: str) -> None:
    _, memory = ask(snapshot, "hvem kan få støtte til indkøb i Glostrup?", "eligibility", "indkoeb")
    told = snapshot.question(text, {"included": 0.3, "inform": 0.2}, {"hygiejne": 0.5, "-": 0.5})
    answer, _ = respond(snapshot, replace(told, corrects=correction_of(text)[1]), memory)
    assert (answer.facet, answer.service and answer.service.id) == ("eligibility", "glostrup-hygiejne")


def test_who_comes_is_no_repetition_of_the_question(snapshot: Snapshot) -> None:
    _, memory = ask(snapshot, "hjælper I mig med at møde nogen i Gentofte?", "included", "netvaerk")
    answer, _ = ask(snapshot, "hvem er det så der kommer", "provider", memory=memory)
    assert answer.facet == "provider"


def test_what_points_back_keeps_the_help(snapshot: Snapshot) -> None:
    _, memory = ask(snapshot, "hvad laver man på beskyttet beskæftigelse i Glostrup?", "included", "beskaeftigelse")
    assert memory.service == "glostrup-beskyttet-beskaeftigelse"
    money = replace(
        question(snapshot, "får man noget for det, altså penge?", {"oekonomi": 0.4, "-": 0.6}), facets={"cost": 1.0}
    )
    answer, _ = respond(snapshot, money, memory)
    assert answer.service and answer.service.id == "glostrup-beskyttet-beskaeftigelse"


# -- terms -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("hvad er Mosetoften?", ("mosetoften",)),
        ("Jeg skal VUM'es. Hvad er det for noget?", ("vum",)),
        ("hvad er det CTI, som I skriver om?", ("cti",)),
        ("de kalder det brobygning, hvad er det", ("brobygning",)),
        ('Min søn taler om "housing first". Hvad er det for noget?', ("housing", "first")),
        ("Der står 'vejledningsindsats'. Hvad betyder det for min far?", ("vejledningsindsats",)),
        ("hvad er formålet med støtten?", ()),
        ("hvad er prisen?", ()),
    ],
)
def test_word_that_is_asked_about(snapshot: Snapshot, text: str, term: tuple[str, ...]) -> None:
    assert asked_term(question(snapshot, text)) == term


def test_purpose_of_a_help_told_before_is_no_term(snapshot: Snapshot) -> None:
    text = "min nevø i Glostrup får støtte til oprydning. Hvad er formålet med den støtte?"
    answer, _ = ask(snapshot, text, "purpose", "rengoering")
    assert answer.service and answer.service.id == "glostrup-praktiske-opgaver"


def test_several_levels_are_explained_together(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "hvad dækker niveau 1 og 4 i Glostrup?", "definition")
    assert "let" in answer.text and "fuldstændigt" in answer.text


def test_level_told_in_a_word_is_explained(snapshot: Snapshot) -> None:
    answer, _ = ask(
        snapshot, "der står »moderate« problemer i brevet fra Glostrup, hvor meget er det på skalaen?", "definition"
    )
    assert "Niveau 2" in answer.text and "Niveau 3" not in answer.text


# -- statements ---------------------------------------------------------------------------------------------------------


def test_refusal_that_is_told_asks_how_to_complain(snapshot: Snapshot) -> None:
    text = "jeg har fået afslag på ledsager i Glostrup, hvad nu"
    told = snapshot.question(text, {"inform": 0.7, "complaint": 0.2, "need_covered": 0.1}, {"ledsagelse": 0.9, "-": 0.1})
    answer, _ = respond(snapshot, told, Memory())
    assert answer.facet == "complaint" and "4 uger" in answer.text


def test_pension_told_later_answers_the_question_again(snapshot: Snapshot) -> None:
    _, memory = ask(snapshot, "hvem skal jeg ringe til i Brønderslev? jeg er 26", "contact", "stoette")
    later = "nå ja, jeg fik tilkendt førtidspension sidste år, betyder det noget?"
    answer, _ = respond(snapshot, snapshot.question(later, {"eligibility": 0.8}, {"-": 1.0}), memory)
    assert answer.facet == "contact" and "9945 4421" in answer.text and "9945 4705" not in answer.text


# -- several questions ---------------------------------------------------------------------------------------------------


def asking(snapshot: Snapshot, text: str, *parts: tuple[str, dict[str, float], dict[str, float]]) -> Question:
    whole = snapshot.question(text, *parts[0][1:])
    return replace(whole, parts=tuple(snapshot.question(*part) for part in parts))


def test_places_beside_the_questions_are_asked_all(snapshot: Snapshot) -> None:
    hours, who = (
        ("kommer man på hold", {"extent": 0.9}, {"stoette": 0.9}),
        ("får man en alene", {"eligibility": 0.9}, {"-": 0.9}),
    )
    text = "kommer man på hold? får man en alene? både for Gentofte og Brønderslev"
    answer, _ = respond(snapshot, asking(snapshot, text, hours, who), Memory())
    assert [part.municipality.id for part in answer.parts if part.municipality] == ["gentofte", "broenderslev"]


def test_help_named_in_one_question_holds_for_the_other(snapshot: Snapshot) -> None:
    first = ("hvor tit kommer de", {"extent": 0.9}, {"-": 0.9})
    second = ("kan jeg selv vælge flyttefirma", {"free_choice": 0.9}, {"flytning": 0.95})
    answer, memory = respond(
        snapshot, asking(snapshot, "hvor tit kommer de? kan jeg selv vælge? i Gladsaxe", first, second), Memory()
    )
    assert {part.service.id for part in answer.parts if part.service} == {"gladsaxe-flytning"}
    assert "Hvilken slags hjælp" not in answer.text
    assert memory.facet == "free_choice"


def test_talk_goes_on_from_the_last_of_several_questions(snapshot: Snapshot) -> None:
    first, second = (
        ("hvad koster tøjvask", {"cost": 0.9}, {"toejvask": 0.9}),
        ("hvor klager jeg", {"complaint": 0.9}, {"-": 1.0}),
    )
    _, memory = respond(snapshot, asking(snapshot, "hvad koster tøjvask? hvor klager jeg? i Glostrup", first, second), Memory())
    assert memory.facet == "complaint"


# -- towns that are only gone to -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["til et arrangement helt oppe i Aalborg", "i biffen i Lyngby", "på kursus i Odense"])
def test_town_that_is_gone_to_is_no_other_municipality(snapshot: Snapshot, where: str) -> None:
    _, memory = ask(snapshot, "hvad koster ledsagelse i Gladsaxe?", "cost", "ledsagelse")
    answer, _ = respond(snapshot, snapshot.question(f"tager de med {where}?", {"included": 0.9}, {"ledsagelse": 0.9}), memory)
    assert answer.municipality and answer.municipality.id == "gladsaxe"


def test_pension_granted_later_takes_the_place_of_none(snapshot: Snapshot) -> None:
    first, memory = ask(snapshot, "Brønderslev, mand 27 år uden førtidspension, hvem skal han ringe til", "contact")
    later, _ = ask(snapshot, "og hvis han får tilkendt pension?", "inform", memory=memory)
    assert "9945 4705" in first.text
    assert "9945 4421" in later.text and "9945 4705" not in later.text


def test_correction_names_another_help_beside_a_level(snapshot: Snapshot) -> None:
    _, memory = ask(snapshot, "Glostrup netværk, let problem, kan de få noget?", "eligibility", "netvaerk")
    answer, _ = ask(
        snapshot, "nej undskyld jeg mente fastholdelse af beskæftigelse, let", "eligibility", "beskaeftigelse", memory
    )
    assert answer.service and answer.service.id == "glostrup-beskaeftigelse"


@pytest.mark.parametrize(
    ("text", "facet", "expected"),
    [
        ("Hvor længe går der, før jeg hører noget?", "processing_time", "complaint"),
        ("Hvad gør de, hvis de ikke giver ham ret?", "not_included", "complaint"),
        ("Hvor lang tid tager det normalt at få svar på en ansøgning der?", "processing_time", "processing_time"),
    ],
)
def test_after_a_complaint_only_what_is_about_it_stays_with_it(
    snapshot: Snapshot, text: str, facet: str, expected: str
) -> None:
    _, memory = ask(snapshot, "Hvordan klager jeg over et afslag i Glostrup?", "complaint")
    answer, _ = ask(snapshot, text, facet, memory=memory)
    assert answer.facet == expected


def test_help_that_was_compared_is_remembered(snapshot: Snapshot) -> None:
    text = "Er der støtte til at komme til behandling både i Gladsaxe og Glostrup?"
    _, memory = ask(snapshot, text, "included", "behandling")
    answer, _ = ask(snapshot, "Hvor mange timer får man så i Glostrup?", "extent", memory=memory)
    assert answer.service and answer.service.id == "glostrup-behandling"


def test_place_named_with_a_word_that_is_explained_is_remembered(snapshot: Snapshot) -> None:
    _, memory = ask(snapshot, "Gladsaxe, hvad betyder niveau 3?", "definition")
    answer, _ = ask(snapshot, "Kan man få hjælp til at vaske tøj?", "included", "toejvask", memory)
    assert answer.municipality and answer.municipality.id == "gladsaxe"


def test_levels_of_a_help_are_those_that_are_enough_for_it(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "Gladsaxe egenomsorg, hvilke VUM niveauer", "eligibility", "hygiejne")
    assert "moderate (2) eller svære (3) problemer inden for temaet egenomsorg" in answer.text


def test_what_is_asked_of_an_office_is_asked_of_the_same_office(snapshot: Snapshot) -> None:
    _, memory = ask(snapshot, "glostrup nr til hjemmehjælp visitation", "contact", "hjemmehjaelp")
    for text in ("hvornår har de åbent", "mailen?"):
        answer, memory = ask(snapshot, text, "contact", memory=memory)
        assert "Ring til Visitationsenheden, Center for Sundhed og Velfærd" in answer.text, text
        assert "Svaret gælder" not in answer.text  # the office is of no kind of help in the catalogue


def test_what_another_help_leaves_out_is_told_with_its_name(snapshot: Snapshot) -> None:
    _, memory = ask(snapshot, "Hvem kan få hjælp til madlavning i Gladsaxe?", "eligibility", "madlavning")
    answer, _ = ask(snapshot, "Er der også indkøb?", "included", "indkoeb", memory)
    assert answer.service and answer.service.id == "gladsaxe-indkoeb"
    assert "Under »Træning i madlavning« står der: Det indgår ikke: støtte til indkøb" in answer.text
