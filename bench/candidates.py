"""Classifiers that could understand messages: the pipeline's own, scikit-learn's on several features, Rasa's.

Every candidate learns from the same corrected, masked texts and gives probabilities (or scores made to sum to 1) of all labels.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.diet_classifier import DIETClassifier
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.nlu.featurizers.sparse_featurizer.lexical_syntactic_featurizer import LexicalSyntacticFeaturizer
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from knowledge.danish import fold
from knowledge.sharing import current_store

SEED = 42


def _starts(text: str) -> list[str]:
    """The first one to four words of every sentence and clause, joined."""
    parts = [part.split() for part in re.split(r"(?<=[.?!,])\s", fold(text))]
    return ["_".join(words[:n]) for words in parts for n in range(1, min(4, len(words)) + 1)]


FEATURES: dict[str, dict[str, Any]] = {
    "characters": {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 2},
    "words": {"analyzer": "word", "token_pattern": r"\S+", "ngram_range": (1, 3)},
    "lemmas": {"analyzer": "word", "token_pattern": r"\S+", "ngram_range": (1, 3)},
    "starts": {"analyzer": _starts, "min_df": 2},
}


class Candidate(Protocol):
    """What the benchmark asks of a classifier of one target."""

    labels: list[str]

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None: ...

    def probabilities(self, texts: Sequence[str]) -> np.ndarray: ...

    def megabytes(self) -> float: ...


@dataclass
class Sklearn:
    """TF-IDF features and one or more scikit-learn models whose probabilities are averaged."""

    features: tuple[str, ...]
    models: tuple[Callable[[], Any], ...]
    labels: list[str] = field(default_factory=list)

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        self.vectorizers = [_vectorizer(name) for name in self.features]
        matrix = hstack([v.fit_transform(_form(texts, n)) for n, v in zip(self.features, self.vectorizers)], format="csr")
        self.fitted = [make().fit(matrix, np.asarray(labels)) for make in self.models]
        self.labels = [str(label) for label in self.fitted[0].classes_]

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        matrix = hstack([v.transform(_form(texts, n)) for n, v in zip(self.features, self.vectorizers)], format="csr")
        return np.mean([_probabilities(model, matrix) for model in self.fitted], axis=0)

    def megabytes(self) -> float:
        return megabytes((self.vectorizers, self.fitted))


@dataclass
class Averaged:
    """Candidates that each look at a message in a way of their own; their probabilities are averaged."""

    makers: tuple[Callable[[], Candidate], ...]
    labels: list[str] = field(default_factory=list)

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        self.parts = [make() for make in self.makers]
        for part in self.parts:
            part.fit(texts, labels)
        self.labels = self.parts[0].labels

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        return np.mean([part.probabilities(texts) for part in self.parts], axis=0)

    def megabytes(self) -> float:
        return sum(part.megabytes() for part in self.parts)


class RasaClassifier:
    """A classifier of Rasa on the sparse features of `rasa init`: shapes of words, words, and characters 1-4 within words.

    The regular expressions of `rasa init` have no place here: the training data holds none.
    """

    def __init__(self, component: type, config: dict[str, Any]):
        self._component, self._config = component, config
        self._folder = tempfile.TemporaryDirectory()
        self.labels: list[str] = []

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        storage, context = LocalModelStorage(Path(self._folder.name)), ExecutionContext(GraphSchema({}))
        data = TrainingData([Message({TEXT: text, INTENT: label}) for text, label in zip(texts, labels)])
        self._tokenizer = WhitespaceTokenizer(WhitespaceTokenizer.get_default_config())
        self._tokenizer.process_training_data(data)
        self._featurizers = []
        for name, (kind, extra) in RASA_FEATURES.items():
            made = kind.create({**kind.get_default_config(), **extra}, storage, Resource(name), context)
            made.train(data)
            made.process_training_data(data)
            self._featurizers.append(made)
        config = {**self._component.get_default_config(), **self._config, "ranking_length": 0}
        self._classifier = self._component.create(config, storage, Resource("classifier"), context)
        self._classifier.train(data)
        self.labels = sorted(set(labels))

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        column = {label: n for n, label in enumerate(self.labels)}
        table = np.zeros((len(texts), len(self.labels)))
        for row, text in zip(table, texts):
            message = Message({TEXT: text})
            for part in (self._tokenizer, *self._featurizers, self._classifier):
                part.process([message])
            for item in message.get("intent_ranking"):
                row[column[item["name"]]] = item["confidence"]
        return table

    def megabytes(self) -> float:
        return sum(path.stat().st_size for path in Path(self._folder.name).rglob("*") if path.is_file()) / 1e6


def megabytes(model: Any) -> float:
    """Size of a model written down without compression."""
    with tempfile.TemporaryDirectory() as folder:
        joblib.dump(model, Path(folder) / "model")
        return (Path(folder) / "model").stat().st_size / 1e6


def _vectorizer(feature: str) -> TfidfVectorizer:
    settings = FEATURES[feature]
    folding = {} if callable(settings["analyzer"]) else {"preprocessor": fold}
    return TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **folding, **settings)


def _form(texts: Sequence[str], feature: str) -> Sequence[str]:
    """The texts as a feature wants them: lemmas for "lemmas", else as they are."""
    if feature != "lemmas":
        return texts
    analyse = current_store().snapshot.analyser.analyse
    return [" ".join(analyse(text).lemmas) for text in texts]


def _probabilities(model: Any, matrix: csr_matrix) -> np.ndarray:
    if hasattr(model, "predict_proba"):
        return model.predict_proba(matrix)
    alone = 1.0 / (1.0 + np.exp(-2.0 * model.decision_function(matrix)))
    return alone / alone.sum(axis=1, keepdims=True)


def _one_against_rest(c: float = 20.0) -> LogisticRegression:
    settings = {"solver": "liblinear", "dual": True, "tol": 1e-2, "class_weight": "balanced", "random_state": SEED}
    return LogisticRegression(C=c, **settings)


def _svm() -> LinearSVC:
    return LinearSVC(C=0.5, class_weight="balanced", random_state=SEED)


def _calibrated_svm() -> CalibratedClassifierCV:
    return CalibratedClassifierCV(_svm(), method="sigmoid", cv=3)


def _descent() -> SGDClassifier:
    return SGDClassifier(loss="log_loss", alpha=3e-6, average=True, class_weight="balanced", random_state=SEED)


def _bayes() -> ComplementNB:
    return ComplementNB(alpha=0.3)


BOTH = ("characters", "words")
ALL, STARTS = (*BOTH, "lemmas"), (*BOTH, "starts")
RASA_FEATURES: dict[str, tuple[type, dict[str, Any]]] = {
    "shapes": (LexicalSyntacticFeaturizer, {}),
    "words": (CountVectorsFeaturizer, {}),
    "characters": (CountVectorsFeaturizer, {"analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4}),
}
DIET = {  # as `rasa init` writes it, but for the epochs (100 there) and the entities, which this data does not mark
    "epochs": 20,
    "entity_recognition": False,
    "constrain_similarities": True,
    "random_seed": SEED,
    "evaluate_every_number_of_epochs": -1,
}
SMALL_DIET = {
    **DIET,
    "epochs": 30,
    "batch_size": [128, 256],
    "number_of_transformer_layers": 1,
    "transformer_size": 64,
    "dense_dimension": {"text": 64, "label": 20},
    "concat_dimension": {"text": 64, "label": 20},
}
CANDIDATES: dict[str, Callable[[], Candidate]] = {
    "linear SVM, characters + words": partial(Sklearn, BOTH, (_svm,)),
    "linear SVM, characters + words + lemmas": partial(Sklearn, ALL, (_svm,)),
    "linear SVM calibrated (sigmoid, 3 folds), characters + words": partial(Sklearn, BOTH, (_calibrated_svm,)),
    "logistic regression by gradient descent, characters + words": partial(Sklearn, BOTH, (_descent,)),
    "complement naive Bayes, characters + words": partial(Sklearn, BOTH, (_bayes,)),
    "logistic regression, characters + words, C 5": partial(Sklearn, BOTH, (partial(_one_against_rest, 5.0),)),
    "logistic regression, characters + words, C 60": partial(Sklearn, BOTH, (partial(_one_against_rest, 60.0),)),
    "logistic regression, characters + lemmas": partial(Sklearn, ("characters", "lemmas"), (_one_against_rest,)),
    "logistic regression, characters + words + sentence starts": partial(Sklearn, STARTS, (_one_against_rest,)),
    "the mean of two: with and without sentence starts": partial(
        Averaged, (partial(Sklearn, BOTH, (_one_against_rest,)), partial(Sklearn, STARTS, (_one_against_rest,)))
    ),
    "logistic regression + SVM, characters + words": partial(Sklearn, BOTH, (_one_against_rest, _svm)),
    "logistic regression + SVM + naive Bayes, characters + words": partial(Sklearn, BOTH, (_one_against_rest, _svm, _bayes)),
    "Rasa LogisticRegressionClassifier": partial(RasaClassifier, LogisticRegressionClassifier, {}),
    "Rasa DIETClassifier, 1 layer of 64, 30 epochs": partial(RasaClassifier, DIETClassifier, SMALL_DIET),
    "Rasa DIETClassifier, its default size, 20 epochs": partial(RasaClassifier, DIETClassifier, DIET),
}
