"""A conversation with the bot over any of the project's own pages: begin, say, delete, rate.

The same code serves the JSON channel and the pages without script.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakValueDictionary

from starlette.concurrency import run_in_threadpool as threaded

from api.guard import Guard
from api.incoming import asks_for_deletion, read_message
from api.problems import Problem
from api.settings import Settings
from api.signing import Seal
from bot.runtime import Bot
from knowledge.privacy import Redaction, removal_notice
from knowledge.snapshot import Store
from knowledge.wording import say
from state.conversations import Claim, Conversation, Conversations
from state.errors import UnknownConversation

SENDER = "conversation:"  # a free sender of the Rasa-compatible channel may not begin with it
_WAIT_SECONDS = 0.05


class Talk:
    """Conversations whose ids are signed, so that nobody guesses, forges or continues another's."""

    def __init__(self, bot: Bot, conversations: Conversations, store: Store, settings: Settings, guard: Guard):
        self._bot, self._conversations, self._store, self._settings = bot, conversations, store, settings
        self._guard, self._seal = guard, Seal(guard.keys, "conversation")
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def notice(self) -> str:
        """What a citizen is told before the first message."""
        return say("conversation_notice", days=self._settings.retention_days)

    async def begin(self, municipality: str = "", channel: str = "widget") -> str:
        """The signed id of a new conversation.

        Raises:
            Problem: 422 when the municipality is not in the catalogue, 503 when the channel is switched off.
        """
        await self._guard.demand_on(channel)
        if municipality and self._store.snapshot.municipality(municipality) is None:
            raise Problem(422, "The municipality is unknown", "See /v1/municipalities.")
        made = await threaded(self._conversations.begin, municipality, channel, _now())
        return self._seal.close(made.id)

    async def say(self, identifier: str, text: str, client_id: str) -> dict[str, Any]:
        """The reply to a message: {messages, turn, redacted}. The same client_id again gets the same reply.

        Raises:
            Problem: 404, 413, 422, 429 or 503.
        """
        self._guard.room.demand_seat()
        clean = read_message(text, self._settings.max_message, self._store.snapshot)
        conversation = await self._find(identifier)
        await self._guard.demand_on(conversation.channel)
        await self._guard.limits.demand("conversation", conversation.id)
        lock = self._locks.setdefault(conversation.id, asyncio.Lock())
        async with lock:
            while True:
                async with self._guard.room.turn():
                    claim = await self._claim(conversation, client_id)
                    if claim.reply is not None:
                        return claim.reply
                    if claim.mine:
                        return await self._handle(conversation, clean, client_id, claim.turn)
                await asyncio.sleep(_WAIT_SECONDS)  # another replica is answering it at this moment

    async def delete(self, identifier: str) -> None:
        """Delete the conversation: what the bot remembers of it and every reply.

        Raises:
            Problem: 404.
        """
        conversation = await self._find(identifier)
        await self._bot.forget(SENDER + conversation.id)
        await threaded(self._conversations.delete, conversation.id)

    async def rate(self, identifier: str, turn: int, helpful: bool, reason: str = "") -> None:
        """Keep an opinion of the reply of a turn.

        Raises:
            Problem: 404.
        """
        conversation = await self._find(identifier)
        if not await threaded(self._conversations.rate, conversation.id, turn, helpful, reason, _now().date()):
            raise Problem(404, "No such turn", "Give the `turn` of a reply of this conversation.")

    async def _find(self, identifier: str) -> Conversation:
        key = self._seal.open(identifier)
        if key is None:
            raise _unknown()
        since = _now() - timedelta(days=self._settings.retention_days)
        try:
            return await threaded(self._conversations.find, key, since)
        except UnknownConversation as error:
            raise _unknown() from error

    async def _claim(self, conversation: Conversation, client_id: str) -> Claim:
        try:
            return await threaded(self._conversations.claim, conversation.id, client_id, _now())
        except UnknownConversation as error:
            raise _unknown() from error

    async def _handle(self, conversation: Conversation, clean: Redaction, client_id: str, turn: int) -> dict[str, Any]:
        """The reply to a claimed message, stored; the claim is given back when it cannot be answered."""
        try:
            reply = {**await self._answer(conversation, clean, client_id), "turn": turn}
            kept = await threaded(self._conversations.answer, conversation.id, client_id, reply, _now())
        except BaseException:
            await threaded(self._conversations.release, conversation.id, client_id)
            raise
        if not kept:  # deleted while it was answered: the bot must not remember it either
            await self._bot.forget(SENDER + conversation.id)
            raise _unknown()
        return reply

    async def _answer(self, conversation: Conversation, clean: Redaction, client_id: str) -> dict[str, Any]:
        if asks_for_deletion(clean.text):
            await self._bot.forget(SENDER + conversation.id)
            await threaded(self._conversations.forget_turns, conversation.id, but=client_id)
            return {"messages": [{"text": say("conversation_deleted")}], "redacted": bool(clean)}
        metadata = {"municipality": conversation.municipality} if conversation.municipality else {}
        # The bot knows the message as well: one that it answered before this process died is told again, not taken twice.
        replies = (await self._bot.turn(clean.text, SENDER + conversation.id, metadata, client_id)).messages
        messages = [{key: value for key, value in reply.items() if key != "recipient_id"} for reply in replies]
        if clean:
            messages.append({"text": removal_notice(clean)})
        return {"messages": messages, "redacted": bool(clean)}


def _now() -> datetime:
    return datetime.utcnow()


def _unknown() -> Problem:
    return Problem(404, "No such conversation", "Begin a new one with POST /v1/conversations.")
