"""The process killed, ended, without room and with a locked database: nothing acknowledged is lost, every fault is clear."""

from __future__ import annotations

import resource
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.api.problem import assert_problem
from tests.engines import WAIT, until
from tests.reliability.service import ENDED, Crowd, Service, Talker, municipality_of

QUESTIONS = ("hvad koster det?", "hvem kan få det?", "hej", "hvordan klager jeg?")
PLACES = ("gladsaxe", "gentofte", "glostrup", "broenderslev")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with Service(tmp_path_factory.mktemp("process")) as running:
        yield running


def ask_on(talker: Talker, crowd: list[Crowd]) -> None:
    talker.say(QUESTIONS[len(talker.turns) % len(QUESTIONS)], give_up=crowd[0].stopping if crowd else lambda: False)


def test_killed_under_load_no_acknowledged_turn_is_lost(service: Service) -> None:
    talkers = [Talker(service.url).begin(PLACES[n % len(PLACES)]) for n in range(8)]
    crowd: list[Crowd] = []
    crowd.append(Crowd([lambda talker=talker: ask_on(talker, crowd) for talker in talkers]))
    with crowd[0]:
        until(lambda: all(len(talker.turns) >= 3 for talker in talkers), "every conversation is under way")
        service.stop(signal.SIGKILL)
        service.start()
        before = [len(talker.turns) for talker in talkers]
        until(lambda: all(len(t.turns) > n + 2 for t, n in zip(talkers, before)), "every conversation goes on")
    assert any(0 in talker.faults for talker in talkers)
    for n, talker in enumerate(talkers):
        assert talker.turns == list(range(1, len(talker.turns) + 1))
        assert municipality_of(talker.say("hvad koster støtten?")) == PLACES[n % len(PLACES)]
    stored = sqlite3.connect(service.home / "state.db")
    assert stored.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_told_again_after_the_kill_is_what_was_told_before(service: Service) -> None:
    talker = Talker(service.url).begin("gladsaxe")
    first = talker.say("hvad koster tøjvask?")
    service.stop(signal.SIGKILL)
    service.start()
    assert talker.attempt("hvad koster tøjvask?", "message-1").json() == first
    assert talker.say("hvem kan få det?")["turn"] == 2


def test_no_room_is_a_clear_fault_and_mended_without_a_restart(service: Service) -> None:
    talker = Talker(service.url).begin("gladsaxe")
    talker.say("hvad koster tøjvask?")
    soft, hard = resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, (4096, hard))  # no file may grow beyond it
    try:
        refused = talker.attempt("hvem kan få det?")
        assert_problem(refused, 503)
        assert refused.headers["retry-after"]
        assert talker.client.get(f"{service.url}/v1/municipalities").status_code == 200
    finally:
        resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, (soft, hard))
    reply = talker.say("hvem kan få det?")
    assert (reply["turn"], municipality_of(reply)) == (2, "gladsaxe")


def locked(home: Path) -> sqlite3.Connection:
    """The database with its lock for writing held, as by another process that hangs."""
    connection = sqlite3.connect(home / "state.db", isolation_level=None, timeout=30, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    return connection


def test_locked_for_long_every_message_is_refused_in_time_and_taken_later(service: Service) -> None:
    talkers = [Talker(service.url).begin("gladsaxe") for _ in range(6)]
    with closing(locked(service.home)), ThreadPoolExecutor(6) as pool:
        refused = list(pool.map(lambda talker: talker.attempt("hvad koster tøjvask?"), talkers))
    for response in refused:
        assert_problem(response, 503)
        assert response.headers["retry-after"]
    assert [talker.say("hvad koster tøjvask?")["turn"] for talker in talkers] == [1] * 6


def test_ended_gracefully_the_turn_under_way_is_answered(service: Service) -> None:
    talker, replies = Talker(service.url).begin("gladsaxe"), []
    lock = locked(service.home)
    turn = threading.Thread(target=lambda: replies.append(talker.attempt("hvad koster tøjvask?")))
    turn.start()
    under_way = Talker(service.url).client
    until(lambda: "vejviser_requests_under_way 2.0" in under_way.get(f"{service.url}/metrics").text, "the turn is under way")
    process = service.process
    process.send_signal(signal.SIGTERM)
    time.sleep(0.5)  # not awaited: the process only has to have the signal before the lock goes
    assert process.poll() is None
    lock.rollback()
    lock.close()
    turn.join(WAIT)
    assert process.wait(WAIT) in ENDED
    assert replies[0].status_code == 200 and municipality_of(replies[0].json()) == "gladsaxe"
    service.start()
    assert talker.attempt("hvad koster tøjvask?", "message-1").json() == replies[0].json()


def test_nothing_unexpected_was_logged(service: Service) -> None:
    """Last of this module: no fault but the ones made on purpose, no words of a message, no address of a caller."""
    text = service.output.read_text(encoding="utf-8")
    assert "Traceback" not in text and "tøjvask" not in text and '"127.0.0.1"' not in text
    assert {entry["event"] for entry in service.log() if entry["level"] == "error"} <= {
        "state.unavailable",
        "housekeeping.failed",
    }
