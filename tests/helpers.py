"""Small harness of the tests: a conversation, a question without a model, a reply read in the same way everywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from knowledge.answer import Answer
from knowledge.dialogue import respond
from knowledge.question import NO_TOPIC, Memory, Question, flags_of
from knowledge.snapshot import Snapshot


@dataclass(frozen=True)
class Reply:
    """The messages of one turn as the REST channel sends them."""

    messages: list[dict[str, Any]]

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.messages if "text" in message)

    @property
    def custom(self) -> dict[str, Any]:
        """The structured answer, {} when the turn has none."""
        return next((message["custom"] for message in self.messages if "custom" in message), {})

    @property
    def status(self) -> str:
        return self.custom.get("status", "")

    @property
    def facet(self) -> str:
        return self.custom.get("facet", "")

    @property
    def municipality(self) -> str:
        return (self.custom.get("municipality") or {}).get("id", "")

    @property
    def service(self) -> str:
        return (self.custom.get("service") or {}).get("id", "")

    @property
    def buttons(self) -> list[str]:
        return [button["title"] for message in self.messages for button in message.get("buttons", [])]


class Conversation:
    """One sender's talk with the bot."""

    def __init__(self, bot: Any, sender: str):
        self.sender = sender
        self._bot = bot

    def say(self, text: str, **metadata: Any) -> Reply:
        return Reply(self._bot.handle_now(text, self.sender, metadata or None))


def ask(
    snapshot: Snapshot, text: str, facet: str, topic: str = NO_TOPIC, memory: Memory | None = None, page: str = ""
) -> tuple[Answer, Memory]:
    """One turn of the dialogue with the classifiers' verdict given: the knowledge base alone."""
    analysis = snapshot.analyser.analyse(text)
    question = Question(
        analysis=analysis,
        facets={facet: 1.0},
        topics={topic: 1.0},
        mentions=snapshot.linker.link(analysis),
        flags=flags_of(analysis),
    )
    return respond(snapshot, question, memory or Memory(), page)


def phones(text: str) -> set[str]:
    """Danish phone numbers in a text, without blanks."""
    return {re.sub(r"\D", "", found) for found in re.findall(r"\b\d{2} ?\d{2} ?\d{2} ?\d{2}\b", text)}
