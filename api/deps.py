"""What routers depend on, as types."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request

from api.client import client_address
from api.problems import Problem
from api.settings import Settings
from api.staff import ROLES, Staff, asked_on_this_machine
from api.talk import Talk
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


def _talk(request: Request) -> Talk:
    return request.app.state.talk


StoreDep = Annotated[Store, Depends(_store)]
SnapshotDep = Annotated[Snapshot, Depends(_snapshot)]
BotDep = Annotated[Bot, Depends(_bot)]
SettingsDep = Annotated[Settings, Depends(_settings)]
TalkDep = Annotated[Talk, Depends(_talk)]


async def _within_address_limit(request: Request) -> None:
    await request.app.state.limits.demand("address", client_address(request, request.app.state.proxies))


AddressLimit = Depends(_within_address_limit)  # for every route that a citizen makes the bot work by


def StaffDep(role: str) -> Any:  # noqa: N802  (reads as a type in signatures)
    """Demands a member of staff who may act in `role`: `staff: Annotated[Staff, StaffDep("phone_line")]`."""
    if role not in ROLES:
        raise ValueError(f"no role '{role}'")

    async def demand(request: Request, settings: SettingsDep) -> Staff:
        if asked_on_this_machine(request, settings):
            return Staff(name="", role=ROLES[-1], open=True)
        raise Problem(401, "Only for staff", "Log in at /log-ind.")

    return Depends(demand)
