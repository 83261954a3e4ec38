"""Local accounts' passwords: argon2, and the same work whether or not the account exists."""

from __future__ import annotations

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from state.staff import Accounts, Session

SHORTEST = 12
_hasher = PasswordHasher()


def digest_of(password: str) -> str:
    """An argon2id digest.

    Raises:
        ValueError: when the password is too short.
    """
    if len(password) < SHORTEST:
        raise ValueError(f"a password has at least {SHORTEST} characters")
    return _hasher.hash(password)


def verify(accounts: Accounts, name: str, password: str) -> Session | None:
    """Who logs in with this name and password, None when nobody does. Takes tens of milliseconds: run it in a thread."""
    account = accounts.find(name)
    try:
        _hasher.verify(account.password if account else _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return None
    return Session(account.name, account.role, "local") if account else None


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _hasher.hash("an account that does not exist takes as long as one that does")
