"""Which clauses of a message ask something of their own."""

from __future__ import annotations

import pytest

from knowledge.clauses import asking_clauses
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
    ],
)
def test_one_question_is_not_cut(snapshot: Snapshot, text: str) -> None:
    assert clauses(snapshot, text) == ()


def test_a_long_story_is_cut_only_at_its_question_marks(snapshot: Snapshot) -> None:
    story = "Nu skal du høre, " + "og så sagde han at det var svært, og hvad skulle jeg gøre, " * 6 + "det ved jeg ikke. "
    assert clauses(snapshot, story + "Hvad koster det? Hvem kan få det?") == ("hvad koster det ?", "hvem kan få det ?")
