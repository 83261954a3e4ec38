"""A fault as a page in Danish for whoever opened an address in a browser; programs get the problem document."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

from api.client import opened_in_browser
from api.pages import plain_page, texts

_OF_PROGRAMS = ("/v1/", "/webhooks/", "/health", "/metrics", "/openapi.json")  # a developer who looks at one wants the problem
_ALSO = {401: "403", 405: "404"}  # the same to a person
_OF_THE_DOCUMENT = ("content-type", "content-length")


def for_people(request: Request, problem: Response) -> Response:
    """The problem as it is, or the page that tells it."""
    if problem.status_code < 400 or request.scope["path"].startswith(_OF_PROGRAMS) or not opened_in_browser(request):
        return problem
    told = texts()["fault_page"]
    kind = _ALSO.get(problem.status_code, str(problem.status_code))
    shown = plain_page(request, "fault.html", problem.status_code, kind=kind, fault=told.get(kind, told["other"]))
    shown.headers.update({name: value for name, value in problem.headers.items() if name not in _OF_THE_DOCUMENT})
    shown.headers["Vary"] = "Accept"
    return shown
