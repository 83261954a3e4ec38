"""Twenty conversations at the same time for VEJVISER_SOAK_MINUTES: memory flat, no error. `make soak` runs half an hour."""

from __future__ import annotations

import os
import time
from pathlib import Path

from tests.reliability.service import ENDED, Crowd, Service, Talker

MINUTES = float(os.environ.get("VEJVISER_SOAK_MINUTES", "0.35"))
CONVERSATIONS, TURNS = 20, 12  # at the same time; of each, before another begins
PAUSE = 0.5  # seconds between an answer and the next message: a crowd, not a benchmark
ROOM = 25  # megabytes that caches and counters may still fill after the first fifth of the time
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
        self.talker = Talker(url).begin()
        self.turns, self.faults = 0, []

    def __call__(self) -> None:
        if len(self.talker.turns) >= TURNS:
            if self.number % 2:
                where = f"{self.url}/v1/conversations/{self.talker.identifier}"
                assert self.talker.client.delete(where).status_code == 204
            self.faults += [*self.talker.faults, *self.talker.lost]
            self.talker = Talker(self.url, self.talker.client).begin()
        self.talker.say(TALK[self.turns % len(TALK)].format(n=self.turns % 90 + self.number))
        self.turns += 1
        time.sleep(PAUSE)


def test_memory_stays_flat_and_nothing_fails(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        citizens = [Citizen(service.url, number) for number in range(CONVERSATIONS)]
        with Crowd(citizens):
            end = time.monotonic() + MINUTES * 60
            samples = []
            while time.monotonic() < end:
                time.sleep(min(5.0, MINUTES * 60 / 20))
                samples.append(service.memory())
        warm, last = max(samples[: max(1, len(samples) // 5)]), samples[-1]
        turns = sum(citizen.turns for citizen in citizens)
        faults = [fault for citizen in citizens for fault in (*citizen.faults, *citizen.talker.faults, *citizen.talker.lost)]
        told = f"{MINUTES:g} minutes: {turns} turns, faults {faults}, memory {warm} MB early, {last} MB at the end"
        print(f"\n{told}")
        assert faults == [] and last <= warm + ROOM, told
        assert turns >= CONVERSATIONS * 5
        assert service.stop() in ENDED
        assert not [entry for entry in service.log() if entry["level"] in ("error", "warning")]
