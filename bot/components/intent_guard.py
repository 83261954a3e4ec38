"""Overrules the classifier where certainty matters: wording of danger, and what is told or asked along with a courtesy."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.danger_classifier import DANGER, SAFETY, DangerClassifier
from bot.components.danger_rules import danger_rules
from bot.components.message_analyser import MENTIONS
from bot.components.text_classifier import TOPICS, TextClassifier, intents_of, name_intents
from knowledge.clauses import asks
from knowledge.danish import Analysis
from knowledge.english import in_danish, is_english, spelled
from knowledge.needs import names_a_level
from knowledge.question import GUIDE, INFORM, OUT_OF_SCOPE, flags_of
from knowledge.scope import strongest
from knowledge.sharing import current_store
from knowledge.vocabulary import vocabulary

HANDOVER = "human_handover"
OVERVIEW = "overview"  # what who wants to be guided is told beside a danger
BESIDES = (
    "besides"  # output property: what a message of danger asks besides: {question: {text, facets, topics}, doubtful: bool}
)
_THANKS = re.compile(r"\btak ska?l? (?:du|de|i) ha(?:ve|r)?\b", re.IGNORECASE)  # has the form of a question, and is none
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class IntentGuard(IntentClassifier, GraphComponent):
    """Stands last in the pipeline; touches a message only when one of its rules holds."""

    @classmethod
    def required_components(cls) -> list[type]:
        return [TextClassifier, DangerClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # Small-talk intents that yield to what is told beside them ("hej, jeg bor i Gladsaxe").
            "yielding": ["greet", "goodbye", "small_talk", "affirm", "deny"],
            # Intents that yield to a question in the same message ("tak skal du have, men hvad koster det?"), and the least
            # probability that something else is meant.
            "courtesies": ["thanks", "affirm", "deny"],
            "beside_courtesy_from": 0.08,
            # The same where a word asks ("tak skal du ha hvor bliver hun så trænet henne").
            "asked_beside_courtesy_from": 0.04,
            # Intents that throw the conversation away or end it, and the least probability they need; in a message that has the
            # form of a question ("kan en helt ny borger få den") the second.
            "certain": ["start_over", "goodbye"],
            "certain_from": 0.6,
            "certain_in_question_from": 0.75,
            # Intents about the talk itself, and the least probability they need before a question about help.
            "chat": ["small_talk", "bot_identity", "human_handover", "insult", "privacy"],
            "chat_from": 0.3,
            # Those of them that a kind of help named beyond doubt turns into a question about it ("skal jeg opgive mit navn til
            # min kontaktperson?"), and that probability of the help.
            "chat_yields_to_help": ["privacy"],
            "help_from": 0.6,
            # A wish for a person yields to such a kind of help where it is no likelier than this ("min familie vil ikke snakke
            # med mig").
            "person_from": 0.5,
            # Intents that only a message of at most so many words has; a story asks something else.
            "short": ["known_municipalities"],
            "short_words": 30,
            # Intents that a message which names so many municipalities does not have.
            "placeless": ["known_municipalities"],
            "places": 2,
            # Least probability with which something else than a greeting is asked.
            "question_from": 0.2,
            # Least probability with which the classifier of danger alone may raise an alarm; calibrated in docs/safety.md.
            "danger_from": 0.4,
            # The same where something ordinary is asked about a kind of help ("jeg brænder stadig alt på, hvad med
            # madlavningen"), and the least probability of both, all that can be asked taken together, that makes it plain.
            "danger_beside_help_from": 0.6,
            "plain_from": 0.4,
            # Least probability of a question beside a danger that is answered too.
            "besides_from": 0.45,
            # The same of a question in a message whose danger the classifier alone found, and the probability of danger below
            # which it is in doubt: the numbers come first, and whatever is asked is answered after them.
            "asked_from": 0.2,
            "doubtful_below": 0.9,
        }

    def __init__(self, config: dict[str, Any]):
        self.config = config

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
        ranking = intents_of(message)
        ordinary = {intent: p for intent, p in ranking.items() if not intent.startswith(SAFETY)}
        worded, dangers = self.danger(text), message.get(DANGER) or {}
        danger = worded or self._likely(dangers, message.get(TOPICS) or {}, ordinary)
        if danger:
            doubtful = worded is None and sum(dangers.values()) < self.config["doubtful_below"]
            self._note_besides(message, text, ordinary, doubtful)
            return {danger: 1.0}
        top = next(iter(ranking), "")
        if top not in ordinary:
            return ordinary or {OUT_OF_SCOPE: 1.0}
        if names_a_level(text):  # "lidt" is no small talk
            return {INFORM: 1.0}
        mentions = message.get(MENTIONS) or {}
        places = len(mentions.get("municipalities") or ())
        if barred := self._barred(top, ranking[top], text, message.get(TOPICS) or {}, places):
            return {intent: p for intent, p in ranking.items() if intent not in barred}
        if top in self.config["courtesies"] and asks(beside := _analysis(_THANKS.sub(" ", text))):
            rest = {intent: p for intent, p in ordinary.items() if intent not in self.config["courtesies"]}
            enough = "asked_beside_courtesy_from" if flags_of(beside).open else "beside_courtesy_from"
            return rest if max(rest.values(), default=0.0) >= self.config[enough] else None
        if top == INFORM and ranking.get(HANDOVER, 0.0) >= self.config["chat_from"]:  # what is told says what about
            return {HANDOVER: 1.0}
        told = any(value not in (None, (), [], "", False) for value in mentions.values())
        return self._told(ranking) if told and top in self.config["yielding"] else None

    def _barred(self, top: str, probability: float, text: str, topics: dict[str, float], places: int) -> list[str]:
        """Intents that a message does not have though one of them is the likeliest: too unsure, too long, about help, or about
        several places."""
        config = self.config
        for kind in ("certain", "chat"):
            if top in config[kind] and probability < config[f"{kind}_from"]:
                return config[kind]
        if top in config["certain"] and probability < config["certain_in_question_from"] and asks(_analysis(text)):
            return config["certain"]
        if top in config["placeless"] and places >= config["places"]:
            return config["placeless"]
        if top in config["short"] and len(text.split()) > config["short_words"]:
            return config["short"]
        unsure = top in config["chat_yields_to_help"] or (top == HANDOVER and probability < config["person_from"])
        return config["chat"] if unsure and strongest(topics) >= config["help_from"] else []

    def _told(self, ranking: dict[str, float]) -> dict[str, float]:
        """What a message that greets and tells something is about: the likeliest real question, else a statement."""
        rest = {intent: p for intent, p in ranking.items() if intent not in self.config["yielding"]}
        return rest if max(rest.values(), default=0.0) >= self.config["question_from"] else {INFORM: 1.0}

    def danger(self, text: str) -> str | None:
        """The safety intent whose wording the text contains, or None."""
        rules = danger_rules()
        corrected = _analysis(text).normalized
        wordings = (text, corrected, spelled(text), in_danish(text)) if is_english(text) else (text, corrected)
        read = dict.fromkeys(rules.without_harmless(wording) for wording in wordings)
        return next((danger for wording in read if (danger := rules.found(wording))), None)

    def _likely(self, dangers: dict[str, float], topics: dict[str, float], ordinary: dict[str, float]) -> str | None:
        """The likeliest danger when danger as such is likely enough; more is needed where help is plainly asked about."""
        asked = sum(p for intent, p in ordinary.items() if intent in vocabulary().facets)
        plain = min(strongest(topics), asked) >= self.config["plain_from"]
        sure = sum(dangers.values()) >= self.config["danger_beside_help_from" if plain else "danger_from"]
        return max(dangers, key=dangers.__getitem__) if sure else None

    def _note_besides(self, message: Message, text: str, ordinary: dict[str, float], doubtful: bool) -> None:
        """Keep what is asked, when it is clear: by the asking sentences that speak of no danger, or by a message in doubt."""
        asked = [text] if doubtful else self._harmless_questions(text)
        ordinary = {**ordinary, OVERVIEW: ordinary.get(OVERVIEW, 0.0) + ordinary.get(GUIDE, 0.0), GUIDE: 0.0}
        whole = sum(ordinary.values())
        facets = {intent: round(p / whole, 4) for intent, p in ordinary.items()} if whole else {}
        best = max(facets, key=facets.__getitem__, default="")
        if asked and best in vocabulary().facets and facets[best] >= self.config["asked_from" if doubtful else "besides_from"]:
            question = {"text": " ".join(asked), "facets": facets, "topics": message.get(TOPICS) or {}}
            message.set(BESIDES, {"question": question, "doubtful": doubtful}, add_to_output=True)

    def _harmless_questions(self, text: str) -> list[str]:
        """The sentences that ask and speak of no danger."""
        return [part.strip() for part in _SENTENCE.findall(text) if part.rstrip().endswith("?") and not self.danger(part)]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data


def _analysis(text: str) -> Analysis:
    return current_store().snapshot.analyser.analyse(text)
