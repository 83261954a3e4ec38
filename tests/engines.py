"""Real PostgreSQL, Redis and nginx for tests: each on a free port of loopback, in a folder of its own, ended with its test.

Nothing that already runs on the machine is touched. Where a program is not installed, `missing` tells its name.
"""

from __future__ import annotations

import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psycopg2
import pytest
import redis

PROXY = Path(__file__).parents[1] / "deploy" / "nginx" / "proxy.conf"
WAIT = 180.0  # seconds a server may take to come up, or a condition to come true, on a busy machine


def program(name: str) -> str | None:
    """Path of an installed program; Debian keeps PostgreSQL's out of PATH."""
    for folder in ("/usr/sbin", *sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)):
        if (Path(folder) / name).exists():
            return str(Path(folder) / name)
    return shutil.which(name)


def missing(*names: str) -> str:
    """The programs that are not installed, "" when all are."""
    return ", ".join(name for name in names if program(name) is None)


def demand(*names: str) -> None:
    """Skip the test, with the reason, where programs are not installed; in CI that is a failure."""
    if lacking := missing(*names):
        reason = f"not installed: {lacking}"
        if os.environ.get("CI"):
            pytest.fail(f"{reason}. CI installs them, see .ci/run", pytrace=False)
        pytest.skip(reason)


def free_port() -> int:
    """A port that nobody listens on, below those that outgoing connections get: none of these may take it before the server
    does, nor while the server is being started again."""
    for _ in range(1000):
        port = random.randrange(15_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("no free port between 15000 and 32000")


def until(true: Callable[[], object], what: str, seconds: float = WAIT) -> None:
    """Poll a condition; fails the test when it does not become true in time."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s in vain: {what}"
        time.sleep(0.05)


def children(pid: int) -> list[int]:
    """Its child processes: those of PostgreSQL outlive it for a moment, and until then it can't be started again."""
    return [int(child) for found in Path(f"/proc/{pid}/task").glob("*/children") for child in found.read_text().split()]


def runs(pid: int) -> bool:
    """Whether a process is there and no mere record of its end."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


class Engine:
    """A server process that can be stopped, killed and started again with its data kept."""

    def __init__(self) -> None:
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="vejviser-engine-"))
        self.process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        raise NotImplementedError

    def answers(self) -> bool:
        raise NotImplementedError

    def start(self) -> None:
        with (self.folder / "output").open("ab") as output:
            self.process = subprocess.Popen(self.command(), stdout=output, stderr=output, **self.identity())
        until(lambda: self.answers() or self.process.poll() is not None, f"{type(self).__name__} answers")
        assert self.process.poll() is None, (self.folder / "output").read_text()[-2000:]

    def stop(self, how: int = signal.SIGTERM) -> None:
        if self.process is not None:
            own = children(self.process.pid)
            self.process.send_signal(how)
            self.process.wait(WAIT)
            until(lambda: not any(map(runs, own)), f"the processes of {type(self).__name__} have ended")
            self.process = None

    def identity(self) -> dict[str, object]:
        return {}

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop(signal.SIGINT)
        shutil.rmtree(self.folder, ignore_errors=True)


class Postgres(Engine):
    """PostgreSQL with trust on loopback; run as `postgres` when the tests run as root, which it refuses."""

    def __init__(self) -> None:
        super().__init__()
        self.data = self.folder / "data"
        self.url = f"postgresql://vejviser@127.0.0.1:{self.port}/postgres"
        if self.identity():
            shutil.chown(self.folder, "postgres")
        initdb = [program("initdb"), "-D", str(self.data), "-U", "vejviser", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(initdb, check=True, capture_output=True, cwd=self.folder, **self.identity())

    def identity(self) -> dict[str, object]:
        if os.geteuid() != 0:
            return {}
        user = pwd.getpwnam("postgres")
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def command(self) -> list[str]:
        options = {"port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": str(self.folder)}
        return [program("postgres"), "-D", str(self.data), *(f"--{key}={value}" for key, value in options.items())]

    def answers(self) -> bool:
        try:
            psycopg2.connect(self.url).close()
        except psycopg2.OperationalError:
            return False
        return True


class Nginx(Engine):
    """nginx with deploy/nginx/proxy.conf in front of some ports of loopback.

    Args:
        ports: of the replicas.
    """

    def __init__(self, ports: list[int]):
        super().__init__()
        self.url = f"http://127.0.0.1:{self.port}"
        servers = "\n".join(f"server 127.0.0.1:{port} max_fails=1 fail_timeout=1s;" for port in ports)
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        scratch = "\n".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in kinds)
        (self.folder / "nginx.conf").write_text(
            f"""daemon off; worker_processes 1; pid {self.folder}/pid; error_log stderr warn;
            {"user root;" if os.geteuid() == 0 else ""}
            events {{ worker_connections 256; }}
            http {{
              access_log off; {scratch}
              upstream vejviser {{ {servers} keepalive 16; }}
              server {{ listen 127.0.0.1:{self.port}; include {PROXY}; }}
            }}""",
            encoding="utf-8",
        )

    def command(self) -> list[str]:
        return [program("nginx"), "-p", str(self.folder), "-e", "stderr", "-c", str(self.folder / "nginx.conf")]

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health/live", timeout=5).status_code > 0
        except httpx.TransportError:
            return False


class Redis(Engine):
    """Redis that writes nothing to disk."""

    def __init__(self) -> None:
        super().__init__()
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        return [
            program("redis-server"),
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(self.folder),
        ]

    def answers(self) -> bool:
        try:
            return bool(redis.Redis.from_url(self.url).ping())
        except redis.RedisError:
            return False
