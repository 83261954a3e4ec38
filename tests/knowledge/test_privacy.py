"""Personal data is found in every disguise, and what questions are about is kept."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from knowledge.privacy import MARKS, public_contacts, redact, removal_notice
from knowledge.snapshot import Snapshot

CPR = [  # an invented number in the ways people write it
    "010190-1234",
    "0101901234",
    "010190 1234",
    "010190 - 1234",
    "010190–1234",
    "010190.1234",
    "01 01 90 1234",
    "01.01.90-1234",
    "01/01/90-1234",
    "01-01-1990-1234",
    "01011990-1234",
    "0 1 0 1 9 0 1 2 3 4",
    "０１０１９０－１２３４",
    "٠١٠١٩٠-١٢٣٤",
    "𝟘𝟙𝟘𝟙𝟡𝟘𝟙𝟚𝟛𝟜",
    "0①0①⑨0-①②③④",
    "0\u200b10190\u2060-1234",
    "0️⃣1️⃣0️⃣1️⃣9️⃣0️⃣1️⃣2️⃣3️⃣4️⃣",
    "610190-1234",
    "nul en nul et ni nul en to tre fire",
]
PHONES = ["22334455", "22 33 44 55", "22-33-44-55", "22.33.44.55", "2233 4455", "223 34 455", "+45 22 33 44 55", "+4522334455"]
PHONES += ["0045 22334455", "２２ ３３ ４４ ５５", "+46 70 123 45 67", "+49 (0)30 123456", "to to tre tre fire fire fem fem"]
EMAILS = [
    "bo@mail.dk",
    "Bo.Hansen+x@mail.co.uk",
    "bo＠mail.dk",
    "bo @ mail.dk",
    "bo(at)mail.dk",
    "bo snabel-a mail.dk",
    "åse@ærø.dk",
]
KEPT = [
    "990190-1234",  # no such date
    "sag 9912345678",
    "310290-1234",
    "journalnr. 24356789",
    "CVR 29188378",
    "den 20102024",
    "20.10.2024 og 2024-10-20",
    "den 10.12.2024 2600 Glostrup",
    "10.12.24 4000 kr.",
    "2023-2024",
    "mellem 2000-2500 kr.",
    "20000000 kr.",
    "§§ 85 86 87 88",
    "2600 Glostrup",
    "fra 8.00-16.00",
    "112 og 1888",
    "01.01.1990",
    "jeg er 35 og får 12,5 timer om ugen",
    "kan man @ nogen her",
    "skal jeg skrive mit cpr nummer for at få 1234 kr om ugen",
    "jeg er født 01.01.1990 og bor i 2600 Glostrup",
]


@pytest.mark.parametrize("written", CPR)
def test_cpr_is_taken_out(written: str) -> None:
    found = redact(f"mit cpr er {written}, hvad koster det?")
    assert found.kinds == ("cpr",)
    assert re.fullmatch(rf"mit cpr er {re.escape(MARKS['cpr'])}\W*, hvad koster det\?", found.text)


@pytest.mark.parametrize("text", ["cpr:010190-1234.", "(010190-1234)", "cpr010190-1234er", "nr.010190-1234", "5 010190 1234"])
def test_cpr_is_taken_out_beside_words_and_punctuation(text: str) -> None:
    assert "1234" not in redact(text).text


@pytest.mark.parametrize(
    "text",
    [
        "mit cpr er 010190 og de sidste fire er 4321",
        "CPR-nummer: 01.01.1990, 4321",
        "født 010190, de sidste fire cifre: 4321",
        "personnummer 010190 12 21",
    ],
)
def test_cpr_told_in_pieces_is_taken_out(text: str) -> None:
    found = redact(text)
    assert found.kinds == ("cpr",) and not re.search(r"\d", found.text)


def test_every_cpr_of_a_text_is_taken_out() -> None:
    found = redact("010190-1234,311299-4321 og " + "x" * 500 + " 0101901234")
    assert found.text.count(MARKS["cpr"]) == 3 and not re.search(r"\d", found.text)


@pytest.mark.parametrize("written", PHONES)
def test_phone_is_taken_out(written: str) -> None:
    found = redact(f"ring til mig på {written} i morgen")
    assert found.kinds == ("phone",) and found.text == f"ring til mig på {MARKS['phone']} i morgen"


@pytest.mark.parametrize("written", EMAILS)
def test_email_is_taken_out(written: str) -> None:
    found = redact(f"skriv til {written}.")
    assert found.kinds == ("email",) and found.text == f"skriv til {MARKS['email']}."


@pytest.mark.parametrize("text", KEPT)
def test_near_miss_is_kept(text: str) -> None:
    assert redact(text) == redact("").__class__(text)


def test_contacts_of_the_documents_are_kept(snapshot: Snapshot) -> None:
    public = public_contacts(snapshot)
    for phone in ("9945 4421", "99454421", "+45 99 45 44 21", "70 201 201", "82 12 12 12"):
        assert not redact(f"hvem har {phone}?", public)
        assert redact(f"hvem har {phone}?")


def test_every_phone_in_answers_is_public(snapshot: Snapshot) -> None:
    public = public_contacts(snapshot)
    responses = YAML(typ="safe").load(Path("bot/domain/responses.yml").read_text(encoding="utf-8"))["responses"]
    texts = [variant["text"] for variants in responses.values() for variant in variants if "text" in variant]
    texts += [fact.text for fact in snapshot.facts]
    assert len(texts) > 1000 and [text for text in texts if redact(text, public)] == []


def test_citizen_is_told_what_was_taken_out() -> None:
    told = removal_notice(redact("010190-1234, 22334455, bo@mail.dk"))
    assert "CPR-nummeret, telefonnummeret og mailadressen" in told
    assert "CPR-nummeret fra" in removal_notice(redact("010190-1234"))


DIGITS = ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "०१२३४५६७८९"]
words = st.text(st.characters(whitelist_categories=("Ll", "Lu", "Po", "Zs")), max_size=40).filter(
    lambda text: (
        "@" not in unicodedata.normalize("NFKC", text) and not any(c.isdigit() for c in unicodedata.normalize("NFKC", text))
    )
)


@given(
    before=words,
    after=words,
    day=st.integers(1, 28),
    month=st.integers(1, 12),
    year=st.integers(0, 99),
    number=st.integers(0, 9999),
    gap=st.sampled_from(["", "-", " ", " - ", "–", "−", "\u00a0", "\u2011", "."]),
    digits=st.sampled_from(DIGITS),
)
def test_no_cpr_survives(before: str, after: str, day: int, month: int, year: int, number: int, gap: str, digits: str) -> None:
    written = f"{day:02}{month:02}{year:02}{gap}{number:04}".translate(str.maketrans("0123456789", digits))
    found = redact(f"{before}{written}{after}")
    assert found.kinds[:1] == ("cpr",)
    assert not any(c.isdigit() for c in found.text)


@given(
    pairs=st.lists(st.integers(0, 99), min_size=3, max_size=3),
    first=st.integers(20, 99),
    digits=st.sampled_from(DIGITS),
)
def test_no_phone_survives(first: int, pairs: list[int], digits: str) -> None:
    written = " ".join(f"{pair:02}" for pair in [first, *pairs]).translate(str.maketrans("0123456789", digits))
    found = redact(f"mit nummer er {written}")
    assert not any(c.isdigit() for c in found.text)


@given(st.text())
def test_redaction_is_stable_and_takes_nothing_else(text: str) -> None:
    found = redact(text)
    assert redact(found.text).kinds == ()
    if not found:
        assert found.text == text


@given(words)
def test_text_without_numbers_and_addresses_is_unchanged(text: str) -> None:
    assert not redact(text) or "snabel" in text.lower()


@given(st.integers(13, 99), st.integers(1, 31), st.integers(0, 10**6 - 1))
def test_ten_digits_that_are_no_date_are_kept(month: int, day: int, rest: int) -> None:
    assert not redact(f"sag {day:02}{month:02}{rest:06}")
