"""Runs the application: in this process, or in several that gunicorn forks from it and keeps alive.

Forked workers share what was loaded before (the model, the catalogue, the Danish word forms) as long as nobody writes to it.
To everything else they are replicas: they meet in the database, and in Redis or a file of locks.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import signal
import sys
import tempfile
from typing import Any

import uvicorn
from fastapi import FastAPI
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from uvicorn_worker import UvicornWorker

from api.settings import Settings

KEEP_ALIVE = 75  # seconds; longer than the 60 of nginx for an idle connection, so that it never sends into a closed one
SILENT = 30  # seconds after which a worker that gives no sign of life is ended and replaced
METRICS = "PROMETHEUS_MULTIPROC_DIR"
ONE_EACH = "UV_TCP_SINGLE_ACCEPT"  # libuv: a worker leaves the next connection to another one, instead of taking all that wait
HTTP: dict[str, Any] = {"ws": "wsproto", "proxy_headers": False, "server_header": False}


def share_metrics() -> None:
    """Have the workers' figures added up, in files; to be called before prometheus-client is imported, which looks but once."""
    if "prometheus_client" in sys.modules:
        raise RuntimeError("prometheus_client was imported before share_metrics")
    os.environ[METRICS] = folder = tempfile.mkdtemp(prefix="vejviser-metrics-")
    atexit.register(_drop, folder, os.getpid())


def run(application: FastAPI, settings: Settings) -> None:
    """Serve until the process is told to end."""
    if settings.workers > 1:
        os.environ.setdefault(ONE_EACH, "1")
        Workers(application, settings).run()
        return
    uvicorn.run(
        application,
        host=settings.host,
        port=settings.port,
        log_config=None,
        timeout_graceful_shutdown=settings.shutdown_seconds,
        timeout_keep_alive=KEEP_ALIVE,
        **HTTP,
    )


class Workers(BaseApplication):
    """A gunicorn over the loaded application."""

    def __init__(self, application: FastAPI, settings: Settings):
        self._application, self._settings = application, settings
        super().__init__()

    def load_config(self) -> None:
        settings = self._settings
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        options = {
            "bind": f"{host}:{settings.port}",
            "workers": settings.workers,
            "worker_class": Worker,
            "logger_class": Quiet,
            "preload_app": True,
            "keepalive": KEEP_ALIVE,
            "timeout": SILENT,
            "graceful_timeout": settings.shutdown_seconds,
            "when_ready": self._before_forks,
            "child_exit": _figures_of_the_dead,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> FastAPI:
        return self._application

    def _before_forks(self, _arbiter: object) -> None:
        """No connection is taken into a fork, and the garbage collector does not write to what the forks share."""
        self._application.state.database.close()
        gc.collect()
        gc.freeze()


class Worker(UvicornWorker):
    """A worker with the settings of the single process; its lines go where all others go."""

    CONFIG_KWARGS = {**UvicornWorker.CONFIG_KWARGS, **HTTP}

    def __init__(self, *arguments: Any, **named: Any):
        super().__init__(*arguments, **named)
        self.config.timeout_graceful_shutdown = self.cfg.graceful_timeout
        for logger in (uvicorn.server.logger, uvicorn.config.logger):
            logger.propagate = True

    async def callback_notify(self) -> None:
        """A worker whose gunicorn was killed ends as well: nobody would replace it, and it holds the port."""
        if os.getppid() != self.ppid:
            signal.raise_signal(signal.SIGTERM)
        await super().callback_notify()

    def init_signals(self) -> None:
        """uvicorn raises the signal once more when the turns under way are answered; that is no fault to be told."""
        super().init_signals()
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


class Quiet(Logger):
    """Hands gunicorn's lines to the root logger, from warnings on."""

    def setup(self, cfg: object) -> None:
        self.error_log.propagate = True
        self.error_log.setLevel("WARNING")


def _figures_of_the_dead(_arbiter: object, worker: Worker) -> None:
    from prometheus_client.multiprocess import mark_process_dead  # not before share_metrics

    mark_process_dead(worker.pid)


def _drop(folder: str, owner: int) -> None:
    """Delete the files of figures when the process that made them ends; its forks end as well, but they are not the owner."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)
