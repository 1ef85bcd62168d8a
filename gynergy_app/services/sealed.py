"""Small messages to ourselves, kept by others: sealed for browsers, signed for links in mails.

What was made for one purpose is worthless for any other.
"""

import base64
import hmac
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gynergy_app.settings import settings


def seal(purpose: str, message: str) -> str:
    return _box(purpose).encrypt(message.encode()).decode()


def unseal(purpose: str, sealed: str, *, seconds: int) -> str | None:
    """The message, or None when it is too old, damaged, or was meant for something else."""
    try:
        return _box(purpose).decrypt(sealed.encode(), ttl=seconds).decode()
    except (InvalidToken, UnicodeEncodeError):
        return None


def signature(purpose: str, message: str) -> str:
    """Proves that we wrote this message for this purpose. It hides nothing and never ends."""
    digest = hmac.digest(_key(purpose), message.encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def is_signed(purpose: str, message: str, given: str) -> bool:
    return hmac.compare_digest(signature(purpose, message).encode(), given.encode(errors="replace"))


@cache
def _box(purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(purpose)))


@cache
def _key(purpose: str) -> bytes:
    secret = settings.secret_key.get_secret_value().encode()
    return HKDF(SHA256(), length=32, salt=None, info=f"gynergy {purpose}".encode()).derive(secret)
