"""Requests a second that /v1/answers takes: from wrk where it is installed, else from a second process of our own."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import httpx

from bench.systems.system import System
from knowledge.loading import load_catalogue

CONNECTIONS = 16
AGES = range(18, 98)  # more questions than are answered in a minute, and than the service remembers answers
_SCRIPT = """local paths = {%s}
local n = 0
request = function()
  n = n %% #paths + 1
  return wrk.format("GET", paths[n])
end
"""


@dataclass(frozen=True)
class Rate:
    """`per_core` is requests a second of the server's own processor time, so what the driver uses does not count."""

    questions: str
    driver: str
    requests: int
    seconds: float
    per_second: float
    per_core: float
    errors: int


def questions(system: System) -> list[str]:
    """Paths of every facet that each service states."""
    return [
        "/v1/answers?" + urlencode({"municipality": service.municipality, "service": service.id, "facet": facet})
        for service in load_catalogue().services()
        for facet in service.facets()
    ]


def first_time(system: System, paths: list[str], seconds: int, work: Path) -> Rate:
    """The questions of people of every age, none of them asked before, so that each answer is composed."""
    new = [f"{path}&age={age}" for age in AGES for path in paths]
    return _driven(system, "each for the first time", new, seconds, work)


def again(system: System, paths: list[str], seconds: int, work: Path) -> Rate:
    """The same questions over and over."""
    with httpx.Client(base_url=system.url, trust_env=False, timeout=30) as client:
        for path in paths:
            client.get(path)
    return _driven(system, "asked before", paths, seconds, work)


def _driven(system: System, name: str, paths: list[str], seconds: int, work: Path) -> Rate:
    if shutil.which("wrk"):
        return _rate(system, name, f"wrk, {CONNECTIONS} connections", lambda: _wrk(system, paths, seconds, work))
    return _rate(system, name, "httpx in a second process", lambda: _own(system, paths, seconds))


def _rate(system: System, name: str, driver: str, drive) -> Rate:
    used, began = system.cpu_seconds(), time.perf_counter()
    requests, errors = drive()
    took, used = time.perf_counter() - began, system.cpu_seconds() - used
    return Rate(name, driver, requests, round(took, 2), round(requests / took), round(requests / used), errors)


def _wrk(system: System, paths: list[str], seconds: int, work: Path) -> tuple[int, int]:
    script = work / "paths.lua"
    script.write_text(_SCRIPT % ", ".join(json.dumps(path) for path in paths))
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(script), system.url]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    requests = re.search(r"(\d+) requests in", told)
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    return int(requests.group(1)) if requests else 0, int(errors.group(1)) if errors else 0


def _own(system: System, paths: list[str], seconds: int) -> tuple[int, int]:
    call = [sys.executable, "-m", "bench.lookups", system.url, str(seconds)]
    told = subprocess.run(call, check=True, capture_output=True, text=True, input=json.dumps(paths)).stdout
    requests, errors = json.loads(told)
    return requests, errors


async def _ask(url: str, paths: list[str], seconds: int) -> tuple[int, int]:
    told = [0, 0]
    until = time.perf_counter() + seconds
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=30) as client:

        async def one(start: int) -> None:
            n = start
            while time.perf_counter() < until:
                status = (await client.get(paths[n % len(paths)])).status_code
                told[0], told[1], n = told[0] + 1, told[1] + (status != 200), n + CONNECTIONS

        await asyncio.gather(*map(one, range(CONNECTIONS)))
    return told[0], told[1]


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_ask(sys.argv[1], json.load(sys.stdin), int(sys.argv[2])))))
