"""Plain Danish: LIX is counted as it is defined, names are set aside, and no answer is harder than the aim."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from knowledge.readability import MEDIAN, MOST, Readability, Summary, Text, measure, own_words, texts
from knowledge.snapshot import Snapshot

RESPONSES = Path(__file__).parents[2] / "bot" / "domain" / "responses.yml"


def test_lix_is_words_a_sentence_and_share_of_long_words() -> None:
    found = measure("Du kan søge om støtten. Kommunen svarer dig.")
    assert (len(found.words), len(found.sentences), found.long_words) == (8, 2, ("støtten", "Kommunen"))
    assert found.lix == pytest.approx(8 / 2 + 100 * 2 / 8)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Støtten kan omfatte:\n• rengøring\n• indkøb", 3),
        ("Den blev vedtaget den 2. december 2024.", 1),
        ("Du kan bl.a. få hjælp i ca. 2 timer.", 1),
        ("Er det gratis? Ja. Det er det!", 3),
        ("Ring kl. 9.30 på 99 45.", 1),
    ],
)
def test_sentences_are_counted(text: str, sentences: int) -> None:
    assert len(measure(text).sentences) == sentences


@pytest.mark.parametrize(
    "name",
    [
        "serviceloven",
        "§ 85 a",
        "§§ 103 og 104",
        "kapitel 10",
        "lov om social service",
        "Støtte til hjemmet (oprydning, rengøring mv.)",
        "Gladsaxe Kommunes",
    ],
)
def test_names_are_set_aside(name: str) -> None:
    names = ("Støtte til hjemmet (oprydning, rengøring mv.)", "Gladsaxe Kommune")
    assert measure(f"Det er {name} der.", names).words == ("Det", "er", "der")


def test_text_of_names_alone_is_not_hard() -> None:
    assert measure("§ 85 i serviceloven", ("i",)).lix == 0.0


def test_hardest_parts_are_named() -> None:
    found = measure("Kort. Voksenudredningsmetoden bruges til vurderingen af støtten.")
    assert found.longest_words(2) == ["voksenudredningsmetoden", "vurderingen"]
    assert found.longest_sentence().startswith("Voksenudredningsmetoden")


def test_lines_that_only_point_are_left_out() -> None:
    lines = (
        "Det er gratis.",
        "Svaret gælder Tøjvask (§ 85) i Gladsaxe Kommune.",
        "Kilde: Gladsaxe, dokument, afsnittet »Pris«.",
    )
    assert own_words("\n\n".join(lines)).split() == ["Det", "er", "gratis."]


def test_summary_lists_the_hardest_first() -> None:
    hard, harder, easy = (Readability((("betydeligt",) * n,)) for n in (2, 5, 1))
    summary = Summary((Text("a", "x", hard), Text("b", "y", harder), Text("c", "z", Readability((("let",),)))))
    assert [text.what for text in summary.over(55)] == ["y", "x"] and summary.median == hard.lix and easy.lix == 101


def test_answers_are_plain_danish(snapshot: Snapshot) -> None:
    responses = YAML(typ="safe").load(RESPONSES.read_text(encoding="utf-8"))["responses"]
    summary = Summary(tuple(texts(snapshot, responses)))
    hard = [f"{text.lix:.0f} {text.where}: {text.what}" for text in summary.over(MOST)]
    assert not hard and summary.median <= MEDIAN
    assert len(summary.texts) > 900
