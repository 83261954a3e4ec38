"""Conversations of the project's own pages: that they exist, and the reply to each message, so that a repeated request is
answered with the same reply and nothing is handled twice. What the citizen wrote is not stored here.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from state.database import Database, metadata
from state.errors import UnknownConversation

STALE = timedelta(seconds=30)  # a turn takes milliseconds: one that is open for longer died with its process

conversations = Table(
    "conversation",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("municipality", String(80), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("begun", DateTime, nullable=False),
    Column("last", DateTime, nullable=False, index=True),
)
turns = Table(
    "conversation_turn",
    metadata,
    Column("conversation", String(64), ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True),
    Column("client_id", String(64), primary_key=True),
    Column("turn", Integer, nullable=False),
    Column("claimed", DateTime, nullable=False),
    Column("reply", Text),
    Column("feedback", String(32)),
    UniqueConstraint("conversation", "turn"),
)
feedback = Table(
    "feedback",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("day", String(10), nullable=False, index=True),
    Column("municipality", String(80), nullable=False),
    Column("facet", String(40), nullable=False),
    Column("status", String(40), nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("reason", String(20), nullable=False),
)


@dataclass(frozen=True)
class Conversation:
    """One conversation: where the page belongs and which channel began it."""

    id: str
    municipality: str
    channel: str


@dataclass(frozen=True)
class Claim:
    """The right to handle one message, or the reply when it was handled before.

    Attributes:
        turn: number of the turn in the conversation, from 1.
        reply: what was answered; None when the caller is to answer.
        mine: whether the caller is to answer; False with no reply means that somebody is answering at this moment.
    """

    turn: int
    reply: dict[str, Any] | None
    mine: bool


class Conversations:
    """The conversations in one database. `now` is naive UTC and always passed in."""

    def __init__(self, database: Database):
        self._database = database

    def begin(self, municipality: str, channel: str, now: datetime) -> Conversation:
        """A new conversation with an id of 144 random bits."""
        made = Conversation(secrets.token_urlsafe(18), municipality, channel)
        self._database.execute(insert(conversations).values(**vars(made), begun=now, last=now))
        return made

    def find(self, identifier: str, since: datetime) -> Conversation:
        """The conversation, when it was in use after `since`.

        Raises:
            UnknownConversation: when there is none, or it is older.
        """
        query = select(conversations).where(conversations.c.id == identifier, conversations.c.last >= since)
        for row in self._database.fetch(query):
            return Conversation(row.id, row.municipality, row.channel)
        raise UnknownConversation

    def claim(self, identifier: str, client_id: str, now: datetime) -> Claim:
        """Ask to handle the message `client_id`; only one caller of all replicas may.

        Raises:
            UnknownConversation: when the conversation was deleted meanwhile.
        """
        while True:
            try:
                with self._database.begin() as connection:
                    return self._claim(connection, identifier, client_id, now)
            except IntegrityError:  # another replica claimed the same message or took the same number at this moment
                continue

    def answer(self, identifier: str, client_id: str, reply: dict[str, Any], now: datetime) -> bool:
        """Store the reply to a claimed message; False when the conversation was deleted meanwhile, and stays so."""
        where = (turns.c.conversation == identifier, turns.c.client_id == client_id)
        with self._database.begin() as connection:
            stored = connection.execute(update(turns).where(*where).values(reply=json.dumps(reply, ensure_ascii=False)))
            connection.execute(update(conversations).where(conversations.c.id == identifier).values(last=now))
            return stored.rowcount > 0

    def release(self, identifier: str, client_id: str) -> None:
        """Give a claim back that could not be answered, so that the next attempt handles it."""
        where = (turns.c.conversation == identifier, turns.c.client_id == client_id, turns.c.reply.is_(None))
        self._database.execute(delete(turns).where(*where))

    def forget_turns(self, identifier: str, but: str = "") -> None:
        """Delete the replies of a conversation that goes on (except to the message `but`)."""
        self._database.execute(delete(turns).where(turns.c.conversation == identifier, turns.c.client_id != but))

    def delete(self, identifier: str) -> bool:
        """Delete a conversation with all its replies; False when there was none."""
        with self._database.begin() as connection:
            connection.execute(delete(turns).where(turns.c.conversation == identifier))
            return connection.execute(delete(conversations).where(conversations.c.id == identifier)).rowcount > 0

    def older_than(self, before: datetime, limit: int = 500) -> list[str]:
        """Ids of conversations that were last used before a moment, the oldest first."""
        query = select(conversations.c.id).where(conversations.c.last < before).order_by(conversations.c.last).limit(limit)
        return [row.id for row in self._database.fetch(query)]

    def rate(self, identifier: str, turn: int, helpful: bool, reason: str, day: date) -> bool:
        """Keep what a citizen thinks of a reply, without any text; a second opinion replaces the first.

        Returns:
            False when the conversation has no answered turn of that number.
        """
        with self._database.begin() as connection:
            where = (turns.c.conversation == identifier, turns.c.turn == turn, turns.c.reply.is_not(None))
            row = connection.execute(select(turns).where(*where)).first()
            if row is None:
                return False
            key = row.feedback or secrets.token_hex(16)
            connection.execute(update(turns).where(*where).values(feedback=key))
            connection.execute(delete(feedback).where(feedback.c.id == key))
            about = _about(json.loads(row.reply))
            values = {"id": key, "day": day.isoformat(), "helpful": helpful, "reason": reason, **about}
            connection.execute(insert(feedback).values(**values))
        return True

    @staticmethod
    def _claim(connection: Connection, identifier: str, client_id: str, now: datetime) -> Claim:
        where = (turns.c.conversation == identifier, turns.c.client_id == client_id)
        known = connection.execute(select(turns).where(*where)).first()
        if known is not None and known.reply is not None:
            return Claim(known.turn, json.loads(known.reply), mine=False)
        if known is not None:
            stale = (*where, turns.c.reply.is_(None), turns.c.claimed < now - STALE)
            taken = connection.execute(update(turns).where(*stale).values(claimed=now)).rowcount > 0
            return Claim(known.turn, None, mine=taken)
        if connection.execute(select(conversations.c.id).where(conversations.c.id == identifier)).first() is None:
            raise UnknownConversation
        last = connection.execute(select(func.max(turns.c.turn)).where(turns.c.conversation == identifier)).scalar()
        turn = (last or 0) + 1
        connection.execute(insert(turns).values(conversation=identifier, client_id=client_id, turn=turn, claimed=now))
        return Claim(turn, None, mine=True)


def _about(reply: dict[str, Any]) -> dict[str, str]:
    """What a reply was about, in words of the vocabulary only."""
    custom = next((m["custom"] for m in reply.get("messages", []) if isinstance(m.get("custom"), dict)), {})
    municipality = (custom.get("municipality") or {}).get("id", "")
    return {"municipality": municipality, "facet": custom.get("facet") or "", "status": custom.get("status") or ""}
