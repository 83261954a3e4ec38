"""Learning from dialogues: what is demanded tells the facts needed, kept-back sets teach nothing."""

from __future__ import annotations

import json

import numpy as np
import pytest

from bot.evaluation.fitting import _holding, learn, question_of
from knowledge import chances, heard
from knowledge.chances import Network
from knowledge.model import Fact
from knowledge.snapshot import Snapshot

TEXTS = (
    "Hjælpen er gratis.",
    "Du får to timer om ugen.",
    "Du kan ikke få vinduer pudset.",
    "Send ansøgningen med posten.",
    "Klag inden 4 uger.",
)


FACTS = [Fact(f"a.cost.{n}", "cost", text, None) for n, text in enumerate(TEXTS)]


@pytest.mark.parametrize(
    ("must", "places"),
    [
        ([["gratis", "0 kr"]], [{0}]),
        ([["gratis"], ["4 uger", "fire uger"]], [{0}, {4}]),
        ([["nej,", "kan ikke", "vinduer"]], []),  # a yes or no tells no fact
        ([["oplyser ikke"]], []),
        ([["du"]], []),  # most facts hold it
        ([["findes ingen steder"]], []),
        ([], []),
    ],
)
def test_what_is_demanded_tells_the_facts_needed(must: list[list[str]], places: list[set[int]]) -> None:
    assert list(map(set, _holding(FACTS, must))) == places


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("Hvad koster hjælpen om måneden?", "hvad koster hjælpen om måneden ?"),
        ("gratis?", ""),
        (
            "Jeg har boet her i mange år. Min mand er syg og har det svært. Hvem betaler for hans vasketøj hos jer?",
            "hvem betaler for hans vasketøj hos jer ?",
        ),
        (f"Hvad {'og hvad ' * 20}koster det?", ""),
    ],
)
def test_of_a_long_message_the_question_is_kept(snapshot: Snapshot, message: str, question: str) -> None:
    assert question_of(snapshot.analyser.analyse(message)) == question


def test_kept_back_sets_teach_nothing(bot) -> None:
    def dialogue(file: str, user: str, *must: str) -> dict:
        return {"id": user, "file": file, "facet": "cost", "turns": [{"user": user, "must": [[word] for word in must]}]}

    own = [
        dialogue("dev", "Hvad er sagsbehandlingstiden i Brønderslev for socialpædagogisk støtte?", "5 uger"),
        dialogue("dev", "Hvem betaler for midlerne i Gladsaxe ved tøjvask?", "vaskepulver"),
    ]
    secret = dialogue("heldout99", "Koster sæben til vasken noget for en i Gladsaxe?", "vaskepulver")
    before = [path.read_bytes() for path in (chances.WEIGHTS, heard.HEARD)]
    learned = learn(bot, [*own, secret])
    questions = [question for found in learned.questions.values() for question in found]
    assert learned.turns == 2
    assert any("midlerne" in question for question in questions)
    assert not any("sæben" in question for question in questions)
    assert set(learned.found) == {"network", "hand-set weights"}
    assert [path.read_bytes() for path in (chances.WEIGHTS, heard.HEARD)] == before, "nothing is stored unasked"
    network = Network.of(json.loads(json.dumps(learned.weights)))
    assert np.isfinite(network.hidden).all()


def test_what_is_stored_is_read_again(bot, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    turn = {"user": "Hvem betaler vaskepulveret i Gladsaxe ved tøjvask?", "must": [["vaskepulver"]]}
    learned = learn(bot, [{"id": "1", "file": "dev", "facet": "cost", "turns": [turn]}])
    monkeypatch.setattr(chances, "WEIGHTS", tmp_path / "chances.json")
    monkeypatch.setattr(heard, "HEARD", tmp_path / "heard.json")
    try:
        learned.write()
        assert chances.network().hidden.tolist() == learned.weights["hidden"]
        assert json.loads((tmp_path / "heard.json").read_text(encoding="utf-8")) == learned.questions
    finally:
        monkeypatch.undo()
        chances.network.cache_clear()
        heard._heard.cache_clear()
