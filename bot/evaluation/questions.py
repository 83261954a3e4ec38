"""How the loaded bot reads the questions of the dialogue sets: asked by people who wrote none of its training messages.

A message left out of the training data still has neighbours by the same hand, which these questions have not; so what they show
of the confidence is nearer to what citizens meet.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from bot.evaluation.understanding import Predictions
from bot.runtime import Bot
from knowledge.vocabulary import vocabulary


def read_questions(bot: Bot, dialogues: Iterable[dict[str, Any]]) -> Predictions:
    """The intent of every dialogue of one turn that asks for a facet, as the classifier reads it before words and context."""
    asked = [
        (dialogue["turns"][0]["user"], dialogue["facet"])
        for dialogue in dialogues
        if len(dialogue["turns"]) == 1 and dialogue.get("facet") in vocabulary().facets
    ]
    rankings = asyncio.run(_rankings(bot, [text for text, _ in asked]))
    return Predictions.of(rankings, [facet for _, facet in asked])


async def _rankings(bot: Bot, texts: list[str]) -> list[dict[str, float]]:
    read = [await bot.read(text) for text in texts]
    return [{intent["name"]: intent["confidence"] for intent in message["intent_ranking"]} for message in read]
