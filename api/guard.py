"""What a channel asks before it lets a message through."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool as threaded

from api.limits import Limits
from api.problems import Problem
from api.waiting_room import WaitingRoom
from knowledge.wording import say
from state.switches import Switches


@dataclass(frozen=True)
class Guard:
    """Keys of `signing_keys`, the limits, the switches, and where messages wait for their turn."""

    keys: list[str]
    limits: Limits
    switches: Switches
    room: WaitingRoom = field(default_factory=WaitingRoom)

    async def demand_on(self, channel: str) -> None:
        """Raises Problem 503 with a Danish text when the channel is switched off."""
        off = self.switches.recently_off(channel)
        if off is None:
            off = await threaded(self.switches.is_off, channel)
        if off:
            raise Problem(503, "The channel is switched off", "An administrator can turn it on.", text=say("channel_off"))
