"""What may be counted of a turn: names from closed lists and seconds. No text, no id of a conversation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from knowledge.answer import STATUSES
from knowledge.question import NO_TOPIC
from knowledge.vocabulary import vocabulary

TALK, FAILED = "talk", "failed"
OUTCOMES = (*STATUSES, TALK, FAILED)
STAGES = ("wait", "read", "understand", "answer", "store")
SURE = 0.3  # a topic less likely than this is not counted


@dataclass(frozen=True)
class Seen:
    """A turn as it may be counted; "" where something was not said or not found.

    Attributes:
        outcome: one of `OUTCOMES`: the status of the answer, or small talk, wording of danger, a failed action.
        seconds: by stage, of `STAGES`.
    """

    outcome: str
    facet: str = ""
    topic: str = ""
    municipality: str = ""
    service: str = ""
    seconds: dict[str, float] = field(default_factory=dict)


def seen(messages: list[dict[str, Any]], tracker: DialogueStateTracker, failed: bool, seconds: dict[str, float]) -> Seen:
    """Read a finished turn."""
    parsed = tracker.latest_message.parse_data if tracker.latest_message else {}
    intent = (parsed.get("intent") or {}).get("name") or ""
    answer = next((message["custom"] for message in messages if isinstance(message.get("custom"), dict)), None)
    facet = (answer or {}).get("facet") or intent
    return Seen(
        outcome=_outcome(answer, intent, failed),
        facet=facet if facet in vocabulary().facets else "",
        topic=_topic(parsed.get("topics") or {}),
        municipality=_id(answer, "municipality"),
        service=_id(answer, "service"),
        seconds=seconds,
    )


def _outcome(answer: dict[str, Any] | None, intent: str, failed: bool) -> str:
    if failed:
        return FAILED
    status = (answer or {}).get("status", TALK)
    return status if status in OUTCOMES else TALK


def _topic(topics: dict[str, float]) -> str:
    best = max(topics, key=topics.__getitem__, default=NO_TOPIC)
    known = best in vocabulary().topics and topics[best] >= SURE
    return best if known else ""


def _id(answer: dict[str, Any] | None, key: str) -> str:
    return ((answer or {}).get(key) or {}).get("id", "")
