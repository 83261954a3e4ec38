"""Rasa as `rasa init` configures it, with Rasa's own server and this project's action handlers behind `rasa run actions`."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any

import aiohttp

from bench.processes import Cost, Server, measure
from bench.stock_project import FALLBACK, write_project
from bench.systems.system import ROOT, Messages, Reading, System, environment, trained_once

MODEL = "stock"


class StockRasa(System):
    """DIET, ResponseSelector, FallbackClassifier; Memoization, Rule, UnexpecTED and TED; conversations in memory.

    Args:
        keep: every how many-th training message of an intent is kept.
        epochs: instead of Rasa's own number, for a quick trial.
    """

    name = "Rasa as rasa init configures it"

    def __init__(self, work: Path, port: int, keep: int = 1, epochs: int | None = None):
        super().__init__(work, port)
        self.messages = write_project(self.work, port + 1, keep, epochs)
        self._keep, self._epochs = keep, epochs

    @property
    def about(self) -> dict[str, Any]:
        kept = {"keep_every": self._keep, "messages": self.messages, "epochs": self._epochs or 100}
        return {**kept, "server": "rasa run", "actions": "rasa run actions (HTTP)", "tracker_store": "in memory (default)"}

    def train(self) -> Cost:
        command = [sys.executable, "-m", "rasa", "train", "--fixed-model-name", MODEL, "--quiet"]
        env = environment(self.work)
        return trained_once(self.work, _digest(self.work), lambda: measure(command, self.work, self.work / "train.log", env))

    def start(self) -> None:
        actions = [sys.executable, "-m", "rasa", "run", "actions", "--actions", "actions", "--port", str(self.port + 1)]
        env = environment(self.work)
        ready = f"http://127.0.0.1:{self.port + 1}/health"
        self.servers = [Server(actions, ROOT, self.work / "actions.log", ready, env)]
        command = [sys.executable, "-m", "rasa", "run", "--model", f"models/{MODEL}.tar.gz", "--port", str(self.port)]
        command += [
            "--enable-api",
            "--credentials",
            "credentials.yml",
            "--endpoints",
            "endpoints.yml",
            "--interface",
            "127.0.0.1",
        ]
        self.servers.append(Server(command, self.work, self.work / "serve.log", f"{self.url}/webhooks/rest/", env))

    async def say(self, client: aiohttp.ClientSession, conversation: str, text: str, page: str = "") -> Messages:
        body = {"sender": conversation, "message": text, "metadata": {"municipality": page} if page else {}}
        return await self._post(client, "/webhooks/rest/webhook", body)

    async def read(self, client: aiohttp.ClientSession, text: str) -> Reading:
        parsed = await self._post(client, "/model/parse", {"text": text})
        ranking = [item["name"] for item in parsed.get("intent_ranking", []) if item["name"] != FALLBACK]
        return Reading(ranking[0] if ranking else "")  # its best guess, also where it would rather ask back


def _digest(project: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted([*project.glob("*.yml"), *(project / "data").glob("*.yml")]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
