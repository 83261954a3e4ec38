"""Says which municipalities the catalogue holds."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import memory_of, page_municipality, question_of, remembered, utter
from knowledge.dialogue import known_municipalities
from knowledge.sharing import current_store


class ActionNameMunicipalities(Action):
    """Composed from the catalogue, so that a new municipality is named at once."""

    def name(self) -> str:
        return "action_name_municipalities"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        snapshot = current_store().snapshot
        answer, memory = known_municipalities(
            snapshot, question_of(tracker, snapshot), memory_of(tracker), page_municipality(tracker)
        )
        utter(dispatcher, answer)
        return remembered(memory)
