"""What a run was made with, saved beside its results so that figures can be traced and repeated."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bot.runtime import ROOT
from bot.training import data_digest
from knowledge.danish import pipeline
from knowledge.sharing import current_store

PACKAGES = ("rasa", "scikit-learn", "numpy", "scipy", "spacy", "rapidfuzz")


def configuration(model: Path, sets: Iterable[Path], options: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Code, model, data, sets, versions, machine, date."""
    return {
        "date": now.isoformat(timespec="seconds"),
        "commit": _commit(),
        "model": model.name,
        "data_digest": data_digest(),
        "catalogue_digest": current_store().snapshot.catalogue.digest,
        "sets": {path.stem: _digest(path) for path in sets},
        "options": options,
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "spacy_pipeline": pipeline().meta["name"],
        "machine": {"system": platform.system(), "architecture": platform.machine(), "cores": os.cpu_count(), "cpu": _cpu()},
    }


def _digest(path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    return {"dialogues": sum(1 for line in content.splitlines() if line.strip()), "sha256": hashlib.sha256(content).hexdigest()}


def _commit() -> str:
    """The commit of the code, with "+" when files were changed since; "" outside a repository."""

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()

    try:
        return git("rev-parse", "HEAD") + ("+" if git("status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):
        return ""


def _cpu() -> str:
    """The processor's name where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())
