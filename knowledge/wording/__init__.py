"""The Danish wording table `da.yml`, read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


@lru_cache(maxsize=1)
def wording() -> dict[str, Any]:
    """Templates by key; nested tables for `quick` (by facet) and `per` (by period)."""
    return YAML(typ="safe").load((Path(__file__).parent / "da.yml").read_text(encoding="utf-8"))


def say(key: str, **values: Any) -> str:
    """One template filled in.

    Raises:
        KeyError: when the template or one of its placeholders is unknown.
    """
    return wording()[key].format(**values)
