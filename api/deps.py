"""What routers depend on, as types."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from api.settings import Settings
from bot.runtime import Bot
from knowledge.snapshot import Snapshot, Store


def _store(request: Request) -> Store:
    return request.app.state.store


def _snapshot(request: Request) -> Snapshot:
    return request.app.state.store.snapshot


def _bot(request: Request) -> Bot:
    return request.app.state.bot


def _settings(request: Request) -> Settings:
    return request.app.state.settings


StoreDep = Annotated[Store, Depends(_store)]
SnapshotDep = Annotated[Snapshot, Depends(_snapshot)]
BotDep = Annotated[Bot, Depends(_bot)]
SettingsDep = Annotated[Settings, Depends(_settings)]
