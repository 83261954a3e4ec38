"""What the benchmark asks of every system."""

from __future__ import annotations

import json
import os
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import aiohttp

from bench.processes import Cost, Server

ROOT = Path(__file__).parents[2]
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}
Messages = list[dict[str, Any]]


@dataclass(frozen=True)
class Reading:
    """How a message was understood: intent, and topic where the system reads one."""

    intent: str
    topic: str = ""


class System(ABC):
    """One system, its servers and how to talk to it.

    Args:
        work: a folder of its own for what it trains and stores.
        port: the first of the ports it may use.

    Attributes:
        name: in the tables.
        about: configuration, for the record.
        servers: its processes while it is started.
    """

    name = ""
    answers = True  # False for one that only understands

    def __init__(self, work: Path, port: int):
        self.work, self.port = work.resolve(), port
        self.servers: list[Server] = []
        work.mkdir(parents=True, exist_ok=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    @abstractmethod
    def about(self) -> dict[str, Any]:
        """What was configured and on how much it was trained."""

    @abstractmethod
    def train(self) -> Cost:
        """Train on the project's messages; a model trained on the same data before is used again with what it took then."""

    @abstractmethod
    def start(self) -> None:
        """Start its servers and wait until they answer."""

    @abstractmethod
    async def say(self, client: aiohttp.ClientSession, conversation: str, text: str, page: str = "") -> Messages:
        """One turn; the bot's messages as Rasa's REST channel has them.

        Args:
            page: id of the municipality whose page embeds the chat, where the system can be told.
        """

    @abstractmethod
    async def read(self, client: aiohttp.ClientSession, text: str) -> Reading:
        """How a single message is understood."""

    async def _post(self, client: aiohttp.ClientSession, path: str, body: dict[str, Any]) -> Any:
        """What the system answers to a JSON body.

        Raises:
            aiohttp.ClientError: when it answers with an error, or not at all.
        """
        async with client.post(self.url + path, json=body) as answer:
            answer.raise_for_status()
            return await answer.json()

    def stop(self) -> None:
        for server in self.servers:
            server.stop()
        self.servers = []

    def footprint(self) -> dict[str, Any]:
        """Cold start and memory of the started servers together."""
        return {
            "cold_start_s": round(max(server.cold_start for server in self.servers), 2),
            "rss_mb": round(sum(server.memory_mb for server in self.servers)),
            "peak_mb": round(sum(server.peak_mb for server in self.servers)),
        }

    def cpu_seconds(self) -> float:
        return sum(server.cpu_seconds for server in self.servers)


def trained_once(work: Path, data: str, train: Callable[[], Cost]) -> Cost:
    """Train, or tell what it took when the same data was trained on before.

    Args:
        data: digest of everything the training depends on.
    """
    told = work / "trained.json"
    if told.is_file():
        known = json.loads(told.read_text())
        if known.pop("data") == data:
            return Cost(**known)
    cost = train()
    told.write_text(json.dumps({**asdict(cost), "data": data}))
    return cost


def environment(work: Path, **more: str) -> dict[str, str]:
    """The environment of a process that is measured: this tree's packages, nothing of the caller's deployment."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("VEJVISER_")}
    return {**inherited, **QUIET, "PYTHONPATH": str(ROOT), "VEJVISER_HOME": str(work.resolve() / "home"), **more}
