"""How likely each of some facts is the answer, by a small network that learned it from the project's own dialogues.

The hand-set rules of `knowledge.selection` choose what leads an answer; the network finds what they overlook and what is told
beside it without need. It reads how the facts stand among one another (likeness of words, facet, topic), not their texts, so
a fact that is written tomorrow is judged as well as those it learned from. `bot.evaluation.fitting` fits it; what it is worth
stands in docs/classifiers.md.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from knowledge.matching import Match
from knowledge.model import Fact
from knowledge.question import Question

WEIGHTS = Path(__file__).parent / "learned" / "chances.json"
LONGEST, LONG = 40, 20  # tokens of a message: the most that count, and the unit
LONGEST_TEXT, TEXT = 300, 100  # the same of a fact's text, in letters
EXPONENT = 700.0  # the largest that a float can be raised to
ALSO = 0.7  # of a further facet that a fact answers, where its own counts 1
STANDING, MESSAGE = 19, 4  # columns that tell how a fact stands among the others, and of a message beside flags and intents
FLAGS = ("all_services", "both", "compare", "figure", "meaning", "open", "other_services", "promise", "returns", "yes_no")


class Evidence(NamedTuple):
    """What is known of one fact before it is ranked: `facet` the weight of its facet, `topic` the probability of its topics."""

    fact: Fact
    match: Match
    facet: float
    topic: float


class Network(NamedTuple):
    """One hidden layer. The facets, kinds of value and intents that the columns of its input stand for, and its weights.

    Attributes:
        hidden, bias: input x units, units.
        out, shift: units, a number.
    """

    facets: tuple[str, ...]
    kinds: tuple[str, ...]
    intents: tuple[str, ...]
    hidden: np.ndarray
    bias: np.ndarray
    out: np.ndarray
    shift: float

    @classmethod
    def of(cls, data: dict[str, Any]) -> Network:
        """From the stored form.

        Raises:
            ValueError: when it was fitted on other inputs than this version reads.
        """
        names = (tuple(data[key]) for key in ("facets", "kinds", "intents"))
        arrays = (np.array(data[key]) for key in ("hidden", "bias", "out"))
        network = cls(*names, *arrays, data["shift"])
        wanted = _width(network.facets, network.kinds, network.intents)
        if len(network.hidden) != wanted:
            raise ValueError(
                f"The network was fitted on {len(network.hidden)} inputs, {wanted} are read. Mend: `vejviser learn`"
            )
        return network

    def chances(self, rows: np.ndarray, message: np.ndarray) -> np.ndarray:
        """A probability for each row; what a message says of all of them is weighed once."""
        own = rows.shape[1]
        units = np.maximum(rows @ self.hidden[:own] + (message @ self.hidden[own:] + self.bias), 0.0)
        return 1.0 / (1.0 + np.exp(np.minimum(-(units @ self.out + self.shift), EXPONENT)))


@lru_cache(maxsize=1)
def network() -> Network:
    """The shipped network."""
    return Network.of(json.loads(WEIGHTS.read_text(encoding="utf-8")))


def chances(evidence: Sequence[Evidence], question: Question, broad: bool) -> list[float]:
    """The probability of each fact to be (part of) the answer, seen beside the others.

    Args:
        broad: the facts are those of a service about many kinds of help.
    """
    if not evidence:
        return []
    known = network()
    return known.chances(*inputs(evidence, question, broad, known.facets, known.kinds, known.intents)).tolist()


def inputs(
    evidence: Sequence[Evidence],
    question: Question,
    broad: bool,
    facets: Sequence[str],
    kinds: Sequence[str],
    intents: Sequence[str],
) -> tuple[np.ndarray, np.ndarray]:
    """What the network reads: a row for each fact, its columns how it stands among the others and what it is; and what is the
    same for all of a message."""
    names = (*facets, *kinds)
    kind = [_outline(names, e.fact.facet, e.fact.also, kind_of(e.fact)) for e in evidence]
    rows = np.concatenate([_standing(evidence, question), np.array(kind)], axis=1)
    return rows, np.array(_message(evidence, question, broad, intents))


@lru_cache(maxsize=1_000)
def _outline(names: tuple[str, ...], facet: str, also: tuple[str, ...], kind: str) -> np.ndarray:
    """The columns of a fact's facets and kind of value; many facts share one."""
    values = {**dict.fromkeys(also, ALSO), facet: 1.0, kind: 1.0}
    return np.array([values.get(name, 0.0) for name in names])


def kind_of(fact: Fact) -> str:
    """The kind of its typed value, "-" for none."""
    return f"value:{fact.value['kind']}" if fact.value else "-"


def _standing(evidence: Sequence[Evidence], question: Question) -> np.ndarray:
    """How each fact stands among the others, and how it is told."""
    probability = question.facets.get
    words, asks, facet, topic, own, stated, topics, service, length = np.array(
        [
            (
                match.score,
                match.ask_score,
                facet,
                topic,
                max([probability(name, 0.0) for name in fact.facets]),
                fact.stated,
                bool(fact.topics),
                bool(fact.service),
                len(fact.text),
            )
            for fact, match, facet, topic in evidence
        ],
        dtype=float,
    ).T
    place = np.searchsorted(np.sort(-words), -words)  # how many fit better
    best: dict[str, float] = {}  # of the facts of each facet
    for e in evidence:
        best[e.fact.facet] = max(best.get(e.fact.facet, 0.0), e.match.score)
    return np.array(
        [
            facet,
            own,
            words,
            asks,
            words * facet,
            words**2,
            facet**2,
            topic,
            topic * words,
            words.max() - words,
            1.0 / (1.0 + place),
            place < 1,
            place < 3,
            np.array([best[e.fact.facet] for e in evidence]) - words,
            facet.max() - facet,
            stated,
            topics,
            service,
            np.minimum(length, LONGEST_TEXT) / TEXT,
        ]
    ).T


def _message(evidence: Sequence[Evidence], question: Question, broad: bool, intents: Sequence[str]) -> list[float]:
    return [
        max(e.match.score for e in evidence),
        min(len(question.analysis.words), LONGEST) / LONG,
        float(question.mentions.level is not None),
        float(broad),
        *(float(getattr(question.flags, flag)) for flag in FLAGS),
        *(question.facets.get(intent, 0.0) for intent in intents),
    ]


def _width(facets: Sequence[str], kinds: Sequence[str], intents: Sequence[str]) -> int:
    return STANDING + len(facets) + len(kinds) + MESSAGE + len(FLAGS) + len(intents)
