"""The exceptions of the state tables and of the locks beside them: one family, without ids and texts of conversations."""

from __future__ import annotations


class StateError(Exception):
    """Base of all errors raised by the `state` package."""


class StateUnavailable(StateError):
    """The database or the lock store cannot be reached, read or written at the moment; nothing was changed."""


class ConversationBusy(StateUnavailable):
    """Another message of the same conversation is still being answered, or was answered in between; it may be sent again."""


class UnknownConversation(StateError):
    """The conversation was never begun, was deleted, or is too old."""


def reason(error: BaseException) -> str:
    """The driver's own words on one line, without SQL and parameters."""
    text = str(getattr(error, "orig", None) or error).strip()
    return f"{type(error).__name__}: {text.splitlines()[0]}" if text else type(error).__name__
