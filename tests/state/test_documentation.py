"""docs/privacy.md names every table that holds state, docs/security.md every variable it is set up by."""

from __future__ import annotations

import re
from pathlib import Path

import state.audit
import state.conversations
import state.leases
import state.staff
import state.statistics
import state.switches  # noqa: F401  (each module adds its tables)
from api.settings import Settings
from state.database import metadata

DOCS = Path(__file__).parents[2] / "docs"


def test_every_table_is_in_the_record() -> None:
    named = set(re.findall(r"`([a-z_]+)`", (DOCS / "privacy.md").read_text(encoding="utf-8")))
    assert len(metadata.tables) > 8 and set(metadata.tables) - named == set()


def test_every_variable_that_is_named_exists() -> None:
    settings = {f"VEJVISER_{name.upper()}" for name in Settings.__fields__}
    for page in ("privacy.md", "security.md"):
        named = set(re.findall(r"VEJVISER_[A-Z_]+[A-Z]", (DOCS / page).read_text(encoding="utf-8")))
        assert named and named - settings == set(), page


def test_findings_are_explained_once() -> None:
    rows = re.findall(r"^\| ((?:CVE|GHSA|PYSEC)-[0-9A-Za-z-]+) \|", (DOCS / "security.md").read_text(encoding="utf-8"), re.M)
    assert len(rows) > 20 and len(set(rows)) == len(rows)
