"""Answers a message that speaks of danger, before anything else, and remembers that it did."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import memory_of, question_of, remembered
from knowledge.dialogue import note_danger
from knowledge.sharing import current_store


class ActionProtect(Action):
    """The response of the same name as the safety intent: who to call now."""

    def name(self) -> str:
        return "action_protect"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        danger = tracker.get_intent_of_latest_message() or "safety_acute"
        dispatcher.utter_message(response=f"utter_{danger}")
        snapshot = current_store().snapshot
        return remembered(note_danger(snapshot, question_of(tracker, snapshot), memory_of(tracker), danger))
