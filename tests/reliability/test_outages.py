"""PostgreSQL and Redis gone and back: a clear 503 meanwhile, recovery without a restart, nothing lost."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import httpx
import psycopg2
import pytest

from tests.api.problem import assert_problem
from tests.engines import Postgres, Redis, demand, until
from tests.reliability.service import Service, Talker, municipality_of

COST, WHO = "hvad koster støtten?", "hvem kan få den?"


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    demand("postgres", "initdb", "redis-server")
    with Postgres() as running:
        yield running


@pytest.fixture(scope="module")
def locks(postgres: Postgres) -> Iterator[Redis]:
    with Redis() as running:
        yield running


@pytest.fixture(scope="module")
def service(postgres: Postgres, locks: Redis, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with Service(tmp_path_factory.mktemp("home"), database_url=postgres.url, redis_url=locks.url) as running:
        yield running


@pytest.fixture()
def talker(service: Service) -> Talker:
    talker = Talker(service.url).begin("gentofte")
    talker.say(COST)
    return talker


def assert_goes_on(talker: Talker) -> None:
    """The refused message is taken now, as the next turn, with everything remembered."""
    reply = talker.say(WHO)
    assert (reply["turn"], municipality_of(reply)) == (2, "gentofte")


def assert_refused(service: Service, talker: Talker) -> None:
    response = talker.attempt(WHO)
    assert_problem(response, 503)
    assert response.headers["retry-after"] and "127.0.0.1" not in response.text


def checks(service: Service) -> dict[str, str]:
    return httpx.get(f"{service.url}/health/ready", timeout=60).json()["checks"]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["ended", "killed"])
def test_database_gone_and_back(service: Service, postgres: Postgres, talker: Talker, how: int) -> None:
    postgres.stop(how)
    try:
        assert_refused(service, talker)
        assert checks(service)["database"] == "unavailable" and checks(service)["lock_store"] == "ok"
        assert httpx.get(f"{service.url}/health/live", timeout=60).status_code == 200
        assert httpx.get(f"{service.url}/v1/municipalities", timeout=60).status_code == 200  # read from the snapshot
    finally:
        postgres.start()
    until(lambda: service.ready() == 200, "ready again")
    assert_goes_on(talker)


def test_lock_store_gone_and_back(service: Service, locks: Redis, talker: Talker) -> None:
    locks.stop()
    try:
        assert_refused(service, talker)
        assert checks(service)["lock_store"] == "unavailable" and checks(service)["database"] == "ok"
    finally:
        locks.start()
    until(lambda: service.ready() == 200, "ready again")
    assert_goes_on(talker)


def test_database_that_only_reads(service: Service, postgres: Postgres, talker: Talker) -> None:
    only_read(postgres, "on")
    try:
        assert_refused(service, talker)
    finally:
        only_read(postgres, "off")
    assert_goes_on(talker)


def only_read(postgres: Postgres, wanted: str) -> None:
    """Let the service's sessions only read, or write again, from now on."""
    connection = psycopg2.connect(postgres.url, options="-c default_transaction_read_only=off")
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute(f"ALTER DATABASE postgres SET default_transaction_read_only = {wanted}")
    cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'vejviser'")
    connection.close()
