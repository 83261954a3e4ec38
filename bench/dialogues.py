"""The project's dialogue sets as work for a load driver and as a test of understanding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.evaluation.dialogues import own_sets, read_dialogues
from knowledge.loading import load_catalogue
from knowledge.vocabulary import vocabulary

LONG = (  # one conversation of ten turns that every message of the growth tests comes from
    "hej, hvad koster det at få hjælp til at vaske tøj i gladsaxe?",
    "må de gøre det uden mig?",
    "hvor tit kommer de?",
    "og hvad med madlavning?",
    "hvem kan få det?",
    "hvordan klager jeg?",
    "hvor lang tid går der, før jeg får svar?",
    "og i glostrup?",
    "hvor mange timer kan jeg få til rengøring, hvis problemerne er svære?",
    "tak for hjælpen",
)


@dataclass(frozen=True)
class First:
    """The first message of a dialogue and how its author meant it. `topics` is empty where no service was meant."""

    text: str
    intent: str
    topics: frozenset[str]


def all_dialogues() -> list[dict[str, Any]]:
    """Every dialogue of every set, by set."""
    return list(read_dialogues(own_sets()))


def first_turns(dialogues: list[dict[str, Any]]) -> list[First]:
    """The first messages of the dialogues that are about a facet of the vocabulary."""
    topics = {
        (municipality.name, service.name): frozenset(service.topics)
        for municipality in load_catalogue().municipalities
        for service in municipality.services
    }
    return [
        First(d["turns"][0]["user"], d["facet"], topics.get((d.get("municipality"), d.get("service")), frozenset()))
        for d in dialogues
        if d.get("facet") in vocabulary().facets
    ]
