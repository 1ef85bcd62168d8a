"""Small messages to ourselves, kept by the browser: encrypted, dated, and worthless for any other purpose."""

import base64
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


@cache
def _box(purpose: str) -> Fernet:
    secret = settings.secret_key.get_secret_value().encode()
    key = HKDF(SHA256(), length=32, salt=None, info=f"gynergy {purpose}".encode()).derive(secret)
    return Fernet(base64.urlsafe_b64encode(key))
