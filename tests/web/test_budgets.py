"""What the pages may weigh, compressed as a server sends them."""

from __future__ import annotations

import gzip
import re

import pytest

from api.pages import DIST, WEB, assets

WIDGET = 40_000
PAGES = {"front": 60_000, "guide": 120_000, "telefon": 250_000}


def weight(path: str) -> int:
    return len(gzip.compress((DIST / path.lstrip("/")).read_bytes(), 9))


def test_widget_is_one_small_script_that_needs_no_other() -> None:
    text = (DIST / "widget.js").read_text(encoding="ascii")
    assert weight("widget.js") <= WIDGET
    assert "import(" not in text and "import " not in text.split(";", 1)[0]


@pytest.mark.parametrize("entry", PAGES)
def test_first_load_of_a_page_is_within_its_budget(entry: str) -> None:
    needed = assets(entry)
    total = sum(weight(path) for path in (needed.script, *needed.preloads, *needed.styles))
    assert total <= PAGES[entry], f"{entry} loads {total} bytes"


def test_no_source_makes_markup_of_text() -> None:
    forbidden = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|document\.write|\beval\(|new Function")
    sources = [path for path in (WEB / "src").rglob("*.ts") if not path.name.endswith(".test.ts")]
    assert len(sources) > 10
    assert [path.name for path in sources if forbidden.search(path.read_text(encoding="utf-8"))] == []
