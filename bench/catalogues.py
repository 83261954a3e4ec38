"""Catalogues of any size, written as a folder that the service loads like its own (VEJVISER_CATALOGUE).

Municipalities are named from the vocabulary's list. The shipped ones come first and keep what they have; the others, and what
is missing up to the number of services, are copies of the shipped services in turn. A copy names its new municipality wherever
it named the old one and in each fact besides, so that no two municipalities share the texts of their facts.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from knowledge.vocabulary import CATALOGUE, vocabulary

Tree = dict[str, Any]
_SAFE = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "-"})


@dataclass(frozen=True)
class Shipped:
    """A municipality of the shipped catalogue as its files have it."""

    entry: Tree
    services: list[Tree]

    @classmethod
    def read(cls, folder: Path) -> Shipped:
        files = sorted(path for path in folder.glob("*.yml") if path.name != "municipality.yml")
        return cls(_read(folder / "municipality.yml"), [_read(path) for path in files])


def write_catalogue(folder: Path, municipalities: int, services: int) -> list[str]:
    """Write a catalogue of `municipalities` x `services`.

    Returns:
        The names of the municipalities.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(CATALOGUE / "national.yml", folder / "national.yml")
    shipped = [Shipped.read(path) for path in sorted((CATALOGUE / "municipalities").iterdir())]
    by_name = {owner.entry["name"]: owner for owner in shipped if owner.entry["named"]}
    others = sorted(vocabulary().municipalities)
    names = list(dict.fromkeys([*by_name, *others]))[:municipalities]
    stock = cycle([(owner, service) for owner in shipped for service in owner.services])
    base = cycle(by_name.values())
    for name in names:
        owner = by_name.get(name) or _copied(next(base), name)
        _write_municipality(folder / "municipalities", owner, services, stock)
    return names


def _copied(base: Shipped, name: str) -> Shipped:
    """The general part of a shipped municipality under another name, without services."""
    entry = _named(base.entry, base.entry["name"], name)
    return Shipped({**entry, "id": identifier(name), "spellings": [], "places": [], "full_name": f"{name} Kommune"}, [])


def _write_municipality(root: Path, owner: Shipped, services: int, stock: Iterator[tuple[Shipped, Tree]]) -> None:
    folder, name = root / owner.entry["id"], owner.entry["name"]
    folder.mkdir(parents=True)
    _write(folder / "municipality.yml", owner.entry)
    offered = list(owner.services)
    while len(offered) < services:
        source, service = next(stock)
        key = {"id": f"{owner.entry['id']}-{len(offered)}", "document": owner.entry["documents"][0]["id"], "left_out": []}
        offered.append({**_named(service, source.entry["name"], name), **key})
    for service in offered:
        _write(folder / f"{service['id']}.yml", service)


def identifier(name: str) -> str:
    """The id of a municipality by its name."""
    return name.lower().translate(_SAFE)


def _named(tree: Tree, old: str, new: str) -> Tree:
    """The texts with the new municipality's name in place of the old one's, and each fact with it in addition."""
    renamed = _each_text(tree, lambda text: text.replace(old, new))
    facts = {facet: [_marked(fact, new) for fact in entries] for facet, entries in renamed.get("facts", {}).items()}
    gaps = [_marked(gap, new) for gap in renamed.get("gaps", [])]
    return {**renamed, "facts": facts, "gaps": gaps}


def _marked(fact: Tree, name: str) -> Tree:
    return {**fact, "text": f"{fact['text']} ({name})"}


def _each_text(node: Any, change: Callable[[str], str]) -> Any:
    if isinstance(node, str):
        return change(node)
    if isinstance(node, dict):
        return {key: _each_text(value, change) for key, value in node.items()}
    if isinstance(node, list):
        return [_each_text(value, change) for value in node]
    return node


def _read(path: Path) -> Tree:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def _write(path: Path, tree: Tree) -> None:
    """JSON is YAML, and written a hundred times faster."""
    path.write_text(json.dumps(tree, ensure_ascii=False, indent=1, default=str), encoding="utf-8")
