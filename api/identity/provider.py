"""The interface of every provider that a browser is sent to.

A provider for the municipalities' SAML Context Handler is one more class with these two methods, listed in `providers`.
"""

from __future__ import annotations

from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from state.staff import Session


class LoginRefused(Exception):
    """Nobody was let in; `reason` is a key of the login texts: refused, no_role, away."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class IdentityProvider(Protocol):
    """Somebody else who knows the staff.

    Attributes:
        id: part of the addresses /log-ind/{id} and /log-ind/{id}/svar.
        label: what the button is called, in Danish.
    """

    id: str
    label: str

    async def begin(self, request: Request, answer_to: str) -> Response:
        """Send the browser to the provider, which sends it back to the address `answer_to`.

        Raises:
            LoginRefused: when the provider cannot be reached.
        """

    async def complete(self, request: Request) -> Session:
        """Read the provider's answer.

        Raises:
            LoginRefused: when the answer is not one to our question, or gives no role here.
        """
