"""The service as a process of its own, for tests that kill it, starve it or take its database away."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.engines import WAIT, free_port, until

ROOT = Path(__file__).parents[2]
ENDED = (0, -signal.SIGTERM)  # uvicorn ends a process by the signal it was given, after the graceful shutdown
START = 300.0  # seconds a start may take on a busy machine


class Service:
    """`vejviser serve` on a free port of loopback, without limits on how much one may ask.

    Args:
        home: folder for state.
        settings: further VEJVISER_ variables, without the prefix.
    """

    def __init__(self, home: Path, port: int = 0, **settings: object):
        self.home, self.port = home, port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.output = home / f"output-{self.port}"
        unlimited = {f"{what}_LIMIT": "off" for what in ("CONVERSATION", "ADDRESS", "LOOKUP")}
        own = {"HOME": home, "PORT": self.port, **unlimited, **settings}
        clean = {key: value for key, value in os.environ.items() if not key.startswith("VEJVISER_")}
        self.environment = {**clean, **{f"VEJVISER_{key.upper()}": str(value) for key, value in own.items()}}
        self.process: subprocess.Popen[bytes] | None = None

    def launch(self) -> Service:
        """Start without waiting."""
        self.home.mkdir(parents=True, exist_ok=True)
        with self.output.open("ab") as output:
            command = [sys.executable, "-m", "api.command_line", "serve"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=output, stderr=output)
        return self

    def start(self) -> Service:
        self.launch()
        self.wait_until_ready()
        return self

    def wait_until_ready(self) -> None:
        process = self.process
        until(lambda: process.poll() is not None or self.ready() == 200, "the service is ready", START)
        assert process.poll() is None, self.output.read_text(encoding="utf-8")[-3000:]

    def ready(self) -> int:
        """Status of /health/ready, 0 when nobody answers."""
        try:
            return httpx.get(f"{self.url}/health/ready", timeout=60).status_code
        except httpx.TransportError:
            return 0

    def stop(self, how: int = signal.SIGTERM) -> int:
        """End the process; its exit code."""
        if self.process is None:
            return 0
        self.process.send_signal(how)
        code = self.process.wait(WAIT)
        self.process = None
        return code

    def turns(self, token: str = "") -> float:
        """How many turns it has taken since its start; `token` opens /metrics where it needs one."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        lines = httpx.get(f"{self.url}/metrics", headers=headers, timeout=60).text.splitlines()
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith("vejviser_turns_total{"))

    def memory(self) -> int:
        """Resident megabytes."""
        text = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(next(line for line in text.splitlines() if line.startswith("VmRSS")).split()[1]) // 1024

    def log(self) -> list[dict[str, Any]]:
        """The lines of the log."""
        lines = self.output.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def __enter__(self) -> Service:
        try:
            return self.start()
        except BaseException:
            self.stop(signal.SIGKILL)
            raise

    def __exit__(self, *_: object) -> None:
        self.stop(signal.SIGKILL)


@dataclass
class Talker:
    """A client as the widget is one: numbered messages, each sent again under its own id until it is acknowledged.

    Attributes:
        turns: the numbers of the turns in the acknowledged replies.
        seconds: from the first sending of each message to its reply.
        faults: statuses of refused attempts, 0 for a lost connection.
        lost: how connections were lost.
    """

    url: str
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=120))
    identifier: str = ""
    turns: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    faults: list[int] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def begin(self, municipality: str | None = None) -> Talker:
        body = {"municipality": municipality} if municipality else {}
        self.identifier = self.client.post(f"{self.url}/v1/conversations", json=body).raise_for_status().json()["id"]
        return self

    def attempt(self, text: str, client_id: str = "") -> httpx.Response:
        """One request; the id is that of the next turn unless another is given."""
        body = {"text": text, "client_id": client_id or f"message-{len(self.turns) + 1}"}
        return self.client.post(f"{self.url}/v1/conversations/{self.identifier}/messages", json=body)

    def say(self, text: str, give_up: Callable[[], bool] = lambda: False) -> dict[str, Any] | None:
        """Send until acknowledged; None when it gave up."""
        sent = time.perf_counter()
        while not give_up():
            try:
                response = self.attempt(text)
            except httpx.TransportError as error:
                self.faults.append(0)
                self.lost.append(type(error).__name__)
                time.sleep(0.05)
                continue
            if response.status_code == 200:
                reply = response.json()
                self.turns.append(reply["turn"])
                self.seconds.append(time.perf_counter() - sent)
                return reply
            self.faults.append(response.status_code)
            assert response.status_code in (502, 503, 504), response.text
            time.sleep(0.05)
        return None


def municipality_of(reply: dict[str, Any]) -> str:
    """The municipality a reply is about."""
    custom = next((message["custom"] for message in reply["messages"] if message.get("custom")), {})
    return (custom.get("municipality") or {}).get("id", "")


class Crowd:
    """Threads that each do something again and again until they are told to stop; the first fault is raised at the end."""

    def __init__(self, jobs: list[Callable[[], object]]):
        self._ended = threading.Event()
        self._faults: list[BaseException] = []
        self._threads = [threading.Thread(target=self._run, args=(job,), daemon=True) for job in jobs]

    def stopping(self) -> bool:
        return self._ended.is_set()

    def __enter__(self) -> Crowd:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(WAIT)
        if self._faults:  # also where something else failed: it waited for what could no longer come
            raise self._faults[0]

    def _run(self, job: Callable[[], object]) -> None:
        try:
            while not self.stopping():
                job()
        except BaseException as fault:  # told by the thread that waits
            self._faults.append(fault)


def send(talker: Talker, url: str, number: int) -> httpx.Response:
    """One numbered message of a conversation over a connection of its own."""
    body = {"text": "hej", "client_id": f"message-{number}"}
    return httpx.post(f"{url}/v1/conversations/{talker.identifier}/messages", json=body, timeout=60)


def send_at_once(talker: Talker, *urls: str) -> list[httpx.Response]:
    """Sixteen messages of one conversation at the same moment, to the addresses in turn; all are taken, one after another."""
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda number: send(talker, urls[number % len(urls)], number), range(16)))
    assert {reply.status_code for reply in replies} == {200}, [reply.text for reply in replies]
    assert sorted(reply.json()["turn"] for reply in replies) == list(range(1, 17))
    return replies


def talking(talkers: list[Talker], questions: tuple[str, ...]) -> Crowd:
    """A crowd of talkers, each of whom asks the questions over and over."""

    def go_on(talker: Talker) -> None:
        talker.say(questions[len(talker.turns) % len(questions)], give_up=crowd.stopping)

    crowd = Crowd([lambda talker=talker: go_on(talker) for talker in talkers])
    return crowd
