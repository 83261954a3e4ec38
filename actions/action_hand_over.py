"""Tells a citizen who wants a person how to reach one."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import memory_of, page_municipality, question_of, remembered, utter
from knowledge.dialogue import hand_over
from knowledge.sharing import current_store


class ActionHandOver(Action):
    """The contact facts of the municipality, or that its document has none."""

    def name(self) -> str:
        return "action_hand_over"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        snapshot = current_store().snapshot
        answer, memory = hand_over(snapshot, question_of(tracker, snapshot), memory_of(tracker), page_municipality(tracker))
        utter(dispatcher, answer)
        return remembered(memory)
