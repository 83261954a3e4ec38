"""The quick policy of rules predicts what Rasa's own predicts."""

from __future__ import annotations

import copy

import pytest
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.components.intent_rules import IntentRules
from bot.runtime import Bot

LISTEN = "action_listen"


@pytest.fixture(scope="module")
def policy(bot: Bot) -> IntentRules:
    nodes = bot._agent.processor.graph_runner._instantiated_nodes.values()
    return next(node._component for node in nodes if isinstance(node._component, IntentRules))


@pytest.mark.parametrize("before", [None, "greet", "cost", "safety_acute"])
def test_every_intent_is_followed_by_the_action_of_rasas_policy(bot: Bot, policy: IntentRules, before: str | None) -> None:
    domain, plain = bot._agent.domain, copy.copy(policy)
    plain._known = None
    assert policy._known is not None and len(domain.intents) > 40
    earlier = [ActionExecuted(LISTEN), UserUttered("før", {"name": before}), ActionExecuted("action_answer_question")]
    for intent in domain.intents:
        events = [*(earlier if before else ()), ActionExecuted(LISTEN), UserUttered("nu", {"name": intent})]
        for finished in ([], [ActionExecuted("action_answer_question")]):
            tracker = DialogueStateTracker.from_events("anna", [*events, *finished], domain.slots, domain=domain)
            quick, slow = (each.predict_action_probabilities(tracker, domain) for each in (policy, plain))
            assert quick.probabilities == slow.probabilities, intent


def test_no_slot_is_filled_from_a_message(bot: Bot) -> None:
    """`InProcessProcessor` leaves Rasa's filling of slots out."""
    slots = [slot for slot in bot._agent.domain.slots if slot.mappings]
    assert {mapping["type"] for slot in slots for mapping in slot.mappings} == {"custom"}
