"""Answers every question about a service, and every message that completes an earlier one."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import memory_of, page_municipality, question_of, remembered, utter
from knowledge.guided import converse
from knowledge.sharing import current_store


class ActionAnswerQuestion(Action):
    """One look-up in the knowledge base, one answer."""

    def name(self) -> str:
        return "action_answer_question"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        snapshot = current_store().snapshot
        answer, memory = converse(snapshot, question_of(tracker, snapshot), memory_of(tracker), page_municipality(tracker))
        utter(dispatcher, answer)
        return remembered(memory)
