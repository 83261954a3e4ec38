"""Comparisons: what is compared, what the first sentence says, and that nothing is borrowed."""

from __future__ import annotations

import re

import pytest
from ruamel.yaml import YAML

from knowledge.answer import NOT_STATED
from knowledge.brief import sentences
from knowledge.lookup import compare_places
from knowledge.putting_right import without_rival_levels
from knowledge.question import Memory, Question, flags_of
from knowledge.snapshot import Snapshot
from knowledge.vocabulary import CATALOGUE, vocabulary
from tests.helpers import ask

NAMED = {"broenderslev", "gentofte", "gladsaxe", "glostrup"}


def places(answer) -> list[str]:
    return [part.municipality.id for part in answer.parts]


def test_one_deadline_is_shorter(snapshot: Snapshot) -> None:
    answer = compare_places(snapshot, ["broenderslev", "unavngivet"], "processing_time")
    assert answer.verdict.startswith("Brønderslev har den korteste svarfrist") and "5 uger" in answer.verdict
    assert "10 uger" in answer.verdict


def test_same_deadline(snapshot: Snapshot) -> None:
    answer = compare_places(snapshot, ["glostrup", "broenderslev"], "complaint")
    assert "den samme" in answer.verdict and "4 uger" in answer.verdict


def test_silent_documents_take_no_part_in_a_verdict(snapshot: Snapshot) -> None:
    answer = compare_places(snapshot, ["gladsaxe", "glostrup", "gentofte", "broenderslev"], "complaint")
    assert answer.verdict.startswith("Kun Glostrup og Brønderslev oplyser")
    for part in answer.parts:
        if part.municipality and part.municipality.id in ("gladsaxe", "gentofte"):
            assert part.status == "not_stated"
    assert "retssikkerhedsloven" in answer.text


def test_free_everywhere_and_not_stated(snapshot: Snapshot) -> None:
    free = compare_places(snapshot, ["gentofte", "broenderslev"], "cost")
    assert free.verdict == "Selve støtten er gratis i Gentofte og Brønderslev."
    some = compare_places(snapshot, ["gladsaxe", "glostrup"], "cost", topic="toejvask")
    assert "Glostrup oplyser ikke prisen" in some.verdict and "vaskepulver" in some.parts[0].text
    assert "ingen egenbetaling" not in some.parts[1].text


def test_free_for_most_services_is_not_free_for_all(snapshot: Snapshot) -> None:
    verdict = compare_places(snapshot, ["gentofte", "gladsaxe"], "cost").verdict
    assert "11 ud af 12" in verdict and not verdict.startswith("Ja")


def test_hours_that_only_one_document_has(snapshot: Snapshot) -> None:
    answer = compare_places(snapshot, ["glostrup", "gladsaxe"], "extent", topic="rengoering", level=2)
    assert answer.verdict.startswith("Kun Glostrup") and "op til 4 timer om måneden" in answer.verdict
    assert "8 timer" not in answer.text


def test_no_verdict_where_values_cannot_be_compared(snapshot: Snapshot) -> None:
    answer = compare_places(snapshot, ["gladsaxe", "gentofte"], "free_choice")
    assert answer.verdict == "" and answer.parts[0].text != answer.parts[1].text


def test_levels_of_the_target_group(snapshot: Snapshot) -> None:
    verdict = compare_places(snapshot, ["glostrup", "gladsaxe"], "eligibility", topic="rengoering", level=1).verdict
    assert "Glostrup" in verdict.split(".")[0] and "Gladsaxe" not in verdict.split(".")[0]


def test_parts_are_short_and_each_has_its_own_source(snapshot: Snapshot) -> None:
    answer = compare_places(snapshot, sorted(NAMED), "extent", topic="rengoering")
    for line in answer.text.split("\n\n")[1:]:
        body, _, source = line.partition(" (Kilde: ")
        assert source, line
        assert len(sentences(body)) <= 3


@pytest.mark.parametrize(
    "text", ["hvem svarer hurtigst?", "hvilken kommune svarer hurtigst?", "hvor er det billigst?", "vis mig alle kommunerne"]
)
def test_all_named_municipalities_when_none_is_named(snapshot: Snapshot, text: str) -> None:
    answer, _ = ask(snapshot, text, "processing_time")
    assert set(places(answer)) == NAMED


@pytest.mark.parametrize(
    "text",
    [
        "jeg boede i Glostrup, men bor nu i Gladsaxe. Hvad koster tøjvask?",
        "Min bror bor i Glostrup. Hvad koster tøjvask i Gladsaxe?",
        "ikke Glostrup, hvad koster tøjvask i Gladsaxe?",
    ],
)
def test_only_what_is_asked_about(snapshot: Snapshot, text: str) -> None:
    answer, _ = ask(snapshot, text, "cost", "toejvask")
    assert not answer.parts and answer.municipality and answer.municipality.id == "gladsaxe"


def test_moving_compares_what_was_talked_about(snapshot: Snapshot) -> None:
    _, memory = ask(snapshot, "hvad koster tøjvask i Glostrup?", "cost", "toejvask")
    answer, _ = ask(snapshot, "jeg flytter fra Glostrup til Gladsaxe", "inform", "flytning", memory)
    assert (places(answer), answer.facet) == (["glostrup", "gladsaxe"], "cost")
    assert "vaskepulver" in answer.text


def test_moving_without_a_question_gives_the_overview(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "jeg flytter fra Glostrup til Gladsaxe", "inform", "flytning")
    assert (places(answer), answer.facet) == (["glostrup", "gladsaxe"], "overview")
    assert "18 slags" in answer.text and "12 slags" in answer.text


def test_follow_ups_stay_with_the_comparison_until_one_is_named(snapshot: Snapshot) -> None:
    first, memory = ask(snapshot, "er det gratis både i Gentofte og Brønderslev?", "cost")
    assert first.verdict.startswith("Ja")
    more, memory = ask(snapshot, "og hvad med Gladsaxe?", "inform", memory=memory)
    assert places(more) == ["gentofte", "broenderslev", "gladsaxe"]
    complaint, memory = ask(snapshot, "og klagefristen?", "complaint", memory=memory)
    assert places(complaint) == places(more) and complaint.facet == "complaint"
    single, memory = ask(snapshot, "hvor længe skal man vente i Brønderslev?", "processing_time", memory=memory)
    assert not single.parts and "5 uger" in single.text
    still, _ = ask(snapshot, "hvordan klager man?", "complaint", memory=memory)
    assert not still.parts


def test_nameless_document_takes_part_only_when_named(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "hvem svarer hurtigst, Brønderslev eller dokumentet uden kommunenavn?", "processing_time")
    assert set(places(answer)) == {"broenderslev", "unavngivet"}


def test_municipality_without_document_is_said(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "er støtten gratis i Gentofte og Aarhus?", "cost")
    assert "Aarhus" in answer.text and answer.municipality and answer.municipality.id == "gentofte"
    three, _ = ask(snapshot, "er støtten gratis i Gentofte, Brønderslev og Aarhus?", "cost")
    assert len(three.parts) == 2 and "Aarhus" in three.text


def test_two_kinds_of_help_in_one_municipality(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "hvad er forskellen på § 107 og § 108 i Glostrup?", "definition")
    assert [part.service.id for part in answer.parts if part.service] == [
        "glostrup-midlertidigt-botilbud",
        "glostrup-laengerevarende-botilbud",
    ]
    assert answer.municipality and answer.municipality.id == "glostrup"


def test_paragraph_of_many_kinds_stands_for_the_help_in_general(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "hvad er forskellen på § 85 og § 99 i Glostrup?", "definition")
    services = [part.service.id for part in answer.parts if part.service]
    assert services == ["glostrup-paragraf-85", "glostrup-kontaktperson"]


def test_all_forms_of_one_kind_are_set_beside_each_other(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "hvilke former for botilbud er der i Glostrup?", "overview", "botilbud")
    assert {"Midlertidigt botilbud", "Længerevarende botilbud"} <= {p.service.name for p in answer.parts if p.service}


def test_two_levels_ask_for_no_single_one(snapshot: Snapshot) -> None:
    analysis = snapshot.analyser.analyse("hvor mange timer med moderate kontra svære problemer")
    question = Question(analysis, {}, {}, snapshot.linker.link(analysis), flags_of(analysis))
    assert without_rival_levels(question).mentions.level is None
    answer, _ = ask(snapshot, "timer til rengøring i Glostrup, moderat eller svær?", "extent", "rengoering", Memory())
    assert "4 timer" in answer.text and "8 timer" in answer.text


def test_patterns_compile_and_name_known_facets() -> None:
    table = YAML(typ="safe").load((CATALOGUE / "vocabulary" / "comparison.yml").read_text(encoding="utf-8"))
    assert set(table.pop("ranked")) <= set(vocabulary().facets)
    table.pop("between_levels")
    kinds = table.pop("everyday_kinds")
    assert all(set(kind["topics"]) <= set(vocabulary().topics) for kind in kinds)
    for patterns in (*table.values(), [kind["said"] for kind in kinds]):
        for pattern in patterns:
            assert re.compile(pattern.replace("NAME", "x")) and not re.search("[æøåA-Z]", pattern.replace("NAME", ""))


def test_what_one_help_includes_and_another_leaves_out_is_told(snapshot: Snapshot) -> None:
    answer = ask(snapshot, "Hvad er forskellen på støtte til behandling i Glostrup og Gladsaxe?", "included", "behandling")[0]
    glostrup, gladsaxe = answer.text.split("\n\n")[1:3]
    assert "ledsagelse til behandling" in glostrup and "Det indgår ikke: fast ledsagelse til behandling" in gladsaxe


def test_every_line_says_which_help_it_is_about_and_where_all_of_it_stands(snapshot: Snapshot) -> None:
    answer = compare_places(snapshot, ["glostrup", "gladsaxe"], "included", topic="behandling")
    for line in answer.text.split("\n\n")[1:3]:
        assert re.search(r"Det gælder Støtte .*\(§ 85\)\. \(Kilde: .*, afsnittet »[^«]+«(?:, »[^«]+«)*\.\)$", line), line


def test_levels_that_decide_are_told(snapshot: Snapshot) -> None:
    answer = compare_places(snapshot, ["glostrup", "gladsaxe"], "eligibility", topic="rengoering", level=1)
    assert "Det er de ikke i Gladsaxe" in answer.verdict
    assert "moderate (2) til svære (3)" in answer.text.split("\n\n")[2]


def test_what_one_help_leaves_out_is_told_in_a_look_up_too(snapshot: Snapshot) -> None:
    answer = compare_places(snapshot, ["gladsaxe", "glostrup"], "included", topic="behandling")
    assert "Det indgår ikke: fast ledsagelse til behandling" in answer.text
    assert "Det indgår ikke" not in answer.text.split("\n\n")[2]


@pytest.mark.parametrize(
    "text",
    [
        "Jeg flytter fra Brønderslev til Gentofte til foråret. Kan jeg tage min støtte med?",
        "Vi flytter fra Glostrup til Gladsaxe, følger bostøtten med?",
    ],
)
def test_no_document_tells_whether_help_goes_along(snapshot: Snapshot, text: str) -> None:
    answer, _ = ask(snapshot, text, "special_notes", "stoette")
    assert answer.status == NOT_STATED
    assert answer.text.count("hvad der sker med støtten, hvis du flytter til en anden kommune") == 2


def test_items_that_fit_go_first_and_a_list_that_is_cut_says_so(snapshot: Snapshot) -> None:
    text = "Hvad får jeg af hjælp med flyttekasser og det hele i Gladsaxe, og hvad i Glostrup?"
    answer, _ = ask(snapshot, text, "included", "flytning")
    gladsaxe = answer.text.partition("Gladsaxe:")[2].partition("Glostrup:")[0]
    assert "flyttekasser" in gladsaxe
    assert "Støtten kan blandt andet omfatte:" in gladsaxe


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Hvor mange timer får man til rengøring og hygiejne?", False),
        ("Hvad er forskellen i timer på rengøring og hygiejne?", True),
    ],
)
def test_where_the_frame_is_largest_is_told_where_that_is_asked(snapshot: Snapshot, asked: str, told: bool) -> None:
    _, memory = ask(snapshot, "Hvad er der i Glostrup til rengøring kontra hygiejne?", "overview", "rengoering")
    answer, _ = ask(snapshot, asked, "extent", "rengoering", memory)
    assert ("rammen er størst" in answer.text.lower() or "ramme er størst" in answer.text) is told


def test_frames_are_not_added_up(snapshot: Snapshot) -> None:
    text = "Hvor mange timer kan man få i alt i Glostrup til hygiejne og til økonomi?"
    _, memory = ask(snapshot, "Hvad er forskellen på støtte til hygiejne og økonomi i Glostrup?", "overview", "hygiejne")
    answer, _ = ask(snapshot, text, "extent", "hygiejne", memory)
    assert "Dokumentet lægger ikke rammerne sammen." in answer.text
