"""Learns from the dialogue sets that are not kept back: which facts answered which questions, and `knowledge.chances`' network.

What a right reply must hold tells which facts it needs: those whose own text holds it. The bot that is watched has heard none
of the questions, so that the network does not learn to trust a likeness which strangers' questions never have.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
from sklearn.neural_network import MLPClassifier

from bot.evaluation.dialogues import is_kept_back
from bot.evaluation.judging import key
from bot.runtime import Bot
from knowledge import chances, heard, ranking, snapshot
from knowledge.chances import Network
from knowledge.danish import Analysis
from knowledge.evidence import Evidence
from knowledge.model import Fact
from knowledge.question import Question
from knowledge.sharing import current_store, use_store

NETWORKS, UNITS, PENALTY, RATE, BATCH, ROUNDS = 5, 24, 1e-4, 3e-3, 2048, 25  # the mean of a few networks errs less than one
DIGITS = 4  # significant digits of the weights that are kept
TOO_MANY = 0.2  # share of the facts above which what is demanded tells none of them apart
FIRST = (1, 3, 5)  # places among which the facts needed are looked for
SILENT = "oplyser ikke"
ANY_FACT = ("ja", "nej", "kan ikke", "indgår ikke", SILENT)  # what is demanded with these tells no fact by its words
FEW, LEAST_WORDS = 3, 0.15  # of more facts than these that hold what is demanded, one was asked for only with such a likeness
SHORTEST, LONGEST, WHOLE = 5, 30, 18  # tokens of a question that is kept, and up to which all of a message is


class Asked(NamedTuple):
    """One turn: the facts that were ranked for it, and for each thing demanded the places of those that hold it; none where
    what is demanded is the word that the document does not tell it."""

    evidence: Evidence
    question: Question
    broad: bool
    needed: tuple[frozenset[int], ...]
    kept_back: bool


@dataclass(frozen=True)
class Learned:
    """What was learned.

    Attributes:
        weights: of the network, as they are stored.
        questions: those heard, by the marks of the facts that answered them.
        turns: how many were learned from.
        found: share of the kept-back turns of which all that is needed is among the first facts, by the network and by the
            hand-set weights.
    """

    weights: dict[str, Any]
    questions: dict[str, list[str]]
    turns: int
    found: dict[str, dict[int, float]]

    def write(self) -> None:
        """Put it in the place of what the knowledge base learned before."""
        lines = [f" {json.dumps(name)}: {_lines(value)}" for name, value in self.weights.items()]
        chances.WEIGHTS.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
        chances.network.cache_clear()
        heard.write(self.questions)


@contextmanager
def deaf() -> Iterator[None]:
    """A knowledge base that is opened here has heard nothing."""
    with patch.object(snapshot, "heard_of", lambda facts: {}):
        use_store(None)
        try:
            yield
        finally:
            use_store(None)


def learn(bot: Bot, dialogues: Iterable[dict[str, Any]]) -> Learned:
    """Watch a bot answer dialogues, and learn from the turns of the sets that are not kept back.

    Args:
        bot: one that was made within `deaf()`.
    """
    turns = asyncio.run(_watch(bot, dialogues))
    learnt = [turn for turn in turns if not turn.kept_back]
    weights = _fitted(learnt)
    network = Network.of(weights)
    kept = [turn for turn in turns if turn.kept_back and turn.needed]
    by_network = [network.chances(*_inputs(turn, network)) for turn in kept]
    by_hand = [ranking.by_hand(turn.evidence) for turn in kept]
    found = {
        name: {first: _share(kept, scores, first) for first in FIRST}
        for name, scores in (("network", by_network), ("hand-set weights", by_hand))
    }
    return Learned(weights, _heard(learnt), len(learnt), found)


async def _watch(bot: Bot, dialogues: Iterable[dict[str, Any]]) -> list[Asked]:
    """The turns of dialogues in which facts were ranked and something that only some of them hold was demanded."""
    seen: list[tuple[Evidence, Question, bool]] = []

    def record(evidence: Evidence, question: Question, broad: bool) -> np.ndarray:
        seen.append((evidence, question, broad))
        return np.zeros(len(evidence.facts))

    turns = []
    with patch.object(ranking, "chances", record):
        for number, dialogue in enumerate(dialogues):
            page = {"municipality": dialogue["page"]} if dialogue.get("page") else None
            for turn in dialogue["turns"]:
                seen.clear()
                await bot.handle(turn["user"], f"fitting-{number}", page)
                if seen and dialogue.get("facet") != "compare":
                    evidence, question, broad = seen[0]
                    needed = tuple(_holding(evidence.facts, turn.get("must", [])))
                    if needed or any(SILENT in group for group in turn.get("must", [])):
                        turns.append(Asked(evidence, question, broad, needed, is_kept_back(dialogue["file"])))
    return turns


def _holding(facts: Sequence[Fact], must: Iterable[Sequence[str]]) -> Iterator[frozenset[int]]:
    """For each thing demanded the places of the facts that hold it, where it tells some of them apart."""
    texts = [key(fact.text) for fact in facts]
    for group in must:
        alternatives = [key(text) for text in group]
        if any(text.strip(" ,.:;!–-") in ANY_FACT for text in alternatives):
            continue
        places = frozenset(n for n, text in enumerate(texts) if any(a in text for a in alternatives))
        if 0 < len(places) <= TOO_MANY * len(texts):
            yield places


# -- the network -------------------------------------------------------------------------------------------------------


def _fitted(turns: Sequence[Asked]) -> dict[str, Any]:
    """The weights of a network that tells the facts needed from the others: several networks side by side, each for a share."""
    outlines = {outline for turn in turns for outline in turn.evidence.layout.outlines}
    names = {
        "facets": _names(facet for facets, _ in outlines for facet in facets),
        "kinds": _names(kind for _, kind in outlines),
        "intents": _names(intent for turn in turns for intent in turn.question.facets),
    }
    table = np.vstack([_table(*chances.inputs(turn.evidence, turn.question, turn.broad, **names)) for turn in turns])
    wanted = np.concatenate([_wanted(turn) for turn in turns])
    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-6
    scaled = ((table - mean) / scale).astype(np.float32)
    given = {"alpha": PENALTY, "learning_rate_init": RATE, "batch_size": BATCH, "max_iter": ROUNDS}
    models = [MLPClassifier((UNITS,), random_state=seed, **given).fit(scaled, wanted) for seed in range(NETWORKS)]
    hidden = np.hstack([model.coefs_[0] for model in models]) / scale[:, None]  # the network reads what it is given as it is
    bias = np.concatenate([model.intercepts_[0] for model in models]) - mean @ hidden
    out = np.concatenate([model.coefs_[1][:, 0] for model in models]) / NETWORKS
    shift = np.mean([model.intercepts_[1] for model in models], axis=0)
    return {**names, "hidden": _rounded(hidden), "bias": _rounded(bias), "out": _rounded(out), "shift": _rounded(shift)[0]}


def _table(rows: np.ndarray, message: np.ndarray) -> np.ndarray:
    """Rows that each hold what is the same for all of them."""
    return np.hstack([rows, np.tile(message, (len(rows), 1))])


def _inputs(turn: Asked, network: Network) -> tuple[np.ndarray, np.ndarray]:
    return chances.inputs(turn.evidence, turn.question, turn.broad, network.facets, network.kinds, network.intents)


def _wanted(turn: Asked) -> np.ndarray:
    places = frozenset().union(*turn.needed)
    return np.array([n in places for n in range(len(turn.evidence.facts))], dtype=int)


def _share(turns: Sequence[Asked], scores: Sequence[np.ndarray], first: int) -> float:
    """The share of turns of which everything needed is among the first facts."""
    found = 0
    for turn, values in zip(turns, scores):
        top = set(np.argsort(-values, kind="stable")[:first].tolist())
        found += all(top & places for places in turn.needed)
    return found / max(1, len(turns))


def _names(found: Iterable[str]) -> list[str]:
    return sorted(set(found))


def _rounded(values: np.ndarray) -> list[Any]:
    return [_rounded(row) for row in values] if values.ndim > 1 else [float(f"{value:.{DIGITS}g}") for value in values.tolist()]


def _lines(value: Any) -> str:
    """JSON with one row of a table a line."""
    if isinstance(value, list) and value and isinstance(value[0], list):
        return "[\n" + ",\n".join(f"  {json.dumps(row)}" for row in value) + "\n ]"
    return json.dumps(value)


# -- the questions heard -----------------------------------------------------------------------------------------------


def _heard(turns: Iterable[Asked]) -> dict[str, list[str]]:
    """The questions by the marks of the stated facts of services that answered them, each once."""
    found: dict[str, list[str]] = {}
    for turn in turns:
        text = question_of(current_store().snapshot.linker.without_document(turn.question.analysis))
        for places in turn.needed if text else ():
            fact = _answering(turn.evidence, places)
            if fact is not None and fact.stated and fact.service:
                questions = found.setdefault(heard.mark_of(fact), [])
                questions += [text] if text not in questions else []
    return found


def _answering(evidence: Evidence, places: frozenset[int]) -> Fact | None:
    """The likeliest of the facts that hold what was demanded, None where they are too many to tell."""
    best = max(places, key=ranking.by_hand(evidence).__getitem__)
    return evidence.facts[best] if len(places) <= FEW or evidence.words[best] >= LEAST_WORDS else None


def question_of(analysis: Analysis) -> str:
    """What a message asks, as corrected words; of a long one its last two asking sentences. "" when it is too short or long."""
    words: Sequence[str] = analysis.words
    if len(words) > WHOLE:
        words = [word for start, end in analysis.asked()[-2:] for word in analysis.words[start:end]]
    return " ".join(words) if SHORTEST <= len(words) <= LONGEST else ""
