"""What is measured of the running service, for Prometheus. Labels are route templates and closed lists, never texts or ids."""

from __future__ import annotations

import os
import random
import re
import time
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.seen import Seen
from knowledge.vocabulary import vocabulary

log = structlog.get_logger(__name__)

QUIET = frozenset({"/health/live", "/health/ready", "/metrics"})  # asked every few seconds; measured, not logged
_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0, 5.0)


class Metrics:
    """The figures of one application, in a registry of their own; those of forked workers are added up."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._shared = "PROMETHEUS_MULTIPROC_DIR" in os.environ
        if not self._shared:
            ProcessCollector(registry=self.registry)
        own: dict[str, Any] = {"registry": self.registry}
        self.turns = Counter("vejviser_turns", "Turns by what became of them and what was asked", ["outcome", "facet"], **own)
        self.stages = Histogram("vejviser_turn_seconds", "Seconds of a turn by stage", ["stage"], buckets=_SECONDS, **own)
        self.requests = Counter("vejviser_requests", "Requests by route", ["method", "route", "status"], **own)
        self.seconds = Histogram("vejviser_request_seconds", "Seconds of a request", ["route"], buckets=_SECONDS, **own)
        self.under_way = Gauge("vejviser_requests_under_way", "Requests being answered", multiprocess_mode="livesum", **own)
        self.errors = Counter("vejviser_errors", "Requests that ended in an error of the service, by status", ["status"], **own)
        self.ready = Gauge(
            "vejviser_ready", "1 when a part the service needs answers", ["part"], multiprocess_mode="livemin", **own
        )
        self.problems = Gauge(
            "vejviser_catalogue_problems", "Faults of the catalogue folder that was refused", multiprocess_mode="livemax", **own
        )
        self.purged = Counter("vejviser_purged_conversations", "Conversations deleted after their time", **own)

    def saw(self, turn: Seen, _text: str) -> None:
        """Count a turn; a watcher of the bot."""
        self.turns.labels(turn.outcome, turn.facet if turn.facet in vocabulary().facets else "").inc()
        for stage, seconds in turn.seconds.items():
            self.stages.labels(stage).observe(seconds)

    def render(self) -> bytes:
        """Everything in the text format of Prometheus."""
        registry = self.registry
        if self._shared:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)
        return generate_latest(registry)


class Measuring:
    """Gives each request an id, measures it and logs one line. Pure ASGI, so that it costs little and sees every answer."""

    def __init__(self, app: ASGIApp, metrics: Metrics):
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        began, status = time.perf_counter(), 500

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message.get("headers", ()), (b"x-request-id", request_id.encode())]}
            await send(message)

        self._metrics.under_way.inc()
        try:
            await self._app(scope, receive, told)
        finally:
            self._metrics.under_way.dec()
            self._note(scope, status, time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = route_of(scope)
        method = scope["method"] if scope["method"] in ("GET", "POST", "DELETE", "HEAD", "OPTIONS") else "other"
        self._metrics.requests.labels(method, route, status).inc()
        self._metrics.seconds.labels(route).observe(seconds)
        if status >= 500:
            self._metrics.errors.labels(status).inc()
        if route not in QUIET:
            log.info("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1))


def route_of(scope: Scope) -> str:
    """The template of the route that answered, e.g. /v1/services/{service_id}; "other" where none did."""
    return getattr(scope.get("route"), "path", None) or "other"


def _request_id(scope: Scope) -> str:
    """The id that a proxy gave where it is harmless, a new one otherwise."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _ID.fullmatch(given := value.decode("latin-1")):
            return given
    return f"{random.getrandbits(64):016x}"  # it only tells requests apart
