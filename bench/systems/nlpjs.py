"""nlp.js (npm node-nlp) with Danish: the understanding only, behind a small HTTP server."""

from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import asdict
from pathlib import Path
from typing import Any

import aiohttp

from bench.messages import training_examples
from bench.processes import Cost, Server, measure
from bench.systems.system import ROOT, Messages, Reading, System, environment, trained_once

FOLDER = ROOT / "bench" / "nlpjs"


class NlpJs(System):
    """Two of its managers, one for the intents and one for the topics; it has no dialogue and no answers here.

    Args:
        keep: every how many-th training message of an intent is kept.
        node: the folder that holds `node` and `npm`.
    """

    name = "nlp.js (understanding only)"
    answers = False

    def __init__(self, work: Path, port: int, keep: int = 1, node: Path | None = None):
        super().__init__(work, port)
        self._examples, self._keep = training_examples(keep), keep
        self._path = {"PATH": f"{node}:{environment(work)['PATH']}"} if node else {}

    @property
    def about(self) -> dict[str, Any]:
        version = json.loads((FOLDER / "package.json").read_text())["dependencies"]["node-nlp"]
        return {"keep_every": self._keep, "messages": len(self._examples), "node-nlp": version, "server": "node:http"}

    def train(self) -> Cost:
        messages = json.dumps([asdict(example) for example in self._examples], ensure_ascii=False)
        return trained_once(self.work, hashlib.sha256(messages.encode()).hexdigest(), lambda: self._train(messages))

    def _train(self, messages: str) -> Cost:
        self._install()
        (self.work / "messages.json").write_text(messages, encoding="utf-8")
        command = ["node", str(FOLDER / "train.js"), "messages.json", str(self.work)]
        return measure(command, self.work, self.work / "train.log", self._environment())

    def start(self) -> None:
        self._install()
        command = ["node", str(FOLDER / "serve.js"), str(self.work), str(self.port)]
        self.servers = [Server(command, self.work, self.work / "serve.log", f"{self.url}/", self._environment())]

    async def say(self, client: aiohttp.ClientSession, conversation: str, text: str, page: str = "") -> Messages:
        return [{"custom": await self._post(client, "/parse", {"text": text})}]

    async def read(self, client: aiohttp.ClientSession, text: str) -> Reading:
        parsed = (await self.say(client, "", text))[0]["custom"]
        return Reading(parsed["intent"], parsed["topic"])

    def _install(self) -> None:
        if not (FOLDER / "node_modules" / "node-nlp").is_dir():
            command = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"]
            subprocess.run(command, cwd=FOLDER, env=self._environment(), check=True)

    def _environment(self) -> dict[str, str]:
        return environment(self.work, **self._path)
