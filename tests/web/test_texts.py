"""The Danish table of the web agrees with what the catalogue and the wording table say."""

from __future__ import annotations

from api.pages import texts
from knowledge.vocabulary import vocabulary
from knowledge.wording import say


def test_levels_are_named_as_in_the_vocabulary() -> None:
    named = {str(level): item.name for level, item in vocabulary().levels.items()}
    assert {key: name.lower() for key, name in texts()["answer"]["levels"].items()} == named


def test_answers_are_taken_apart_by_the_marks_composition_uses() -> None:
    answer = texts()["answer"]
    assert say("source", owner="Gladsaxe Kommune", document="d", section="s").startswith(answer["source_mark"])
    asides = [say("about_service", service="s", municipality="m"), say("reservation"), say("note", note="n")]
    for aside in asides:
        assert aside.startswith(tuple(answer["aside_marks"]))


def test_no_text_is_empty() -> None:
    def leaves(item):
        values = item.values() if isinstance(item, dict) else item if isinstance(item, list) else None
        return [item] if values is None else [leaf for value in values for leaf in leaves(value)]

    assert all(isinstance(text, str) and text.strip() for text in leaves(texts()))
