"""Forgets what the conversation was about."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import remembered, utter
from knowledge.dialogue import start_over
from knowledge.question import Memory
from knowledge.sharing import current_store


class ActionRestartConversation(Action):
    """Empties the memory and asks anew."""

    def name(self) -> str:
        return "action_restart_conversation"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        utter(dispatcher, start_over(current_store().snapshot))
        return remembered(Memory())
