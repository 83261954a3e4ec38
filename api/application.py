"""Assembles the application; nothing is decided here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp
from swagger_ui_bundle import swagger_ui_path

from api import problems
from api.checks import demand_safe
from api.counting import counting
from api.fault_pages import for_people
from api.headers import SecurityHeaders
from api.housekeeping import Housekeeping
from api.metrics import Measuring, Metrics
from api.protection import protect
from api.retention import Retention
from api.routers import (
    admin,
    answers,
    catalogue,
    channel,
    chat_page,
    conversations,
    dashboard,
    documentation,
    guide,
    login,
    operations,
    pages,
    passages,
    suggestions,
)
from api.settings import Settings
from api.signing import signing_keys
from api.talk import Talk
from bot.persistence.conversations import SqlConversations
from bot.persistence.locks import InOrderLocks, MachineLocks, RedisLocks
from bot.runtime import Bot, Locks
from bot.training import ensure_model
from knowledge.sharing import current_store
from state.conversations import Conversations
from state.database import Database, state_url
from state.statistics import Statistics


class Service(FastAPI):
    """FastAPI with the security headers outside of everything, so that even its own answer to a fault has them."""

    def build_middleware_stack(self) -> ASGIApp:
        measured = Measuring(super().build_middleware_stack(), self.state.metrics)
        return SecurityHeaders(measured, https=not self.state.settings.on_loopback)


def create_app(settings: Settings | None = None, bot: Bot | None = None) -> FastAPI:
    """The application.

    Args:
        bot: an already loaded bot (tests); otherwise the model that fits the data is loaded, and trained when there is none.
    """
    settings = settings or Settings()
    demand_safe(settings)
    store, keys = current_store(), signing_keys(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        housekeeping: Housekeeping = app.state.housekeeping
        housekeeping.start(settings.catalogue_check_seconds, settings.statistics_seconds, settings.purge_seconds)
        yield
        await housekeeping.stop()
        app.state.database.close()

    app = Service(
        docs_url=None,
        redoc_url=None,
        title="Vejviser",
        version="0.1.0",
        lifespan=lifespan,
        description="Danish citizen assistant over municipal quality standards: chat channel and structured look-ups.",
    )
    app.openapi_version = "3.0.3"  # what the bundled Swagger UI can show; nothing here needs 3.1
    app.state.settings, app.state.store = settings, store
    app.state.database = Database(state_url(settings.home))
    app.state.bot = bot or open_bot(settings, app.state.database)
    app.state.conversations = Conversations(app.state.database)
    guard = protect(app, settings, keys, app.state.database)
    app.state.talk = Talk(app.state.bot, app.state.conversations, store, settings, guard)
    app.state.statistics, app.state.metrics = Statistics(app.state.database), Metrics()
    app.state.bot.watchers = [app.state.metrics.saw, counting(app.state.statistics, settings.keep_unanswered)]
    app.state.housekeeping = make_housekeeping(app, settings)
    problems.install(app, for_people)
    for module in (
        channel,  # the routes asked most are looked at first
        answers,
        conversations,
        catalogue,
        guide,
        suggestions,
        passages,
        operations,
        dashboard,
        documentation,
        login,
        admin,
        pages,
        chat_page,
    ):
        app.include_router(module.router)

    app.mount("/assets", pages.built, name="assets")
    app.mount("/docs/assets", StaticFiles(directory=swagger_ui_path), name="docs-assets")

    return app


def open_bot(settings: Settings, database: Database) -> Bot:
    """The bot with conversations in the database."""
    return Bot(settings.model or ensure_model(), SqlConversations(database), open_locks(settings))


def open_locks(settings: Settings) -> Locks:
    """What keeps the messages of a conversation in order: Redis where it is set, so that other machines may share it."""
    if settings.redis_url:
        return RedisLocks(settings.redis_url)
    return MachineLocks(settings.home / "conversations.lock") if settings.workers > 1 else InOrderLocks()


def make_housekeeping(app: FastAPI, settings: Settings) -> Housekeeping:
    """What the service does by itself, over the parts of the application."""
    state = app.state
    retention = Retention(
        state.database, state.bot.conversations, state.conversations, state.statistics, settings.retention_days
    )
    return Housekeeping(state.store, retention, state.statistics, state.metrics)
