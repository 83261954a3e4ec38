"""On what something was measured. Figures of a busy machine are told as such."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

PACKAGES = ("rasa", "tensorflow", "fastapi", "uvicorn", "scikit-learn", "spacy", "SQLAlchemy")


def describe() -> dict[str, Any]:
    """Processor, memory, versions, how busy the machine is at this moment, and the commit."""
    return {
        "at": datetime.now(timezone.utc).isoformat(timespec="minutes"),
        "processor": _line("/proc/cpuinfo", "model name"),
        "cores": os.cpu_count(),
        "memory_mb": int(_line("/proc/meminfo", "MemTotal").split()[0]) // 1024,
        "load_average": [round(value, 1) for value in os.getloadavg()],
        "python": platform.python_version(),
        "versions": {name: version(name) for name in PACKAGES},
        "commit": _commit(),
    }


def _line(file: str, key: str) -> str:
    for line in Path(file).read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == key:
            return value.strip()
    return "0"


def _commit() -> str:
    told = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=Path(__file__).parent)
    return told.stdout.strip()
