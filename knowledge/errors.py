"""The exceptions of the knowledge base: one family, each naming what is wrong and the mend."""

from __future__ import annotations

from dataclasses import dataclass


class KnowledgeError(Exception):
    """Base of all errors raised by the `knowledge` package."""


@dataclass(frozen=True)
class Problem:
    """One fault in a catalogue file.

    Attributes:
        file: path relative to the catalogue folder.
        line: 1-based line in the YAML file, 0 when the whole file is meant.
        what: what is wrong.
        mend: what to do about it.
    """

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}. Mend: {self.mend}"


class CatalogueError(KnowledgeError):
    """The catalogue cannot be used; `problems` lists every fault that was found, in file and line order."""

    def __init__(self, problems: list[Problem]):
        self.problems = sorted(set(problems), key=lambda p: (p.file, p.line, p.what))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class DatabaseError(KnowledgeError):
    """The knowledge database cannot be reached, read or written."""


class SourcesMissing(KnowledgeError):
    """VEJVISER_SOURCES names no folder, or the folder lacks a document that the catalogue cites."""
