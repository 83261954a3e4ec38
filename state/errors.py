"""The exceptions of the state tables: one family."""

from __future__ import annotations


class StateError(Exception):
    """Base of all errors raised by the `state` package."""


class StateUnavailable(StateError):
    """The database cannot be reached, read or written at the moment; nothing was changed."""


class UnknownConversation(StateError):
    """The conversation was never begun, was deleted, or is too old."""
