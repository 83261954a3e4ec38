"""In a comparison, what another document says of the matter that one document says plainly.

The words of a question fit the words of one document better than those of another: who asks for "en med til psykiateren" is
told of "ledsagelse til behandling" here, and has to be told of "fast ledsagelse til behandling" there. So the fact that fits
the question best is held against the facts of the other municipalities, and what one help leaves out against what another one
includes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge import composition as compose
from knowledge.answer import ANSWERED, Answer
from knowledge.comparing_services import ABOUT, WHOLE
from knowledge.danish import fold
from knowledge.matching import UNTELLING, Matches
from knowledge.model import Fact, Service
from knowledge.selection import GAP
from knowledge.silence import STEM
from knowledge.snapshot import Snapshot
from knowledge.turn import Turn

PLAIN = 0.42  # word likeness from which a fact is what a comparison is about
BEHIND = 0.1  # by how much the facts told of another municipality must fit the question less
INCLUDED, LEFT_OUT = "included", "not_included"
SAME, SAME_KIND = 0.7, 0.55  # word likeness from which what one help includes is what another one (of the same kind) leaves out
LEADING = 2  # facts told first of the municipality that tells the matter plainly
ALIKE = 0.5  # word likeness from which a fact of another document is about the same


def with_counterparts(turn: Turn, parts: Sequence[Answer]) -> list[Answer]:
    """Sub-answers, each with what answers to the fact that fits the question best in front."""
    fitting = [(turn.matches.of(fact).score, n, fact) for n, part in enumerate(parts) for fact in part.facts if fact.stated]
    score, leading, fact = max(fitting, key=lambda item: item[0], default=(0.0, -1, None))
    if fact is None or score < PLAIN:
        return list(parts)
    likeness = _likeness(turn, fact)
    plainest = max(parts, key=lambda part: max((turn.matches.of(fact).own for fact in part.facts if fact.stated), default=0.0))
    found = []
    for n, part in enumerate(parts):
        told = max((turn.matches.of(other).score for other in part.facts), default=0.0)
        same = n == leading or told > score - BEHIND or part.status != ANSWERED
        silent = None if part is plainest or part.status != ANSWERED else _left_out(turn, part, plainest)
        found.append(silent or (part if same else _led_by_counterpart(part, likeness)))
    return found


def _left_out(turn: Turn, part: Answer, leading: Answer) -> Answer | None:
    """That a document leaves out the very thing which another one tells of, both named by a word of the message; None where it
    does not."""
    if part.service is None or part.municipality is None or turn.question.mentions.level is not None:
        return None
    facts = (*part.service.facts, *part.municipality.facts)
    said = {key[:STEM] for key in turn.question.mentions.folded.split() if len(key) >= STEM and key not in UNTELLING}
    stated = fold(" ".join(fact.text for fact in facts if fact.stated))
    told = fold(" ".join(fact.text for fact in leading.facts[:LEADING]))
    things = [word for word in said if word in told and word not in stated]
    gaps = [fact for fact in facts if not fact.stated and any(word in fold(fact.text) for word in things)]
    gap = max(gaps, key=lambda fact: turn.matches.of(fact).own, default=None)
    enough = max([GAP, *(turn.matches.of(fact).own for fact in part.facts if fact.stated)])
    if gap is None or turn.matches.of(gap).own < enough:
        return None
    return compose.not_stated(part.municipality, part.service, gap.facet, [], [], [gap])


def with_contrasts(snapshot: Snapshot, facet: str, parts: Sequence[Answer]) -> list[Answer]:
    """Sub-answers, each with what its help leaves out in front where another one's help includes just that, if the facet asks
    what a help is and does."""
    if facet not in (*WHOLE, *ABOUT):
        return list(parts)
    return [_led_by_exclusion(snapshot, part, [other for other in parts if other is not part]) for part in parts]


def _led_by_exclusion(snapshot: Snapshot, part: Answer, others: Sequence[Answer]) -> Answer:
    if part.service is None or part.status != ANSWERED:
        return part
    left_out = [fact for fact in part.service.facts if fact.stated and fact.facet == LEFT_OUT]
    helps = [other.service for other in others if other.service]
    contrasts = [fact for fact in left_out if any(_includes(snapshot, help_, fact, part.service) for help_ in helps)]
    told = {fact.id for fact in contrasts}
    return replace(part, facts=(*contrasts, *(fact for fact in part.facts if fact.id not in told)))


def _includes(snapshot: Snapshot, service: Service, exclusion: Fact, of: Service) -> bool:
    """Whether a service includes what another one leaves out; two of the same kind may differ more in their words."""
    included = [fact for fact in service.facts if fact.facet == INCLUDED]
    least = SAME_KIND if service.topics[0] == of.topics[0] else SAME
    return _nearest(included, [_matches(snapshot, exclusion.text)])[0] >= least


def _matches(snapshot: Snapshot, text: str) -> Matches:
    return snapshot.match(snapshot.analyser.analyse(text))


def _nearest(facts: Sequence[Fact], likeness: Sequence[Matches]) -> tuple[float, Fact | None]:
    """The stated fact that is most like some texts, and how much."""
    scored = [(max(matches.of(fact).score for matches in likeness), fact) for fact in facts if fact.stated]
    return max(scored, key=lambda item: item[0], default=(0.0, None))


def _likeness(turn: Turn, fact: Fact) -> list[Matches]:
    """The facts of the catalogue under the words of a fact, and under those of its example question that was nearest."""
    ask = turn.matches.of(fact).ask
    texts = [fact.text, *([fact.asks[ask].text] if ask >= 0 else [])]
    return [_matches(turn.snapshot, text) for text in texts]


def _led_by_counterpart(part: Answer, likeness: Sequence[Matches]) -> Answer:
    facts = part.service.facts if part.service else part.municipality.facts if part.municipality else ()
    score, nearest = _nearest(facts, likeness)
    if nearest is None or score < ALIKE:
        return part
    return replace(part, facts=(nearest, *(fact for fact in part.facts if fact.id != nearest.id)))
