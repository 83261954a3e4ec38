"""A linear classifier over words and character n-grams; used twice, for the intent and for the topic.

Reads the corrected, masked text that `MessageAnalyser` leaves on each message.
"""

from __future__ import annotations

from typing import Any

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline, make_union

from bot.components.message_analyser import MASKED, MessageAnalyser
from knowledge.danish import fold
from knowledge.model import Fact
from knowledge.question import NO_TOPIC
from knowledge.sharing import current_store
from knowledge.snapshot import Snapshot

TOPICS = "topics"  # output property: topic -> probability
FACETS = "facets"  # output property: intent -> probability, the largest few


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TextClassifier(IntentClassifier, GraphComponent):
    """Logistic regression, one against the rest, on TF-IDF of words (1-3) and character n-grams (2-5)."""

    @classmethod
    def required_components(cls) -> list[type]:
        return [MessageAnalyser]

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # What to predict: "intent", or "topic" (the `topic` in an example's intent metadata).
            "target": "intent",
            # Inverse strength of regularisation.
            "C": 20.0,
            # Also learn from the example questions of the catalogue's facts.
            "catalogue_asks": True,
            # Weight of the asking sentences against the whole, when a message also tells something.
            "question_weight": 0.6,
            # How many labels go on the message.
            "keep": 8,
            # Seed of the solver.
            "random_state": 42,
        }

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
                 model: Pipeline | None = None):
        self.config = {**self.get_default_config(), **config}
        self.model = model
        self._model_storage = model_storage
        self._resource = resource

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> TextClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TextClassifier:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(folder / "model.joblib"))

    def train(self, training_data: TrainingData) -> Resource:
        texts, labels = [], []
        for message in training_data.training_examples:
            label = self._label(message)
            if label and message.get(MASKED):
                texts.append(message.get(MASKED))
                labels.append(label)
        if self.config["catalogue_asks"]:
            for text, label in _asks(current_store().snapshot, self.config["target"]):
                texts.append(text)
                labels.append(label)
        self.model = make_pipeline(
            make_union(
                TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), preprocessor=fold, sublinear_tf=True, min_df=2),
                TfidfVectorizer(analyzer="word", token_pattern=r"\S+", ngram_range=(1, 3), preprocessor=fold,
                                sublinear_tf=True),
            ),
            LogisticRegression(C=self.config["C"], solver="liblinear", class_weight="balanced",
                               random_state=self.config["random_state"]),
        )
        self.model.fit(texts, labels)
        with self._model_storage.write_to(self._resource) as folder:
            joblib.dump(self.model, folder / "model.joblib", compress=3)
        return self._resource

    def _label(self, message: Message) -> str | None:
        if self.config["target"] == "intent":
            return message.get(INTENT)
        metadata = message.get(METADATA) or {}
        return (metadata.get(METADATA_INTENT) or {}).get("topic")

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if self.model is not None and message.get(MASKED):
                self._predict(message)
        return messages

    def _predict(self, message: Message) -> None:
        assert self.model is not None
        probabilities = self._probabilities(message)
        order = np.argsort(-probabilities)[: self.config["keep"]]
        ranking = [(str(self.model.classes_[n]), float(probabilities[n])) for n in order]
        if self.config["target"] == "topic":
            message.set(TOPICS, {label: round(p, 4) for label, p in ranking}, add_to_output=True)
            return
        named = [{"name": label, "confidence": p} for label, p in ranking]
        message.set(INTENT, named[0], add_to_output=True)
        message.set("intent_ranking", named, add_to_output=True)
        message.set(FACETS, {label: round(p, 4) for label, p in ranking}, add_to_output=True)

    def _probabilities(self, message: Message) -> np.ndarray:
        assert self.model is not None
        masked = message.get(MASKED)
        whole = self.model.predict_proba([masked])[0]
        asked = _question_sentences(masked)
        if not asked:
            return whole
        weight = self.config["question_weight"]
        alone = self.model.predict_proba(asked).mean(axis=0)
        if self.config["target"] == "topic":
            weight *= 1.0 - alone[list(self.model.classes_).index(NO_TOPIC)]
        return weight * alone + (1 - weight) * whole

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data


def _question_sentences(masked: str) -> list[str]:
    """The asking sentences of a corrected text; none when the text is a single sentence."""
    sentences = [s.strip() for s in masked.replace(" !", " .").replace(" ?", " ?|").replace(" . ", " .|").split("|")]
    sentences = [s for s in sentences if s]
    return [s for s in sentences if s.endswith("?")] if len(sentences) > 1 else []


def _asks(snapshot: Snapshot, target: str) -> list[tuple[str, str]]:
    """The catalogue's example questions with their label; municipality-neutral by the rules of the catalogue."""
    found = []
    for fact in snapshot.facts:
        label = _facet(fact) if target == "intent" else _topic(snapshot, fact)
        for ask in fact.asks:
            mentions = snapshot.linker.link(snapshot.analyser.analyse(ask.text))
            found.append((mentions.masked, label))
    return found


def _facet(fact: Fact) -> str:
    """Whether something is included is one question, whatever the answer."""
    return "included" if fact.facet == "not_included" and any(ask.answer for ask in fact.asks) else fact.facet


def _topic(snapshot: Snapshot, fact: Fact) -> str:
    service = snapshot.services.get(fact.service)
    topics = fact.topics or (service.topics if service else ())
    return topics[0] if topics else NO_TOPIC
