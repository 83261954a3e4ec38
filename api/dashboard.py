"""What the editors' page shows: the counts of a period, made ready to read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from api.charts import Columns, columns
from api.counting import WITHOUT_ANSWER
from knowledge.answer import ANSWERED, NOT_STATED
from knowledge.snapshot import Snapshot
from knowledge.vocabulary import vocabulary
from knowledge.wording import wording
from state.statistics import Statistics

MOST = 25  # rows of a table


@dataclass(frozen=True)
class Row:
    """One thing that was asked about: how often, and how often with an answer or without."""

    name: str
    count: int
    answered: int
    without: int
    share: int  # per cent of the largest row, for the bar


@dataclass(frozen=True)
class Missing:
    """A question that the document of a municipality does not answer."""

    municipality: str
    service: str
    facet: str
    count: int


@dataclass(frozen=True)
class Dashboard:
    """The page's content; names are Danish."""

    total: int
    outcomes: dict[str, int]
    helpful: tuple[int, int]
    days: list[str]
    series: list[tuple[str, list[int]]]
    chart: Columns
    facets: list[Row]
    topics: list[Row]
    municipalities: list[Row]
    missing: list[Missing]

    @property
    def answered_share(self) -> int:
        """Per cent of all turns."""
        return round(100 * self.outcomes.get(ANSWERED, 0) / self.total) if self.total else 0


def dashboard(statistics: Statistics, snapshot: Snapshot, today: date, length: int) -> Dashboard:
    """Read a period of `length` days that ends today.

    Raises:
        StateUnavailable: when the database is away.
    """
    since = today - timedelta(days=length - 1)
    days = [(since + timedelta(days=n)).isoformat() for n in range(length)]
    by_day = statistics.by("day", "status", since=since)
    outcomes: dict[str, int] = defaultdict(int)
    for row in by_day:
        outcomes[row["status"]] += row["count"]
    series = _series(days, by_day)
    opinions = statistics.opinions(since)
    yes = sum(row["count"] for row in opinions if row["helpful"])
    names = _Names(snapshot)
    return Dashboard(
        total=sum(outcomes.values()),
        outcomes=dict(outcomes),
        helpful=(yes, sum(row["count"] for row in opinions)),
        days=days,
        series=series,
        chart=columns(days, series),
        facets=_rows(statistics, "facet", since, names.facet),
        topics=_rows(statistics, "topic", since, names.topic),
        municipalities=_rows(statistics, "municipality", since, names.municipality),
        missing=_missing(statistics, since, names),
    )


class _Names:
    """Danish names of ids; an id that is no longer in the catalogue stands for itself."""

    def __init__(self, snapshot: Snapshot):
        self._snapshot = snapshot

    def facet(self, identifier: str) -> str:
        found = vocabulary().facets.get(identifier)
        return found.title if found else identifier

    def topic(self, identifier: str) -> str:
        found = vocabulary().topics.get(identifier)
        return found.name if found else identifier

    def municipality(self, identifier: str) -> str:
        found = self._snapshot.municipality(identifier)
        return found.full_name if found else identifier

    def service(self, identifier: str) -> str:
        found = self._snapshot.services.get(identifier)
        return found.name if found else identifier


def _series(days: list[str], by_day: list[dict]) -> list[tuple[str, list[int]]]:
    """Answered, without an answer, everything else; a count a day each."""
    texts = wording("dashboard")
    counts: dict[tuple[str, int], int] = defaultdict(int)
    for row in by_day:
        kind = 0 if row["status"] == ANSWERED else 1 if row["status"] in WITHOUT_ANSWER else 2
        counts[row["day"], kind] += row["count"]
    named = (texts["outcomes"][ANSWERED], texts["unanswered"], texts["other"])
    return [(name, [counts[day, kind] for day in days]) for kind, name in enumerate(named)]


def _rows(statistics: Statistics, key: str, since: date, name: Callable[[str], str]) -> list[Row]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in statistics.by(key, "status", since=since):
        if row[key]:
            counts[row[key]][0] += row["count"]
            counts[row[key]][1] += row["count"] * (row["status"] == ANSWERED)
            counts[row[key]][2] += row["count"] * (row["status"] in WITHOUT_ANSWER)
    largest = max((all_ for all_, _, _ in counts.values()), default=1)
    rows = [Row(name(k), all_, yes, no, round(100 * all_ / largest)) for k, (all_, yes, no) in counts.items()]
    return sorted(rows, key=lambda row: (-row.count, row.name))[:MOST]


def _missing(statistics: Statistics, since: date, names: _Names) -> list[Missing]:
    rows = statistics.by("municipality", "service", "facet", since=since, where={"status": [NOT_STATED]})
    found = [
        Missing(names.municipality(row["municipality"]), names.service(row["service"]), names.facet(row["facet"]), row["count"])
        for row in rows
        if row["municipality"] and row["facet"]
    ]
    return sorted(found, key=lambda item: (-item.count, item.municipality, item.service, item.facet))[:MOST]
