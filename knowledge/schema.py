"""The shape of the catalogue's YAML files: strict, every unknown key refused.

Only `knowledge.loading` uses this module; the rest of the program works on `knowledge.model`.
Typed values (`value:`) and their units: hours, weeks, days, months, years, Danish kroner (dkk), percent, ages in years,
VUM levels 0-4 and themes from `vocabulary/vum.yml`.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Extra, Field, validator

from knowledge.model import line_pairs
from knowledge.vocabulary import vocabulary

MOST_NEEDS = 9
LINES = re.compile(r"^\d+(-\d+)?(, ?\d+(-\d+)?)*$")
LEFT_OUT_REASONS = (
    "heading",
    "page_number",
    "running_head",
    "table_of_contents",
    "stray_bullet",
    "duplicate",
    "boilerplate",
)


class Strict(BaseModel):
    """Refuses unknown keys, so a misspelt key is an error and not a lost fact."""

    class Config:
        extra = Extra.forbid
        allow_mutation = False


def _known(kind: str, value: str) -> str:
    known = getattr(vocabulary(), kind)
    if value not in known:
        raise ValueError(f"unknown {kind[:-1]} '{value}' (known: {', '.join(map(str, known))})")
    return value


class CoPayment(Strict):
    kind: Literal["co_payment"]
    dkk: float = Field(ge=0)


class HoursByLevel(Strict):
    """Guiding hours per VUM level; `max`: "op til", except for `exact_levels`."""

    kind: Literal["hours_by_level"]
    per: Literal["month", "week"]
    levels: dict[int, float]
    max: bool = True
    exact_levels: list[int] = []

    @validator("levels")
    def _levels_exist(cls, value: dict[int, float]) -> dict[int, float]:
        for level in value:
            _known("levels", level)
        return value


class Hours(Strict):
    kind: Literal["hours"]
    per: str
    min: float | None = None
    max: float | None = None


class HoursPool(Strict):
    kind: Literal["hours_pool"]
    max_hours: float
    within_months: float


class Deadline(Strict):
    kind: Literal["deadline"]
    days: float | None = None
    weeks: float | None = None
    months: float | None = None
    years: float | None = None
    max: bool = True


class DaysPerWeek(Strict):
    kind: Literal["days_per_week"]
    min: int
    max: int


class Percent(Strict):
    kind: Literal["percent"]
    min: float | None = None
    max: float | None = None


class Vum(Strict):
    """VUM themes and levels 0-4 that open for the service. `themes: most` is "hovedparten af temaerne", `any` none named; of
    several themes one is enough, unless the document joins them (`every`)."""

    kind: Literal["vum"]
    themes: Literal["most", "any"] | list[str]
    levels: list[int]
    every: bool | None = None

    @validator("themes")
    def _themes_exist(cls, value: Any) -> Any:
        return value if isinstance(value, str) else [_known("themes", theme) for theme in value]


class Ages(Strict):
    kind: Literal["ages"]
    min: int | None = None
    max: int | None = None


class Date(Strict):
    kind: Literal["date"]
    date: str


class Frequency(Strict):
    kind: Literal["frequency"]
    every_weeks: list[int] = []
    times_per_year: int | None = None


class TimeOfDay(Strict):
    kind: Literal["time_of_day"]
    days: Literal["weekdays", "all"]
    from_: str = Field(alias="from")
    to: str


class LevelValue(Strict):
    kind: Literal["level"]
    level: int


Value = Annotated[
    CoPayment
    | HoursByLevel
    | Hours
    | HoursPool
    | Deadline
    | DaysPerWeek
    | Percent
    | Vum
    | Ages
    | Date
    | Frequency
    | TimeOfDay
    | LevelValue,
    Field(discriminator="kind"),
]


class Worded(Strict):
    text: str = Field(min_length=3)
    topics: list[str] = []
    words: list[str] = []
    asks: list[str] = []

    @validator("topics", each_item=True)
    def _topics_exist(cls, value: str) -> str:
        return _known("topics", value)

    @validator("asks", each_item=True)
    def _answers_are_yes_or_no(cls, value: str) -> str:
        _, arrow, answer = value.partition("=>")
        if arrow and answer.strip() not in ("ja", "nej"):
            raise ValueError(f"'{value}' must end in '=> ja' or '=> nej' or hold no '=>'")
        return value


def _check_lines(value: Any) -> str:
    text = str(value)
    if not LINES.match(text):
        raise ValueError(f"lines '{text}' are not line ranges such as 260 or 260-262, 270")
    for first, last in line_pairs(text):
        if not 0 < first <= last:
            raise ValueError(f"lines '{text}' hold a range that ends before it begins")
    return text


class FactEntry(Worded):
    section: str = Field(min_length=2)
    lines: str
    value: Value | None = None
    also: list[str] = []
    note: str = ""

    _lines = validator("lines", pre=True, allow_reuse=True)(_check_lines)

    @validator("also", each_item=True)
    def _also_exists(cls, value: str) -> str:
        return _known("facets", value)


class NationalSource(Strict):
    title: str
    url: str | None = None


class NationalEntry(Worded):
    source: NationalSource
    value: Value | None = None
    also: list[str] = []
    note: str = ""


class GapEntry(Worded):
    facet: str

    @validator("facet")
    def _facet_exists(cls, value: str) -> str:
        return _known("facets", value)


class LeftOutEntry(Strict):
    lines: str
    reason: Literal[LEFT_OUT_REASONS]

    _lines = validator("lines", pre=True, allow_reuse=True)(_check_lines)


def _facets_exist(value: dict[str, Any]) -> dict[str, Any]:
    for facet in value:
        _known("facets", facet)
    return value


class ServiceFile(Strict):
    id: str = Field(regex=r"^[a-z0-9-]+$")
    name: str
    document: str
    paragraphs: list[str]
    topics: list[str] = Field(min_items=1)
    aliases: list[str] = []
    facts: dict[str, list[FactEntry]]
    not_stated: list[str] = []
    gaps: list[GapEntry] = []
    left_out: list[LeftOutEntry] = []

    _facets = validator("facts", allow_reuse=True)(_facets_exist)

    @validator("topics", each_item=True)
    def _topics_exist(cls, value: str) -> str:
        return _known("topics", value)

    @validator("not_stated", each_item=True)
    def _not_stated_exists(cls, value: str) -> str:
        return _known("facets", value)


class ConditionEntry(Strict):
    min_age: int | None = None
    max_age: int | None = None
    pension: bool | None = None


class ContactEntry(Worded):
    id: str
    name: str
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    hours: str | None = None
    url: str | None = None
    when: list[ConditionEntry] = []
    purpose: list[Literal["apply", "complain", "changes", "other_services"]] = []
    section: str
    lines: str

    _lines = validator("lines", pre=True, allow_reuse=True)(_check_lines)


class ApprovalEntry(Strict):
    body: str
    date: str = Field(regex=r"^\d{4}(-\d{2}(-\d{2})?)?$")


class DocumentEntry(Strict):
    id: str
    file: str
    title: str
    approved: list[ApprovalEntry] = []
    left_out: list[LeftOutEntry] = []


class MunicipalityFile(Strict):
    id: str = Field(regex=r"^[a-z0-9-]+$")
    name: str
    full_name: str
    named: bool = True
    spellings: list[str] = []
    places: list[str] = []
    landmarks: list[str] = []
    documents: list[DocumentEntry]
    contact_points: list[ContactEntry] = []
    facts: dict[str, list[FactEntry]] = {}
    not_stated: list[str] = []
    gaps: list[GapEntry] = []

    _facets = validator("facts", allow_reuse=True)(_facets_exist)

    @validator("not_stated", each_item=True)
    def _not_stated_exists(cls, value: str) -> str:
        return _known("facets", value)


class NationalFile(Strict):
    facts: dict[str, list[NationalEntry]]

    _facets = validator("facts", allow_reuse=True)(_facets_exist)


class NeedEntry(Strict):
    title: str = Field(min_length=3)
    hint: str = Field(min_length=3)
    topics: list[str] = Field(min_items=1)
    themes: list[str] = Field(min_items=1)
    words: dict[str, list[str]]

    @validator("topics", each_item=True)
    def _topics_exist(cls, value: str) -> str:
        return _known("topics", value)

    @validator("themes", each_item=True)
    def _themes_exist(cls, value: str) -> str:
        return _known("themes", value)

    @validator("words")
    def _words_for_each_topic(cls, value: dict[str, list[str]], values: dict[str, Any]) -> dict[str, list[str]]:
        topics = values.get("topics", [])
        if set(value) != set(topics):
            raise ValueError(f"words must be given for exactly the topics {', '.join(topics)}")
        return value


class LevelEntry(Strict):
    title: str
    hint: str
    words: list[str] = Field(min_items=1)


class GuideFile(Strict):
    """`vocabulary/guide.yml`: needs, topics reached by words only, levels 0-4, commands."""

    needs: dict[str, NeedEntry]
    free_topics: dict[str, list[str]]
    levels: dict[int, LevelEntry]
    commands: dict[Literal["start", "back", "change", "skip", "resume", "stop", "done"], list[str]]

    @validator("needs")
    def _few(cls, value: dict[str, NeedEntry]) -> dict[str, NeedEntry]:
        if not 1 <= len(value) <= MOST_NEEDS:
            raise ValueError(f"there must be 1 to {MOST_NEEDS} needs, so that they can be read at a glance")
        return value

    @validator("free_topics")
    def _each_topic_once(cls, value: dict[str, list[str]], values: dict[str, Any]) -> dict[str, list[str]]:
        listed = [topic for need in values.get("needs", {}).values() for topic in need.topics] + [
            _known("topics", topic) for topic in value
        ]
        twice = sorted({topic for topic in listed if listed.count(topic) > 1})
        missing = sorted(set(vocabulary().topics) - set(listed))
        if twice or missing:
            raise ValueError(f"every topic stands exactly once; missing: {missing}, more than once: {twice}")
        return value

    @validator("levels")
    def _all_levels(cls, value: dict[int, LevelEntry]) -> dict[int, LevelEntry]:
        if set(value) != set(vocabulary().levels):
            raise ValueError("levels must be exactly 0 to 4")
        return value
