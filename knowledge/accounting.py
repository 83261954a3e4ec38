"""Proves that every non-blank line of every source document is cited by a fact or left out on purpose.

The documents themselves are not part of the repository: VEJVISER_SOURCES names the folder that holds them.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import SourcesMissing
from knowledge.model import Catalogue, Document, line_pairs


@dataclass(frozen=True)
class DocumentAccount:
    """What became of one document's non-blank lines. `lines` = cited + left_out + unaccounted.

    Attributes:
        reasons: left-out lines counted by reason.
        unaccounted_lines: 1-based numbers of the lines nobody accounted for.
        dangling: ranges in the catalogue that reach beyond the document's last line.
    """

    id: str
    lines: int
    cited: int
    left_out: int
    reasons: dict[str, int]
    unaccounted_lines: tuple[int, ...]
    dangling: tuple[str, ...]

    @property
    def unaccounted(self) -> int:
        return len(self.unaccounted_lines)


def line_numbers(ranges: str) -> Iterator[int]:
    """The 1-based numbers in "260-262, 270"; nothing for an empty string."""
    for first, last in line_pairs(ranges):
        yield from range(first, last + 1)


def sources_folder() -> Path | None:
    """The folder VEJVISER_SOURCES names, or None when it is unset.

    Raises:
        SourcesMissing: when it is set but is not a folder.
    """
    value = os.environ.get("VEJVISER_SOURCES", "")
    if not value:
        return None
    folder = Path(value)
    if not folder.is_dir():
        raise SourcesMissing(f"VEJVISER_SOURCES names {folder}, which is not a folder")
    return folder


def read_lines(folder: Path, document: Document) -> list[str]:
    """The document's lines, index 0 = line 1.

    Raises:
        SourcesMissing: when the folder does not hold the document.
    """
    path = folder / document.file
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise SourcesMissing(f"document {document.id}: {path} cannot be read ({error.strerror})") from error


def account(catalogue: Catalogue, folder: Path) -> list[DocumentAccount]:
    """One account per document, in document order.

    Raises:
        SourcesMissing: when a document that the catalogue lists is not in `folder`.
    """
    documents = [document for municipality in catalogue.municipalities for document in municipality.documents]
    cited: dict[str, list[str]] = {document.id: [] for document in documents}
    for fact in catalogue.facts():
        if fact.source and fact.source.document in cited:
            cited[fact.source.document].append(fact.source.lines)
    return [_account(d, read_lines(folder, d), cited[d.id]) for d in sorted(documents, key=lambda d: d.id)]


def _account(document: Document, lines: list[str], ranges: list[str]) -> DocumentAccount:
    filled = {n for n, line in enumerate(lines, 1) if line.strip()}
    cited = _union(ranges) & filled
    reasons: Counter[str] = Counter()
    left_out: set[int] = set()
    for entry in document.left_out:
        fresh = (set(line_numbers(entry.lines)) & filled) - cited - left_out
        reasons[entry.reason] += len(fresh)
        left_out |= fresh
    everything = [*ranges, *(entry.lines for entry in document.left_out)]
    dangling = [text for text in everything if any(n > len(lines) for n in line_numbers(text))]
    return DocumentAccount(
        id=document.id,
        lines=len(filled),
        cited=len(cited),
        left_out=len(left_out),
        reasons={reason: count for reason, count in sorted(reasons.items()) if count},
        unaccounted_lines=tuple(sorted(filled - cited - left_out)),
        dangling=tuple(dangling),
    )


def _union(ranges: Iterable[str]) -> set[int]:
    return {n for text in ranges for n in line_numbers(text)}
