"""Writes RESULTS.md and the plots out of what was measured. Nothing is said that is not in the results."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import plots
from bench.aims import aims

Results = dict[str, Any]
COMPARED = ("vejviser", "workers", "stock", "nlpjs")
BOUNDS = Path(__file__).parent / "BOUNDS.md"
BUSY = 1.0  # load average a core, before a step, from which the machine counts as busy


def write_report(results: Results, folder: Path) -> None:
    """RESULTS.md and the SVG files it shows."""
    for name, svg in _plots(results):
        (folder / name).write_text(svg, encoding="utf-8")
    parts = [
        *_head(results),
        *_aims(results),
        *_compared(results),
        *_alternating(results),
        *_growth(results),
        *_lookups(results),
        *_conditions(results),
    ]
    if BOUNDS.is_file():
        parts.append(BOUNDS.read_text(encoding="utf-8").strip())
    (folder / "RESULTS.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _plots(results: Results) -> Iterator[tuple[str, str]]:
    systems = {results[key]["name"]: results[key]["load"] for key in COMPARED if key in results}
    if systems:
        yield "throughput.svg", plots.bars(systems, "turns_per_second", "turns a second", "Turns a second")
        yield "latency.svg", plots.bars(systems, "p99", "ms", "p99 of a turn")
    long = {results[key]["name"]: results[key]["conversation"] for key in ("stock",) if "conversation" in results.get(key, {})}
    if "conversation" in results:
        long = {"Vejviser": results["conversation"], **long}
    if long:
        yield "conversation.svg", plots.lines({name: told["windows_ms"] for name, told in long.items()}, 10)
    if "catalogue" in results:
        yield "catalogue.svg", plots.sizes(results["catalogue"]["sizes"])


def _head(results: Results) -> Iterator[str]:
    yield "# Benchmark: this service, stock Rasa and nlp.js side by side"
    yield (
        "Written by `make bench`; do not edit. All systems ran on the same machine, one after the other, trained on messages "
        "of `bot/data/nlu`, driven by the same driver with the dialogues of `tests/dialogues` over HTTP. "
        "The configuration of each step stands in `results.json`."
    )


def _aims(results: Results) -> Iterator[str]:
    rows = [(aim.what, aim.wanted, aim.found, "yes" if aim.reached else "no") for aim in aims(results)]
    if rows:
        yield "## Aims"
        yield _table(("aim", "wanted", "measured", "reached"), rows)


def _compared(results: Results) -> Iterator[str]:
    told = [results[key] for key in COMPARED if key in results]
    if not told:
        return
    yield "## Side by side"
    yield _table(("", *(one["name"] for one in told)), [(label, *map(of, told)) for label, of in _rows(told)])
    yield "![Turns a second](throughput.svg)\n\n![p99 of a turn](latency.svg)"
    yield (
        "A turn of nlp.js is one reading of one message and no answer. *CPU* is processor time of the system's own processes. "
        "*Facet read right*: the likeliest intent of a dialogue's first message is the facet its author meant. *Topic*: the "
        "likeliest topic is one of the service that was meant; a stock pipeline reads no topics."
    )


def _rows(told: list[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    yield "messages trained on", lambda one: f"{one['about']['messages']:,}"
    yield "training, s (CPU s)", lambda one: f"{one['training']['seconds']:.0f} ({one['training']['cpu_seconds']:.0f})"
    yield "cold start, s", lambda one: one["footprint"]["cold_start_s"]
    yield "memory after load, MB", lambda one: one["footprint_after_load"]["rss_mb"]
    for n, level in enumerate(told[0]["load"]):
        at = f"{level['concurrent']} at a time"
        yield f"turns a second, {at}", lambda one, n=n: one["load"][n]["turns_per_second"]
        yield f"p50 / p99 ms, {at}", lambda one, n=n: f"{one['load'][n]['p50']} / {one['load'][n]['p99']}"
    yield "CPU ms a turn, 8 at a time", lambda one: one["load"][min(1, len(one["load"]) - 1)]["cpu_ms"]
    yield "errors under load", lambda one: sum(level["errors"] for level in one["load"])
    yield "facet read right", lambda one: _percent(one.get("reading", {}).get("facet_right"))
    yield "topic read right", lambda one: _percent(one.get("reading", {}).get("topic_right"))
    yield "turns answered right", lambda one: _percent((one.get("dialogues") or {}).get("turns_right"))
    yield "dialogues wholly right", lambda one: _percent((one.get("dialogues") or {}).get("dialogues_right"))


def _alternating(results: Results) -> Iterator[str]:
    """What the systems did in turns, round by round."""
    if "alternating" not in results:
        return
    told = results["alternating"]
    yield "## In turns"
    yield (
        "All three run at the same time and are under load one after the other, again and again, so that a slow minute of the "
        "machine meets each of them: turns a second, round by round. The aims go by these."
    )
    rows = [
        (told["names"][key], *(" / ".join(f"{rates[n]:g}" for rates in rounds) for n in range(len(told["concurrent"]))))
        for key, rounds in told["turns_per_second"].items()
    ]
    yield _table(("", *(f"{concurrent} at a time" for concurrent in told["concurrent"])), rows)


def _growth(results: Results) -> Iterator[str]:
    if "conversation" in results:
        long, stock = results["conversation"], results.get("stock", {}).get("conversation")
        rows = [("Vejviser", long["turns"], long["early_ms"], long["late_ms"], long["ratio"])]
        if stock:
            rows.append((results["stock"]["name"], stock["turns"], stock["early_ms"], stock["late_ms"], stock["ratio"]))
        yield "## A long conversation"
        yield _table(("", "turns", "turns 11-20, median ms", "last 20, median ms", "ratio"), rows)
        yield "![A long conversation](conversation.svg)"
        stages = ", ".join(f"{stage} {value} ms" for stage, value in long["stages_ms"].items())
        yield f"Where a turn of this conversation spends its time, by the service's own metrics (mean): {stages}."
    if "catalogue" in results:
        yield "## A large catalogue"
        keys = ("municipalities", "services_each", "p50_ms", "cpu_ms", "first_start_s", "later_start_s", "rss_mb")
        rows = [
            tuple(size[key] if size[key] is not None else "as shipped" for key in keys)
            for size in results["catalogue"]["sizes"]
        ]
        names = ("municipalities", "services each", "p50 ms", "CPU ms a turn", "first start, s", "later start, s", "memory, MB")
        yield _table(names, rows)
        yield "![A large catalogue](catalogue.svg)"


def _lookups(results: Results) -> Iterator[str]:
    if "lookups" in results:
        yield "## /v1/answers"
        rates = results["lookups"]["rates"]
        keys = ("questions", "driver", "requests", "per_second", "per_core", "errors")
        yield _table(
            ("questions", "driver", "requests", "requests a second", "requests a second and core of the server", "errors"),
            [tuple(rate[key] for key in keys) for rate in rates],
        )


def _conditions(results: Results) -> Iterator[str]:
    yield "## Conditions"
    rows = []
    for step, told in results.items():
        machine = told["machine"]
        busy = machine["load_average"][0] / machine["cores"] >= BUSY
        rows.append((step, machine["at"], machine["commit"], machine["load_average"][0], "yes" if busy else "no"))
    yield _table(("step", "at (UTC)", "commit", "load average before", "machine busy with other work"), rows)
    machine = next(iter(results.values()))["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    yield f"{machine['processor']}, {machine['cores']} cores, {machine['memory_mb']:,} MB."
    yield f"Python {machine['python']}, {versions}."
    for key in COMPARED:
        if key in results:
            about = ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in results[key]["about"].items())
            yield f"{results[key]['name']}: {about}."


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"


def _table(head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
