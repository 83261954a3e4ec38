"""Pages made on the server: a template of web/templates, the Danish table, the built assets of one entry.

The assets are built by Vite into web/dist; its manifest says which hashed files an entry needs. Nothing is read from the
folder at import; a server without built assets still serves the API and says on the pages what to run.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from api.problems import Problem

WEB = Path(__file__).parents[1] / "web"
DIST = WEB / "dist"


@dataclass(frozen=True)
class Assets:
    """Addresses of what a page loads: its script ("" for none), the chunks that script imports, its style sheets in order."""

    script: str
    preloads: tuple[str, ...]
    styles: tuple[str, ...]


def page(request: Request, template: str, entry: str, status: int = 200, **values: Any) -> HTMLResponse:
    """One page as a response.

    Args:
        template: file of web/templates.
        entry: key of `input` in web/vite.config.ts.
        values: what the template needs besides `t` (the Danish table), `assets` and `request`.

    Raises:
        Problem: 503 when the assets have not been built.
    """
    text = _environment().get_template(template).render(request=request, t=texts(), assets=assets(entry), **values)
    return HTMLResponse(text, status, headers={"Cache-Control": "no-store"})  # the security headers: api/headers.py


def plain_page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page without scripts, also while no assets have been built (then without styles): a login, a fault."""
    try:
        styles = assets("shared").styles
    except Problem:
        styles = ()
    plain = Assets("", (), styles)
    text = _environment().get_template(template).render(request=request, t=texts(), assets=plain, **values)
    return HTMLResponse(text, status, headers={"Cache-Control": "no-store"})


def assets(entry: str) -> Assets:
    """What the entry needs, from the manifest as it is now (a new build needs no restart)."""
    path = DIST / "manifest.json"
    try:
        manifest = _manifest(path, path.stat().st_mtime_ns)
    except FileNotFoundError as error:
        raise Problem(503, "The pages have not been built", "Run `make web`, then load the page again.") from error
    root = next(key for key, chunk in manifest.items() if chunk.get("isEntry") and chunk["name"] == entry)
    chunks = _closure(manifest, root)
    styles = dict.fromkeys(f"/{css}" for chunk in reversed(chunks) for css in chunk.get("css", ()))
    return Assets(f"/{chunks[0]['file']}", tuple(f"/{chunk['file']}" for chunk in chunks[1:]), tuple(styles))


def texts() -> dict[str, Any]:
    """The Danish table of the web, the same file the scripts are built with."""
    path = WEB / "src" / "texts" / "da.json"
    return _json(path, path.stat().st_mtime_ns)


def _closure(manifest: dict[str, Any], root: str) -> list[dict[str, Any]]:
    """The chunk and everything it imports at once, the chunk first, what others stand on last."""
    keys, queue = {root: None}, [root]
    while queue:
        for key in manifest[queue.pop(0)].get("imports", ()):
            keys.pop(key, None)
            keys[key] = None
            queue.append(key)
    return [manifest[key] for key in keys]


@lru_cache(maxsize=4)
def _json(path: Path, modified: int) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


_manifest = _json


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(WEB / "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
