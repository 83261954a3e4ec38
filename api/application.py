"""Assembles the application; nothing is decided here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp
from swagger_ui_bundle import swagger_ui_path

from api import problems
from api.checks import demand_safe
from api.headers import SecurityHeaders
from api.protection import protect
from api.routers import (
    admin,
    answers,
    catalogue,
    channel,
    chat_page,
    conversations,
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
from bot.persistence.locks import InOrderLocks, RedisLocks
from bot.runtime import Bot
from bot.training import ensure_model
from knowledge.errors import KnowledgeError
from knowledge.sharing import current_store
from knowledge.snapshot import Store
from state.conversations import Conversations
from state.database import Database, state_url

log = structlog.get_logger(__name__)


class Service(FastAPI):
    """FastAPI with the security headers outside of everything, so that even its own answer to a fault has them."""

    def build_middleware_stack(self) -> ASGIApp:
        return SecurityHeaders(super().build_middleware_stack(), https=not self.state.settings.on_loopback)


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
        watcher = asyncio.create_task(_watch(store, settings.catalogue_check_seconds))
        yield
        watcher.cancel()
        with suppress(asyncio.CancelledError):
            await watcher

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
    problems.install(app)
    for module in (
        channel,
        conversations,
        catalogue,
        answers,
        guide,
        suggestions,
        passages,
        operations,
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
    """The bot with conversations in the database, locked by Redis where it is set."""
    locks = RedisLocks(settings.redis_url) if settings.redis_url else InOrderLocks()
    return Bot(settings.model or ensure_model(), SqlConversations(database), locks)


async def _watch(store: Store, seconds: float) -> None:
    """Reload the catalogue when its files change; a broken one is refused and reported by /health."""
    before = store.fingerprint()
    while True:
        await asyncio.sleep(seconds)
        now = store.fingerprint()
        if now == before:
            continue
        before = now
        try:
            if await asyncio.to_thread(store.reload):
                log.info("catalogue.reloaded", digest=store.snapshot.catalogue.digest[:8])
        except KnowledgeError as error:
            log.error("catalogue.reload_failed", error=str(error).splitlines()[0])
