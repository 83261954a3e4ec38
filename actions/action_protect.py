"""Answers a message that speaks of danger, before anything else, and remembers that it did."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import asked_besides, memory_of, page_municipality, question_of, remembered, utter
from knowledge.dialogue import protect
from knowledge.sharing import current_store


class ActionProtect(Action):
    """Who to call now, by the safety intent."""

    def name(self) -> str:
        return "action_protect"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        danger = tracker.get_intent_of_latest_message() or "safety_acute"
        snapshot = current_store().snapshot
        question = question_of(tracker, snapshot)
        asked, doubtful = asked_besides(tracker, snapshot)
        answer, memory = protect(snapshot, question, memory_of(tracker), danger, asked, doubtful, page_municipality(tracker))
        utter(dispatcher, answer)
        return remembered(memory)
