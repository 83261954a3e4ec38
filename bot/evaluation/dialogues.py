"""Dialogue sets: where they are, how they are read, and which of them are kept back from tuning.

The format is JSON Lines, one dialogue a line: id, municipality, service, facet, style, turns [{user, must, must_not}]. An
optional `page` is the municipality of the page that embeds the chat.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.runtime import ROOT

DIALOGUES = ROOT / "tests" / "dialogues"
KEPT_BACK = "heldout"


def own_sets() -> list[Path]:
    """The project's own dialogue sets, by name."""
    return sorted(DIALOGUES.glob("*.jsonl"))


def is_kept_back(name: str) -> bool:
    """Whether a set was never used for tuning, so that only its totals may be seen."""
    return name.startswith(KEPT_BACK)


def find_set(name: str) -> Path:
    """The file of a set given by its name or its path.

    Raises:
        FileNotFoundError: when there is neither, naming the sets there are.
    """
    for path in (Path(name), DIALOGUES / f"{name}.jsonl"):
        if path.is_file():
            return path
    known = ", ".join(path.stem for path in own_sets())
    raise FileNotFoundError(f"No dialogue set '{name}'. Mend: give a file, or one of {known}")


def read_dialogues(files: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """The dialogues of some files, each with the file's stem as `file`.

    Raises:
        ValueError: naming file and line when a line is not JSON.
    """
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                yield {**json.loads(line), "file": path.stem}
            except json.JSONDecodeError as error:
                raise ValueError(f"{path}:{number}: not JSON ({error.msg})") from error
