"""Assembles the application; nothing is decided here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from swagger_ui_bundle import swagger_ui_path

from api import problems
from api.routers import answers, catalogue, channel, chat_page, conversations, operations, pages, passages, suggestions
from api.settings import Settings
from api.signing import signing_keys
from api.talk import Talk
from bot.runtime import Bot
from bot.training import ensure_model
from knowledge.errors import KnowledgeError
from knowledge.sharing import current_store
from knowledge.snapshot import Store
from state.conversations import Conversations
from state.database import Database, state_url

log = structlog.get_logger(__name__)


def create_app(settings: Settings | None = None, bot: Bot | None = None) -> FastAPI:
    """The application.

    Args:
        bot: an already loaded bot (tests); otherwise the model that fits the data is loaded, and trained when there is none.
    """
    settings = settings or Settings()
    store, keys = current_store(), signing_keys(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        watcher = asyncio.create_task(_watch(store, settings.catalogue_check_seconds))
        yield
        watcher.cancel()
        with suppress(asyncio.CancelledError):
            await watcher

    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        title="Vejviser",
        version="0.1.0",
        lifespan=lifespan,
        description="Danish citizen assistant over municipal quality standards: chat channel and structured look-ups.",
    )
    app.openapi_version = "3.0.3"  # what the bundled Swagger UI can show; nothing here needs 3.1
    app.state.settings, app.state.store = settings, store
    app.state.bot = bot or Bot(settings.model or ensure_model())
    app.state.database = Database(state_url(settings.home))
    app.state.conversations = Conversations(app.state.database)
    app.state.talk = Talk(app.state.bot, app.state.conversations, store, settings, keys)
    problems.install(app)
    for module in (channel, conversations, catalogue, answers, suggestions, passages, operations, pages, chat_page):
        app.include_router(module.router)

    app.mount("/assets", pages.built, name="assets")
    app.mount("/docs/assets", StaticFiles(directory=swagger_ui_path), name="docs-assets")

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        """The API's own page, from assets of this server only."""
        return get_swagger_ui_html(
            openapi_url="/openapi.json",
            title="Vejviser API",
            swagger_js_url="/docs/assets/swagger-ui-bundle.js",
            swagger_css_url="/docs/assets/swagger-ui.css",
            swagger_favicon_url="/docs/assets/favicon-32x32.png",
        )

    return app


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
