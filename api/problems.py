"""Errors as application/problem+json (RFC 9457): one shape for every fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from knowledge.errors import KnowledgeError
from state.errors import StateUnavailable

log = structlog.get_logger(__name__)


class Problem(Exception):
    """A fault to tell the caller about.

    Args:
        status: HTTP status.
        title: what is wrong, in one line.
        detail: what to do about it.
        headers: of the response, e.g. Retry-After.
        text: what a citizen is told, in Danish, where a program could not know.
    """

    def __init__(self, status: int, title: str, detail: str, headers: dict[str, str] | None = None, text: str = ""):
        super().__init__(title)
        self.status, self.title, self.detail = status, title, detail
        self.headers, self.text = headers or {}, text


def problem_response(status: int, title: str, detail: str, **more: Any) -> JSONResponse:
    body = {"type": "about:blank", "status": status, "title": title, "detail": detail, **more}
    return JSONResponse(body, status_code=status, media_type="application/problem+json")


def install(app: FastAPI, show: Callable[[Request, Response], Response] = lambda request, problem: problem) -> None:
    """Make every error of the application a problem document.

    Args:
        show: gives the response for the document, where a caller is to see something else.
    """

    @app.exception_handler(Problem)
    async def _problem(request: Request, error: Problem) -> Response:
        more = {"text": error.text} if error.text else {}
        response = problem_response(error.status, error.title, error.detail, **more)
        response.headers.update(error.headers)
        return show(request, response)

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        response = problem_response(error.status_code, str(error.detail), "See /docs for what can be asked.")
        response.headers.update(error.headers or {})
        return show(request, response)

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Response:
        faults = [{"where": ".".join(map(str, item["loc"])), "what": item["msg"]} for item in error.errors()]
        return show(request, problem_response(422, "The request is not valid", "Correct the named fields.", errors=faults))

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, error: Exception) -> Response:
        log.error("request.failed", route=_route(request), error=type(error).__name__)
        return show(
            request, problem_response(500, "Something went wrong here", "Try again; if it goes on, tell the operators.")
        )

    @app.exception_handler(KnowledgeError)
    async def _knowledge(request: Request, error: KnowledgeError) -> Response:
        return show(request, problem_response(503, "The knowledge base is not available", str(error).splitlines()[0]))

    @app.exception_handler(StateUnavailable)
    async def _state(request: Request, error: StateUnavailable) -> Response:
        log.error("state.unavailable", route=_route(request), error=str(error))
        response = problem_response(503, "The store is not available", "Try again in a moment; nothing was changed.")
        response.headers["Retry-After"] = "5"
        return show(request, response)


def _route(request: Request) -> str:
    """The template of the route: the address itself may hold the id of a conversation."""
    return getattr(request.scope.get("route"), "path", "")
