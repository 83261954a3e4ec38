"""Runs Rasa in this process: one Agent, the action handlers beside it, conversations kept as one small row each.

Rasa's own HTTP server and RemoteAction are not used: RemoteAction costs about 25 ms a turn because it validates every reply
against a JSON schema. The same handlers still run behind `rasa run actions`.
"""

from __future__ import annotations

import asyncio
import copy
import tempfile
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import structlog
from rasa.core.actions.action import Action, RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel, UserMessage
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.processor import MessageProcessor
from rasa.engine import loader
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa_sdk.executor import ActionExecutor
from threadpoolctl import threadpool_limits

from bot.persistence.conversations import ConversationStore, MemoryConversations
from bot.persistence.locks import InOrderLocks, RedisLocks
from bot.persistence.state import Reply, events_of
from bot.seen import Seen, seen
from bot.sequential import SequentialRunner
from knowledge.failure import failure_text
from knowledge.privacy import public_contacts, redact
from knowledge.question import Memory
from knowledge.sharing import current_store

log = structlog.get_logger(__name__)
threadpool_limits(1, user_api="blas")  # the arrays of a turn are small: more threads would only wait for one another

ROOT = Path(__file__).parents[1]
Locks = InOrderLocks | RedisLocks
Watcher = Callable[[Seen, str], None]


class WholeMessages(CollectingOutputChannel):
    """Collects replies without cutting a text at its blank lines into several messages, as Rasa does.

    Attributes:
        failed: whether an action of the turn failed.
    """

    failed = False

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        await self._persist_message(self._message(recipient_id, text=text.strip()))


class Stopwatch:
    """Seconds since the last note, by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def note(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage], self._last = now - self._last, now


class InProcessAction(RemoteAction):
    """A rasa_sdk action called directly; only the rendering of its responses is Rasa's.

    A handler that fails is logged without the message and answered with `knowledge.failure`, never with silence.
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
            output_channel.failed = True
            result = {"responses": [{"text": _failure(tracker)}]}
        messages = await self._utter_responses(result.get("responses", []), output_channel, nlg, tracker)
        return [*messages, *events_of(result.get("events", []))]


class InProcessProcessor(MessageProcessor):
    """Rasa's processor with the rasa_sdk actions of this process."""

    def __init__(self, executor: ActionExecutor, **kwargs: Any):
        super().__init__(**kwargs)
        self._executor = executor
        self._action = lru_cache(maxsize=None)(self._action_named)

    @staticmethod
    def _load_model(model_path: str | Path) -> tuple[str, ModelMetadata, GraphRunner]:
        with tempfile.TemporaryDirectory() as folder:
            storage = (Path(folder), Path(model_path), LocalModelStorage)
            return (Path(model_path).name, *loader.load_predict_graph_runner(*storage, SequentialRunner))

    async def take_turn(self, message: UserMessage, client_id: str, watch: Stopwatch) -> tuple[Reply, Seen | None]:
        """Read the conversation, understand, act, store: one read and one write a turn.

        Rasa's sessions are left out: they would carry every slot over anyway. So is its hook for anonymising: messages come
        here without personal numbers.
        """
        tracker = await self.get_tracker(message.sender_id)
        watch.note("read")
        if earlier := tracker.reply_to(client_id):
            return earlier, None
        if not tracker.events:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME), self.domain)
        await self._handle_message_with_tracker(message, tracker)
        watch.note("understand")
        await self._act(tracker, message.output_channel)
        watch.note("answer")
        channel = message.output_channel
        reply = Reply(channel.messages, tracker.row.turns + 1, client_id)
        await self.tracker_store.save_turn(tracker, reply)
        watch.note("store")
        return reply, seen(channel.messages, tracker, channel.failed, watch.seconds)

    async def _act(self, tracker: DialogueStateTracker, channel: WholeMessages) -> None:
        """Choose the one action of the turn, run it, send what it says, note what it did; then the bot listens.

        Every action of this bot ends its turn and handles its own failure. Rasa's loop would predict the listening anew, fill
        slots from the message (none is filled so), and copy the conversation and all events for the case of a rejection.
        """
        prediction = self._predict_next_with_tracker(tracker)
        action = self._action(self.domain.action_names_or_texts[prediction.max_confidence_index])
        events = await action.run(channel, self.nlg, tracker, self.domain)
        done = [*prediction.events, action.event_for_successful_execution(prediction), *events]
        tracker.update_with_events([*done, ActionExecuted(ACTION_LISTEN_NAME)], self.domain)
        await self._send_bot_messages(events, tracker, channel)

    def _action_named(self, name: str) -> Action:
        action = self._get_action(name)
        return InProcessAction(name, self._executor) if isinstance(action, RemoteAction) else action

    def _check_for_unseen_features(self, parse_data: dict[str, Any]) -> None:
        """Nothing: a test holds the intents against the domain, and Rasa's check makes an empty domain at each message."""


class InProcessAgent(Agent):
    """Rasa's agent with an `InProcessProcessor`, and without the store in memory that Rasa falls back to on any fault."""

    def __init__(self, conversations: ConversationStore, locks: Locks):
        super().__init__(lock_store=locks)
        self.tracker_store = conversations
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

    def with_conversations(self, conversations: ConversationStore) -> InProcessAgent:
        """The same loaded model with conversations elsewhere."""
        conversations.domain = self.domain
        other, other.processor = copy.copy(self), copy.copy(self.processor)
        other.tracker_store = other.processor.tracker_store = conversations
        return other


class Bot:
    """A loaded assistant.

    Args:
        model: path of a trained model archive.
        conversations: where conversations live; by default in memory.
        locks: what keeps the messages of a conversation in order; by default within this process.

    Attributes:
        watchers: told after each turn what may be counted of it, and the redacted message.
    """

    def __init__(self, model: Path, conversations: ConversationStore | None = None, locks: Locks | None = None):
        self.conversations = conversations or MemoryConversations()
        self.locks = locks or InOrderLocks()
        self._agent = InProcessAgent(self.conversations, self.locks)
        self._agent.load_model(model)
        self.model = model
        self.watchers: list[Watcher] = []

    def on(self, conversations: ConversationStore, locks: Locks | None = None) -> Bot:
        """The same loaded assistant with conversations elsewhere: a second one costs no memory."""
        other = object.__new__(type(self))
        other.conversations, other.locks, other.watchers = conversations, locks or InOrderLocks(), []
        other._agent, other.model = self._agent.with_conversations(conversations), self.model
        return other

    async def turn(self, text: str, sender: str, metadata: dict[str, Any] | None = None, client_id: str = "") -> Reply:
        """One turn, answered once the conversation is stored. Messages of one sender are handled one after another.

        Args:
            client_id: the caller's own id of the message; one that was just answered is told again, not handled twice.

        Raises:
            StateError: when the turn could not be taken; nothing of it is kept and it may be sent again.
        """
        plain = redact(as_plain_text(text), public_contacts(current_store().snapshot)).text  # whatever channel it came by
        message, watch = UserMessage(plain, WholeMessages(), sender, input_channel="rest", metadata=metadata), Stopwatch()
        async with self.locks.lock(sender):
            watch.note("wait")
            reply, what = await self._agent.processor.take_turn(message, client_id, watch)
        if what is not None:
            for watcher in self.watchers:
                watcher(what, plain)
        return reply

    async def handle(self, text: str, sender: str, metadata: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """The bot's messages of one turn as Rasa's REST channel sends them."""
        return (await self.turn(text, sender, metadata)).messages

    async def read(self, text: str) -> dict[str, Any]:
        """How a text is understood (intent, intent_ranking, topics), outside any conversation; nothing is kept of it."""
        return await self._agent.parse_message(as_plain_text(text))

    async def forget(self, sender: str) -> bool:
        """Delete a conversation and all that is kept of it, after the turn under way; whether there was anything."""
        async with self.locks.lock(sender):
            return await self.conversations.forget(sender)

    def handle_now(
        self, text: str, sender: str = "command-line", metadata: dict[str, Any] | None = None
    ) -> list[dict[str, Any]]:
        """`handle` for callers without an event loop."""
        return asyncio.run(self.handle(text, sender, metadata))


def _failure(tracker: DialogueStateTracker) -> str:
    page = (tracker.latest_message.metadata or {}).get("municipality", "") if tracker.latest_message else ""
    return failure_text(current_store().snapshot, Memory.from_json(tracker.get_slot("memory")), page)


def as_plain_text(text: str) -> str:
    """Take away what would make Rasa read the message as a command or an intent."""
    return text.strip().lstrip("/").strip() or "?"
