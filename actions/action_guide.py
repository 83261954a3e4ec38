"""Guides a citizen who does not know what to ask for, one short question at a time."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import memory_of, page_municipality, question_of, remembered, utter
from knowledge.guided import converse, is_running
from knowledge.sharing import current_store

SMALL = ("affirm", "deny")  # a bare yes or no: an answer where the guide is running, small talk elsewhere


class ActionGuide(Action):
    """One step of the guide; the state lives in the memory."""

    def name(self) -> str:
        return "action_guide"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        memory, intent = memory_of(tracker), tracker.get_intent_of_latest_message()
        if intent in SMALL and not is_running(memory):
            dispatcher.utter_message(response=f"utter_{intent}")
            return []
        snapshot = current_store().snapshot
        answer, memory = converse(snapshot, question_of(tracker, snapshot), memory, page_municipality(tracker))
        utter(dispatcher, answer)
        return remembered(memory)
