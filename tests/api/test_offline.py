"""The service reaches for no other machine: watched inside the process, and with the network taken away altogether."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROGRAM = Path(__file__).parent / "offline.py"
ANSWERS = [200, 200, 204, 200, 200, 200, 200, 204]


def run(home: Path, *arguments: str, before: tuple[str, ...] = ()) -> dict[str, Any]:
    """Run the program with none of the caller's settings; a fresh home shows what happens on a first start."""
    kept = ("PATH", "PYTHONPATH", "LANG", "VIRTUAL_ENV")
    environment = {key: os.environ[key] for key in kept if key in os.environ}
    environment |= {"HOME": str(home), "VEJVISER_HOME": str(home / "state")}
    done = subprocess.run(
        [*before, sys.executable, str(PROGRAM), *arguments], env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.strip().splitlines()[-1])


def test_no_other_machine_is_reached_for(bot: Any, tmp_path: Path) -> None:
    assert run(tmp_path) == {"attempts": [], "answers": ANSWERS}


def test_an_attempt_would_be_seen(bot: Any, tmp_path: Path) -> None:
    found = run(tmp_path, "--misbehave")
    assert len(found["attempts"]) == 1 and "203.0.113.1" in found["attempts"][0]


def without_network() -> tuple[str, ...]:
    """A command that runs another one in an empty network namespace, () where the system does not allow that."""
    unshare = shutil.which("unshare")
    for options in (("-n",), ("-rn",)):
        if unshare and subprocess.run([unshare, *options, "true"], capture_output=True).returncode == 0:
            return (unshare, *options)
    return ()


def test_all_works_with_the_network_cut_off(bot: Any, tmp_path: Path) -> None:
    cut = without_network()
    if not cut:
        pytest.skip("network namespaces are not allowed here")
    assert run(tmp_path, before=cut)["answers"] == ANSWERS
