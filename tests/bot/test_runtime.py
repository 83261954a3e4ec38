"""The bot in this process: plain text in, no silence when something fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.runtime import Bot, as_plain_text
from bot.seen import STAGES, Seen
from bot.training import current_model, data_digest
from tests.helpers import Conversation, Reply, phones

COMMANDS = ["/restart", "/session_start", "/back", "/cost", '/inform{"memory": {"age": 5}}', "//restart", " /restart"]


def tracker(bot: Bot, sender: str):
    return asyncio.run(bot._agent.tracker_store.retrieve(sender))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("/restart", "restart"),
        (" //hej ", "hej"),
        ("/", "?"),
        ("  ", "?"),
        ("hvad / hvem", "hvad / hvem"),
    ],
)
def test_slash_in_front_is_taken_away(written: str, read: str) -> None:
    assert as_plain_text(written) == read


@pytest.mark.parametrize("text", COMMANDS)
def test_slash_command_from_outside_is_no_command(talk: Conversation, bot: Bot, text: str) -> None:
    talk.say("hvad koster støtte i Gentofte?")
    assert talk.say(text).text
    found = tracker(bot, talk.sender)
    assert found.latest_message.text == as_plain_text(text)
    assert found.latest_message.intent.get("confidence", 1.0) < 1.0  # classified, not read as an intent


def test_slash_before_a_question_does_no_harm(talk: Conversation) -> None:
    reply = talk.say("/hvad koster tøjvask i Gladsaxe?")
    assert (reply.status, reply.service) == ("answered", "gladsaxe-toejvask")


def test_memory_outlives_the_bounded_history(talk: Conversation) -> None:
    talk.say("jeg er 22 år og bor i Brønderslev, hvem skal jeg ringe til?")
    for _ in range(12):
        talk.say("hvad koster det?")
    assert "9945 4705" in talk.say("hvem skal jeg ringe til?").text


def test_conversations_do_not_know_of_one_another(bot: Bot, sender: Callable[[], str]) -> None:
    Conversation(bot, sender()).say("hvad koster støtte i Gentofte?")
    assert Conversation(bot, sender()).say("hvad koster støtten?").status == "ask_back"


def test_conversations_at_the_same_time_do_not_mix(bot: Bot, sender: Callable[[], str]) -> None:
    places = {"gentofte": "Gentofte", "broenderslev": "Brønderslev", "gladsaxe": "Gladsaxe"}

    async def together() -> list[list[dict]]:
        return await asyncio.gather(*(bot.handle(f"hvad koster støtte i {name}?", sender()) for name in places.values()))

    assert [Reply(messages).municipality for messages in asyncio.run(together())] == list(places)


@pytest.fixture()
def broken(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(call: dict) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(bot._agent._executor, "run", fail)


def test_failing_handler_is_answered_and_not_silent(talk: Conversation, broken: None) -> None:
    text = talk.say("hvad koster støtte i Gentofte?").text
    assert "gik desværre noget galt" in text and "broken on purpose" not in text


def test_failing_handler_gives_the_number_of_the_pages_municipality(talk: Conversation, broken: None) -> None:
    text = talk.say("hvad koster støtte?", municipality="broenderslev").text
    assert phones(text) == {"99454421", "99454705"} and "Brønderslev Kommune" in text


def test_failing_handler_gives_the_number_of_the_municipality_talked_about(
    talk: Conversation, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.say("hvad koster støtte i Brønderslev?")
    monkeypatch.setattr(bot._agent._executor, "run", None)
    assert "99454421" in phones(talk.say("hvem kan få det?").text)


def test_number_for_other_matters_is_not_given_when_a_handler_fails(talk: Conversation, broken: None) -> None:
    assert phones(talk.say("hvad koster støtte?", municipality="glostrup").text) == set()


def test_watchers_are_told_what_may_be_counted_and_nothing_else(
    talk: Conversation, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Seen] = []
    monkeypatch.setattr(bot, "watchers", [lambda what, _: told.append(what)])
    talk.say("hvad koster tøjvask i Gladsaxe?")
    talk.say("hej")
    talk.say("jeg vil ikke leve mere")
    first = told[0]
    assert (first.outcome, first.facet, first.topic) == ("answered", "cost", "toejvask")
    assert (first.municipality, first.service) == ("gladsaxe", "gladsaxe-toejvask")
    assert set(first.seconds) == set(STAGES) and all(seconds >= 0 for seconds in first.seconds.values())
    assert [what.outcome for what in told[1:]] == ["talk", "danger"] and not told[1].facet


def test_model_of_other_data_is_not_current(tmp_path: Path) -> None:
    (tmp_path / "vejviser-0123456789abcdef.tar.gz").write_bytes(b"")
    assert current_model(tmp_path) is None


def test_digest_changes_with_the_training_data(tmp_path: Path) -> None:
    (tmp_path / "bot" / "data").mkdir(parents=True)
    (tmp_path / "config.yml").write_text("a", encoding="utf-8")
    for folder in ("domain", "components"):
        (tmp_path / "bot" / folder).mkdir()
    (tmp_path / "bot" / "safety.yml").write_text("a", encoding="utf-8")
    before = data_digest(tmp_path)
    (tmp_path / "bot" / "data" / "cost.yml").write_text("hvad koster det", encoding="utf-8")
    assert data_digest(tmp_path) != before == data_digest_again(tmp_path)


def data_digest_again(root: Path) -> str:
    """The digest after the data is as before."""
    (root / "bot" / "data" / "cost.yml").unlink()
    return data_digest(root)
