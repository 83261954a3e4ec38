"""What was to be reached, held against what was measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

TIMES_FASTER = 10.0
LATE = 1.2  # late turns of a long conversation against early ones
LARGE = 1.3  # the largest catalogue against the shipped one
MEMORY = 600  # MB
COLD_START = 12.0  # seconds
EPOCHS = 100  # of Rasa's own configuration
LOOKUPS = 1_500  # requests a second and core


@dataclass(frozen=True)
class Aim:
    """One aim; `wanted` and `found` as they are told."""

    what: str
    wanted: str
    found: str
    reached: bool


def aims(results: dict[str, Any]) -> list[Aim]:
    """The aims that the results can say something about."""
    return list(_all(results))


def _times_faster(told: dict[str, Any]) -> Iterator[Aim]:
    """Turns a second against stock Rasa: the median of the ratios of each round."""
    rates = told["turns_per_second"]
    for system in ("vejviser", "workers"):
        for n, concurrent in enumerate(told["concurrent"]):
            factors = [mine[n] / theirs[n] for mine, theirs in zip(rates[system], rates["stock"])]
            found = f"{median(factors):.1f} times ({min(factors):.1f}-{max(factors):.1f})"
            what = f"turns a second against stock Rasa, {concurrent} at a time ({told['names'][system]})"
            yield Aim(what, f"at least {TIMES_FASTER:g} times", found, median(factors) >= TIMES_FASTER)


def _all(results: dict[str, Any]) -> Iterator[Aim]:
    ours, stock = results.get("vejviser"), results.get("stock")
    if "alternating" in results:
        yield from _times_faster(results["alternating"])
    if ours and stock:
        mine, theirs = ours["dialogues"]["turns_right"], stock["dialogues"]["turns_right"]
        found = f"{100 * mine:.1f} % against {100 * theirs:.1f} %"
        alike = stock["about"]["messages"] == ours["about"]["messages"] and stock["about"].get("epochs", EPOCHS) >= EPOCHS
        found += "" if alike else ", which was trained on less: not comparable"
        yield Aim("turns answered right", "more than stock Rasa", found, alike and mine > theirs)
    if "conversation" in results:
        told = results["conversation"]
        what = f"turn {told['turns']} against turn 10"
        yield Aim(what, f"at most {LATE:g} times", f"{told['ratio']:.2f} times", told["ratio"] <= LATE)
    if "catalogue" in results:
        small, large = results["catalogue"]["sizes"][0], results["catalogue"]["sizes"][-1]
        factor = large["p50_ms"] / small["p50_ms"]
        what = f"a turn with {large['municipalities']} x {large['services_each']} services against the shipped catalogue"
        yield Aim(what, f"at most {LARGE:g} times", f"{factor:.2f} times", factor <= LARGE)
    if ours:
        memory, start = ours["footprint_after_load"]["peak_mb"], ours["footprint"]["cold_start_s"]
        yield Aim("memory at its peak (one process)", f"at most {MEMORY} MB", f"{memory} MB", memory <= MEMORY)
        yield Aim("cold start", f"at most {COLD_START:g} s", f"{start:.1f} s", start <= COLD_START)
    if "lookups" in results:
        for rate in results["lookups"]["rates"]:
            what = f"/v1/answers a second and core, {rate['questions']}"
            yield Aim(what, f"at least {LOOKUPS:,}", f"{rate['per_core']:,}", rate["per_core"] >= LOOKUPS)
