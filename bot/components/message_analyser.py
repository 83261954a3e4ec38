"""Analyses each message once: tokens with lemmas, corrected spelling, and what the message mentions."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.clauses import asking_clauses
from knowledge.danish import pipeline
from knowledge.question import meant
from knowledge.sharing import current_store

MENTIONS = "mentions"  # output property: knowledge.linking.Mentions as a dictionary
MASKED = "masked"  # corrected text with municipality names masked; what the classifiers read
CLAUSES = "asking_clauses"  # the clauses of a message that asks several things: (corrected text, the same masked)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class MessageAnalyser(Tokenizer):
    """Adapter from Rasa to `knowledge.danish` and `knowledge.linking`."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            # Rasa's own flags for splitting intent names; intents here are never split.
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            # Whether messages get Rasa's tokens, with lemmas. This project's classifiers read none; Rasa's own featurizers do.
            "tokens": True,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageAnalyser:
        return cls({**cls.get_default_config(), **config, "spacy": pipeline().meta["name"]})

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            self._annotate(message)
        return super().process(messages) if self._config["tokens"] else messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        for message in training_data.training_examples:
            self._annotate(message)
        return super().process_training_data(training_data) if self._config["tokens"] else training_data

    def _annotate(self, message: Message) -> None:
        text = message.get(TEXT)
        if not text:
            return
        snapshot = current_store().snapshot
        analysis = snapshot.analyser.analyse(meant(text)[0])
        mentions = dict(vars(snapshot.linker.link(analysis)))
        message.set(MASKED, mentions.pop("masked"))
        message.set(MENTIONS, mentions, add_to_output=True)
        clauses = asking_clauses(analysis, places=len(mentions["municipalities"]))
        masked = [snapshot.linker.link(snapshot.analyser.analyse(clause)).masked for clause in clauses]
        message.set(CLAUSES, list(zip(clauses, masked)))

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        text = message.get(attribute)
        analysis = current_store().snapshot.analyser.analyse(text)
        tokens, at = [], 0
        for word, lemma in zip(analysis.words, analysis.lemmas):
            tokens.append(Token(word, at, at + len(word), lemma=lemma))
            at += len(word) + 1
        return tokens
