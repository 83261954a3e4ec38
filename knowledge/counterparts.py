"""In a comparison, what another document says of the matter that one document says plainly.

The words of a question fit the words of one document better than those of another: who asks for "en med til psykiateren" is told
of "ledsagelse til behandling" here, and has to be told of "fast ledsagelse til behandling" there. So the fact that fits the
question best is held against the facts of the other municipalities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answer import ANSWERED, Answer
from knowledge.matching import Matches
from knowledge.model import Fact
from knowledge.turn import Turn

PLAIN = 0.42  # word likeness from which a fact is what a comparison is about
BEHIND = 0.1  # by how much the facts told of another municipality must fit the question less
ALIKE = 0.5  # word likeness from which a fact of another document is about the same


def with_counterparts(turn: Turn, parts: Sequence[Answer]) -> list[Answer]:
    """Sub-answers, each with what answers to the fact that fits the question best in front."""
    fitting = [(turn.matches.of(fact).score, n, fact) for n, part in enumerate(parts) for fact in part.facts if fact.stated]
    score, leading, fact = max(fitting, key=lambda item: item[0], default=(0.0, -1, None))
    if fact is None or score < PLAIN:
        return list(parts)
    likeness = _likeness(turn, fact)
    found = []
    for n, part in enumerate(parts):
        told = max((turn.matches.of(other).score for other in part.facts), default=0.0)
        same = n == leading or told > score - BEHIND or part.status != ANSWERED
        found.append(part if same else _led_by_counterpart(part, likeness))
    return found


def _likeness(turn: Turn, fact: Fact) -> list[Matches]:
    """The facts of the catalogue under the words of a fact, and under those of its example question that was nearest."""
    ask = turn.matches.of(fact).ask
    texts = [fact.text, *([fact.asks[ask].text] if ask >= 0 else [])]
    return [turn.snapshot.index.match(turn.snapshot.analyser.analyse(text)) for text in texts]


def _led_by_counterpart(part: Answer, likeness: Sequence[Matches]) -> Answer:
    facts = part.service.facts if part.service else part.municipality.facts if part.municipality else ()
    scored = [(max(matches.of(fact).score for matches in likeness), fact) for fact in facts if fact.stated]
    score, nearest = max(scored, key=lambda item: item[0], default=(0.0, None))
    if nearest is None or score < ALIKE:
        return part
    return replace(part, facts=(nearest, *(fact for fact in part.facts if fact.id != nearest.id)))
