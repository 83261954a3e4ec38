"""The one store of this process, so that graph components, actions and the API read the same snapshot."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from knowledge import database
from knowledge.snapshot import Store
from knowledge.vocabulary import CATALOGUE

_lock = threading.Lock()
_store: Store | None = None


def current_store() -> Store:
    """The shared store; made on first use from VEJVISER_DATABASE_URL and VEJVISER_CATALOGUE.

    Raises:
        DatabaseError: when the database cannot be opened.
    """
    global _store
    with _lock:
        if _store is None:
            folder = Path(os.environ.get("VEJVISER_CATALOGUE") or CATALOGUE)
            _store = Store(database.connect(database.default_url()), folder)
        return _store


def use_store(store: Store | None) -> None:
    """Put another store in its place (tests, or an application that made its own)."""
    global _store
    with _lock:
        _store = store
