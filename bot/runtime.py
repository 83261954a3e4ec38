"""Runs Rasa in this process: one Agent, the action handlers beside it, history bounded.

Rasa's own HTTP server and RemoteAction are not used: RemoteAction costs about 25 ms a turn because it validates every reply
against a JSON schema. The same handlers still run behind `rasa run actions`.
"""

from __future__ import annotations

import asyncio
import logging
import os
from pathlib import Path
from typing import Any

import structlog

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
logging.getLogger("matplotlib").setLevel(logging.WARNING)
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))

from rasa.core.actions.action import Action, RemoteAction  # noqa: E402  (after telemetry is off)
from rasa.core.agent import Agent  # noqa: E402
from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel, UserMessage  # noqa: E402
from rasa.core.nlg import NaturalLanguageGenerator  # noqa: E402
from rasa.core.processor import MessageProcessor  # noqa: E402
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore  # noqa: E402
from rasa.shared.core.constants import ACTION_LISTEN_NAME  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import ActionExecuted, Event, deserialise_events  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity  # noqa: E402
from rasa_sdk.executor import ActionExecutor  # noqa: E402

log = structlog.get_logger(__name__)

MAX_EVENTS = 12  # a turn and a half; all that is remembered is in the slot `memory`, set anew each turn
MAX_CONVERSATIONS = 10_000  # about 10 kB each
ROOT = Path(__file__).parents[1]


class NewestConversations(InMemoryTrackerStore):
    """Rasa's store in memory, with the conversations that were silent longest dropped beyond a limit."""

    async def save(self, tracker: DialogueStateTracker) -> None:
        self.store.pop(tracker.sender_id, None)
        await super().save(tracker)
        while len(self.store) > MAX_CONVERSATIONS:
            del self.store[next(iter(self.store))]


    async def delete(self, sender_id: str) -> None:
        self.store.pop(sender_id, None)


class WholeMessages(CollectingOutputChannel):
    """Collects replies without cutting a text at its blank lines into several messages, as Rasa does."""

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        await self._persist_message(self._message(recipient_id, text=text.strip()))


class InProcessAction(RemoteAction):
    """A rasa_sdk action called directly; only the rendering of its responses is Rasa's.

    A handler that fails is logged without the message and answered with `utter_failure`, never with silence.
    """

    def __init__(self, name: str, executor: ActionExecutor):
        super().__init__(name, None)
        self._executor = executor

    async def run(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        state = tracker.current_state(EventVerbosity.NONE)
        call = {
            "next_action": self._name,
            "sender_id": tracker.sender_id,
            "tracker": {**state, "events": []},
            "domain": {},
        }
        try:
            result = await self._executor.run(call) or {}
        except Exception as error:  # a handler's fault must not end the conversation
            log.error("action.failed", action=self._name, error=type(error).__name__)
            result = {"responses": [{"response": "utter_failure"}]}
        messages = await self._utter_responses(result.get("responses", []), output_channel, nlg, tracker)
        return [*messages, *deserialise_events(result.get("events", []))]


class InProcessProcessor(MessageProcessor):
    """Rasa's processor with the rasa_sdk actions of this process."""

    def __init__(self, executor: ActionExecutor, **kwargs: Any):
        super().__init__(**kwargs)
        self._executor = executor

    async def _run_action(self, action: Action, tracker: DialogueStateTracker, *args: Any, **kwargs: Any) -> bool:
        """Every action of this bot ends the turn, so listening is noted at once instead of predicted anew."""
        if isinstance(action, RemoteAction):
            action = InProcessAction(action.name(), self._executor)
        goes_on = await super()._run_action(action, tracker, *args, **kwargs)
        if goes_on:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME), self.domain)
        return False


class InProcessAgent(Agent):
    """Rasa's agent with an `InProcessProcessor`."""

    def __init__(self, tracker_store: TrackerStore):
        super().__init__(tracker_store=tracker_store)
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    def load_model(self, model_path: str | Path, fingerprint: str | None = None) -> None:
        self.processor = InProcessProcessor(
            self._executor,
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            generator=self.nlg,
        )
        self.domain = self.tracker_store.domain = self.processor.domain
        self.nlg.responses = self.domain.responses
        self._set_fingerprint(fingerprint)


class Bot:
    """A loaded assistant.

    Args:
        model: path of a trained model archive.
        tracker_store: where conversations live; by default in memory.
    """

    def __init__(self, model: Path, tracker_store: TrackerStore | None = None):
        store = tracker_store or NewestConversations(Domain.empty())
        store.max_event_history = MAX_EVENTS
        self._conversations = store  # Rasa wraps its own in one that cannot delete
        self._agent = InProcessAgent(store)
        self._agent.load_model(model)
        self.model = model

    async def handle(self, text: str, sender: str, metadata: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """One turn: the bot's messages as Rasa's REST channel sends them.

        Messages of one sender are handled one after another (Rasa's lock store).
        """
        channel = WholeMessages()
        message = UserMessage(as_plain_text(text), channel, sender, input_channel="rest", metadata=metadata)
        await self._agent.handle_message(message)
        return channel.messages

    async def forget(self, sender: str) -> None:
        """Delete all that is kept of a conversation, once the turn under way has ended."""
        async with self._agent.lock_store.lock(sender):
            await self._conversations.delete(sender)

    def handle_now(
        self, text: str, sender: str = "command-line", metadata: dict[str, Any] | None = None
    ) -> list[dict[str, Any]]:
        """`handle` for callers without an event loop."""
        return asyncio.run(self.handle(text, sender, metadata))


def as_plain_text(text: str) -> str:
    """Take away what would make Rasa read the message as a command or an intent."""
    return text.strip().lstrip("/").strip() or "?"


def latest_model(folder: Path) -> Path | None:
    """The newest trained model in a folder, None when there is none."""
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    return models[-1] if models else None
