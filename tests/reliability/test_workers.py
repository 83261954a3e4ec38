"""Workers forked from one process: they share the load, keep a conversation in order, and one that dies is replaced."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.application import open_locks
from api.checks import demand_safe
from api.settings import Settings
from bot.persistence.locks import MachineLocks, RedisLocks
from tests.engines import Redis, children, demand, runs, until
from tests.reliability.service import Service, Talker, send_at_once, talking

QUESTIONS = ("hvad koster det?", "hvem kan få det?", "hej", "hvordan klager jeg?")


def workers_of(service: Service) -> set[int]:
    return set(children(service.process.pid))


def seconds_of(worker: int) -> int:
    """Processor time of a worker until now, in ticks."""
    fields = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with Service(tmp_path_factory.mktemp("workers"), workers=2) as running:
        yield running
        orphans = workers_of(running)
        running.stop(signal.SIGKILL)
        until(lambda: not any(map(runs, orphans)), "orphaned workers end by themselves")


def test_workers_need_no_redis_and_use_it_where_it_is_set(tmp_path: Path) -> None:
    workers = Settings(workers=2, home=tmp_path)
    demand_safe(workers)
    assert isinstance(open_locks(workers), MachineLocks)
    assert isinstance(open_locks(workers.copy(update={"redis_url": "redis://127.0.0.1:1"})), RedisLocks)


def test_both_workers_answer_and_their_turns_are_counted_together(service: Service) -> None:
    workers, before = workers_of(service), service.turns()
    assert len(workers) == 2
    worked = {worker: seconds_of(worker) for worker in workers}
    talkers = [Talker(service.url).begin("gladsaxe") for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda talker: [talker.say(question) for question in QUESTIONS * 3], talkers))
    assert service.turns() == before + sum(map(len, said))
    assert all(seconds_of(worker) > worked[worker] for worker in workers)


def test_messages_of_one_conversation_are_taken_in_turn(service: Service) -> None:
    talker = Talker(service.url).begin("gentofte")
    send_at_once(talker, service.url)  # either worker may get each


def test_killed_worker_is_replaced_and_every_conversation_goes_on(service: Service) -> None:
    talkers = [Talker(service.url).begin("glostrup") for _ in range(6)]
    with talking(talkers, QUESTIONS):
        until(lambda: all(len(talker.turns) >= 3 for talker in talkers), "every conversation is under way")
        killed = min(workers_of(service))
        os.kill(killed, signal.SIGKILL)
        before = [len(talker.turns) for talker in talkers]
        until(lambda: all(len(t.turns) > n + 3 for t, n in zip(talkers, before)), "every conversation goes on")
        until(lambda: len(workers_of(service) - {killed}) == 2, "the killed worker is replaced")
    for talker in talkers:
        assert talker.turns == list(range(1, len(talker.turns) + 1))
        assert set(talker.faults) <= {0}  # the connections to the killed worker are lost, and nothing else


def test_end_is_quiet_and_leaves_nothing_behind(tmp_path: Path) -> None:
    demand("redis-server")
    with Redis() as redis:
        own = tmp_path / "scratch"
        own.mkdir()
        service = Service(tmp_path / "home", redis_url=redis.url, workers=2, shutdown_seconds=5)
        service.environment["TMPDIR"] = str(own)
        with service:
            assert list(own.glob("vejviser-metrics-*"))
            assert service.stop(signal.SIGTERM) == 0
    assert not list(own.glob("vejviser-metrics-*"))
    assert [line for line in service.log() if line["level"] in ("warning", "error", "critical")] == []
