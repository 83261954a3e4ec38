"""Refuses a request body that is too large while it is read, also when it comes in pieces without a length."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """ASGI: at most `limit` bytes; the rest is never read.

    The refusal is raised where the body is read, so that it becomes a problem document like every other one.
    """

    def __init__(self, app: ASGIApp, limit: int):
        self._app, self._limit = app, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        read = 0

        async def counted() -> Message:
            nonlocal read
            if announced.isdigit() and int(announced[:20]) > self._limit:
                raise HTTPException(413, "The request is too large")
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._limit:
                raise HTTPException(413, "The request is too large")
            return message

        await self._app(scope, counted, send)
