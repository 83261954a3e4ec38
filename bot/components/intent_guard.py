"""Overrules the classifier where certainty matters: wording of danger, and facts told along with a greeting."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from ruamel.yaml import YAML

from bot.components.message_analyser import MENTIONS
from bot.components.text_classifier import TextClassifier, intents_of, name_intents
from knowledge.danish import fold
from knowledge.question import INFORM, OUT_OF_SCOPE
from knowledge.sharing import current_store

SAFETY = Path(__file__).parents[1] / "safety.yml"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class IntentGuard(IntentClassifier, GraphComponent):
    """Stands last in the pipeline; touches a message only when one of its two rules holds."""

    @classmethod
    def required_components(cls) -> list[type]:
        return [TextClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # Small-talk intents that yield to what is told beside them ("hej, jeg bor i Gladsaxe").
            "yielding": ["greet", "goodbye", "small_talk", "affirm", "deny"],
            # Least probability with which something else than a greeting is asked.
            "question_from": 0.2,
            # Least probability with which the classifier alone may call a message a danger.
            "danger_from": 0.4,
        }

    def __init__(self, config: dict[str, Any]):
        self.config = config
        rules = YAML(typ="safe").load(SAFETY.read_text(encoding="utf-8"))
        self._harmless = [re.compile(p) for p in rules.pop("harmless")]
        self._rules = [
            (intent, [re.compile(p) for p in rule["any"]], [re.compile(p) for p in rule.get("unless", [])])
            for intent, rule in rules.items()
        ]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentGuard:
        return cls({**cls.get_default_config(), **config})

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            ranking = self._overruled(message)
            if ranking:
                name_intents(message, ranking)
        return messages

    def _overruled(self, message: Message) -> dict[str, float] | None:
        """Another ranking of intents, or None when the classifier's stands."""
        text = message.get(TEXT)
        if not text:
            return None
        danger = self.danger(text)
        if danger:
            return {danger: 1.0}
        ranking = intents_of(message)
        top = next(iter(ranking), "")
        dangers = {intent: p for intent, p in ranking.items() if intent.startswith("safety_")}
        if sum(dangers.values()) >= self.config["danger_from"] and not any(p.search(fold(text)) for p in self._harmless):
            return {max(dangers, key=dangers.__getitem__): 1.0}
        if top in dangers:
            return {intent: p for intent, p in ranking.items() if intent not in dangers} or {OUT_OF_SCOPE: 1.0}
        told = any(value not in (None, (), [], "", False) for value in (message.get(MENTIONS) or {}).values())
        return self._told(ranking) if told and top in self.config["yielding"] else None

    def _told(self, ranking: dict[str, float]) -> dict[str, float]:
        """What a message that greets and tells something is about: the likeliest real question, else a statement."""
        rest = {intent: p for intent, p in ranking.items() if intent not in self.config["yielding"]}
        return rest if max(rest.values(), default=0.0) >= self.config["question_from"] else {INFORM: 1.0}

    def danger(self, text: str) -> str | None:
        """The safety intent whose wording the text contains, or None."""
        analysed = current_store().snapshot.analyser.analyse(text).folded
        for key in (fold(text), analysed):
            for intent, wanted, unless in self._rules:
                if any(p.search(key) for p in wanted) and not any(p.search(key) for p in unless):
                    return intent
        return None

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data
