"""What of a conversation is kept between two turns: its slots, the newest turn, and the newest replies."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

REPLIES = 1  # how many replies are kept for a caller that died before it had the reply; it sends one message at a time

Messages = list[dict[str, Any]]


@dataclass(frozen=True)
class Reply:
    """An answered message.

    Attributes:
        messages: what the bot said, as Rasa's REST channel sends it.
        turn: number of the turn in its conversation, from 1.
        client_id: the caller's own id of the message, "" when it gave none.
        repeated: whether this was answered before and is only told again.
    """

    messages: Messages
    turn: int
    client_id: str = ""
    repeated: bool = False


@dataclass
class Row:
    """A conversation as it is stored. `revision` is 0 for one that was never stored; it guards against lost updates."""

    state: str = ""
    replies: str = "[]"
    turns: int = 0
    revision: int = 0


class StoredTracker(DialogueStateTracker):
    """Rasa's tracker that knows which stored row it came from."""

    row: Row = Row()

    def reply_to(self, client_id: str) -> Reply | None:
        """The stored reply to a message that was already answered."""
        for known in json.loads(self.row.replies) if client_id else ():
            if known["client_id"] == client_id:
                return Reply(known["messages"], known["turn"], client_id, repeated=True)
        return None


@dataclass
class Restoring:
    """Makes trackers out of rows and rows out of trackers."""

    slots: list[Slot] = field(default_factory=list)

    def tracker(self, conversation: str, row: Row) -> StoredTracker:
        """The conversation as it was after its newest turn."""
        tracker = StoredTracker(conversation, self.slots)
        tracker.row = row
        if row.state:
            stored = json.loads(row.state)
            known = {slot.name for slot in self.slots}
            remembered = [SlotSet(name, value) for name, value in stored["slots"].items() if name in known]
            for event in (*remembered, *events_of(stored["events"])):
                tracker.update(event)
        return tracker

    def row(self, tracker: DialogueStateTracker, reply: Reply | None) -> Row:
        """What to store of a tracker, with the reply of this turn where the client may ask for it again."""
        before = tracker.row if isinstance(tracker, StoredTracker) else Row()
        slots = {name: slot.value for name, slot in tracker.slots.items() if slot.value != slot.initial_value}
        state = {"slots": slots, "events": [_slim(event) for event in _newest_turn(list(tracker.events))]}
        replies = before.replies
        if reply is not None and reply.client_id:
            new = {"client_id": reply.client_id, "turn": reply.turn, "messages": reply.messages}
            replies = _json([*json.loads(replies), new][-REPLIES:])
        turns = reply.turn if reply is not None else before.turns
        return Row(_json(state), replies, turns, before.revision + 1)


def events_of(written: Iterable[dict[str, Any]]) -> list[Event]:
    """Rasa's events out of their written form, as its `deserialise_events`, which searches all classes for each of them."""
    return [_event_class(data["event"])._from_parameters(data) for data in written]


@cache
def _event_class(name: str) -> type[Event]:
    return Event.resolve_by_type(name)


def _newest_turn(events: list[Event]) -> list[Event]:
    """From the last message on (everything when there is none); what the bot said and slots are kept elsewhere."""
    starts = [n for n, event in enumerate(events) if isinstance(event, UserUttered)]
    newest = events[starts[-1] :] if starts else events
    kept = [event for event in newest if not isinstance(event, (BotUttered, SlotSet))]
    # The policies expect a message to follow a listening bot.
    return [ActionExecuted("action_listen"), *kept] if starts else kept


def _slim(event: Event) -> dict[str, Any]:
    """The event as Rasa writes it, without the classifiers' details and without metadata: nothing reads them again."""
    data = {key: value for key, value in event.as_dict().items() if key != "metadata" and value is not None}
    if "parse_data" in data:
        parsed = data["parse_data"]
        data["parse_data"] = {"intent": parsed.get("intent", {}), "entities": [], "text": parsed.get("text")}
    return data


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
