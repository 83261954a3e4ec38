"""YAML files to a `Catalogue`: strict, deterministic, and every fault named with file, line and mend.

All files are read before anything is reported, so an editor sees every fault at once. Failure policy: any fault raises
`CatalogueError`; nothing half-loaded ever leaves this module.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from knowledge import schema
from knowledge.errors import CatalogueError, Problem
from knowledge.model import (
    Approval,
    Ask,
    Catalogue,
    ContactCondition,
    ContactPoint,
    Document,
    Fact,
    LeftOut,
    Municipality,
    Service,
    Source,
    line_pairs,
)
from knowledge.vocabulary import CATALOGUE


def load_catalogue(folder: Path = CATALOGUE) -> Catalogue:
    """Read and check every file of a catalogue folder.

    Args:
        folder: holds `national.yml` and `municipalities/<id>/{municipality,<service>}.yml`.

    Raises:
        CatalogueError: with every problem found, when any file is unreadable, malformed or inconsistent.
    """
    return _Loader(folder).load()


class _Loader:
    def __init__(self, folder: Path):
        self.folder = folder
        self.problems: list[Problem] = []
        self.digest = hashlib.sha256()
        self.seen: dict[str, str] = {}

    def load(self) -> Catalogue:
        municipalities = [m for m in map(self._municipality, self._municipality_folders()) if m]
        national = self._national()
        if not municipalities and not self.problems:
            self._problem("municipalities", 0, "no municipality found", "add municipalities/<id>/municipality.yml")
        if self.problems:
            raise CatalogueError(self.problems)
        return Catalogue(self.digest.hexdigest(), tuple(municipalities), tuple(national))

    def _municipality_folders(self) -> list[Path]:
        root = self.folder / "municipalities"
        return sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []

    # -- reading one file ------------------------------------------------------------------------------------------

    def _read(self, path: Path, model: type[schema.Strict]) -> Any:
        name = str(path.relative_to(self.folder))
        try:
            raw = path.read_bytes()
            text = raw.decode("utf-8")
        except FileNotFoundError:
            self._problem(name, 0, "the file is missing", "create it")
            return None
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            self._problem(name, line, "the file is not UTF-8", "save it as UTF-8")
            return None
        self.digest.update(name.encode() + b"\0" + raw)
        try:
            data = YAML(typ="safe").load(text)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self._problem(name, mark.line + 1 if mark else 0, f"broken YAML: {error.problem}", "mend the YAML here")
            return None
        except YAMLError as error:
            self._problem(name, 0, f"broken YAML: {error}", "mend the YAML")
            return None
        try:
            return model.parse_obj(data if isinstance(data, dict) else {})
        except ValidationError as error:
            self._report(name, text, error)
            return None

    def _report(self, name: str, text: str, error: ValidationError) -> None:
        tree = YAML(typ="rt").load(text)
        for item in error.errors():
            loc = [part for part in item["loc"] if part != "__root__"]
            where = ".".join(str(part) for part in loc)
            self._problem(name, _line_of(tree, loc, item["msg"]), f"{where}: {item['msg']}", _mend(item["type"], where))

    def _problem(self, file: str, line: int, what: str, mend: str) -> None:
        self.problems.append(Problem(file, line, what, mend))

    def _claim(self, file: str, identifier: str) -> None:
        if identifier in self.seen:
            self._problem(file, 1, f"id '{identifier}' is already used in {self.seen[identifier]}", "choose another id")
        self.seen[identifier] = file

    # -- building the model ----------------------------------------------------------------------------------------

    def _municipality(self, folder: Path) -> Municipality | None:
        path = folder / "municipality.yml"
        entry: schema.MunicipalityFile | None = self._read(path, schema.MunicipalityFile)
        files = sorted(p for p in folder.glob("*.yml") if p.name != "municipality.yml")
        services = [(p, self._read(p, schema.ServiceFile)) for p in files]
        if entry is None:
            return None
        name = str(path.relative_to(self.folder))
        self._claim(name, entry.id)
        for contact in entry.contact_points:
            self._claim(name, f"{entry.id}.contact.{contact.id}")
        known = {document.id for document in entry.documents}
        built = []
        for file, service in services:
            if service is None:
                continue
            relative = str(file.relative_to(self.folder))
            self._claim(relative, service.id)
            if service.document not in known:
                self._problem(
                    relative,
                    1,
                    f"document '{service.document}' is not listed in municipality.yml",
                    f"use one of {', '.join(sorted(known))} or list it there",
                )
            for facet in service.not_stated:
                if any(facet in (key, *fact.also) for key, facts in service.facts.items() for fact in facts):
                    self._problem(relative, 1, f"facet '{facet}' has facts and stands in not_stated", "remove it there")
            built.append(_service(entry.id, service))
        first = entry.documents[0].id if entry.documents else ""
        left_out = [(service.document, item) for _, service in services if service for item in service.left_out]
        return Municipality(
            id=entry.id,
            name=entry.name,
            full_name=entry.full_name,
            named=entry.named,
            spellings=tuple(entry.spellings),
            places=tuple(entry.places),
            landmarks=tuple(entry.landmarks),
            documents=tuple(_document(d, [item for doc, item in left_out if doc == d.id]) for d in entry.documents),
            contact_points=tuple(_contact(entry.id, first, c) for c in entry.contact_points),
            facts=tuple(_facts(entry.id, "", first, entry.facts, entry.gaps)),
            services=tuple(sorted(built, key=_first_line)),
            not_stated=tuple(entry.not_stated),
        )

    def _national(self) -> list[Fact]:
        entry: schema.NationalFile | None = self._read(self.folder / "national.yml", schema.NationalFile)
        if entry is None:
            return []
        return [
            _fact(f"national.{facet}.{n}", facet, item, Source(document=item.source.title), "", "")
            for facet, items in entry.facts.items()
            for n, item in enumerate(items, 1)
        ]


def _first_line(service: Service) -> tuple[str, int]:
    """Where a document begins to tell of a service: lists of services keep the document's order."""
    lines = [line for fact in service.facts if fact.source for line, _ in line_pairs(fact.source.lines)]
    return (service.document, min(lines, default=0))


def _service(municipality: str, entry: schema.ServiceFile) -> Service:
    return Service(
        id=entry.id,
        name=entry.name,
        municipality=municipality,
        document=entry.document,
        paragraphs=tuple(entry.paragraphs),
        topics=tuple(entry.topics),
        aliases=tuple(entry.aliases),
        facts=tuple(_facts(municipality, entry.id, entry.document, entry.facts, entry.gaps)),
        not_stated=tuple(entry.not_stated),
    )


def _facts(
    municipality: str,
    service: str,
    document: str,
    facts: dict[str, list[schema.FactEntry]],
    gaps: list[schema.GapEntry],
) -> Iterator[Fact]:
    owner = service or municipality
    for facet, entries in facts.items():
        for n, entry in enumerate(entries, 1):
            source = Source(document, entry.section, entry.lines)
            yield _fact(f"{owner}.{facet}.{n}", facet, entry, source, municipality, service)
    for n, gap in enumerate(gaps, 1):
        yield _fact(f"{owner}.gap.{n}", gap.facet, gap, None, municipality, service)


def _fact(identifier: str, facet: str, entry: schema.Worded, source: Source | None, municipality: str, service: str) -> Fact:
    value = getattr(entry, "value", None)
    return Fact(
        id=identifier,
        facet=facet,
        text=entry.text,
        source=source,
        municipality=municipality,
        service=service,
        value=json.loads(value.json(by_alias=True, exclude_none=True)) if value else None,
        topics=tuple(entry.topics),
        words=tuple(entry.words),
        asks=tuple(map(_ask, entry.asks)),
        also=tuple(getattr(entry, "also", ())),
        note=getattr(entry, "note", ""),
        stated=source is not None,
    )


def _ask(text: str) -> Ask:
    question, _, answer = text.partition("=>")
    return Ask(question.strip(), answer.strip())


def _contact(municipality: str, document: str, entry: schema.ContactEntry) -> ContactPoint:
    source = Source(document, entry.section, entry.lines)
    return ContactPoint(
        id=entry.id,
        name=entry.name,
        phone=entry.phone or "",
        email=entry.email or "",
        address=entry.address or "",
        hours=entry.hours or "",
        url=entry.url or "",
        topics=tuple(entry.topics),
        purpose=tuple(entry.purpose),
        when=tuple(ContactCondition(**condition.dict()) for condition in entry.when),
        fact=_fact(f"{municipality}.contact.{entry.id}", "contact", entry, source, municipality, ""),
    )


def _document(entry: schema.DocumentEntry, more: list[schema.LeftOutEntry]) -> Document:
    return Document(
        id=entry.id,
        file=entry.file,
        title=entry.title,
        approved=tuple(Approval(a.body, a.date) for a in entry.approved),
        left_out=tuple(LeftOut(item.lines, item.reason) for item in [*entry.left_out, *more]),
    )


def _line_of(tree: Any, loc: list[Any], message: str) -> int:
    """The 1-based line of the deepest node that `loc` reaches; of the key itself when the message names one there."""
    line, node = 1, tree
    named = re.search(r"'([^']+)'", message)
    for part in [*loc, named.group(1) if named else None]:
        try:
            line = node.lc.data[part][0] + 1
            node = node[part]
        except (AttributeError, KeyError, IndexError, TypeError):
            continue
    return line


def _mend(kind: str, where: str) -> str:
    if kind == "value_error.extra":
        return "remove the key or correct its spelling"
    if kind == "value_error.missing":
        return f"add {where.rsplit('.', 1)[-1]}"
    return "correct the value"
