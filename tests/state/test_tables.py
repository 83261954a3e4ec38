"""The state tables on SQLite and on PostgreSQL alike, by several threads at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from state.audit import Audit
from state.conversations import STALE, Conversations
from state.database import Database, metadata
from state.errors import StateUnavailable, UnknownConversation
from state.staff import Account, AccountExists, Accounts, Session, Sessions, UnknownAccount
from state.switches import Switch, Switches
from tests.engines import Postgres, demand

NOW = datetime(2026, 11, 26, 12)
REPLY = {"messages": [{"text": "Hej"}, {"custom": {"facet": "cost", "status": "answered", "municipality": {"id": "gladsaxe"}}}]}


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    demand("postgres", "initdb")
    with Postgres() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        made = Database(f"sqlite:///{tmp_path / 'state.db'}")
    else:
        made = Database(request.getfixturevalue("postgres").url)
    yield made
    made.close()


def test_one_of_many_handles_a_message(database: Database) -> None:
    conversations = Conversations(database)
    begun = conversations.begin("gladsaxe", "widget", NOW)
    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda _: conversations.claim(begun.id, "same", NOW), range(16)))
    assert [claim.mine for claim in claims].count(True) == 1 and {claim.turn for claim in claims} == {1}
    assert conversations.answer(begun.id, "same", REPLY, NOW)
    again = conversations.claim(begun.id, "same", NOW)
    assert (again.mine, again.reply) == (False, REPLY)


def test_turns_are_numbered_without_gaps(database: Database) -> None:
    conversations = Conversations(database)
    begun = conversations.begin("", "page", NOW)
    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda n: conversations.claim(begun.id, f"m{n}", NOW), range(16)))
    assert sorted(claim.turn for claim in claims) == list(range(1, 17)) and all(claim.mine for claim in claims)


def test_claim_of_a_dead_process_is_taken_over_once(database: Database) -> None:
    conversations = Conversations(database)
    begun = conversations.begin("", "widget", NOW)
    assert conversations.claim(begun.id, "a", NOW).mine
    assert not conversations.claim(begun.id, "a", NOW + STALE / 2).mine
    later = NOW + STALE + timedelta(seconds=1)
    assert [conversations.claim(begun.id, "a", later).mine for _ in range(2)] == [True, False]
    conversations.release(begun.id, "a")
    assert conversations.claim(begun.id, "a", later).mine


def test_deleted_conversation_is_gone(database: Database) -> None:
    conversations = Conversations(database)
    begun = conversations.begin("", "widget", NOW)
    conversations.claim(begun.id, "a", NOW)
    conversations.answer(begun.id, "a", REPLY, NOW)
    assert conversations.rate(begun.id, 1, True, "", NOW.date()) and not conversations.rate(begun.id, 2, True, "", NOW.date())
    assert conversations.delete(begun.id) and not conversations.delete(begun.id)
    assert not conversations.answer(begun.id, "a", REPLY, NOW)
    for touch in (lambda: conversations.find(begun.id, NOW), lambda: conversations.claim(begun.id, "b", NOW)):
        with pytest.raises(UnknownConversation):
            touch()


def test_silent_conversations_are_found_oldest_first(database: Database) -> None:
    conversations = Conversations(database)
    old, older, new = (conversations.begin("", "widget", NOW - timedelta(days=days)).id for days in (40, 50, 1))
    over = [identifier for identifier in conversations.older_than(NOW - timedelta(days=30)) if identifier in (old, older, new)]
    assert over == [older, old]
    with pytest.raises(UnknownConversation):
        conversations.find(old, NOW - timedelta(days=30))


def test_accounts_and_sessions(database: Database) -> None:
    accounts, sessions = Accounts(database), Sessions(database)
    accounts.add(Account("Anna", "editor", "digest"), NOW)
    with pytest.raises(AccountExists):
        accounts.add(Account("anna", "admin", "digest"), NOW)
    assert accounts.find("ANNA").role == "editor" and accounts.exist()
    token = sessions.open(Session("anna", "editor", "local"), NOW, NOW + timedelta(hours=8))
    assert sessions.find(token, NOW).name == "anna"
    assert sessions.find(token, NOW + timedelta(hours=9)) is None and sessions.find("x", NOW) is None
    accounts.change("anna", role="admin")
    assert sessions.find(token, NOW) is None
    accounts.remove("anna")
    for change in (lambda: accounts.remove("anna"), lambda: accounts.change("anna", role="admin")):
        with pytest.raises(UnknownAccount):
            change()


def test_switch_and_its_entry_come_together(database: Database) -> None:
    switches, other = Switches(database), Switches(database)
    switches.set(Switch("page", True, "fejl", "anna"), NOW)
    assert other.is_off("page") and not other.is_off("widget")
    switches.set(Switch("page", False, "rettet", "bo"), NOW)
    assert [(e.who, e.what) for e in Audit(database).latest(2)] == [("bo", "channel.on"), ("anna", "channel.off")]
    with pytest.raises(ValueError, match="fax"):
        switches.set(Switch("fax", True, "x", "anna"), NOW)


def test_several_replicas_make_the_tables_at_once(database: Database) -> None:
    for _ in range(5):
        with database.begin() as connection:
            metadata.drop_all(connection)
        replicas = [Database(database.url) for _ in range(6)]
        with ThreadPoolExecutor(6) as pool:
            assert set(pool.map(lambda replica: Accounts(replica).exist(), replicas)) == {False}
        for replica in replicas:
            replica.close()


def test_database_that_is_away_is_told(tmp_path: Path) -> None:
    away = Database("postgresql://vejviser@127.0.0.1:9/none")
    with pytest.raises(StateUnavailable):
        Accounts(away).exist()
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(StateUnavailable):
        Accounts(Database(f"sqlite:///{blocked / 'state.db'}")).exist()


def test_sqlite_file_is_its_owners(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path / 'new' / 'state.db'}")
    with made.read() as connection:
        assert connection.execute(text("PRAGMA secure_delete")).scalar() == 1
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    assert (tmp_path / "new" / "state.db").stat().st_mode & 0o077 == 0
