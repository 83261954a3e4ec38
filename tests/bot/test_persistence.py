"""Conversations are one small row each, turns of one conversation are taken in order, and what is forgotten is gone."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rasa.core.lock_store import RedisLockStore
from sqlalchemy import event, select, text

from bot.persistence.conversations import MemoryConversations, SqlConversations, memories
from bot.persistence.locks import InOrderLocks, MachineLocks, RedisLocks
from bot.runtime import ROOT, Bot
from state.database import Database
from state.errors import ConversationBusy, StateUnavailable
from tests.engines import Postgres, Redis, demand, free_port
from tests.helpers import Reply

COST = "hvad koster støtte i Gentofte?"


class Clock:
    """A clock that tests set."""

    def __init__(self, now: float = 1_800_000_000.0):
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    demand("postgres", "initdb")
    with Postgres() as running:
        yield running


@pytest.fixture(scope="module")
def redis_server() -> Iterator[Redis]:
    demand("redis-server")
    with Redis() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Both databases that are supported; PostgreSQL where it is installed."""
    if request.param == "sqlite":
        made = Database(f"sqlite:///{tmp_path / 'state' / 'c.db'}")
    else:
        made = Database(request.getfixturevalue("postgres").url)
        with made.begin() as connection:
            connection.execute(memories.delete())
    yield made
    made.close()


@pytest.fixture()
def kept(bot: Bot, database: Database, clock: Clock) -> Bot:
    """A bot on the database; the model of the shared bot is used again."""
    return bot.on(SqlConversations(database, clock))


@pytest.fixture()
def clock() -> Clock:
    return Clock()


def rows(database: Database) -> list:
    with database.begin() as connection:
        return list(connection.execute(select(memories)))


def test_conversation_outlives_the_process(bot: Bot, kept: Bot, database: Database, clock: Clock) -> None:
    kept.handle_now(COST, "anna")
    again = bot.on(SqlConversations(Database(database.url), clock))
    assert Reply(again.handle_now("og hvem kan få den?", "anna")).municipality == "gentofte"
    again.conversations.close()


def test_hundred_turns_are_one_row_no_larger_than_after_two(kept: Bot, database: Database) -> None:
    sizes = []
    for n in range(100):
        kept.handle_now((COST, "og hvem kan få den?")[n % 2], "anna")
        sizes.append(len(rows(database)[0].state))
    assert len(rows(database)) == 1 and rows(database)[0].turns == 100
    assert max(sizes[50:]) <= max(sizes[:4]) + 50


def test_turn_is_one_read_and_one_commit(kept: Bot, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.handle_now(COST, "anna")
    transactions = []
    read, begin, at_once = database.read, database.begin, database._impatient.begin
    monkeypatch.setattr(database, "read", lambda: transactions.append("read") or read())
    monkeypatch.setattr(database, "begin", lambda: transactions.append("write") or begin())
    if database.embedded:
        monkeypatch.setattr(database._impatient, "begin", lambda: transactions.append("write") or at_once())
    kept.handle_now("og hvem kan få den?", "anna")
    assert transactions == ["read", "write"]


def test_small_talk_does_not_wash_the_memory_away(kept: Bot) -> None:
    kept.handle_now(COST, "anna")
    for _ in range(6):
        kept.handle_now("hej", "anna")
    assert Reply(kept.handle_now("hvad koster det?", "anna")).municipality == "gentofte"


def test_message_sent_again_is_answered_from_store_and_not_handled_twice(kept: Bot, database: Database) -> None:
    async def talk() -> list:
        first = await kept.turn(COST, "anna", client_id="one")
        second = await kept.turn(COST, "anna", client_id="one")
        third = await kept.turn("hvem kan få den?", "anna", client_id="two")
        return [first, second, third]

    first, second, third = asyncio.run(talk())
    assert second.messages == first.messages and (second.turn, second.repeated) == (1, True)
    assert (third.turn, third.repeated) == (2, False) and rows(database)[0].turns == 2


def test_same_message_sent_twice_at_once_is_handled_once(kept: Bot, database: Database) -> None:
    async def both() -> list:
        return await asyncio.gather(*(kept.turn(COST, "anna", client_id="one") for _ in range(4)))

    replies = asyncio.run(both())
    assert sorted(reply.repeated for reply in replies) == [False, True, True, True]
    assert rows(database)[0].turns == 1


def test_messages_at_once_are_taken_in_the_order_they_came(kept: Bot) -> None:
    async def storm() -> list[int]:
        replies = await asyncio.gather(*(kept.turn("hej", "anna", client_id=str(n)) for n in range(10)))
        return [reply.turn for reply in replies]

    assert asyncio.run(storm()) == list(range(1, 11))


def test_turn_stored_by_another_replica_in_between_is_not_overwritten(kept: Bot, database: Database) -> None:
    async def race() -> None:
        await kept.turn(COST, "anna")
        late = await kept.conversations.get_or_create_tracker("anna")
        await kept.turn("hvem kan få den?", "anna")
        with pytest.raises(ConversationBusy):
            await kept.conversations.save(late)

    asyncio.run(race())
    assert rows(database)[0].turns == 2


def test_first_turn_of_two_replicas_at_once_is_kept_once(kept: Bot) -> None:
    async def race() -> None:
        one, two = [await kept.conversations.get_or_create_tracker("anna") for _ in range(2)]
        await kept.conversations.save(one)
        with pytest.raises(ConversationBusy):
            await kept.conversations.save(two)

    asyncio.run(race())


def test_forgotten_conversation_is_gone_and_starts_anew(kept: Bot, database: Database) -> None:
    kept.handle_now(COST, "anna")
    kept.handle_now(COST, "bent")
    assert asyncio.run(kept.forget("anna")) and not asyncio.run(kept.forget("anna"))
    assert [row.id for row in rows(database)] == ["bent"]
    assert Reply(kept.handle_now("hvad koster støtten?", "anna")).status == "ask_back"


def test_purge_deletes_the_silent_and_no_others(kept: Bot, database: Database, clock: Clock) -> None:
    kept.handle_now(COST, "old")
    clock.now += 100
    kept.handle_now(COST, "new")
    assert asyncio.run(kept.conversations.purge(clock.now - 50)) == 1
    assert asyncio.run(kept.conversations.purge(clock.now - 50)) == 0
    assert [row.id for row in rows(database)] == ["new"]


@pytest.mark.parametrize("jump", [-400 * 86_400, 400 * 86_400], ids=["back", "forward"])
def test_changed_clock_loses_nothing(kept: Bot, database: Database, clock: Clock, jump: int) -> None:
    kept.handle_now(COST, "anna")
    clock.now += jump
    assert Reply(kept.handle_now("hvem kan få den?", "anna")).municipality == "gentofte"
    assert (rows(database)[0].turns, rows(database)[0].last_active) == (2, int(clock.now))


def test_database_that_only_reads_is_told_and_nothing_is_lost(bot: Bot, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'c.db'}")
    talker = bot.on(SqlConversations(database))
    talker.handle_now(COST, "anna")
    database.close()
    for engine in (database._engine, database._impatient):
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only=ON"))
    with pytest.raises(StateUnavailable, match="readonly"):
        talker.handle_now("hvem kan få den?", "anna")
    again = bot.on(SqlConversations(Database(database.url)))
    assert Reply(again.handle_now("hvem kan få den?", "anna")).municipality == "gentofte"


def test_file_that_is_no_database_any_more_is_told(bot: Bot, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'c.db'}")
    talker = bot.on(SqlConversations(database))
    talker.handle_now(COST, "anna")
    database.close()
    for file in tmp_path.iterdir():
        file.write_bytes(b"no database" * 1000)
    with pytest.raises(StateUnavailable):
        asyncio.run(database.write(lambda connection: connection.execute(text("SELECT 1"))))


def test_turn_waits_while_another_process_writes_and_the_others_are_answered_meanwhile(bot: Bot, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'c.db'}")
    talker = bot.on(SqlConversations(database))
    talker.handle_now(COST, "anna")
    other = sqlite3.connect(tmp_path / "c.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")

    async def talk() -> tuple[bool, list]:
        turn = asyncio.create_task(talker.turn("hvem kan få den?", "anna"))
        await asyncio.sleep(0.3)  # the loop goes on, so whoever only asks is served
        waited = not turn.done()
        other.execute("COMMIT")
        return waited, (await turn).messages

    waited, messages = asyncio.run(talk())
    other.close()
    assert waited and Reply(messages).municipality == "gentofte"


def written(folder: Path) -> bool:
    """Whether the strange word of the test is anywhere in the files of the database."""
    return any(b"kvartsfnuller" in file.read_bytes() for file in folder.iterdir())


def test_deleted_text_is_not_left_in_the_database_file(bot: Bot, tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    store = SqlConversations(Database(f"sqlite:///{path}"))
    talker = bot.on(store)
    talker.handle_now("hvad koster kvartsfnuller i Gentofte?", "anna")
    assert written(tmp_path)
    asyncio.run(talker.forget("anna"))
    asyncio.run(store.tidy())
    store.close()
    assert not written(tmp_path)


def test_row_holds_no_classifier_output_and_no_bot_text(kept: Bot, database: Database) -> None:
    kept.handle_now(COST, "anna")
    state = json.loads(rows(database)[0].state)
    assert set(state) == {"slots", "events"} and set(state["slots"]) == {"memory"}
    assert "intent_ranking" not in rows(database)[0].state and "bot" not in {event["event"] for event in state["events"]}


def test_slot_that_the_domain_no_longer_has_is_dropped(kept: Bot, database: Database) -> None:
    kept.handle_now(COST, "anna")
    state = json.loads(rows(database)[0].state)
    state["slots"]["abolished"] = 1
    with database.begin() as connection:
        connection.execute(memories.update().values(state=json.dumps(state)))
    assert Reply(kept.handle_now("hvem kan få den?", "anna")).municipality == "gentofte"


def test_memory_drops_the_conversations_silent_longest(bot: Bot) -> None:
    talker = bot.on(MemoryConversations(limit=2))
    for sender in ("first", "second", "first", "third"):
        talker.handle_now("hej", sender)
    assert set(asyncio.run(talker.conversations.keys())) == {"first", "third"}


def test_memory_forgets_and_purges(bot: Bot, clock: Clock) -> None:
    store = MemoryConversations(clock)
    talker = bot.on(store)
    talker.handle_now("hej", "old")
    clock.now += 100
    for sender in ("new", "left"):
        talker.handle_now("hej", sender)
    assert asyncio.run(talker.forget("left")) and asyncio.run(store.purge(clock.now - 50)) == 1
    assert asyncio.run(store.keys()) == ["new"]


def test_database_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for url in (f"sqlite:///{tmp_path / 'file' / 'c.db'}", f"postgresql://nobody@127.0.0.1:{free_port()}/none"):
        with pytest.raises(StateUnavailable, match="the database"):
            asyncio.run(Database(url).ping())


def test_failed_turn_leaves_the_conversation_as_it_was(kept: Bot, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.handle_now(COST, "anna")
    before = rows(database)

    async def refuse(*_: object) -> None:
        raise StateUnavailable("on purpose")

    with monkeypatch.context() as patch, pytest.raises(StateUnavailable):
        patch.setattr(kept.conversations, "_write", refuse)
        kept.handle_now("hvem kan få den?", "anna")
    assert rows(database) == before
    assert Reply(kept.handle_now("hvem kan få den?", "anna")).municipality == "gentofte"


def test_sqlite_lets_readers_in_while_it_writes(tmp_path: Path) -> None:
    asyncio.run(Database(f"sqlite:///{tmp_path / 'c.db'}").ping())
    assert sqlite3.connect(tmp_path / "c.db").execute("PRAGMA journal_mode").fetchone() == ("wal",)


async def hold(locks, sender: str, order: list[int], number: int) -> None:
    async with locks.lock(sender):
        order.append(number)
        await asyncio.sleep(0)
        order.append(number)


def in_pairs(order: list[int]) -> bool:
    """Whether nobody came in between another's coming and going."""
    return order[::2] == order[1::2]


def test_locks_of_this_process_are_fair_and_leave_nothing() -> None:
    locks, order = InOrderLocks(), []

    async def storm() -> None:
        await asyncio.gather(*(hold(locks, "anna", order, n) for n in range(20)))

    asyncio.run(storm())
    assert order == [n for n in range(20) for _ in range(2)] and not locks._waiting


def test_locks_of_this_machine_keep_the_order_within_a_process(tmp_path: Path) -> None:
    locks, order = MachineLocks(tmp_path / "folder" / "lock"), []

    async def storm() -> None:
        await asyncio.gather(*(hold(locks, "anna", order, n) for n in range(20)))

    asyncio.run(storm())
    assert order == [n for n in range(20) for _ in range(2)] and not locks._waiting


def test_locks_of_this_machine_exclude_other_processes_and_end_with_them(tmp_path: Path) -> None:
    file, order = tmp_path / "lock", []
    code = f"""
import asyncio, pathlib, time
from bot.persistence.locks import MachineLocks

async def keep():
    async with MachineLocks(pathlib.Path({str(file)!r})).lock("bent"):
        print("held", flush=True)
        time.sleep(60)

asyncio.run(keep())
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT) as other:
        try:
            assert other.stdout is not None and other.stdout.readline() == "held\n"
            with pytest.raises(ConversationBusy):
                asyncio.run(hold(MachineLocks(file, patience=0.0), "bent", order, 1))
            asyncio.run(hold(MachineLocks(file, patience=0.0), "anna", order, 2))
        finally:
            other.kill()
    asyncio.run(hold(MachineLocks(file), "bent", order, 3))
    assert order == [2, 2, 3, 3]


def test_locks_of_two_replicas_exclude_one_another(redis_server: Redis) -> None:
    replicas, order = [RedisLocks(redis_server.url) for _ in range(2)], []

    async def storm() -> None:
        await asyncio.gather(*(hold(replicas[n % 2], "bent", order, n) for n in range(40)))

    asyncio.run(storm())
    assert in_pairs(order) and sorted(order[::2]) == list(range(40))
    assert not replicas[0].red.exists("vejviser:lock:bent")


def test_tickets_are_unique_when_many_ask_at_once(redis_server: Redis) -> None:
    """What Rasa's own store does not hold: it reads, changes and writes the tickets in separate steps."""
    replicas = [RedisLocks(redis_server.url) for _ in range(4)]

    async def ask() -> list[list]:
        calls = (asyncio.to_thread(replicas[n % 4]._issue, keys=["k", "k:next"], args=[60_000]) for n in range(200))
        return await asyncio.gather(*calls)

    tickets, before = zip(*asyncio.run(ask()))
    assert isinstance(replicas[0], RedisLockStore) and len(set(tickets)) == len(tickets)
    assert [place for _, place in sorted(zip(tickets, before))] == list(range(200))


def test_ticket_of_a_dead_replica_becomes_void(redis_server: Redis) -> None:
    dead, alive = (RedisLocks(redis_server.url, lifetime=0.3) for _ in range(2))
    dead._issue(keys=["vejviser:lock:carl", "vejviser:lock:carl:next"], args=[300])
    order: list[int] = []
    with pytest.raises(ConversationBusy):
        asyncio.run(hold(RedisLocks(redis_server.url, patience=0.0), "carl", order, 1))
    asyncio.run(hold(RedisLocks(redis_server.url, lifetime=30), "carl", order, 2))
    assert order == [2, 2] and alive.red.ping()


def test_absent_lock_store_is_told_and_the_turn_not_taken(bot: Bot) -> None:
    talker = bot.on(MemoryConversations(), RedisLocks(f"redis://127.0.0.1:{free_port()}/0"))
    with pytest.raises(StateUnavailable, match="lock store"):
        talker.handle_now(COST, "anna")
    assert asyncio.run(talker.conversations.keys()) == []


@pytest.mark.parametrize("messages", [10])
def test_bot_on_two_replicas_takes_turns_in_order(
    bot: Bot, database: Database, redis_server: Redis, sender: Callable[[], str], messages: int
) -> None:
    replicas = [bot.on(SqlConversations(database), RedisLocks(redis_server.url)) for _ in range(2)]
    name = sender()

    async def storm() -> list[int]:
        turns = (replicas[n % 2].turn("hej", name, client_id=str(n)) for n in range(messages))
        return [reply.turn for reply in await asyncio.gather(*turns)]

    assert sorted(asyncio.run(storm())) == list(range(1, messages + 1))
