"""Danish as people type it: folded keys, corrected spelling, sentences."""

from __future__ import annotations

import re

import pytest

from knowledge.danish import DanishAnalyser, fold
from knowledge.snapshot import Snapshot


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Brønderslev", "broenderslev"),
        ("Brønderslev", "bronderslev"),
        ("tøjvask", "toejvask"),
        ("på", "paa"),
        ("nævnt", "naevnt"),
        ("RENGØRING", "rengøring"),
        ("århus", "Aarhus"),
        ("idé", "ide"),
    ],
)
def test_ways_of_writing_one_word_share_a_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("hus", "mus"), ("støtte", "statte"), ("er", "et")])
def test_different_words_keep_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tøjvsk", "tøjvask"),
        ("rengørring", "rengøring"),
        ("ledsagerordnig", "ledsagerordning"),
        ("botilbudd", "botilbud"),
        ("fltyter", "flytter"),
    ],
)
def test_misspelt_word_is_corrected(snapshot: Snapshot, written: str, meant: str) -> None:
    assert meant in snapshot.analyser.analyse(f"hvad koster {written} på kommunen").words


@pytest.mark.parametrize(("written", "meant"), [("stoette", "støtte"), ("madlavning", "madlavning"), ("foelges", "følges")])
def test_letters_left_out_are_restored(snapshot: Snapshot, written: str, meant: str) -> None:
    assert meant in snapshot.analyser.analyse(f"kan jeg faa hjaelp og {written} naar").words


@pytest.mark.parametrize("word", ["kat", "biler", "computer", "mor"])
def test_known_danish_word_is_left_alone(snapshot: Snapshot, word: str) -> None:
    assert word in snapshot.analyser.analyse(f"jeg har en {word} på øen").words


@pytest.mark.parametrize(("written", "read"), [("timeloft", "timeloft"), ("menesker", "mennesker")])
def test_what_two_known_words_make_is_no_misspelt_word(snapshot: Snapshot, written: str, read: str) -> None:
    assert read in snapshot.analyser.analyse(f"er der {written} på støtten").words


def test_correction_goes_only_towards_the_vocabulary() -> None:
    assert DanishAnalyser(["tøjvask"]).analyse("mit tøjvsk på onsdag").words[1] == "tøjvask"
    assert DanishAnalyser(["tandlæge"]).analyse("mit tøjvsk på onsdag").words[1] == "tøjvsk"


def test_paragraph_sign_and_slash_stand_alone(snapshot: Snapshot) -> None:
    assert {"§", "85", "/"} <= set(snapshot.analyser.analyse("støtte/hjælp efter §85").words)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("soc.pæd. støtte", "socialpædagogisk støtte"),
        ("egen øk. efter forløb", "egen økonomi efter forløb"),
        ("fasth. besk./udd./akt.", "fastholdelse beskæftigelse / uddannelse / aktiviteter"),
        ("praktiske opg let?", "praktiske opgaver let ?"),
        ("visit. i går", "visitation i går"),
        ("et visit i går", "et visit i går"),
        ("må hun tage med til Tyrkiet", "må hun tage med til udlandet tyrkiet"),
    ],
)
def test_abbreviations_are_written_out(snapshot: Snapshot, written: str, read: str) -> None:
    assert snapshot.analyser.analyse(written).normalized == read


def test_asking_sentence_is_told_from_telling_one(snapshot: Snapshot) -> None:
    analysis = snapshot.analyser.analyse("Jeg bor alene. Kan jeg få hjælp? Tak.")
    assert len(analysis.sentences) == 3
    (asked,) = analysis.asked()
    assert analysis.words[slice(*asked)] == ("kan", "jeg", "få", "hjælp", "?")


def test_message_without_question_mark_is_asked_as_a_whole(snapshot: Snapshot) -> None:
    analysis = snapshot.analyser.analyse("hvad koster det. jeg er pensionist.")
    assert analysis.asked() == analysis.sentences


def test_every_word_has_a_lemma(snapshot: Snapshot) -> None:
    analysis = snapshot.analyser.analyse("Hvilke støttepersoner kommer hjem til borgerne?")
    assert len(analysis.words) == len(analysis.lemmas) and all(analysis.lemmas)


@pytest.mark.parametrize("text", ["", "   ", "???", "🙂", "\u200b", "a" * 2000, "1.000,50 kr."])
def test_any_text_can_be_analysed(snapshot: Snapshot, text: str) -> None:
    assert snapshot.analyser.analyse(text).text == text


def test_words_can_be_left_out_by_their_key(snapshot: Snapshot) -> None:
    analysis = snapshot.analyser.analyse("Hej. Hvad koster støtten? Og i Gladsaxe på lørdag?")
    left = analysis.without(re.compile(r"\bhej|koster stotten|\blordag"))
    assert left.words == (".", "hvad", "?", "og", "i", "gladsaxe", "på", "?")
    assert [left.words[a:b] for a, b in left.sentences] == [(".",), ("hvad", "?"), ("og", "i", "gladsaxe", "på", "?")]
    assert analysis.without(re.compile("tandlage")) is analysis
