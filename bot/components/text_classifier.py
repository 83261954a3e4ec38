"""A linear classifier over words and character n-grams that reads each message once and names its intent, its topic and what
it reaches over: one help, all kinds of help, all municipalities.

Reads the corrected, masked text that `MessageAnalyser` leaves on each message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.components.examples import examples_in
from bot.components.message_analyser import CLAUSES, MASKED, MessageAnalyser
from bot.components.text_features import Rows, TextFeatures
from bot.components.trained import TrainedComponent
from knowledge.comparison_phrases import finds
from knowledge.danish import WORD, fold
from knowledge.model import Fact
from knowledge.question import NO_TOPIC, ONE, REACH_OVER
from knowledge.scope import strongest
from knowledge.sharing import current_store
from knowledge.snapshot import Snapshot
from knowledge.vocabulary import vocabulary

NEEDS = Path(__file__).parents[1] / "needs.yml"
REACHES = Path(__file__).parents[1] / "reach.yml"
INTENT_RANKING = "intent_ranking"  # Rasa's own output property
TOPICS = "topics"  # output property: topic -> probability, the largest few
TOLD = "told"  # output property: the kinds of help that single clauses name, where the message as a whole names none
NAMED = "named"  # output property: the kinds of help that pieces of a message name beyond doubt, where they are several
BESIDE = "beside"  # output property: the kinds of help that a message sets beside each other, in its order
APIECE = "apiece"  # output property: the piece of a message that names each of several kinds of help
REACH = "reach"  # output property: what the message reaches over -> probability
PARTS = "parts"  # output property: the clauses that each ask something: {text, facets, topics}
TINY = 1e-9
_SENTENCE_END = re.compile(r" [.!?] ?")
_SET_BESIDE = re.compile(r"[.,;:!?/+–-]| (?:og|eller|samt|som|vs|kontra|mod|end|i forhold til|sammenlignet med|men) ")
_OF_EACH = re.compile(
    r"\b(?:til|for) (?:hver|det hele|alt|alle)\b|\bhvilke (?:slags|typer|former)\b|\bhvad (?:findes|er) der\b"
)
# What may ask of all municipalities or all kinds of help: such a message of another file teaches nothing of its reach.
_MAY_REACH = re.compile(
    r"\b(?:kommuner\w*|hvilke[nt]?|alle|samtlige|nogle|oversigt\w*|overblik|liste\w*|flest|mest|mindst|hver|hvert|"
    r"hvem (?:har|giver|tilbyder)|de andre|steder|ydelser)\b"
)
_CLAUSE_END = re.compile(r"[.,;:!?]| (?:og|men|samt) ")


@dataclass
class Head:
    """One logistic regression, one against the rest, laid out so that a message reads only the rows of its own features.

    Attributes:
        labels: one a column.
        weights: int16, features x labels, in units of `unit`: half the memory of float32, and as exact as needed.
        unit: float32, labels.
        bias: float32, labels.
    """

    labels: list[str]
    weights: np.ndarray
    unit: np.ndarray
    bias: np.ndarray

    @classmethod
    def of(cls, model: LogisticRegression) -> Head:
        weights = np.ascontiguousarray(model.coef_.T)
        unit = np.maximum(np.abs(weights).max(axis=0), TINY) / np.iinfo(np.int16).max
        labels = [str(label) for label in model.classes_]
        return cls(
            labels, np.round(weights / unit).astype(np.int16), unit.astype(np.float32), model.intercept_.astype(np.float32)
        )

    def probabilities(self, features: Rows) -> np.ndarray:
        """rows x labels; each row sums to 1."""
        alone = 1.0 / (1.0 + np.exp(-(features.times(self.weights) * self.unit + self.bias)))
        return alone / alone.sum(axis=1, keepdims=True)


@dataclass
class LinearModel:
    """What is trained: the features of a text, and one head a target."""

    features: TextFeatures
    intent: Head
    topic: Head
    reach: Head


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TextClassifier(TrainedComponent[LinearModel], IntentClassifier):
    """Logistic regression, one against the rest; measured against other classifiers in docs/classifiers.md."""

    FILE = "model.joblib"

    @classmethod
    def required_components(cls) -> list[type]:
        return [MessageAnalyser]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # Inverse strength of regularisation.
            "C": 20.0,
            # Also learn from the example questions of the catalogue's facts.
            "catalogue_asks": True,
            # Weight of the asking sentences against the whole for the intent, when a message also tells something.
            "question_weight": 0.45,
            # The topic is read from the whole, because people name the help in what they tell; only where the asking
            # sentences name one beyond doubt (at most this much probability of none) do they have the same weight.
            "asked_topic_none": 0.3,
            # A message whose likeliest kind of help is less likely than this is read clause by clause ("hun kommer ikke ud, og
            # lejligheden sejler"), and this probability tells a kind of help there; clauses have at least so many words.
            "told_below": 0.5,
            "told_from": 0.35,
            "told_words": 2,
            # A message that sets kinds of help beside each other is read piece by piece, up to so many words (of a longer one
            # its asking sentences), and the first of these probabilities that two pieces reach names a kind of help there.
            "beside_words": 60,
            "beside_from": [0.75, 0.5, 0.35],
            # Probability from which a piece of a message names a kind of help beside those of other pieces, in a message of at
            # least so many words.
            "named_from": 0.75,
            "named_words": 4,
            # How many labels go on the message.
            "keep": 8,
            # Seed of the solver.
            "random_state": 42,
        }

    def train(self, training_data: TrainingData) -> Resource:
        examples = [(m.get(MASKED), m.get(INTENT), _topic_label(m)) for m in training_data.training_examples if m.get(MASKED)]
        if self.config["catalogue_asks"]:
            examples += _asks(current_store().snapshot)
        texts, intents, topics = zip(*examples)
        told, needs = zip(*_needs(current_store().snapshot))
        reaching, reaches = zip(*_reaches(current_store().snapshot))
        features, rows = TextFeatures.fitted([*texts, *told, *reaching], without_commas)
        known = len(texts) + len(told)
        intent, topic = self._fit(rows[: len(texts)], intents), self._fit(rows[:known], (*topics, *needs))
        plain = [n for n, text in enumerate(texts) if not _MAY_REACH.search(text)]
        reach = self._fit(rows[[*plain, *range(known, rows.shape[0])]], (*[ONE] * len(plain), *reaches))
        return self.keep(LinearModel(features, intent, topic, reach))

    def _fit(self, features: csr_matrix, labels: tuple[str, ...]) -> Head:
        model = LogisticRegression(
            C=self.config["C"],
            solver="liblinear",
            dual=True,  # fewer messages than features: as good and more than twice as quick to fit, docs/classifiers.md
            tol=1e-2,
            class_weight="balanced",
            random_state=self.config["random_state"],
        )
        return Head.of(model.fit(features, labels))

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if self.model is not None and message.get(MASKED):
                self._predict(message, self.model)
        return messages

    def _predict(self, message: Message, model: LinearModel) -> None:
        masked, clauses = message.get(MASKED), message.get(CLAUSES) or []
        asking = asking_sentences(masked)
        features = model.features.of([masked, *asking, *(clause for _, clause in clauses)])
        intents, topics = model.intent.probabilities(features), model.topic.probabilities(features)
        whole = slice(1 + len(asking))  # the message and its asking sentences; the rows after them are its clauses
        name_intents(message, self._ranking(intents[whole], model.intent, self.config["question_weight"]))
        reach = self._ranking(model.reach.probabilities(features)[whole], model.reach, self.config["question_weight"])
        message.set(REACH, reach, add_to_output=True)
        likely = self._topics(topics[whole], model.topic)
        message.set(TOPICS, likely, add_to_output=True)
        message.set(TOLD, self._told(masked, likely, model), add_to_output=True)
        message.set(BESIDE, self._beside(masked, asking, model), add_to_output=True)
        few, most = self.config["named_words"], self.config["beside_words"]
        pieces = self._pieces(masked, model) if few <= len(masked.split()) <= most else {}
        message.set(NAMED, self._named(pieces, asking), add_to_output=True)
        message.set(APIECE, self._apiece(pieces), add_to_output=True)
        parts = [
            {
                "text": text,
                "facets": self._ranking(intents[row : row + 1], model.intent),
                "topics": self._ranking(topics[row : row + 1], model.topic),
            }
            for row, (text, _) in enumerate(clauses, whole.stop)
        ]
        message.set(PARTS, parts, add_to_output=True)

    def _topics(self, probabilities: np.ndarray, head: Head) -> dict[str, float]:
        """The likeliest topics of a message; its asking sentences have a say where they name one beyond doubt."""
        asked = self._ranking(probabilities[1:], head, 1.0) if len(probabilities) > 1 else {}
        beyond_doubt = asked and asked.get(NO_TOPIC, 0.0) <= self.config["asked_topic_none"]
        return self._ranking(probabilities if beyond_doubt else probabilities[:1], head, self.config["question_weight"])

    def _told(self, masked: str, topics: dict[str, float], model: LinearModel) -> list[str]:
        """The kinds of help that single clauses name, where the message as a whole names none, or asks of each of them."""
        clauses = [clause for clause in _CLAUSE_END.split(masked) if len(clause.split()) >= self.config["told_words"]]
        named = strongest(topics) >= self.config["told_below"]
        if len(clauses) < 2 or (named and not _OF_EACH.search(masked)):
            return []
        likely = self._likeliest(model.topic.probabilities(model.features.of(clauses)).max(axis=0), model.topic)
        told = [topic for topic, p in likely.items() if p >= self.config["told_from"] and strongest({topic: p})]
        return told if not named or len(told) > 2 else []

    def _beside(self, masked: str, asking: list[str], model: LinearModel) -> list[str]:
        """The kinds of help that a message sets beside each other ("§ 97 kontra netværk"): a single sentence that does so names
        them, else the message as a whole."""
        if not _sets_beside(masked):
            return []
        text = masked if len(masked.split()) <= self.config["beside_words"] else " ".join(asking)
        sentences = [sentence for sentence in _SENTENCE_END.split(text) if _sets_beside(sentence)]
        found: list[str] = []
        for part in dict.fromkeys((*sentences, text)):
            rows = self._pieces(part, model)
            for least in self.config["beside_from"] if rows else ():
                found = _beyond(rows.values(), least)
                if len(found) > 1:
                    return found
        return found

    def _named(self, pieces: dict[str, dict[str, float]], asking: list[str]) -> list[str]:
        """The kinds of help that are named one by one ("til tøjvask og madlavning", "rod overalt, ingen venner"), unless one of
        them alone is asked about.

        Args:
            pieces: the likeliest topics of each piece of the message.
        """
        named = _beyond(pieces.values(), self.config["named_from"])
        if len(named) < 2:
            return []
        asked = [pieces[piece] for sentence in asking for piece in _joined(sentence) if piece in pieces]
        return [] if len(asked) > 1 and len(_beyond(asked, self.config["named_from"])) == 1 else named

    def _apiece(self, pieces: dict[str, dict[str, float]]) -> dict[str, str]:
        """The first piece that names each kind of help; none where they name only one."""
        found: dict[str, str] = {}
        for piece, topics in pieces.items():
            for topic in _beyond([topics], self.config["told_from"]):
                found.setdefault(topic, piece)
        return found if len(found) > 1 else {}

    def _pieces(self, text: str, model: LinearModel) -> dict[str, dict[str, float]]:
        """The likeliest topics of each piece of a text that is joined by "og", a comma and the like; none of a single piece."""
        pieces = _joined(text)
        if len(pieces) < 2:
            return {}
        probabilities = model.topic.probabilities(model.features.of(pieces))
        return {piece: self._likeliest(row, model.topic) for piece, row in zip(pieces, probabilities)}

    def _ranking(self, probabilities: np.ndarray, head: Head, weight: float = 0.0) -> dict[str, float]:
        """The likeliest labels of a message; row 0 is the whole, further rows its asking sentences."""
        whole = probabilities[0]
        if len(probabilities) > 1:
            whole = weight * probabilities[1:].mean(axis=0) + (1 - weight) * whole
        return self._likeliest(whole, head)

    def _likeliest(self, probabilities: np.ndarray, head: Head) -> dict[str, float]:
        order = np.argsort(-probabilities)[: self.config["keep"]]
        return {head.labels[n]: round(float(probabilities[n]), 4) for n in order}


def _joined(text: str) -> list[str]:
    """The pieces of a text that "og", a comma and the like join, each once."""
    return list(dict.fromkeys(piece for piece in map(str.strip, _SET_BESIDE.split(text)) if WORD.search(piece)))


def _beyond(pieces: Iterable[dict[str, float]], least: float) -> list[str]:
    """The kinds of help that pieces of a text name with a probability, in their order."""
    return list(dict.fromkeys(max(topics, key=topics.__getitem__) for topics in pieces if strongest(topics) >= least))


def _sets_beside(text: str) -> bool:
    """Whether a text has a turn of phrase that sets two things beside each other."""
    folded = f" {fold(text)} "
    return any(finds(key, folded) for key in ("apart", "apart_asked", "apart_told"))


def without_commas(text: str) -> str:
    """What the features are made of: people leave commas out, or put them anywhere."""
    return fold(text).replace(" ,", "")


def name_intents(message: Message, ranking: dict[str, float]) -> None:
    """Put intents with their probabilities on a message, the likeliest first, as Rasa's classifiers do."""
    named = [{"name": intent, "confidence": p} for intent, p in sorted(ranking.items(), key=lambda item: -item[1])]
    message.set(INTENT, named[0], add_to_output=True)
    message.set(INTENT_RANKING, named, add_to_output=True)


def intents_of(message: Message) -> dict[str, float]:
    """The intents on a message, the likeliest first."""
    return {item["name"]: item["confidence"] for item in message.get(INTENT_RANKING) or []}


def asking_sentences(masked: str) -> list[str]:
    """The asking sentences of a corrected text; none when the text is a single sentence."""
    sentences = [s.strip() for s in masked.replace(" !", " .").replace(" ?", " ?|").replace(" . ", " .|").split("|")]
    sentences = [s for s in sentences if s]
    return [s for s in sentences if s.endswith("?")] if len(sentences) > 1 else []


def _topic_label(message: Message) -> str:
    metadata = (message.get(METADATA) or {}).get(METADATA_INTENT) or {}
    return metadata.get("topic", NO_TOPIC)


def _asks(snapshot: Snapshot) -> list[tuple[str, str, str]]:
    """(text, intent, topic) of the catalogue's example questions; municipality-neutral by the rules of the catalogue."""
    found = []
    for fact in snapshot.facts:
        for ask in fact.asks:
            mentions = snapshot.linker.link(snapshot.analyser.analyse(ask.text))
            found.append((mentions.masked, _intent_of(fact), _topic_of(snapshot, fact)))
    return found


def _needs(snapshot: Snapshot) -> list[tuple[str, str]]:
    """(text, topic) of what people tell of their lives; what they ask is learnt from the other examples."""
    found = examples_in(NEEDS, {*vocabulary().topics, NO_TOPIC})
    return [(snapshot.linker.link(snapshot.analyser.analyse(text)).masked, topic) for text, topic in found]


def _reaches(snapshot: Snapshot) -> list[tuple[str, str]]:
    """(text, what it reaches over)."""
    found = examples_in(REACHES, REACH_OVER)
    return [(snapshot.linker.link(snapshot.analyser.analyse(text)).masked, over) for text, over in found]


def _intent_of(fact: Fact) -> str:
    """Whether something is included is one question, whatever the answer."""
    return "included" if fact.facet == "not_included" and any(ask.answer for ask in fact.asks) else fact.facet


def _topic_of(snapshot: Snapshot, fact: Fact) -> str:
    service = snapshot.services.get(fact.service)
    topics = fact.topics or (service.topics if service else ())
    return topics[0] if topics else NO_TOPIC
