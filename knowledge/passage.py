"""The original lines behind a fact, read from the folder of documents when they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge.accounting import read_lines
from knowledge.errors import SourcesMissing
from knowledge.model import Document, line_pairs

MOST_LINES = 600  # of one request; the longest passage a fact cites has a few dozen


@dataclass(frozen=True)
class Passage:
    """A run of lines, `first` to `last` (1-based, inclusive); `lines` are (number, text) without the blank ones."""

    first: int
    last: int
    lines: tuple[tuple[int, str], ...]


def passages(folder: Path, document: Document, ranges: str) -> list[Passage]:
    """The runs of lines that hold any text, in the order asked for; what lies beyond the document's end is left out.

    Args:
        ranges: "260-262, 270" as the catalogue writes them.

    Raises:
        SourcesMissing: when the folder does not hold the document.
    """
    if Path(document.file).name != document.file:
        raise SourcesMissing(f"document {document.id}: '{document.file}' is not the name of a file in {folder}")
    text, left, found = read_lines(folder, document), MOST_LINES, []
    for first, last in line_pairs(ranges):
        picked = text[max(0, first - 1) : min(last, first - 1 + left)]
        left -= len(picked)
        lines = tuple((n, line.strip()) for n, line in enumerate(picked, max(1, first)) if line.strip())
        if lines:
            found.append(Passage(first, min(last, len(text)), lines))
    return found
