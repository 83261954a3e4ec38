"""Look-ups that are answered again as they were answered before, for as long as the same catalogue is in force."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from weakref import ref

from fastapi import Request, Response
from fastapi.routing import APIRoute

from knowledge.snapshot import Snapshot

KEPT = 4_096  # answers; about 2 kB each


class Remembered:
    """The newest answers from one snapshot, by query string. Another snapshot empties it.

    Args:
        kept: how many answers; the one that was not asked for longest goes first.
    """

    def __init__(self, kept: int = KEPT):
        self._kept = kept
        self._of: Callable[[], Snapshot | None] = lambda: None  # weak: a snapshot that was replaced must be freed
        self._answers: OrderedDict[bytes, Response] = OrderedDict()

    def get(self, snapshot: Snapshot, query: bytes) -> Response | None:
        if self._of() is not snapshot:
            self._answers.clear()
            self._of = ref(snapshot)
            return None
        answer = self._answers.get(query)
        if answer is not None:
            self._answers.move_to_end(query)
        return answer

    def keep(self, snapshot: Snapshot, query: bytes, answer: Response) -> None:
        """Keep an answer that was made from a snapshot, unless another is in force by now."""
        if self._of() is snapshot:
            self._answers[query] = answer
            if len(self._answers) > self._kept:
                self._answers.popitem(last=False)


class RememberingRoute(APIRoute):
    """A route that depends on the catalogue and the query alone. A query is checked and answered once, faults every time."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:
        handle, remembered = super().get_route_handler(), Remembered()

        async def answer(request: Request) -> Response:
            snapshot, query = request.app.state.store.snapshot, request.scope["query_string"]
            known = remembered.get(snapshot, query)
            if known is None:
                known = await handle(request)
                if known.status_code == 200:
                    remembered.keep(snapshot, query, known)
            return known

        return answer
