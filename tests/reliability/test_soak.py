"""Twenty conversations at the same time for VEJVISER_SOAK_MINUTES: memory flat, no error. `make soak` runs half an hour.

What was measured is printed, and written to the file that VEJVISER_SOAK_REPORT names. How long a turn takes is told and not
demanded: it says as much about the machine as about the service.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.machine import describe
from tests.engines import until
from tests.reliability.service import ENDED, Crowd, Service, Talker

MINUTES = float(os.environ.get("VEJVISER_SOAK_MINUTES", "0.35"))
REPORT = os.environ.get("VEJVISER_SOAK_REPORT", "")
CONVERSATIONS, TURNS = 20, 12  # at the same time; of each, before another begins
PAUSE = 0.5  # seconds between an answer and the next message: a crowd, not a benchmark
ROOM = 25  # megabytes that caches and counters may still fill after the first fifth of the time, which begins when all are warm
HEADING = """# Soak

Written by `make soak`; do not edit. One process of `vejviser serve` on SQLite, driven over HTTP by clients like the widget.

| | |
| --- | --- |
"""
TALK = (
    "hej, hvad koster det at få hjælp til at vaske tøj i gladsaxe?",
    "må de gøre det uden mig?",
    "og hvad med madlavning?",
    "hvem kan få det?",
    "hvordan klager jeg?",
    "og i glostrup?",
    "hvor mange timer kan jeg få til rengøring, hvis problemerne er svære?",
    "hvem skal jeg ringe til i brønderslev, jeg er {n} år",
    "jeg har brug for kvast{n} til at rydde op",
    "tak for hjælpen",
)


class Citizen:
    """Talks, and begins a new conversation now and then; half of them delete the old one."""

    def __init__(self, url: str, number: int):
        self.url, self.number = url, number
        self.talkers = [Talker(url).begin()]
        self.turns = 0

    def __call__(self) -> None:
        talker = self.talkers[-1]
        if len(talker.turns) >= TURNS:
            if self.number % 2:
                assert talker.client.delete(f"{self.url}/v1/conversations/{talker.identifier}").status_code == 204
            talker = Talker(self.url, talker.client).begin()
            self.talkers.append(talker)
        talker.say(TALK[self.turns % len(TALK)].format(n=self.turns % 90 + self.number))
        self.turns += 1
        time.sleep(PAUSE)


@dataclass
class Course:
    """What was seen of the service and the machine while it ran, at regular intervals."""

    memory: list[int] = field(default_factory=list)
    load: list[float] = field(default_factory=list)

    def look(self, service: Service) -> None:
        self.memory.append(service.memory())
        self.load.append(os.getloadavg()[0])

    @property
    def early(self) -> int:
        """Most memory in the first fifth of the time."""
        return max(self.memory[: max(1, len(self.memory) // 5)])


def percentile(values: list[float], share: float) -> float:
    """The value that a share of the others does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def told(talkers: list[Talker], course: Course) -> dict[str, str]:
    """The figures, as they are printed and quoted."""
    seconds = [value for talker in talkers for value in talker.seconds]
    faults = [fault for talker in talkers for fault in (*talker.faults, *talker.lost)]
    machine = describe()
    points = [percentile(seconds, share) for share in (0.5, 0.9, 0.99, 0.999)]
    return {
        "ended (UTC)": f"{machine['at']}, commit {machine['commit']}",
        "machine": f"{machine['processor']}, {machine['cores']} cores",
        "load average": f"{sum(course.load) / len(course.load):.1f} on average, {max(course.load):.1f} at most",
        "conversations": f"{CONVERSATIONS} at the same time for {MINUTES:g} minutes, {len(talkers)} in all",
        "turns": f"{len(seconds)}, {len(seconds) / MINUTES / 60:.1f} a second",
        "a turn, ms": "p50 {:.0f}, p90 {:.0f}, p99 {:.0f}, p99.9 {:.0f}, longest {:.0f}".format(
            *(value * 1000 for value in (*points, max(seconds)))
        ),
        "faults": f"{len(faults)} {faults or ''}".strip(),
        "memory, MB": f"at most {course.early} in the first fifth, {max(course.memory)} in all, {course.memory[-1]} at the end",
    }


def report(figures: dict[str, str]) -> None:
    """Print the figures, and write them where they are wanted."""
    print("", *(f"{name}: {value}" for name, value in figures.items()), sep="\n")
    if REPORT:
        rows = [f"| {name} | {value} |\n" for name, value in figures.items()]
        Path(REPORT).write_text(HEADING + "".join(rows), encoding="utf-8")


def test_memory_stays_flat_and_nothing_fails(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        citizens, course = [Citizen(service.url, number) for number in range(CONVERSATIONS)], Course()
        with Crowd(citizens):
            until(lambda: all(citizen.turns >= len(TALK) for citizen in citizens), "every citizen has asked everything once")
            for citizen in citizens:  # the figures are those of a warm service
                for talker in citizen.talkers:
                    talker.seconds.clear()
            end = time.monotonic() + MINUTES * 60
            while time.monotonic() < end:
                time.sleep(min(5.0, MINUTES * 60 / 20))
                course.look(service)
        talkers = [talker for citizen in citizens for talker in citizen.talkers]
        figures = told(talkers, course)
        report(figures)
        assert not any(talker.faults for talker in talkers) and course.memory[-1] <= course.early + ROOM, figures
        assert service.stop() in ENDED
        assert not [entry for entry in service.log() if entry["level"] in ("error", "warning")]
