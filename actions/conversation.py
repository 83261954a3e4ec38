"""What every action shares: the message and memory out of the tracker, the answer into the dispatcher."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from knowledge.answer import Answer
from knowledge.correction import correction_of
from knowledge.question import Memory, Question, meant
from knowledge.snapshot import Snapshot


def question_of(tracker: Tracker, snapshot: Snapshot) -> Question:
    """The last message as the knowledge base takes it."""
    message: dict[str, Any] = tracker.latest_message or {}
    written = message.get("text") or ""
    text, english = meant(written)
    parts = tuple(snapshot.question(**part) for part in message.get("parts") or [])
    whole = snapshot.question(text, _ranking(message), message.get("topics") or {})
    of_help = {name: tuple(message.get(name) or ()) for name in ("told", "named", "beside")}
    levels, reach = snapshot.levels_of(message.get("apiece") or {}), message.get("reach") or {}
    corrects = correction_of(written)[1]
    return replace(whole, english=english, corrects=corrects, parts=parts, levels_apiece=levels, reach=reach, **of_help)


def asked_besides(tracker: Tracker, snapshot: Snapshot) -> tuple[Question | None, bool]:
    """What a message that speaks of danger asks besides, None when nothing is clear; and whether the danger is in doubt."""
    besides = (tracker.latest_message or {}).get("besides")
    if not besides:
        return None, False
    text, english = meant(besides["question"]["text"])
    question = snapshot.question(**{**besides["question"], "text": text})
    return replace(question, english=english), besides["doubtful"]


def memory_of(tracker: Tracker) -> Memory:
    """What the conversation remembers."""
    return Memory.from_json(tracker.get_slot("memory"))


def page_municipality(tracker: Tracker) -> str:
    """The municipality the embedding page gives in the message's metadata, "" when it gives none."""
    metadata = (tracker.latest_message or {}).get("metadata") or {}
    value = metadata.get("municipality", "")
    return value if isinstance(value, str) else ""


def utter(dispatcher: CollectingDispatcher, answer: Answer) -> None:
    """Say an answer: text, quick replies as buttons, the whole answer in `custom`."""
    buttons = [{"title": reply.title, "payload": reply.payload} for reply in answer.quick_replies]
    dispatcher.utter_message(text=answer.text, buttons=buttons, json_message=answer.as_json())


def remembered(memory: Memory) -> list[dict[str, Any]]:
    """The events that store the memory."""
    return [SlotSet("memory", memory.as_json())]


def _ranking(message: dict[str, Any]) -> dict[str, float]:
    return {item["name"]: item["confidence"] for item in message.get("intent_ranking", [])}
