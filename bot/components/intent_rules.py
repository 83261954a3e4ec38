"""Rasa's policy of rules, quicker where what is done depends on the intent of the newest message alone.

Rasa lays out all states of a conversation and holds every rule against them twice at each turn. Here every rule that answers a
message reads that message's intent and nothing before it, so Rasa is asked once for each intent.
"""

from __future__ import annotations

import copy
import json
from typing import Any

from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT, INTENT_NAME_KEY


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class IntentRules(RulePolicy):
    """Predicts what `RulePolicy` predicts. In training, where rules come and go, it is `RulePolicy`."""

    _known: dict[str, PolicyPrediction] | None = None  # by intent; None where rules read more than it

    @classmethod
    def load(cls, *arguments: Any, **named: Any) -> IntentRules:
        policy = super().load(*arguments, **named)
        if policy.lookup and all(map(_reads_intent_alone, policy.lookup[RULES])):
            policy._known = {}
        return policy

    def predict_action_probabilities(
        self, tracker: DialogueStateTracker, domain: Domain, *arguments: Any, **named: Any
    ) -> PolicyPrediction:
        """The prediction for a message that was just heard, remembered by its intent; any other is Rasa's anew."""
        heard = tracker.latest_message is not None and tracker.latest_action_name == ACTION_LISTEN_NAME
        intent = tracker.latest_message.intent.get(INTENT_NAME_KEY) if heard and not tracker.active_loop_name else None
        if self._known is None or intent is None:
            return super().predict_action_probabilities(tracker, domain, *arguments, **named)
        if intent not in self._known:
            self._known[intent] = super().predict_action_probabilities(tracker, domain, *arguments, **named)
        return copy.copy(self._known[intent])


def _reads_intent_alone(rule: str) -> bool:
    """Whether a rule, where it answers a message, holds for the intent of that message and whatever went before."""
    *before, newest = json.loads(rule)
    answers = newest.get(PREVIOUS_ACTION, {}).get(ACTION_NAME) == ACTION_LISTEN_NAME
    return not answers or (not before and set(newest) == {PREVIOUS_ACTION, USER} and set(newest[USER]) == {INTENT})
