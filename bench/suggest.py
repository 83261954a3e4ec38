"""Server time of search while typing: every keystroke of some real queries, through the API's route, nothing cached.

Run with `python -m bench.suggest`. Measured on the shipped catalogue and on one of 98 municipalities with 40 services each,
made by repeating the shipped services, because an index that is quick for five documents proves little. Processor time stands
beside wall time, which other work on the machine lengthens.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from itertools import cycle, islice
from statistics import median, quantiles
from types import SimpleNamespace
from typing import Any

import httpx
from fastapi import FastAPI

from api.limits import Limits
from api.routers import suggestions
from knowledge.loading import load_catalogue
from knowledge.model import Catalogue, Municipality, Service
from knowledge.suggestion_index import SuggestionIndex

QUERIES = (
    "glostrup indkøb moderat timer",
    "hvad koster det at få hjælp til tøjvask i gladsaxe",
    "regnøring pris",
    "klagefrist",
    "§ 85 a brønderslev",
    "telefon under 30 førtidspension",
    "min søn går aldrig i bad",
    "ledsagr timer opsparing",
)
MUNICIPALITIES, SERVICES = 98, 40  # the whole country
ROUNDS = 3


def large(catalogue: Catalogue) -> Catalogue:
    """A catalogue of the size of the whole country, out of copies of the shipped services."""
    services = cycle(list(catalogue.services()))
    return Catalogue("large", tuple(_copy(n, islice(services, SERVICES), catalogue) for n in range(MUNICIPALITIES)), ())


def _copy(number: int, services: islice[Service], catalogue: Catalogue) -> Municipality:
    base = catalogue.municipalities[number % len(catalogue.municipalities)]
    name = f"{base.id}{number}"
    return replace(
        base, id=name, services=tuple(replace(s, id=f"{name}-{n}", municipality=name) for n, s in enumerate(services))
    )


def _app(catalogue: Catalogue) -> tuple[FastAPI, SuggestionIndex]:
    index = SuggestionIndex(catalogue)
    app = FastAPI()
    app.include_router(suggestions.router)
    app.state.store = SimpleNamespace(snapshot=SimpleNamespace(suggestions=index))
    app.state.proxies, app.state.limits = [], Limits({}, "", "no limits")
    return app, index


class Timed:
    """Measures the application from the request's arrival to the end of its response; the client's own work is left out."""

    def __init__(self, app: FastAPI):
        self._app = app
        self.wall: list[float] = []
        self.processor: list[float] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        start, used = time.perf_counter(), time.process_time()
        await self._app(scope, receive, send)
        self.wall.append((time.perf_counter() - start) * 1e3)
        self.processor.append((time.process_time() - used) * 1e3)


async def _keystrokes(app: Timed, index: SuggestionIndex) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://bench") as client:
        for _ in range(ROUNDS):
            for query in QUERIES:
                for end in range(1, len(query) + 1):
                    index.forget()
                    (await client.get("/v1/suggest", params={"q": query[:end]})).raise_for_status()


def _measure(label: str, catalogue: Catalogue) -> None:
    start = time.process_time()
    app, index = _app(catalogue)
    timed = Timed(app)
    built = time.process_time() - start
    print(f"{label}: {len(index.entries)} entries, built in {built:.1f} s of processor time")
    asyncio.run(_keystrokes(timed, index))
    for kind, times in (("wall", timed.wall), ("processor", timed.processor)):
        p99 = quantiles(times, n=100)[98]
        print(f"  {kind}, {len(times)} keystrokes: median {median(times):.1f} ms, p99 {p99:.1f} ms, worst {max(times):.1f} ms")


def main() -> None:
    catalogue = load_catalogue()
    _measure("shipped catalogue", catalogue)
    _measure(f"{MUNICIPALITIES} municipalities of {SERVICES} services", large(catalogue))


if __name__ == "__main__":
    main()
