"""Arrows point one way: web -> api -> bot -> actions -> knowledge. Read from the imports, so no promise is needed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FORBIDDEN = {
    "knowledge": {"rasa", "rasa_sdk", "fastapi", "starlette", "uvicorn", "bot", "actions", "api", "state", "tests"},
    "state": {"rasa", "rasa_sdk", "fastapi", "starlette", "uvicorn", "bot", "actions", "api", "knowledge", "tests"},
    "actions": {"rasa", "fastapi", "starlette", "sqlalchemy", "bot", "api", "state", "tests"},
    "bot": {"fastapi", "starlette", "api", "tests"},
    "api": {"sqlalchemy", "tests"},
}


def imported(source: str) -> Iterator[str]:
    """The top-level packages a module imports, also inside functions; relative imports stay in their own room."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield (node.module or "").split(".")[0]


def modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("room", FORBIDDEN)
def test_no_import_points_back(room: str) -> None:
    wrong = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(room)
        for name in imported(path.read_text(encoding="utf-8"))
        if name in FORBIDDEN[room]
    }
    assert not wrong


@pytest.mark.parametrize("room", FORBIDDEN)
def test_room_has_modules_to_check(room: str) -> None:
    assert modules(room)


@pytest.mark.parametrize("source", ["import rasa.core", "from bot.runtime import Bot", "def f():\n    import api"])
def test_the_reader_sees_every_form_of_import(source: str) -> None:
    assert FORBIDDEN["knowledge"] & set(imported(source))
