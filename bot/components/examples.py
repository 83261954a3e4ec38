"""Files of example messages that one classifier learns from alone: lists of texts by label."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ruamel.yaml import YAML


def examples_in(path: Path, labels: Collection[str]) -> list[tuple[str, str]]:
    """The texts of a file, each with its label, in the file's order.

    Raises:
        ValueError: when a label is none of `labels`, or an example is no text.
    """
    found: list[tuple[str, str]] = []
    for label, texts in YAML(typ="safe").load(path.read_text(encoding="utf-8")).items():
        if label not in labels:
            raise ValueError(f"{path.name}: '{label}' is unknown. Mend: use one of {', '.join(labels)}")
        if odd := [text for text in texts if not isinstance(text, str)]:
            raise ValueError(f"{path.name}: {odd[0]!r} under '{label}' is no text. Mend: put it in quotes")
        found += [(text, label) for text in texts]
    return found
