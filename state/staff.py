"""Staff: local accounts with a password digest, and sessions that can be ended from the server."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, DateTime, String, Table, delete, insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.expression import Delete, Update

from state.database import Database, metadata
from state.errors import StateError

accounts = Table(
    "staff_account",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("role", String(20), nullable=False),
    Column("password", String(200), nullable=False),
    Column("made", DateTime, nullable=False),
)
sessions = Table(
    "staff_session",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("name", String(200), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("provider", String(40), nullable=False),
    Column("until", DateTime, nullable=False, index=True),
)


class AccountExists(StateError):
    """There is an account of that name already."""


class UnknownAccount(StateError):
    """There is no account of that name."""


@dataclass(frozen=True)
class Account:
    """A local account; `password` is an argon2 digest."""

    name: str
    role: str
    password: str


@dataclass(frozen=True)
class Session:
    """Somebody who has logged in, by a local account or another provider."""

    name: str
    role: str
    provider: str


class Accounts:
    """Local accounts. A change ends the sessions of the account at once. Names are compared in small letters."""

    def __init__(self, database: Database):
        self._database = database

    def add(self, account: Account, now: datetime) -> None:
        """Raises AccountExists."""
        try:
            self._database.execute(insert(accounts).values(**{**vars(account), "name": account.name.lower()}, made=now))
        except IntegrityError as error:
            raise AccountExists(account.name) from error

    def remove(self, name: str) -> None:
        """Raises UnknownAccount."""
        self._alter(delete(accounts), name)

    def change(self, name: str, **values: str) -> None:
        """Another `password` digest or `role`.

        Raises:
            UnknownAccount
        """
        self._alter(update(accounts).values(**values), name)

    def find(self, name: str) -> Account | None:
        found = self._database.fetch(select(accounts).where(accounts.c.name == name.lower()))
        return next(map(_account, found), None)

    def all(self) -> list[Account]:
        """Every account by name."""
        return [_account(row) for row in self._database.fetch(select(accounts).order_by(accounts.c.name))]

    def exist(self) -> bool:
        """Whether there is any."""
        return bool(self._database.fetch(select(accounts.c.name).limit(1)))

    def _alter(self, statement: Delete | Update, name: str) -> None:
        with self._database.begin() as connection:
            if not connection.execute(statement.where(accounts.c.name == name.lower())).rowcount:
                raise UnknownAccount(name)
            connection.execute(delete(sessions).where(sessions.c.name == name.lower(), sessions.c.provider == "local"))


class Sessions:
    """Sessions by a random token, of which only the digest is stored."""

    def __init__(self, database: Database):
        self._database = database

    def open(self, session: Session, now: datetime, until: datetime) -> str:
        """The token of a new session; those that have ended are deleted by the way."""
        token = secrets.token_urlsafe(32)
        with self._database.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.until < now))
            connection.execute(insert(sessions).values(digest=_digest(token), **vars(session), until=until))
        return token

    def find(self, token: str, now: datetime) -> Session | None:
        query = select(sessions).where(sessions.c.digest == _digest(token), sessions.c.until >= now)
        return next((Session(row.name, row.role, row.provider) for row in self._database.fetch(query)), None)

    def close(self, token: str) -> None:
        self._database.execute(delete(sessions).where(sessions.c.digest == _digest(token)))


def _account(row: Row) -> Account:
    return Account(row.name, row.role, row.password)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
