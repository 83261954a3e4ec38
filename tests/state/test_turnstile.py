"""Writers of one process take turns in the order in which they came."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from state.database import Database
from state.errors import StateUnavailable
from state.leases import leases
from state.turnstile import Turnstile
from tests.engines import until


def queue(turnstile: Turnstile, names: list[str], seen: list[str]) -> list[threading.Thread]:
    """Threads that wait for the turnstile, in this order."""

    def pass_through(name: str) -> None:
        with turnstile.place():
            seen.append(name)

    threads = [threading.Thread(target=pass_through, args=(name,)) for name in names]
    for number, thread in enumerate(threads, start=1):
        thread.start()
        until(lambda number=number: len(turnstile._waiting) == number, "it waits")
    return threads


def test_those_who_wait_are_let_in_in_order_and_before_a_newcomer() -> None:
    turnstile, seen = Turnstile(60), []
    names = [f"waiting {number}" for number in range(12)]
    with turnstile.place():
        threads = queue(turnstile, names, seen)
    with turnstile.place():  # a plain lock would be free for a moment, and the one who just left is the quickest to take it
        seen.append("newcomer")
    for thread in threads:
        thread.join(60)
    assert seen == [*names, "newcomer"]


def test_one_at_a_time() -> None:
    turnstile, inside, most = Turnstile(60), [0], [0]

    def pass_through(_: int) -> None:
        with turnstile.place():
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            inside[0] -= 1

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(pass_through, range(2000)))
    assert most == [1] and inside == [0]


def test_waiting_in_vain_is_told_and_takes_no_place() -> None:
    turnstile = Turnstile(0.01)
    with turnstile.place(), pytest.raises(StateUnavailable):
        turnstile._enter()
    with turnstile.place():
        assert not turnstile._waiting


def test_place_is_free_again_after_a_fault() -> None:
    turnstile = Turnstile(0.01)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), turnstile.place():
            _ = 1 / 0


def test_two_processes_on_one_file_share_it(tmp_path: Path) -> None:
    """Two `Database` objects know as little of each other as two processes: between them SQLite's own lock decides."""
    both = [Database(f"sqlite:///{tmp_path / 'state.db'}") for _ in range(2)]

    def write(number: int) -> None:
        with both[number % 2].begin() as connection:
            count = connection.execute(select(func.count()).select_from(leases)).scalar()
            connection.execute(insert(leases).values(job=f"{count}", until=datetime(2026, 11, 26)))

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(write, range(120)))
    with both[0].read() as connection:
        assert {row.job for row in connection.execute(select(leases))} == {str(number) for number in range(120)}
