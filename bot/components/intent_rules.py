"""Rasa's policy of rules, quicker where rules read only the intent of a message.

Rasa holds every rule against the conversation twice at each turn: once for rules that read the text of a message, once for
rules that read its intent. Here the first is left out when there are no such rules, and which rules fit the newest state of a
conversation is remembered: there are only as many such states as intents, because no slot has influence.
"""

from __future__ import annotations

from typing import Any

from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT

KEPT_STATES = 500


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class IntentRules(RulePolicy):
    """Predicts what `RulePolicy` predicts. In training, where rules come and go, it is `RulePolicy`."""

    _fitting: dict[str, set[str]] | None = None  # newest state -> rules; None where nothing is remembered

    @classmethod
    def load(cls, *arguments: Any, **named: Any) -> IntentRules:
        policy = super().load(*arguments, **named)
        if policy.lookup and not any(policy._reads_text(rule) for rule in policy.lookup[RULES]):
            policy._fitting = {}
        return policy

    def _reads_text(self, rule: str) -> bool:
        return any(TEXT in part for state in self._rule_key_to_state(rule) for part in state.values())

    def _find_action_from_rules(
        self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> tuple[str | None, str | None, bool]:
        if use_text_for_last_user_input and self._fitting is not None:
            return None, None, False
        return super()._find_action_from_rules(tracker, domain, use_text_for_last_user_input)

    def _get_possible_keys(self, lookup: dict[str, str], states: list[State]) -> set[str]:
        if self._fitting is None or lookup is not self.lookup[RULES]:
            return super()._get_possible_keys(lookup, states)
        newest = states[-1:]
        key = str(self._create_feature_key(newest))
        if key not in self._fitting:
            if len(self._fitting) >= KEPT_STATES:
                self._fitting.clear()
            self._fitting[key] = super()._get_possible_keys(lookup, newest)
        return super()._get_possible_keys(dict.fromkeys(self._fitting[key], ""), states)
