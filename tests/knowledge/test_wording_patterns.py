"""Patterns of the vocabulary are read on folded text: one with letters that folding removes can never match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from ruamel.yaml import YAML

from knowledge.vocabulary import CATALOGUE

UNFOLDED = re.compile(r"[æøåÆØÅ]|aa|ae|oe")


def patterns(entry: Any) -> Iterator[str]:
    if isinstance(entry, str):
        if "\\b" in entry:
            yield entry
    elif isinstance(entry, (list, dict)):
        for value in entry.values() if isinstance(entry, dict) else entry:
            yield from patterns(value)


@pytest.mark.parametrize("name", ["comparison.yml", "language.yml"])
def test_every_pattern_can_match(name: str) -> None:
    found = list(patterns(YAML(typ="safe").load((CATALOGUE / "vocabulary" / name).read_text(encoding="utf-8"))))
    assert len(found) > 10
    assert [UNFOLDED.search(pattern).group() for pattern in found if UNFOLDED.search(pattern)] == []  # type: ignore[union-attr]
