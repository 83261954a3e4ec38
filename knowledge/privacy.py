"""Finds and takes out personal data in what people write: CPR numbers, telephone numbers, e-mail addresses.

Everything that is stored, logged or measured goes through here first. A doubtful number is rather taken out than kept; what
must be kept because questions are about it is listed in `_KEPT_BEFORE` and `_KEPT_AFTER` and in `Contacts`.

The search reads a folded copy of the text (compatibility forms, digits of all scripts, dashes and blanks made plain, marks and
invisible characters passed over), so that full-width or circled digits hide nothing; the places are then cut from the original.

Source: a CPR number is the date of birth (ddmmyy) and four digits; the check sum has been void since 2007, so only the date
is tested. Numbers given to people without one have 60 added to the day.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

from knowledge.snapshot import Snapshot
from knowledge.wording import wording

KINDS = ("cpr", "phone", "email")
# Without a word, so that the classifiers read the message as if the number had stayed (a mark with "telefon" asks for one).
MARKS = {"cpr": "[******-****]", "phone": "[** ** ** **]", "email": "[***@***]"}

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_GAP = r" {0,2}[-./_:]? {0,2}"
_CPR = re.compile(rf"(?<!\d)(\d\d)({_GAP})(\d\d){_GAP}((?:18|19|20)?)(\d\d)({_GAP})(\d\d[ -]?\d\d)(?!\d)")
# "cpr 010190 og de sidste fire er 1234": told in two pieces, looked for only where the word stands
_CPR_IN_PIECES = re.compile(rf"(?<!\d)(\d\d){_GAP}(\d\d){_GAP}(?:18|19|20)?\d\d(?!\d)\D{{1,60}}?(?<!\d)\d{{4}}(?!\d)")
_CPR_SPACED = re.compile(r"(?<!\d)(?<!\d )\d(?: \d){5}(?: ?- ?| )\d(?: \d){3}(?! ?\d)")
_PHONE = re.compile(
    r"(?<![\d+])(?<!\d[./-])(?:(?:\+|00) ?45[ -]?)?"
    r"(?:[2-9]\d(?P<gap> {1,2}| ?[-.] ?|/|)\d\d(?P=gap)\d\d(?P=gap)\d\d|[2-9]\d{3}(?: {1,2}| ?[-./] ?)\d{4}"
    r"|[2-9]\d{2} \d{2} \d{3}|[2-9]\d{2} \d{3} \d{2}|[2-9]\d \d{3} \d{3})(?!\d)(?![-./]\d)"
)
_PHONE_ABROAD = re.compile(r"(?<![\d+])(?:\+|00(?=[1-9]))(?:[ ()./-]{0,2}\d){8,15}(?!\d)")
_EMAIL = re.compile(r"[\w.+%'-]{1,64}(?: ?@ ?| ?[(\[]at[)\]] ?| snabel-?a )[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.IGNORECASE)
_DIGIT_WORDS = dict(zip(["nul", "en", "et", "én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni"], "011123456789"))
_WORD = "(?:" + "|".join(_DIGIT_WORDS) + ")"
_SPELLED = re.compile(rf"\b{_WORD}(?:[ ,-]{{1,3}}{_WORD}){{7,}}\b", re.IGNORECASE)

_KEPT_BEFORE = re.compile(
    r"(?:§+|cvr|ean|sagsn\w*|sag|journal\w*|j\.?nr|konto\w*|reg|faktura\w*|ordre\w*|paragraf\w*)[\s.:-]*(?:n(?:r|ummer)\.?)?[\s:]*$",
    re.IGNORECASE,
)
_KEPT_AFTER = re.compile(r"\s*(?:kr\b|kroner|dkk|,-|%|pct|procent|timer?\b|minutter|år\b|€|euro)", re.IGNORECASE)
_RANGE = re.compile(r"(?:19|20)\d\d[ ./-]{1,3}(?:19|20)\d\d|\d\d[05]0 ?- ?\d\d[05]0")  # years, rounded amounts
_CPR_NAMED = re.compile(r"cpr|person(?:\s|-)?n(?:r|ummer)|sidste (?:fire|4)|sygesikringsn", re.IGNORECASE)
_CPR_WORD = re.compile(r"(?:cpr|person(?:\s|-)?n|sygesikring)[^\d]{0,30}$", re.IGNORECASE)
_PLACE_OR_UNIT = re.compile(r"\s+[A-ZÆØÅ]|" + _KEPT_AFTER.pattern)


@dataclass(frozen=True)
class Redaction:
    """A text without personal data.

    Attributes:
        text: with a mark where something was taken out.
        kinds: what was taken out, in the order of `KINDS`; empty when the text is unchanged.
    """

    text: str
    kinds: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.kinds)


@dataclass(frozen=True)
class Contacts:
    """Numbers (digits only) and addresses (lower case) that are no person's: they may be asked about."""

    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()


NOBODY = Contacts()


def redact(text: str, public: Contacts = NOBODY) -> Redaction:
    """Take personal data out of a text.

    Args:
        public: contacts that are kept.
    """
    if not _may_hold(text):
        return Redaction(text)
    folded, places = _fold(text)
    found: list[tuple[int, int, str]] = []
    for start, end, kind in _personal(folded, public):
        if all(end <= taken or start >= until for taken, until, _ in found):
            found.append((start, end, kind))
    clean = text
    for start, end, kind in sorted(found, reverse=True):
        clean = clean[: places[start]] + MARKS[kind] + clean[places[end - 1] + 1 :]
    kinds = {kind for *_, kind in found}
    return Redaction(clean, tuple(kind for kind in KINDS if kind in kinds))


def removal_notice(redaction: Redaction) -> str:
    """What the citizen is told about what was taken out."""
    words = wording()["personal_removed"]
    names = [words[kind] for kind in redaction.kinds]
    things = words["and"].join([", ".join(names[:-1]), names[-1]]) if names[1:] else names[0]
    return words["sentence"].format(things=things)


def public_contacts(snapshot: Snapshot) -> Contacts:
    """Contacts that stand in the catalogue, and the emergency lines of the wording table."""
    if snapshot not in _public:
        contacts = (c for m in snapshot.catalogue.municipalities for c in m.contact_points)
        texts = [f"{c.phone} ; {c.email} ; {c.fact.text}" for c in contacts]
        texts += [fact.text for fact in snapshot.facts] + wording()["public_phones"]
        folded = [_fold(text)[0] for text in texts]
        phones = (_digits(m.group()) for text in folded for m in _PHONE.finditer(text))
        emails = (m.group().lower() for text in folded for m in _EMAIL.finditer(text))
        _public[snapshot] = Contacts(frozenset(phones), frozenset(emails))
    return _public[snapshot]


_public: WeakKeyDictionary[Snapshot, Contacts] = WeakKeyDictionary()


def _may_hold(text: str) -> bool:
    """A cheap look: most messages hold neither eight digits nor the sign of an address."""
    folded = unicodedata.normalize("NFKC", text)
    if sum(map(str.isdigit, folded)) >= 8 or "@" in folded:
        return True
    low = folded.lower()
    return "snabel" in low or "(at)" in low or "[at]" in low or _SPELLED.search(folded) is not None


def _fold(text: str) -> tuple[str, list[int]]:
    """The text as it is searched, and for each of its characters the place in the original."""
    folded, places = [], []
    for place, character in enumerate(text):
        for plain in character if character.isascii() else _plain(character):
            folded.append(plain)
            places.append(place)
    return "".join(folded), places


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """What a character looks like in ASCII digits, dashes and blanks; "" when nobody sees it."""
    if character >= "\u00b2" and (digit := unicodedata.digit(character, None)) is not None:
        return str(digit)
    plain = []
    for part in unicodedata.normalize("NFKC", character):
        category = unicodedata.category(part)
        if category in ("Cf", "Mn", "Me"):
            continue
        digit = unicodedata.digit(part, None)
        plain.append(str(digit) if digit is not None else "-" if category == "Pd" or part == "\u2212" else part)
    return "".join(" " if part.isspace() else part for part in plain)


def _personal(text: str, public: Contacts) -> Iterator[tuple[int, int, str]]:
    """Places of personal data in a folded text, the surest kinds first; places may overlap."""
    for match in _overlapping(_CPR, text):
        if _is_cpr(match, text):
            yield *match.span(), "cpr"
    if _CPR_NAMED.search(text):
        for match in _CPR_IN_PIECES.finditer(text):
            if _is_birthday(int(match.group(1)), int(match.group(2))):
                yield *match.span(), "cpr"
    for match in _CPR_SPACED.finditer(text):
        day, month = int(_digits(match.group())[:2]), int(_digits(match.group())[2:4])
        if _is_birthday(day, month):
            yield *match.span(), "cpr"
    for match in _SPELLED.finditer(text):
        digits = "".join(_DIGIT_WORDS[word.lower()] for word in re.findall(r"\w+", match.group()))
        yield *match.span(), "cpr" if len(digits) == 10 and _is_birthday(int(digits[:2]), int(digits[2:4])) else "phone"
    for match in _EMAIL.finditer(text):
        if match.group().lower() not in public.emails:
            yield *match.span(), "email"
    for pattern in (_PHONE, _PHONE_ABROAD):
        for match in pattern.finditer(text):
            if _is_somebodys(match, text, public):
                yield *match.span(), "phone"


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches that may begin inside one another, so that a false start hides nothing."""
    match = pattern.search(text)
    while match:
        yield match
        match = pattern.search(text, match.start() + 1)


def _is_cpr(match: re.Match[str], text: str) -> bool:
    day, gap, month, century, _, last_gap, _ = match.groups()
    if not _is_birthday(int(day), int(month)):
        return False
    dated = bool(gap.strip()) or bool(century)
    if not dated or "-" in last_gap or _CPR_WORD.search(text[: match.start()]):
        return True
    # "10.12.24 2600 Glostrup", "10.12.2024 4000 kr": a date, then something else
    return not century and not _PLACE_OR_UNIT.match(text, match.end()) and not text[match.end() - 4 :].startswith(("19", "20"))


def _is_birthday(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= (day - 60 if day > 60 else day) <= _DAYS[month - 1]


def _is_somebodys(match: re.Match[str], text: str, public: Contacts) -> bool:
    digits = _digits(match.group())
    if digits[-8:] in public.phones or _KEPT_AFTER.match(text, match.end()):
        return False
    if _RANGE.fullmatch(match.group()) or _is_date(digits, match.group()):
        return False
    return not _KEPT_BEFORE.search(text[max(0, match.start() - 30) : match.start()])


def _is_date(digits: str, written: str) -> bool:
    """Whether eight digits in one are ddmmyyyy or yyyymmdd of our time."""
    if written != digits or len(digits) != 8:
        return False
    ways = ((digits[:2], digits[2:4], digits[4:]), (digits[6:], digits[4:6], digits[:4]))
    return any(_is_birthday(int(d), int(m)) and int(d) <= 31 and y[:2] in ("19", "20") for d, m, y in ways)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
