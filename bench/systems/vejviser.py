"""This service as `make serve` runs it: uvicorn, SQLite, one process; and with several workers."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import aiohttp
import httpx

from bench.messages import training_examples
from bench.processes import Cost, Server, measure
from bench.systems.system import ROOT, Messages, Reading, System, environment, trained_once

WORKERS = 2  # as many as the machine has cores
LIMITS = ("CONVERSATION_LIMIT", "ADDRESS_LIMIT", "LOOKUP_LIMIT")
UNLIMITED = {f"VEJVISER_{limit}": "off" for limit in LIMITS}  # a driver talks faster than citizens


class Vejviser(System):
    """Over Rasa's REST channel, like the stock Rasa beside it; conversations in SQLite.

    Args:
        catalogue: another catalogue folder than the shipped one; the model stays the one of the shipped catalogue.
    """

    name = "Vejviser"

    def __init__(self, work: Path, port: int, catalogue: Path | None = None):
        super().__init__(work, port)
        self._catalogue = catalogue
        self._agent: Any = None

    @property
    def about(self) -> dict[str, Any]:
        return {
            "messages": len(training_examples()),
            "server": "vejviser serve (uvicorn, 1 process)",
            "tracker_store": "SQLite",
        }

    def train(self) -> Cost:
        from bot.training import data_digest

        return trained_once(self.work, data_digest(), self._train)

    def _train(self) -> Cost:
        code = "import sys, pathlib; from bot.training import train; train(pathlib.Path(sys.argv[1]))"
        shutil.rmtree(self.work / "models", ignore_errors=True)
        command = [sys.executable, "-c", code, str(self.work / "models")]
        return measure(command, ROOT, self.work / "train.log", environment(self.work))

    def start(self) -> None:
        shutil.rmtree(self.work / "home", ignore_errors=True)
        self._serve()

    def restart(self) -> None:
        """Start with the state that the last run left, as after an upgrade."""
        self.stop()
        self._serve()

    def _serve(self, **settings: str) -> None:
        more = {**UNLIMITED, "VEJVISER_MODEL": str(self._model()), **settings}
        if self._catalogue:
            more["VEJVISER_CATALOGUE"] = str(self._catalogue)
        command = [sys.executable, "-m", "api.command_line", "serve", "--port", str(self.port)]
        log, ready = self.work / "serve.log", f"{self.url}/health/ready"
        self.servers.append(Server(command, ROOT, log, ready, environment(self.work, **more)))

    async def say(self, client: aiohttp.ClientSession, conversation: str, text: str, page: str = "") -> Messages:
        body = {"sender": conversation, "message": text, "metadata": {"municipality": page} if page else {}}
        return await self._post(client, "/webhooks/rest/webhook", body)

    async def read(self, client: aiohttp.ClientSession, text: str) -> Reading:
        """By the same pipeline in this process: the service tells nobody how it understood a message."""
        if self._agent is None:
            os.environ["VEJVISER_HOME"] = str(self.work / "home")
            from bot.runtime import Agent  # by way of the bot, which leaves TensorFlow out

            self._agent = Agent.load(str(self._model()))
        parsed = await self._agent.parse_message(text)
        topics = parsed.get("topics") or {}
        return Reading(parsed["intent"]["name"], max(topics, key=topics.__getitem__, default=""))

    def stages(self) -> dict[str, float]:
        """Mean milliseconds of a turn by stage since the start, from the service's own metrics."""
        told = httpx.get(f"{self.url}/metrics", trust_env=False).text
        found = re.findall(r'^vejviser_turn_seconds_(sum|count)\{stage="(\w+)"\} (\S+)', told, re.MULTILINE)
        values = {(stage, kind): float(value) for kind, stage, value in found}
        stages = dict.fromkeys(stage for stage, _ in values)
        return {stage: round(values[stage, "sum"] / values[stage, "count"] * 1e3, 2) for stage in stages}

    def _model(self) -> Path:
        from bot.training import ensure_model

        trained = sorted((self.work / "models").glob("*.tar.gz"))
        return trained[0] if trained else ensure_model()


class VejviserWorkers(Vejviser):
    """The same with a worker for each core.

    Args:
        single: the single process, whose model is used.
    """

    name = f"Vejviser, {WORKERS} workers"

    def __init__(self, single: Vejviser, work: Path, port: int):
        super().__init__(work, port)
        self._single = single

    def train(self) -> Cost:
        return self._single.train()

    def _model(self) -> Path:
        return self._single._model()

    @property
    def about(self) -> dict[str, Any]:
        return {**super().about, "server": f"vejviser serve --workers {WORKERS} (gunicorn, uvicorn)"}

    def _serve(self, **settings: str) -> None:
        super()._serve(VEJVISER_WORKERS=str(WORKERS), **settings)
