"""The secret that signs ids and sessions."""

from __future__ import annotations

import hashlib
import os
import secrets

from itsdangerous import BadSignature, Signer

from api.settings import Settings

SHORTEST = 32  # characters; 16 random bytes in hex


class UnsafeSettings(Exception):
    """The service would run unsafely with these settings; the message names the variable and the mend."""


def signing_keys(settings: Settings) -> list[str]:
    """The keys of VEJVISER_SECRET, oldest first as itsdangerous wants them: the last one signs, all verify.

    The variable holds the newest first, separated by commas, so that a secret can be rotated without ending conversations.
    On loopback without the variable, a secret is made once in the state folder, readable by its owner only.

    Raises:
        UnsafeSettings: when the variable is unset beyond loopback, or a key is too short.
    """
    if settings.secret:
        keys = [key.strip() for key in settings.secret.split(",") if key.strip()]
        if not keys or min(map(len, keys)) < SHORTEST:
            mend = f"Set VEJVISER_SECRET to at least {SHORTEST} random characters, e.g. the output of `openssl rand -hex 32`."
            raise UnsafeSettings(f"VEJVISER_SECRET is too short to be secret. {mend}")
        return keys[::-1]
    if not settings.on_loopback:
        mend = "Set VEJVISER_SECRET to the same random text for all replicas, e.g. the output of `openssl rand -hex 32`."
        raise UnsafeSettings(f"VEJVISER_SECRET is not set and VEJVISER_HOST is not loopback. {mend}")
    return [_made_once(settings)]


def _made_once(settings: Settings) -> str:
    file = settings.home / "secret"
    settings.home.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"secret.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(secrets.token_hex(32))
    try:
        os.link(draft, file)  # never overwrites: of two processes that start together one wins
    except FileExistsError:
        file.chmod(0o600)
    finally:
        draft.unlink()
    return file.read_text(encoding="ascii").strip()


class Seal:
    """Signs short texts for one purpose; a text sealed for another purpose is refused."""

    def __init__(self, keys: list[str], purpose: str):
        self._signer = Signer(keys, salt=f"vejviser.{purpose}", key_derivation="hmac", digest_method=hashlib.sha256)

    def close(self, text: str) -> str:
        return self._signer.sign(text).decode("ascii")

    def open(self, sealed: str) -> str | None:
        """The text, None when the seal is not ours."""
        try:
            return self._signer.unsign(sealed).decode("ascii")
        except (BadSignature, UnicodeError):
            return None
