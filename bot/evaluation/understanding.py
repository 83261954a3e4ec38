"""Cross-validation of the pipeline's own classifier on the written training messages, for intent and topic.

Each fold trains the component as `config.yml` sets it, catalogue questions included, and reads the messages left out. Messages
that read alike after correction stay in one fold, so that no message is recognised from its twin.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from ruamel.yaml import YAML
from sklearn.model_selection import StratifiedGroupKFold

from bot.components.message_analyser import MASKED, MessageAnalyser
from bot.components.text_classifier import TOPICS, TextClassifier, intents_of
from bot.runtime import ROOT
from knowledge.danish import fold
from knowledge.question import NO_TOPIC

TARGETS = ("intent", "topic")
ALL_LABELS = 1_000  # more than there are: the whole ranking is wanted here
SEED = 42


@dataclass(frozen=True)
class Predictions:
    """What was predicted for messages the classifier had not seen.

    Attributes:
        labels: one a column of `probabilities`; truth: column of the true label, one a message.
    """

    labels: tuple[str, ...]
    truth: np.ndarray
    probabilities: np.ndarray

    @classmethod
    def of(cls, rankings: list[dict[str, float]], truth: list[str]) -> Predictions:
        """From each message's probabilities by label and its true label; what a ranking leaves out has none."""
        labels = tuple(sorted({label for ranking in rankings for label in ranking} | set(truth)))
        column = {label: n for n, label in enumerate(labels)}
        probabilities = np.zeros((len(truth), len(labels)))
        for row, ranking in zip(probabilities, rankings):
            for label, probability in ranking.items():
                row[column[label]] = probability
        return cls(labels, np.array([column[label] for label in truth], dtype=int), probabilities)

    @property
    def order(self) -> np.ndarray:
        """Columns of each message, the likeliest first."""
        return np.argsort(-self.probabilities, axis=1, kind="stable")

    @property
    def confidence(self) -> np.ndarray:
        return self.probabilities.max(axis=1)

    @property
    def right(self) -> np.ndarray:
        return self.order[:, 0] == self.truth

    def among(self, first: int) -> np.ndarray:
        """Whether the true label is among the `first` likeliest, for each message."""
        return (self.order[:, :first] == self.truth[:, None]).any(axis=1)

    def per_label(self) -> dict[str, dict[str, Any]]:
        """Messages, share right, share right among the first two, and the label it is most often taken for; worst first."""
        first, second, order = self.right, self.among(2), self.order
        table = {}
        for column, label in enumerate(self.labels):
            own = self.truth == column
            if own.any():
                taken = Counter(self.labels[order[n, 0]] for n in np.flatnonzero(own & ~first)).most_common(1)
                table[label] = {
                    "messages": int(own.sum()),
                    "first": round(float(first[own].mean()), 4),
                    "first_two": round(float(second[own].mean()), 4),
                    "taken_for": taken[0][0] if taken else "",
                }
        return dict(sorted(table.items(), key=lambda item: (item[1]["first"], item[0])))

    def confusion(self) -> np.ndarray:
        """Share of each true label's messages (rows) read as each label (columns)."""
        counts = np.zeros((len(self.labels), len(self.labels)))
        np.add.at(counts, (self.truth, self.order[:, 0]), 1)
        return counts / np.maximum(1, counts.sum(axis=1, keepdims=True))


def classifier_config(path: Path = ROOT / "config.yml") -> dict[str, Any]:
    """The settings of TextClassifier in the pipeline."""
    name = f"{TextClassifier.__module__}.{TextClassifier.__name__}"
    pipeline = YAML(typ="safe").load(path.read_text(encoding="utf-8"))["pipeline"]
    found = [entry for entry in pipeline if entry["name"] == name]
    return {key: value for key, value in found[0].items() if key != "name"} if found else {}


def written_messages(folder: Path = ROOT / "bot" / "data" / "nlu") -> list[Message]:
    """The written training messages, analysed as in training."""
    data = load_data(str(folder))
    MessageAnalyser(MessageAnalyser.get_default_config()).process_training_data(data)
    return [message for message in data.training_examples if message.get(MASKED)]


def labels_of(message: Message) -> dict[str, str]:
    """The true label of each target."""
    metadata = (message.get(METADATA) or {}).get(METADATA_INTENT) or {}
    return {"intent": message.get(INTENT), "topic": metadata.get("topic", NO_TOPIC)}


def split(messages: list[Message], folds: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """(training, left out) positions of each fold: intents in equal shares, messages that read alike together."""
    groups = [fold(message.get(MASKED)) for message in messages]
    chooser = StratifiedGroupKFold(folds, shuffle=True, random_state=SEED)
    return list(chooser.split(np.zeros(len(messages)), [message.get(INTENT) for message in messages], groups))


def cross_validate(messages: list[Message], folds: int = 4) -> dict[str, Predictions]:
    """Predictions for every message, by target."""
    rankings: list[dict[str, dict[str, float]]] = [{} for _ in messages]
    for training, left_out in split(messages, folds):
        classifier = trained([messages[n] for n in training])
        for n in left_out:
            rankings[n] = read(classifier, messages[n])
    truth = [labels_of(message) for message in messages]
    return {target: Predictions.of([r[target] for r in rankings], [t[target] for t in truth]) for target in TARGETS}


def trained(messages: list[Message]) -> TextClassifier:
    """The pipeline's classifier, trained on some messages."""
    with tempfile.TemporaryDirectory() as folder:
        storage, resource = LocalModelStorage(Path(folder)), Resource("classifier")
        config = {**TextClassifier.get_default_config(), **classifier_config(), "keep": ALL_LABELS}
        classifier = TextClassifier.create(config, storage, resource, ExecutionContext(GraphSchema({})))
        classifier.train(TrainingData(messages))
    return classifier


def read(classifier: TextClassifier, message: Message) -> dict[str, dict[str, float]]:
    """The classifier's ranking of each target's labels for one message; the message itself stays as it is."""
    copy = Message({TEXT: message.get(TEXT), MASKED: message.get(MASKED)})
    classifier.process([copy])
    return {"intent": intents_of(copy), "topic": copy.get(TOPICS)}
