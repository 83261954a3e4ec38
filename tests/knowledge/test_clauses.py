"""Which clauses of a message ask something of their own."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.clauses import asked_part, asking_clauses, asks, is_list
from knowledge.snapshot import Snapshot


def clauses(snapshot: Snapshot, text: str) -> tuple[str, ...]:
    return asking_clauses(snapshot.analyser.analyse(text))


@pytest.mark.parametrize(
    "text",
    [
        "hvad koster det, og hvem kan få det?",
        "hvor tit kommer de? og er det gratis?",
        "opstartspakke timer om måneden + hvornår første opfølgning?",
        "hvem skal jeg ringe til og hvor længe skal jeg vente på svar",
        "hvad koster det, og hvilket udvalg i kommunen bestemmer?",
        "jeg har ledsager. 1) hvor længe må jeg spare timer op 2) må hun køre bil",
    ],
)
def test_two_questions_are_two_clauses(snapshot: Snapshot, text: str) -> None:
    assert len(clauses(snapshot, text)) == 2


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("fortæl mig, hvad det koster, om jeg skal være hjemme, og hvem der kommer", 3),
        ("giv mig den korte - hva de hjælper med, hvor meget man kan få og hva de ikke gider", 3),
        ("han husker ikke, hvad han skal, og hvor han bor", 0),
        ("jeg ved ikke hvad jeg skal gøre, og hvem jeg skal ringe til", 0),
    ],
)
def test_indirect_questions_count_where_somebody_asks_to_be_told(snapshot: Snapshot, text: str, asked: int) -> None:
    assert len(clauses(snapshot, text)) == asked


def test_head_that_asks_to_be_told_is_no_part_of_the_first_question(snapshot: Snapshot) -> None:
    asked = clauses(snapshot, "Fortæl mig kort om ledsagerordningen: hvor mange timer er det, og hvad koster det mig?")
    assert asked == ("hvor mange timer er det", "hvad koster det mig ?")


def test_items_of_an_enumeration_are_asked_with_the_question_before_them(snapshot: Snapshot) -> None:
    assert clauses(snapshot, "kan hun få a) struktur b) hjælp til rengøring?") == (
        "kan hun få struktur",
        "kan hun få hjælp til rengøring ?",
    )
    assert clauses(snapshot, "se (a) og (b), kan hun få hjælp?") == ()
    assert clauses(snapshot, "støtte a) struktur b) rengøring") == ()


@pytest.mark.parametrize(
    "text",
    [
        "hvad koster det at få hjælp til indkøb og madlavning?",
        "jeg er 34 og bor i Glostrup, kan jeg få hjælp til at gøre rent?",
        "hej",
        "min mor er træt, og min far er syg. Hvem kan hjælpe?",
        "Hvad træner man, hvis hun får støtte til at lave mad?",
        "Er det sådan, at nogen henter hans tøj og vasker det?",
        "Kan man selv vælge, hvilket firma der kommer med støtten?",
        "hvad står (2) (3) (4) for?",
        "Hvem er det, der kommer og hjælper min nevø med at vaske tøj?",
    ],
)
def test_one_question_is_not_cut(snapshot: Snapshot, text: str) -> None:
    assert clauses(snapshot, text) == ()


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("glostrup hygiejne svær: timer? hvor? revisit?", ("timer ?", "hvor ?", "revisitering ?")),
        ("gladsaxe tøjvask grad, hvor tit, hvem betaler sæbe", ("gladsaxe tøjvask grad", "hvor tit", "hvem betaler sæbe")),
        ("opstartspakke timer? 1. opf? hvem beslutter", ("opstartspakke timer ?", "1 opfølgning ?", "hvem beslutter")),
    ],
)
def test_catchwords_are_asked_one_by_one(snapshot: Snapshot, text: str, items: tuple[str, ...]) -> None:
    assert clauses(snapshot, text) == items and is_list(snapshot.analyser.analyse(text))


@pytest.mark.parametrize(
    "text",
    [
        "Hvor mange temaer er der i den udredning, Glostrup bruger, når man søger hjælp?",
        "brønderslev klage: frist, adresse?",
        "glostrup, opgangsbofællesskab: antal lejligheder?",
        "hej, hvad koster det, og hvor?",
        "§ 97 vs. § 85: timer? pris?",
    ],
)
def test_sentences_with_commas_are_no_list_of_catchwords(snapshot: Snapshot, text: str) -> None:
    assert not is_list(snapshot.analyser.analyse(text))


@pytest.mark.parametrize("text", ["", "?", "??", ", :", "– ?", "...", ":"])
def test_marks_alone_ask_nothing_of_their_own(snapshot: Snapshot, text: str) -> None:
    analysis = snapshot.analyser.analyse(text)
    assert clauses(snapshot, text) == () and not is_list(analysis)


@given(st.lists(st.sampled_from(["?", ",", ":", "–", "timer", "grad", "hvor", "tit", "og", ".", "+", "1"]), max_size=12))
def test_any_shorthand_can_be_cut(snapshot: Snapshot, words: list[str]) -> None:
    analysis = snapshot.analyser.analyse(" ".join(words))
    assert all(text.strip() for text in asking_clauses(analysis)) and analysis.without(re.compile("timer")) is not None


def test_names_of_several_places_make_no_list(snapshot: Snapshot) -> None:
    assert asking_clauses(snapshot.analyser.analyse("tøjvask: grad, glostrup, gladsaxe?"), places=2) == ()


def test_a_long_story_is_cut_only_at_its_question_marks(snapshot: Snapshot) -> None:
    story = "Nu skal du høre, " + "og så sagde han at det var svært, og hvad skulle jeg gøre, " * 6 + "det ved jeg ikke. "
    assert clauses(snapshot, story + "Hvad koster det? Hvem kan få det?") == ("hvad koster det ?", "hvem kan få det ?")


def test_what_a_sentence_tells_beside_its_question_is_not_asked(snapshot: Snapshot) -> None:
    analysis = snapshot.analyser.analyse("er 18 og går i gymnasiet, kan jeg få terapi?")
    assert asked_part(analysis).split() == ["kan", "jeg", "fa", "terapi", "?"]


@pytest.mark.parametrize(("text", "expected"), [("tak, men hvad koster det", True), ("ja?", True), ("tak for hjælpen", False)])
def test_whether_a_message_asks(snapshot: Snapshot, text: str, expected: bool) -> None:
    assert asks(snapshot.analyser.analyse(text)) is expected
