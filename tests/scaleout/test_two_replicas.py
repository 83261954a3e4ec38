"""PostgreSQL, Redis, nginx and two replicas on one machine: one is killed in the middle, and every conversation goes on."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from tests.api.problem import assert_problem
from tests.engines import Nginx, Postgres, Redis, demand, until
from tests.reliability.service import Service, Talker, municipality_of, send, send_at_once, talking

pytestmark = pytest.mark.scaleout

QUESTIONS = ("hvad koster det?", "hvem kan få det?", "hej", "hvordan klager jeg?")
PLACES = ("gladsaxe", "gentofte", "glostrup", "broenderslev")
TOKEN = "metrics-token-of-the-tests-only"


@dataclass
class Site:
    """Everything that runs."""

    url: str
    replicas: list[Service]

    def turns_of(self, replica: Service) -> float:
        """How many turns a replica has taken since its start."""
        return replica.turns(TOKEN)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    demand("postgres", "initdb", "redis-server", "nginx")
    with Postgres() as postgres, Redis() as redis:
        settings = {"database_url": postgres.url, "redis_url": redis.url, "secret": "0123456789abcdef" * 4}
        settings |= {"metrics_token": TOKEN, "trusted_proxies": "127.0.0.1"}
        replicas = [Service(tmp_path_factory.mktemp(f"replica{n}"), **settings).launch() for n in range(2)]
        try:
            for replica in replicas:
                replica.wait_until_ready()
            with Nginx([replica.port for replica in replicas]) as nginx:
                yield Site(nginx.url, replicas)
        finally:
            for replica in replicas:
                replica.stop(signal.SIGKILL)


def test_one_replica_killed_every_conversation_goes_on(site: Site) -> None:
    talkers = [Talker(site.url).begin(PLACES[n % len(PLACES)]) for n in range(10)]
    with talking(talkers, QUESTIONS):
        until(lambda: all(len(talker.turns) >= 4 for talker in talkers), "every conversation is under way")
        assert all(site.turns_of(replica) > 0 for replica in site.replicas)
        site.replicas[0].stop(signal.SIGKILL)
        before = [len(talker.turns) for talker in talkers]
        until(lambda: all(len(t.turns) > n + 3 for t, n in zip(talkers, before)), "every conversation goes on with one")
        site.replicas[0].start()
        until(lambda: site.turns_of(site.replicas[0]) > 0, "the restarted replica takes turns again")
    for n, talker in enumerate(talkers):
        assert talker.turns == list(range(1, len(talker.turns) + 1))
        assert municipality_of(talker.say("hvad koster støtten?")) == PLACES[n % len(PLACES)]
        assert 0 not in talker.faults  # nginx hands a message to the other replica; the client's connection holds


def test_messages_of_one_conversation_over_both_replicas_are_taken_in_turn(site: Site) -> None:
    talker = Talker(site.url).begin("gentofte")
    one, two = (replica.url for replica in site.replicas)
    replies = send_at_once(talker, one, two)
    again = send(talker, two, 3)
    assert again.json() == replies[3].json()


def test_conversation_deleted_over_one_replica_is_gone_on_the_other(site: Site) -> None:
    talker = Talker(site.url).begin("gentofte")
    talker.say("hvad koster støtten?")
    one, two = (f"{replica.url}/v1/conversations/{talker.identifier}" for replica in site.replicas)
    assert httpx.delete(one, timeout=60).status_code == 204
    body = {"text": "hvem kan få den?", "client_id": "next"}
    assert_problem(httpx.post(f"{two}/messages", json=body, timeout=60), 404)


def test_figures_and_readiness_are_not_told_to_the_outside(site: Site) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    outside = httpx.Client(base_url=site.url, timeout=60)
    assert {outside.get(path, headers=headers).status_code for path in ("/metrics", "/health/ready")} == {404}
    assert outside.get("/health/live").status_code == 200
    assert outside.get("/drift", follow_redirects=False).status_code in (302, 303, 401)
