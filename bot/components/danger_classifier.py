"""How likely a message speaks of danger: a classifier of its own that reads every stretch of a message by itself.

The classifier of intents weighs a danger against all that can be asked; in a long story that ends in an ordinary question the
question wins. This one knows only danger and no danger, learns from the same examples, and takes the worst stretch it finds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.linear_model import LogisticRegression

from bot.components.danger_rules import CUT, danger_rules
from bot.components.examples import examples_in
from bot.components.message_analyser import MessageAnalyser
from bot.components.text_features import TextFeatures
from bot.components.trained import TrainedComponent
from knowledge.danish import fold
from knowledge.sharing import current_store
from knowledge.vocabulary import vocabulary

DANGER = "danger"  # property of a message: safety intent -> probability; together how likely the message speaks of danger
SAFETY = "safety_"  # what the safety intents begin with
KINDS, HARMLESS = ("suicide", "violence", "acute", "child"), "harmless"
EXAMPLES = Path(__file__).parents[1] / "danger.yml"
_SENTENCE = re.compile(r"[.!?;\n]+")
_WORD = re.compile(r"\w+")


@dataclass
class DangerModel:
    """What is trained: the features of a text, whether it is danger, and which.

    Attributes:
        weights: of danger against none, one a feature.
        kinds: the safety intents, one a column of `kind_weights`.
    """

    features: TextFeatures
    weights: np.ndarray
    bias: float
    kinds: list[str]
    kind_weights: np.ndarray
    kind_bias: np.ndarray

    @classmethod
    def trained(cls, texts: list[str], kinds: list[str | None], config: dict[str, Any]) -> DangerModel:
        """Learn from texts with their safety intent, None where they speak of no danger."""
        features, rows = TextFeatures.fitted(texts, str.lower)
        dangerous = np.array([kind is not None for kind in kinds])
        danger = LogisticRegression(C=config["C"], solver="liblinear", class_weight={True: config["weight"], False: 1.0})
        danger.fit(rows, dangerous)
        which = LogisticRegression(C=config["C"], solver="liblinear", class_weight="balanced")
        which.fit(rows[dangerous], [kind for kind in kinds if kind is not None])
        return cls(
            features,
            danger.coef_[0].astype(np.float32),
            float(danger.intercept_[0]),
            [str(kind) for kind in which.classes_],
            np.ascontiguousarray(which.coef_.T, dtype=np.float32),
            which.intercept_.astype(np.float32),
        )

    def worst(self, texts: list[str]) -> dict[str, float]:
        """The safety intents with their probabilities in the most dangerous of some texts."""
        features = self.features.of(texts)
        scores = features.times(self.weights) + self.bias
        at = int(np.argmax(scores))
        shares = _sigmoid(features.row(at).times(self.kind_weights)[0] + self.kind_bias)
        danger = float(_sigmoid(scores[at]))
        return {kind: danger * float(share / shares.sum()) for kind, share in zip(self.kinds, shares)}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DangerClassifier(TrainedComponent[DangerModel]):
    """Leaves `DANGER` on each message; `IntentGuard` decides what follows from it."""

    FILE = "danger.joblib"

    @classmethod
    def required_components(cls) -> list[type]:
        return [MessageAnalyser]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # Inverse strength of regularisation.
            "C": 20.0,
            # Also learn from the example questions of the catalogue's facts that an ordinary question is harmless.
            "catalogue_asks": True,
            # How much more an example of danger weighs than another.
            "weight": 1.0,
        }

    def train(self, training_data: TrainingData) -> Resource:
        messages = [(m.get(TEXT), m.get(INTENT) or "") for m in training_data.training_examples if m.get(TEXT)]
        messages += own_examples()
        if self.config["catalogue_asks"]:
            asks = (ask.text for fact in current_store().snapshot.facts for ask in fact.asks)
            messages += [(text, "") for text in dict.fromkeys(asks)]
        examples = [example for text, intent in messages for example in examples_of(text, intent)]
        texts, kinds = zip(*examples)
        return self.keep(DangerModel.trained(list(texts), list(kinds), self.config))

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            texts = stretches(message.get(TEXT) or "")
            if self.model is not None and texts:
                message.set(DANGER, self.model.worst(texts))
        return messages


def own_examples() -> list[tuple[str, str]]:
    """The messages that only this classifier learns from, each with its safety intent, "" where it is harmless."""
    found = examples_in(EXAMPLES, (*KINDS, HARMLESS))
    return [(text, "" if kind == HARMLESS else f"{SAFETY}{kind}") for text, kind in found]


def examples_of(text: str, intent: str) -> list[tuple[str, str | None]]:
    """What a training message teaches: every stretch of an ordinary one is harmless, of a dangerous one the whole is danger."""
    texts = stretches(text)
    if intent.startswith(SAFETY):
        return [(texts[0], intent)] if texts else []
    return [(part, None) for part in texts]


def stretches(text: str, longest: int = 16, step: int = 6, least: int = 3) -> list[str]:
    """The whole message, its sentences, and of long sentences every dozen words, without names of municipalities.

    A word that is left alone where a harmless phrase was cut out says nothing.

    Args:
        longest: words of a sentence that is read as one.
        step: half the words of a stretch of a longer sentence.
        least: words a part needs to be read by itself.
    """
    plain = danger_rules().without_harmless(text)
    sentences = [_WORD.findall(_names().sub(" ", sentence)) for sentence in _SENTENCE.split(plain)]
    whole = [word for sentence in sentences for word in sentence]
    if len(whole) < (2 if CUT in plain else 1):
        return []
    parts = [sentence for sentence in sentences if len(sentence) >= least] if len(sentences) > 1 else []
    for sentence in sentences:
        if len(sentence) > longest:
            parts += [sentence[at : at + 2 * step] for at in range(0, len(sentence) - step, step)]
    return list(dict.fromkeys(" ".join(part) for part in (whole, *parts)))


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    """Names of municipalities: where something happens says nothing about whether it is dangerous."""
    names = [name for name in vocabulary().municipalities if name not in vocabulary().ambiguous_municipalities]
    return re.compile(rf"\b(?:i )?(?:{'|'.join(re.escape(fold(name)) for name in names)})s?(?: kommune)?\b")


def _sigmoid(x: Any) -> Any:
    return 1.0 / (1.0 + np.exp(-x))
