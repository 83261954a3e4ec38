"""What a citizen is told when this assistant itself fails: in plain words, with the municipality's phone where it is known."""

from __future__ import annotations

from knowledge.question import Memory
from knowledge.snapshot import Snapshot
from knowledge.wording import say


def failure_text(snapshot: Snapshot, memory: Memory, page: str = "") -> str:
    """A sentence for a turn that could not be answered.

    Args:
        page: the municipality of the embedding page, "" when it gives none.
    """
    municipality = snapshot.municipality(memory.municipality or page)
    # A number for other matters (with topics of its own) is not given out as a general one.
    reachable = [c for c in municipality.contact_points if c.phone and not c.topics] if municipality else []
    if municipality is None or not reachable:
        return say("failure")
    numbers = say("failure_or").join(say("failure_number", name=contact.name, phone=contact.phone) for contact in reachable)
    return say("failure_phone", municipality=municipality.full_name, numbers=numbers)
