"""Tells a citizen who asks about the own case who can see it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import memory_of, page_municipality, question_of, remembered, utter
from knowledge.dialogue import own_case
from knowledge.sharing import current_store


class ActionOwnCase(Action):
    """That the case cannot be seen here, and the contact facts of the municipality."""

    def name(self) -> str:
        return "action_own_case"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        snapshot = current_store().snapshot
        answer, memory = own_case(snapshot, question_of(tracker, snapshot), memory_of(tracker), page_municipality(tracker))
        utter(dispatcher, answer)
        return remembered(memory)
