"""The bot in this process: plain text in, no silence when something fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.runtime import Bot, as_plain_text, latest_model
from bot.training import current_model, data_digest
from tests.helpers import Conversation, Reply

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


def test_failing_handler_is_answered_and_not_silent(talk: Conversation, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(call: dict) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(bot._agent._executor, "run", fail)
    text = talk.say("hvad koster støtte i Gentofte?").text
    assert text and "broken on purpose" not in text


def test_newest_model_of_a_folder_is_found(tmp_path: Path) -> None:
    assert latest_model(tmp_path) is None
    (tmp_path / "one.tar.gz").write_bytes(b"")
    assert latest_model(tmp_path) == tmp_path / "one.tar.gz"


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
