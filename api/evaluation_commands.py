"""`vejviser eval` and `vejviser catalogue readability`: thin calls over bot.evaluation and knowledge.readability."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from ruamel.yaml import YAML

if TYPE_CHECKING:
    from knowledge.readability import Readability

out, err = Console(soft_wrap=True), Console(stderr=True, soft_wrap=True)


def run_evaluation(
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", help="Name or file of a dialogue set; repeat for several. Default: all own sets."),
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--out", help="Write results.json, index.html and the configuration into this folder.")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(help="results.json (or folder) of an earlier run: show what broke and what was mended.")
    ] = None,
    folds: Annotated[int, typer.Option(min=2, help="Folds of the cross-validation of intent and topic.")] = 4,
    nlu: Annotated[bool, typer.Option(help="Cross-validate intent and topic (some minutes).")] = True,
    totals_only: Annotated[
        bool, typer.Option(help="Totals only, for sets kept back from tuning. Always so for sets named heldout*.")
    ] = False,
    failures: Annotated[bool, typer.Option(help="Print every failed dialogue that may be looked at.")] = False,
) -> None:
    """Evaluate: dialogue sets, cross-validation, calibration, latency. Exit code 1 when all own sets fall below the floor."""
    from bot.evaluation import below_floor, own_sets, read_floor
    from bot.evaluation.comparison import read_run
    from bot.evaluation.dialogues import find_set
    from bot.evaluation.run import Options, make_run
    from bot.runtime import Bot
    from bot.training import ensure_model

    try:
        files = [find_set(name) for name in sets] if sets else own_sets()
        before = read_run(baseline) if baseline else None
    except (OSError, ValueError) as error:
        err.print(str(error), markup=False)
        raise typer.Exit(2) from error
    options = Options(folds if nlu else 0, totals_only)
    run = make_run(Bot(ensure_model()), files, options, datetime.now(timezone.utc), before)
    if folder:
        run.write(folder)
        out.print(f"Written: {folder / 'index.html'}", markup=False)
    _print(run.results, failures)
    problems = [] if sets else below_floor(run.report, read_floor())
    for problem in problems:
        err.print(f"Below the floor: {problem}", markup=False)
    if problems:
        raise typer.Exit(1)


def _print(results: dict[str, Any], failures: bool) -> None:
    dialogues = results["dialogues"]
    for group, shares in dialogues["by"].items():
        table = Table(group, "right", "of", "share")
        for key, (right, total) in shares.items():
            table.add_row(key, str(right), str(total), f"{right / total:.0%}")
        out.print(table)
    for target in ("intent", "topic") if results["understanding"] else ():
        found = results["understanding"][target]
        out.print(
            f"{target}: {found['first']:.1%} right, {found['first_two']:.1%} among the first two; "
            f"calibration error {found['calibration_error']:.1%}, "
            f"with temperature {found['temperature']} {found['calibration_error_tempered']:.1%}"
        )
    if questions := results["understanding"].get("questions"):
        out.print(
            f"questions of the dialogues: {questions['first']:.1%} right with a mean confidence of "
            f"{questions['mean_confidence']:.1%}; calibration error {questions['calibration_error']:.1%}, "
            f"with the temperature of the intents {questions['calibration_error_tempered']:.1%}"
        )
    if failures:
        _print_dialogues("Failed", dialogues["failures"])
    if results["comparison"]:
        for word in ("broke", "mended"):
            _print_dialogues(word.capitalize(), results["comparison"][word])
    safety = dialogues["safety"]
    out.print(
        f"Danger met {safety['met']} of {safety['dangers']}; "
        f"emergency number in {safety['false_alarms']} of {safety['others']} others"
    )
    timing = dialogues["latency"].get("all", {"median_ms": 0.0, "p99_ms": 0.0})
    out.print(
        f"Right: {dialogues['right']} of {dialogues['dialogues']} dialogues ({dialogues['accuracy']:.1%}); "
        f"turn {timing['median_ms']} ms median, {timing['p99_ms']} ms p99"
    )


def _print_dialogues(title: str, dialogues: list[dict[str, Any]]) -> None:
    out.print(f"\n{title}: {len(dialogues)}", markup=False)
    for dialogue in dialogues:
        out.print(f"\n{dialogue['id']} ({dialogue['facet']}, {dialogue['style']})", markup=False)
        for turn in dialogue["turns"]:
            out.print(f"> {turn['user']}\n{turn['reply']}", markup=False)
            if turn["missing"] or turn["shown"]:
                out.print(f"  missing {turn['missing']} shown {turn['shown']}", markup=False)


def measure_readability(
    most: Annotated[float, typer.Option(help="List the texts whose LIX is above this.")] = 55.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")] = False,
) -> None:
    """LIX of every answer: median, highest, and each above the limit. Exit code 1 when the aim is missed."""
    from knowledge.readability import MEDIAN, MOST, Summary, texts
    from knowledge.sharing import current_store

    summary = Summary(tuple(texts(current_store().snapshot, _responses())))
    hard = summary.over(most)
    if as_json:
        rows = [{"where": t.where, "what": t.what, "lix": round(t.lix, 1), **_hardest(t.readability)} for t in hard]
        figures = {"texts": len(summary.texts), "median": round(summary.median, 1), "max": round(summary.worst, 1)}
        out.print_json(json.dumps({**figures, "over": rows}, ensure_ascii=False))
    else:
        for text in hard:
            hardest = _hardest(text.readability)
            out.print(f"\n{text.lix:.1f}  {text.where}: {text.what}", markup=False)
            out.print(f"      long words: {', '.join(hardest['longest_words'])}", markup=False)
            out.print(f"      longest sentence: {hardest['longest_sentence']}", markup=False)
        out.print(
            f"{len(summary.texts)} texts: median {summary.median:.1f} (aim {MEDIAN}), "
            f"highest {summary.worst:.1f} (aim {MOST}), {len(hard)} over {most:g}"
        )
    if summary.median > MEDIAN or summary.worst > MOST:
        raise typer.Exit(1)


def _hardest(readability: Readability) -> dict[str, Any]:
    return {"longest_words": readability.longest_words(), "longest_sentence": readability.longest_sentence()}


def _responses() -> dict[str, Any]:
    """What the bot says of itself."""
    from bot.runtime import ROOT

    file = ROOT / "bot" / "domain" / "responses.yml"
    return YAML(typ="safe").load(file.read_text(encoding="utf-8"))["responses"]
