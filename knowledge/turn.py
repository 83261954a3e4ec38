"""One turn of a conversation as all its steps see it."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.matching import Matches
from knowledge.question import Memory, Question
from knowledge.snapshot import Snapshot


@dataclass(frozen=True)
class Turn:
    """Everything the steps of one turn work on."""

    snapshot: Snapshot
    question: Question
    memory: Memory
    matches: Matches
    page_municipality: str = ""

    def places(self) -> list[str]:
        """The municipality in question: named now, told before, given by the page, or the one a place named belongs to."""
        found = [self.question.mentions.last_municipality, self.memory.municipality, self.page_municipality]
        places = [place for place in found if place in self.snapshot.catalogue.by_id]
        return places or list(filter(None, [self.snapshot.at_landmark(self.question.analysis.folded)]))
