"""The Danish wording tables, each read once: `da.yml` for answers, others by the name of their file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


@cache
def wording(table: str = "da") -> dict[str, Any]:
    """Templates by key; in `da` nested tables for `quick` (by facet) and `per` (by period)."""
    return YAML(typ="safe").load((Path(__file__).parent / f"{table}.yml").read_text(encoding="utf-8"))


def say(key: str, table: str = "da", **values: Any) -> str:
    """One template filled in.

    Raises:
        KeyError: when the template or one of its placeholders is unknown.
    """
    return wording(table)[key].format(**values)
