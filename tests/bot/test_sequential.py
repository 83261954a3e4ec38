"""The graph run node by node gives what Rasa's own runner gives."""

from __future__ import annotations

import copy

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.trackers import DialogueStateTracker

from bot.runtime import Bot
from bot.sequential import SequentialRunner


@pytest.mark.parametrize("text", ["hvad koster tøjvask i Gladsaxe?", "hej", "jeg vil ikke leve mere", "vejret i morgen?"])
def test_sequential_runner_gives_what_dask_gives(bot: Bot, text: str) -> None:
    processor = bot._agent.processor
    runner, target = processor.graph_runner, processor.model_metadata.nlu_target
    assert isinstance(runner, SequentialRunner)
    tracker = DialogueStateTracker.from_events("a", [], slots=processor.domain.slots)
    results = [
        run(runner, {PLACEHOLDER_MESSAGE: [UserMessage(text)], PLACEHOLDER_TRACKER: copy.copy(tracker)}, [target])[target][0]
        for run in (SequentialRunner.run, DaskGraphRunner.run)
    ]
    assert results[0].as_dict(True) == results[1].as_dict(True)


def test_missing_input_is_named(bot: Bot) -> None:
    processor = bot._agent.processor
    with pytest.raises(GraphRunError, match="__message__"):
        processor.graph_runner.run({}, [processor.model_metadata.nlu_target])
