"""Yes and no: an example question's answer holds only for a question on the same side of the matter."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from knowledge.danish import fold
from knowledge.matching import Match
from knowledge.model import Ask, Fact, Source
from knowledge.ranking import Ranked
from knowledge.snapshot import Snapshot
from knowledge.verdict import NO, OUTSIDE, YES, carries_over, verdict
from knowledge.vocabulary import CATALOGUE

SOURCE = Source("900", "Støtte", "1")
NEAR = 0.9


def ranked(text: str, ask: str, answer: str, facet: str = "special_notes", near: float = NEAR) -> Ranked:
    fact = Fact(f"a.{facet}.{fold(text)[:9]}", facet, text, SOURCE, "lilleby", "lilleby-vask", asks=(Ask(ask, answer),))
    return Ranked(fact, near, Match(near, 0, near, near))


def said(snapshot: Snapshot, asked: str, *facts: Ranked) -> str:
    return verdict(facts[0], facts, snapshot.question(asked, {"special_notes": 1.0}, {}))


PRESENT = ("Du skal selv deltage.", "skal jeg være hjemme når de kommer", YES)
STAFF = ("Du må regne med flere forskellige medarbejdere.", "er det altid den samme der kommer", NO)
SAVED = ("Opsparede timer falder bort efter seks måneder.", "kan jeg gemme timer i et helt år", NO)
DEAFBLIND = ("Er du døvblind, kan du ikke få ordningen.", "kan folk, der er døve og blinde, få en ledsager", NO)
ANONYMOUS = ("Du kan være anonym.", "kan jeg være anonym", YES)
CALLED = ("Du eller en pårørende skal kontakte kommunen.", "kan min mor ringe for mig", YES)
BROUGHT = ("Det indgår ikke: at få maden leveret.", "mad fra hjemmeplejen, er det med", NO, "not_included")
HOTEL = ("Turen hjem tæller med.", "tæller turen hjem med", YES)


@pytest.mark.parametrize(
    ("fact", "asked", "expected"),
    [
        (PRESENT, "Skal jeg være hjemme, når de kommer?", YES),
        (PRESENT, "Må de komme, når jeg ikke er hjemme?", ""),
        (PRESENT, "Kan de komme, mens jeg er på arbejde?", ""),
        (STAFF, "Er det altid den samme?", NO),
        (STAFF, "Er det altid den samme, eller er det forskellige?", ""),
        (STAFF, "Er det forskellige, der kommer?", ""),
        (SAVED, "Kan jeg gemme timer?", ""),
        (SAVED, "Kan jeg gemme timer et helt år?", NO),
        (DEAFBLIND, "Kan folk, der er døvblinde, få en ledsager?", NO),
        (DEAFBLIND, "Kan folk, der er døve, få en ledsager?", ""),
        (ANONYMOUS, "Kan jeg være anonym?", YES),
        (ANONYMOUS, "Kan jeg være anonym i begge?", ""),
        (CALLED, "Kan min mor ringe for mig?", YES),
        (CALLED, "Kan min nabo ringe for mig?", ""),
        (BROUGHT, "Er maden fra hjemmeplejen med?", NO),
        (BROUGHT, "Er det så hjemmeplejen med maden?", ""),
        (HOTEL, "Tæller turen hjem med i hans timer?", YES),
        (HOTEL, "Hvad tæller turen hjem med som?", ""),
        (HOTEL, "Min mor vil vide, hvad hun skal gøre.", ""),
        (HOTEL, "Er turen hjem helt udelukket?", ""),
    ],
)
def test_answer_holds_on_the_same_side_only(snapshot: Snapshot, fact: tuple[str, ...], asked: str, expected: str) -> None:
    assert said(snapshot, asked, ranked(*fact)) == expected


OWN = ranked("Du betaler selv for rengøringsartikler.", "får jeg klude og sæbe betalt", NO, "cost")
FREE = ranked("Selve støtten er gratis for dig.", "koster støtten noget", NO, "cost")
BOOKS = ranked("Bøger er gratis. Du får dem stillet til rådighed.", "får jeg bøgerne udleveret", YES, "cost")


@pytest.mark.parametrize(
    ("facts", "asked", "expected"),
    [
        ([OWN, FREE], "Skal jeg selv betale for klude og sæbe?", YES),
        ([OWN, FREE], "Betaler kommunen sæben?", NO),
        ([OWN, FREE], "Er sæben på kommunens regning?", NO),
        ([FREE, OWN], "Koster det noget?", NO),
        ([FREE, OWN], "Er det gratis?", YES),
        ([FREE, OWN], "Er turen i zoo også gratis?", ""),
        ([FREE, OWN], "Kan støtten komme til at koste noget?", ""),
        ([FREE, OWN], "Skal jeg selv købe sæben?", ""),
        ([FREE], "Betaler de også mine girokort?", ""),
        ([BOOKS], "Skal vi selv købe bøgerne?", NO),
    ],
)
def test_who_pays_is_told_by_the_fact(snapshot: Snapshot, facts: list[Ranked], asked: str, expected: str) -> None:
    assert said(snapshot, asked, *facts) == expected


def test_rival_answer_takes_the_word_away(snapshot: Snapshot) -> None:
    short = ranked("Op til seks måneder.", "kan jeg spare timer op til ferien", YES)
    other = ranked("Ikke i udlandet.", "kan jeg spare timer op til rejsen", NO)
    assert said(snapshot, "Kan jeg spare timer op til ferien?", short) == YES
    assert said(snapshot, "Kan jeg spare timer op til ferien?", short, other) == ""


def test_what_is_not_included_needs_no_example_question(snapshot: Snapshot) -> None:
    fact = Fact("a.not_included.1", "not_included", "hovedrengøring", SOURCE, "lilleby", "lilleby-vask")
    lead = Ranked(fact, NEAR, Match(NEAR, -1, 0.0, NEAR))
    assert said(snapshot, "Laver de hovedrengøring?", lead) == NO


def test_level_outside_those_granted(snapshot: Snapshot) -> None:
    fact = Fact("a.eligibility.1", "eligibility", "Til svære.", SOURCE, value={"kind": "vum", "levels": [3, 4]})
    lead = Ranked(fact, NEAR, Match(NEAR, -1, 0.0, NEAR))
    assert said(snapshot, "Kan jeg få det med lette problemer?", lead) == OUTSIDE
    assert said(snapshot, "Kan jeg få det med svære problemer?", lead) == ""


def test_patterns_are_written_as_folded_text_is() -> None:
    text = (CATALOGUE / "vocabulary" / "verdict.yml").read_text(encoding="utf-8")
    patterns = [line for line in text.splitlines() if not line.startswith("#")]
    assert not [line for line in patterns if re.search("aa|ae|oe|[æøå]", line)], "fold leaves none of these: no text can match"


@pytest.mark.parametrize(
    ("answer", "ask", "asked"),
    [
        (NO, "kan alle få det individuelt", "kan jeg få det individuelt"),
        (YES, "kan man få det", "kan man altid få det"),
        (YES, "kan støtten komme fra et firma", "kan jeg selv vælge firma"),
        (YES, "er 4 det værste", "kan man få 4"),
        (NO, "må jeg beholde timerne", "mister jeg timerne"),
        (YES, "kan man være anonym", "skal han sige sit navn"),
        (YES, "mister jeg timerne hvis jeg ikke bruger dem", "mister jeg timerne"),
    ],
)
def test_other_side_of_the_matter(answer: str, ask: str, asked: str) -> None:
    assert not carries_over(answer, fold(ask), fold(asked))


def test_what_another_fact_excepts_gets_no_yes(snapshot: Snapshot) -> None:
    hours = ranked("Du kan få 15 timer.", "kan hun få 15 timer", YES)
    excepted = Fact(
        "a.eligibility.2", "eligibility", "Du kan ikke få ordningen, hvis du er døvblind.", SOURCE, words=("døvblind",)
    )
    other = Ranked(excepted, 0.1, Match(0.1, -1, 0.0, 0.1))
    assert said(snapshot, "Kan min kone få 15 timer?", hours, other) == YES
    assert said(snapshot, "Min kone er døvblind. Kan hun få 15 timer?", hours, other) == ""


def test_exclusion_that_fits_takes_the_yes_away(snapshot: Snapshot) -> None:
    training = ranked("træning i at bruge MitID", "hjælper de med MitID", YES, "included")
    login = Fact("a.not_included.3", "not_included", "at bruge dit MitID for dig", SOURCE)
    excluded = Ranked(login, 0.7, Match(0.7, -1, 0.0, 0.7))
    assert said(snapshot, "Må hun bruge mit MitID?", training) == YES
    assert said(snapshot, "Må hun bruge mit MitID?", training, excluded) == ""


def test_asking_to_be_told_gets_neither(snapshot: Snapshot) -> None:
    assert said(snapshot, "Kan du se, om turen hjem tæller med?", ranked(*HOTEL)) == ""


def test_follow_up_that_says_something_of_its_own_gets_neither(snapshot: Snapshot) -> None:
    question = snapshot.question("Må ledsageren komme med til Spanien? Og en koncert i Odense?", {"special_notes": 1.0}, {})
    lead = ranked("Ikke i udlandet.", "må ledsageren komme med til Spanien", NO)
    own = snapshot.question("Og en koncert i Odense?", {"special_notes": 1.0}, {}).mentions
    assert verdict(lead, [lead], replace(question, completes=True, mentions=own)) == ""
