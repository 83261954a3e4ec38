"""`make bench`: this service, stock Rasa and nlp.js side by side, then how this service grows. One step after the other.

Results are written after every step to results.json, RESULTS.md and the plots, so that a run that is broken off keeps what it
measured. `--only` measures some steps anew and keeps the others.
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import accuracy, growth, lookups
from bench.dialogues import all_dialogues, first_turns
from bench.driver import load
from bench.machine import describe
from bench.plan import QUICK, Plan
from bench.report import write_report
from bench.systems.nlpjs import NlpJs
from bench.systems.stock_rasa import StockRasa
from bench.systems.system import System
from bench.systems.vejviser import Vejviser, VejviserWorkers

HERE = Path(__file__).parent
STEPS = ("vejviser", "workers", "stock", "alternating", "nlpjs", "lookups", "conversation", "catalogue")


class Bench:
    """One run of a plan.

    Args:
        work: folder for models and state; trained models are used again.
        out: where the results are written.
        port: the first of ten ports.
    """

    def __init__(self, plan: Plan, work: Path, out: Path, port: int, node: Path | None):
        self._plan, self._work, self._out = plan, work.resolve(), out
        self._vejviser = Vejviser(self._work / "vejviser", port)
        self._port, self._node = port, node
        self._results: dict[str, Any] = {}

    def run(self, steps: tuple[str, ...]) -> None:
        file = self._out / "results.json"
        if set(steps) != set(STEPS) and file.is_file():
            self._results = json.loads(file.read_text(encoding="utf-8"))
        for step in steps:
            print(f"bench: {step}", flush=True)
            measure: Callable[[], dict[str, Any]] = getattr(self, f"_measure_{step}")
            self._results[step] = {"machine": describe(), "plan": asdict(self._plan), **measure()}
            self._out.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(self._results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            write_report(self._results, self._out)

    # -- steps -----------------------------------------------------------------------------------------------------

    def _measure_vejviser(self) -> dict[str, Any]:
        return self._compared(self._vejviser)

    def _measure_workers(self) -> dict[str, Any]:
        return self._compared(self._workers())

    def _measure_stock(self) -> dict[str, Any]:
        return self._compared(self._stock())

    def _measure_alternating(self) -> dict[str, Any]:
        """This service, its workers and stock Rasa under load in turns: each ratio is of the same minute of the machine."""
        plan, dialogues = self._plan, all_dialogues()
        systems = {"vejviser": self._vejviser, "workers": self._workers(), "stock": self._stock()}
        rates: dict[str, list[list[float]]] = {key: [] for key in systems}
        with ExitStack() as stack:
            for system in systems.values():
                system.train()
                stack.enter_context(_started(system))
                asyncio.run(load(system, dialogues, 1, min(5.0, plan.seconds)))  # warm-up
            for _ in range(plan.rounds):
                for rounds in rates.values():
                    rounds.append([])
                for concurrent in plan.concurrent:
                    for key, system in systems.items():
                        measured = asyncio.run(load(system, dialogues, concurrent, plan.round_seconds))
                        rates[key][-1].append(measured.turns_per_second)
        names = {key: system.name for key, system in systems.items()}
        return {"concurrent": list(plan.concurrent), "names": names, "turns_per_second": rates}

    def _workers(self) -> VejviserWorkers:
        return VejviserWorkers(self._vejviser, self._work / "workers", self._port + 8)

    def _stock(self) -> StockRasa:
        return StockRasa(self._work / "stock", self._port + 2, self._plan.stock_keep, self._plan.stock_epochs)

    def _measure_nlpjs(self) -> dict[str, Any]:
        return self._compared(NlpJs(self._work / "nlpjs", self._port + 4, self._plan.nlpjs_keep, self._node))

    def _compared(self, system: System) -> dict[str, Any]:
        """What is measured of every system."""
        plan, dialogues = self._plan, all_dialogues()[:: self._plan.dialogues]
        told: dict[str, Any] = {"name": system.name, "about": system.about, "training": asdict(system.train())}
        with _started(system):
            asyncio.run(load(system, dialogues, 1, min(5.0, plan.seconds)))  # warm-up
            told["footprint"] = system.footprint()
            told["load"] = [asdict(asyncio.run(load(system, dialogues, n, plan.seconds))) for n in plan.concurrent]
            told["footprint_after_load"] = system.footprint()
            if isinstance(system, VejviserWorkers):
                return told  # it understands and answers as the single process does
            told["reading"] = accuracy.of_reading(system, first_turns(dialogues))
            told["dialogues"] = accuracy.of_dialogues(system, dialogues) if system.answers else None
            if isinstance(system, StockRasa):
                told["conversation"] = growth.conversation(system, plan.stock_long)
        return told

    def _measure_lookups(self) -> dict[str, Any]:
        with _started(self._vejviser) as system:
            paths = lookups.questions(system)
            first = lookups.first_time(system, paths, self._plan.lookup_seconds, self._work)
            again = lookups.again(system, paths, self._plan.lookup_seconds, self._work)
        return {"questions": len(paths), "rates": [asdict(first), asdict(again)]}

    def _measure_conversation(self) -> dict[str, Any]:
        with _started(self._vejviser) as system:
            return {**growth.conversation(system, self._plan.long), "stages_ms": self._vejviser.stages()}

    def _measure_catalogue(self) -> dict[str, Any]:
        folder, sizes = self._work / "growth", (None, *self._plan.catalogues)
        return {"sizes": [growth.catalogue(folder, self._port + 6, size, self._plan.places) for size in sizes]}


@contextmanager
def _started(system: System) -> Iterator[System]:
    system.start()
    try:
        yield system
    finally:
        system.stop()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="tiny sizes, to see that everything runs")
    parser.add_argument("--only", nargs="+", choices=STEPS, default=list(STEPS), help="steps to measure")
    parser.add_argument("--stock-keep", type=int, help="train stock Rasa on every n-th message of each intent only")
    parser.add_argument("--stock-epochs", type=int, help="instead of Rasa's own 100")
    parser.add_argument("--seconds", type=float, help="seconds of load at each number of conversations")
    parser.add_argument("--work", type=Path, default=HERE / ".work", help="folder for models and state")
    parser.add_argument("--out", type=Path, default=HERE, help="folder for the results")
    parser.add_argument("--port", type=int, default=8210, help="the first of ten ports")
    parser.add_argument("--node", type=Path, help="folder that holds node and npm, where they are not on the path")
    given = parser.parse_args()
    plan = QUICK if given.quick else Plan()
    changed = {"stock_keep": given.stock_keep, "stock_epochs": given.stock_epochs, "seconds": given.seconds}
    plan = dataclasses.replace(plan, **{key: value for key, value in changed.items() if value is not None})
    steps = tuple(step for step in STEPS if step in given.only)
    Bench(plan, given.work, given.out, given.port, given.node).run(steps)


if __name__ == "__main__":
    main()
