"""Programs that are measured: started in a process of their own, watched, ended."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

PATIENCE = 1_200.0  # seconds a server may take until it answers
LOOK_EVERY = 0.02


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds by the clock, seconds of processors, MB at its peak."""

    seconds: float
    cpu_seconds: float
    peak_mb: float


class CommandFailed(RuntimeError):
    """A program under measurement ended with an error or did not answer; the message tells its log."""


def measure(command: Sequence[str], folder: Path, log: Path, env: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end.

    Raises:
        CommandFailed: when it ends with an error.
    """
    began = time.perf_counter()
    process = _start(command, folder, log, env)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise CommandFailed(f"{command[0]} ended with {process.returncode}; see {log}")
    return _cost(time.perf_counter() - began, used)


class Server:
    """A server in a process of its own.

    Args:
        ready: an address that answers 200 when the server can take work.

    Attributes:
        cold_start: seconds from starting the process until it answered.
    """

    def __init__(self, command: Sequence[str], folder: Path, log: Path, ready: str, env: Mapping[str, str] | None = None):
        began = time.perf_counter()
        self._log, self._process = log, _start(command, folder, log, env)
        try:
            self._wait(ready)
        except BaseException:
            self.stop()
            raise
        self.cold_start = time.perf_counter() - began

    @property
    def memory_mb(self) -> float:
        """Resident memory now."""
        return _status(self._process.pid, "VmRSS")

    @property
    def peak_mb(self) -> float:
        """The most it ever had."""
        return _status(self._process.pid, "VmHWM")

    @property
    def cpu_seconds(self) -> float:
        """Processor time of the process until now, all threads."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """End it, kindly first."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _wait(self, ready: str) -> None:
        deadline = time.perf_counter() + PATIENCE
        with httpx.Client(timeout=5.0) as client:
            while time.perf_counter() < deadline:
                if self._process.poll() is not None:
                    raise CommandFailed(f"the server ended with {self._process.returncode}; see {self._log}")
                try:
                    if client.get(ready).status_code == 200:
                        return
                except httpx.TransportError:
                    pass
                time.sleep(LOOK_EVERY)
        raise CommandFailed(f"the server did not answer in {PATIENCE:.0f} s; see {self._log}")


def _start(command: Sequence[str], folder: Path, log: Path, env: Mapping[str, str] | None) -> subprocess.Popen[bytes]:
    with log.open("wb") as out:
        return subprocess.Popen(command, cwd=folder, stdout=out, stderr=out, env=None if env is None else dict(env))


def _status(pid: int, key: str) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{key}:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _cost(seconds: float, used: resource.struct_rusage) -> Cost:
    return Cost(round(seconds, 1), round(used.ru_utime + used.ru_stime, 1), round(used.ru_maxrss / 1024, 1))
