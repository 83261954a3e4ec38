"""Counts the bot's turns for the editors: which facet, topic, municipality and service, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.seen import FAILED, Seen
from knowledge.answer import NOT_STATED, OUT_OF_SCOPE, UNKNOWN_MUNICIPALITY
from state.statistics import Asked, Statistics, Unanswered

WITHOUT_ANSWER = (NOT_STATED, OUT_OF_SCOPE, UNKNOWN_MUNICIPALITY, FAILED)
LONGEST = 300  # characters kept of a message


def counting(
    statistics: Statistics, keep_unanswered: bool, now: Callable[[], datetime] = datetime.utcnow
) -> Callable[[Seen, str], None]:
    """A watcher of the bot.

    Args:
        keep_unanswered: keep the redacted text of messages without an answer.
    """

    def count(turn: Seen, text: str) -> None:
        day = now().date().isoformat()
        kept = None
        if keep_unanswered and turn.outcome in WITHOUT_ANSWER:
            kept = Unanswered(day, turn.municipality, turn.facet, turn.outcome, text[:LONGEST])
        statistics.add(Asked(day, turn.municipality, turn.facet, turn.topic, turn.service, turn.outcome), kept)

    return count
