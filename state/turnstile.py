"""One thread at a time, in the order in which they came."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from state.errors import StateUnavailable


class Turnstile:
    """Hands its one place from thread to thread. A plain lock lets a newcomer pass those who wait, without end under load.

    Args:
        patience: seconds a thread waits for its place.
    """

    def __init__(self, patience: float):
        self._patience = patience
        self._mutex = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()  # each locked until the place is its owner's

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold the place.

        Raises:
            StateUnavailable: when it is not free in time.
        """
        self._enter()
        try:
            yield
        finally:
            self._leave()

    @contextmanager
    def place_if_free(self) -> Iterator[bool]:
        """Hold the place where nobody holds it or waits for it; whether it is held."""
        with self._mutex:
            mine, self._taken = not self._taken, True
        try:
            yield mine
        finally:
            if mine:
                self._leave()

    def _enter(self) -> None:
        with self._mutex:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=self._patience):
            return
        with self._mutex:
            if mine in self._waiting:  # otherwise the place was handed over at this moment
                self._waiting.remove(mine)
                raise StateUnavailable("the database: those who write wait too long for one another")

    def _leave(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False
