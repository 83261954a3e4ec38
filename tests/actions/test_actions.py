"""The action handlers as rasa_sdk runs them: a tracker in, one utterance and the new memory out."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.action_answer_question import ActionAnswerQuestion
from actions.action_hand_over import ActionHandOver
from actions.action_restart_conversation import ActionRestartConversation
from knowledge.question import Memory
from tests.helpers import phones


def run(
    action: Action,
    text: str = "",
    facets: dict[str, float] | None = None,
    topics: dict[str, float] | None = None,
    memory: dict[str, Any] | None = None,
    **message: Any,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The one utterance of an action, and the memory it leaves."""
    ranking = [{"name": name, "confidence": p} for name, p in (facets or {}).items()]
    latest = {"text": text, "intent_ranking": ranking, "topics": topics or {}, **message}
    tracker = Tracker("test", {"memory": memory}, latest, [], False, None, {}, None)
    dispatcher = CollectingDispatcher()
    (event,) = action.run(dispatcher, tracker, {})
    (utterance,) = dispatcher.messages
    assert (event["event"], event["name"]) == ("slot", "memory")
    return utterance, event["value"]


def test_question_is_answered_with_text_buttons_and_the_whole_answer() -> None:
    said, memory = run(ActionAnswerQuestion(), "hvad koster tøjvask i Gladsaxe?", {"cost": 0.9}, {"toejvask": 0.9})
    assert "gratis" in said["text"]
    assert said["custom"]["status"] == "answered" and said["custom"]["text"] == said["text"]
    assert [button["payload"] for button in said["buttons"]] == [r["payload"] for r in said["custom"]["quick_replies"]]
    assert (memory["municipality"], memory["service"]) == ("gladsaxe", "gladsaxe-toejvask")


def test_memory_carries_the_question_over() -> None:
    asked, memory = run(ActionAnswerQuestion(), "hvad koster tøjvask?", {"cost": 0.9}, {"toejvask": 0.9})
    assert asked["custom"]["status"] == "ask_back"
    said, _ = run(ActionAnswerQuestion(), "Gladsaxe", {"inform": 0.9}, {"-": 1.0}, memory)
    assert (said["custom"]["status"], said["custom"]["facet"]) == ("answered", "cost")


def test_page_gives_the_municipality() -> None:
    said, _ = run(ActionAnswerQuestion(), "hvad koster støtten?", {"cost": 0.9}, metadata={"municipality": "gentofte"})
    assert said["custom"]["municipality"]["id"] == "gentofte"


@pytest.mark.parametrize("metadata", [None, {}, {"municipality": "atlantis"}, {"municipality": 7}, {"municipality": None}])
def test_page_without_a_known_municipality_is_asked_back(metadata: dict | None) -> None:
    said, _ = run(ActionAnswerQuestion(), "hvad koster støtten?", {"cost": 0.9}, metadata=metadata)
    assert said["custom"]["status"] == "ask_back"


def test_plain_intent_ranking_of_stock_rasa_is_enough() -> None:
    ranking = [{"name": "cost", "confidence": 0.9}, {"name": "extent", "confidence": 0.05}]
    said, _ = run(ActionAnswerQuestion(), "hvad koster det i Gentofte?", intent_ranking=ranking)
    assert (said["custom"]["status"], said["custom"]["facet"]) == ("answered", "cost")


@pytest.mark.parametrize("text", ["", "🙂", "?"])
def test_message_without_words_still_gets_an_answer(text: str) -> None:
    said, _ = run(ActionAnswerQuestion(), text)
    assert said["text"]


def test_hand_over_gives_the_phone_and_says_that_it_is_no_person() -> None:
    said, memory = run(ActionHandOver(), "jeg er 45 og vil tale med et menneske i Brønderslev", {"human_handover": 0.9})
    assert phones(said["text"]) == {"99454421"}
    assert "digital" in said["text"]
    assert memory["municipality"] == "broenderslev"


def test_hand_over_gives_no_phone_where_the_document_has_none() -> None:
    said, _ = run(ActionHandOver(), "giv mig en medarbejder i Gladsaxe", {"human_handover": 0.9})
    assert said["custom"]["status"] == "not_stated" and not phones(said["text"])


def test_restart_forgets_everything() -> None:
    before = Memory(municipality="gladsaxe", age=22, facets={"cost": 1.0}).as_json()
    said, memory = run(ActionRestartConversation(), "start forfra", memory=before)
    assert said["text"]
    assert Memory.from_json(memory) == Memory()


@pytest.mark.parametrize("action", [ActionAnswerQuestion, ActionHandOver, ActionRestartConversation])
def test_module_is_named_after_its_action(action: type[Action]) -> None:
    assert action.__module__ == f"actions.{action().name()}"
