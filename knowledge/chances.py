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

from knowledge.evidence import Evidence, Outline
from knowledge.question import Question

WEIGHTS = Path(__file__).parent / "learned" / "chances.json"
LONGEST, LONG = 40, 20  # tokens of a message: the most that count, and the unit
EXPONENT = 700.0  # the largest that a float can be raised to
ALSO = 0.7  # of a further facet that a fact answers, where its own counts 1
STANDING, MESSAGE = 19, 4  # columns that tell how a fact stands among the others, and of a message beside flags and intents
FLAGS = ("all_services", "both", "compare", "figure", "meaning", "open", "other_services", "promise", "returns", "yes_no")


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


def chances(evidence: Evidence, question: Question, broad: bool) -> np.ndarray:
    """The probability of each fact to be (part of) the answer, seen beside the others.

    Args:
        broad: the facts are those of a service about many kinds of help.
    """
    known = network()
    return known.chances(*inputs(evidence, question, broad, known.facets, known.kinds, known.intents))


def inputs(
    evidence: Evidence,
    question: Question,
    broad: bool,
    facets: Sequence[str],
    kinds: Sequence[str],
    intents: Sequence[str],
) -> tuple[np.ndarray, np.ndarray]:
    """What the network reads: a row for each fact, its columns how it stands among the others and what it is; and what is the
    same for all of a message. There is at least one fact."""
    layout, names = evidence.layout, (*facets, *kinds)
    kind = np.array([_columns(names, outline) for outline in layout.outlines])[layout.outline]
    rows = np.concatenate([_standing(evidence, question), layout.told, kind], axis=1)
    return rows, np.array(_message(evidence, question, broad, intents))


@lru_cache(maxsize=1_000)
def _columns(names: tuple[str, ...], outline: Outline) -> np.ndarray:
    """The columns of the facets and kinds of value that a fact can have."""
    main, *also = outline.facets
    values = {**dict.fromkeys(also, ALSO), main: 1.0, outline.kind: 1.0}
    return np.array([values.get(name, 0.0) for name in names])


def _standing(evidence: Evidence, question: Question) -> np.ndarray:
    """How each fact stands among the others."""
    layout, matches, words, facet, topic = evidence
    place = np.searchsorted(np.sort(-words), -words)  # how many fit better
    main, best = [layout.outlines[n].facets[0] for n in layout.outline.tolist()], {}  # of the facts of each facet
    for name, likeness in zip(main, words.tolist()):
        best[name] = max(likeness, best.get(name, 0.0))
    columns = (
        facet,
        layout.by_facet(question.facets),
        words,
        np.array([match.ask_score for match in matches]),
        words * facet,
        words**2,
        facet**2,
        topic,
        topic * words,
        words.max() - words,
        1.0 / (1.0 + place),
        place < 1,
        place < 3,
        np.array([best[name] for name in main]) - words,
        facet.max() - facet,
    )
    rows = np.empty((len(words), len(columns)))
    for n, column in enumerate(columns):
        rows[:, n] = column
    return rows


def _message(evidence: Evidence, question: Question, broad: bool, intents: Sequence[str]) -> list[float]:
    return [
        evidence.words.max(),
        min(len(question.analysis.words), LONGEST) / LONG,
        float(question.mentions.level is not None),
        float(broad),
        *(float(getattr(question.flags, flag)) for flag in FLAGS),
        *(question.facets.get(intent, 0.0) for intent in intents),
    ]


def _width(facets: Sequence[str], kinds: Sequence[str], intents: Sequence[str]) -> int:
    return STANDING + len(facets) + len(kinds) + MESSAGE + len(FLAGS) + len(intents)
