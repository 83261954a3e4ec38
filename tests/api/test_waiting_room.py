"""More messages than can be answered: some wait, the others are told to come again, and no message is lost."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from api.problems import Problem
from api.waiting_room import WaitingRoom
from tests.api.problem import assert_problem
from tests.api.test_conversations import begin, said

FULL = WaitingRoom(at_once=0, seats=0)


async def settle() -> None:
    """Let every task run until it waits."""
    for _ in range(10):
        await asyncio.sleep(0)


class Visitors:
    """Tasks that each hold a turn until their name is let go."""

    def __init__(self, room: WaitingRoom):
        self.room, self.inside, self._go = room, [], asyncio.Event()

    async def visit(self, name: int) -> None:
        async with self.room.turn():
            self.inside.append(name)
            await self._go.wait()

    async def come(self, names: range) -> list[asyncio.Task[None]]:
        tasks = [asyncio.create_task(self.visit(name)) for name in names]
        await settle()
        return tasks

    async def leave(self, tasks: list[asyncio.Task[None]]) -> None:
        self._go.set()
        await asyncio.gather(*tasks)


def test_only_so_many_at_once_and_the_others_in_order() -> None:
    async def check() -> None:
        visitors = Visitors(WaitingRoom(at_once=3))
        tasks = await visitors.come(range(10))
        assert visitors.inside == [0, 1, 2]
        await visitors.leave(tasks)
        assert visitors.inside == list(range(10))

    asyncio.run(check())


def test_without_a_seat_it_is_refused_at_once() -> None:
    async def check() -> None:
        visitors = Visitors(WaitingRoom(at_once=1, seats=2))
        tasks = await visitors.come(range(3))
        with pytest.raises(Problem):
            visitors.room.demand_seat()
        with pytest.raises(Problem) as refused:
            await visitors.visit(99)
        assert refused.value.status == 503 and int(refused.value.headers["Retry-After"]) > 0
        await visitors.leave(tasks)
        visitors.room.demand_seat()
        assert visitors.inside == [0, 1, 2]

    asyncio.run(check())


def test_who_waits_too_long_is_refused_and_blocks_nobody() -> None:
    async def check() -> None:
        visitors = Visitors(WaitingRoom(at_once=1, patience=0.01))
        first = await visitors.come(range(1))
        with pytest.raises(Problem, match="Too many"):
            await visitors.visit(99)
        await visitors.leave(first)
        await visitors.visit(1)
        assert visitors.inside == [0, 1]

    asyncio.run(check())


@pytest.mark.parametrize("let_in", [False, True], ids=["while it waits", "at the moment it is let in"])
def test_request_that_is_ended_gives_its_place_on(let_in: bool) -> None:
    async def check() -> None:
        room = WaitingRoom(at_once=1)
        visitors = Visitors(room)
        async with room.turn():
            tasks = await visitors.come(range(2))
            if not let_in:
                tasks[0].cancel()
                await settle()
        tasks[0].cancel()
        await asyncio.wait(tasks[:1])
        await visitors.leave(tasks[1:])
        assert tasks[0].cancelled() and visitors.inside == [1]

    asyncio.run(check())


def test_refused_message_is_answered_when_it_comes_again(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    identifier, talk = begin(client, municipality="gladsaxe"), client.app.state.talk
    with monkeypatch.context() as crowded:
        crowded.setattr(talk, "_guard", replace(talk._guard, room=FULL))
        refused = said(client, identifier, "hvad koster tøjvask?", "1")
    assert_problem(refused, 503)
    assert int(refused.headers["retry-after"]) > 0
    answered = said(client, identifier, "hvad koster tøjvask?", "1")
    assert answered.status_code == 200 and answered.json()["turn"] == 1


def test_rasa_channel_refuses_as_well(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    state = client.app.state
    monkeypatch.setattr(state, "guard", replace(state.guard, room=FULL))
    refused = client.post("/webhooks/rest/webhook", json={"sender": "crowd", "message": "hej"})
    assert_problem(refused, 503)
    assert int(refused.headers["retry-after"]) > 0
