"""Programs that are measured: started in a process of their own, watched, ended."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

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
        ready: an address that answers 200 when the server can take work; of another kind than http, one that can be reached.

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
        """Memory of the process and those it started now; what several of them share counts once."""
        if len(pids := self._family()) == 1:
            return _status(pids[0], "status", "VmRSS")
        return sum(_status(pid, "smaps_rollup", "Pss") for pid in pids)

    @property
    def peak_mb(self) -> float:
        """The most it ever had; the memory now where there are several processes, whose peaks are not of the same moment."""
        return _status(self._process.pid, "status", "VmHWM") if len(self._family()) == 1 else self.memory_mb

    @property
    def cpu_seconds(self) -> float:
        """Processor time of the process and those it started until now, all threads."""
        return sum(map(_cpu_seconds, self._family()))

    def _family(self) -> list[int]:
        own = self._process.pid
        return [own, *map(int, Path(f"/proc/{own}/task/{own}/children").read_text().split())]

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
                if _answers(client, ready):
                    return
                time.sleep(LOOK_EVERY)
        raise CommandFailed(f"the server did not answer in {PATIENCE:.0f} s; see {self._log}")


def _start(command: Sequence[str], folder: Path, log: Path, env: Mapping[str, str] | None) -> subprocess.Popen[bytes]:
    with log.open("wb") as out:
        return subprocess.Popen(command, cwd=folder, stdout=out, stderr=out, env=None if env is None else dict(env))


def _answers(client: httpx.Client, address: str) -> bool:
    where = urlsplit(address)
    try:
        if where.scheme == "http":
            return client.get(address).status_code == 200
        with socket.create_connection((where.hostname, where.port)):
            return True
    except (httpx.TransportError, OSError):
        return False


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _status(pid: int, file: str, key: str) -> float:
    for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
        if line.startswith(f"{key}:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _cost(seconds: float, used: resource.struct_rusage) -> Cost:
    return Cost(round(seconds, 1), round(used.ru_utime + used.ru_stime, 1), round(used.ru_maxrss / 1024, 1))
