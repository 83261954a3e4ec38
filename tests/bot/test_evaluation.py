"""The judge of dialogue sets: right only when everything wanted is there and nothing forbidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation import judge, read_dialogues

DIALOGUES = sorted((Path(__file__).parents[1] / "dialogues").glob("*.jsonl"))
REPLY = [{"text": "Det er gratis. Ring 9945 4421."}, {"custom": {"facts": [{"text": "hemmeligt"}]}}]


@pytest.mark.parametrize(
    ("turn", "right"),
    [
        ({"must": [["gratis", "0 kr"]]}, True),
        ({"must": [["GRATIS"], ["9945 4421"]]}, True),
        ({"must": [["99454421"]]}, True),
        ({"must": [["5 uger"]]}, False),
        ({"must_not": ["hemmeligt"]}, False),
        ({"must": [["hemmeligt"]]}, False),
        ({}, True),
    ],
)
def test_reply_is_judged(turn: dict, right: bool) -> None:
    assert judge({"user": "hvad", **turn}, REPLY).right is right


def test_silence_is_never_right() -> None:
    assert not judge({"user": "hvad"}, []).right


def test_line_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "1"}\n{', encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.jsonl:2"):
        list(read_dialogues([tmp_path / "a.jsonl"]))


def test_own_dialogues_are_well_formed() -> None:
    dialogues = list(read_dialogues(DIALOGUES))
    assert dialogues
    ids = [dialogue["id"] for dialogue in dialogues]
    assert len(ids) == len(set(ids))
    for turn in (turn for dialogue in dialogues for turn in dialogue["turns"]):
        assert {"user"} <= set(turn) <= {"user", "must", "must_not"} and turn["user"].strip()
        assert all(isinstance(group, list) and group for group in turn.get("must", []))
