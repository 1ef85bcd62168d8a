"""Who we are to push services (RFC 8292): one pair of keys, and a signed word beside every message."""

import base64
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import cache
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gynergy_app.settings import settings

VALID_FOR = timedelta(hours=12)
"""Push services take a day at most."""


def public_key() -> str:
    """What browsers subscribe with, so that nobody else can send; empty while no key is set."""
    private = settings.vapid_private_key.get_secret_value()
    return _public(private) if private else ""


def authorization(endpoint: str, now: datetime) -> str:
    """The header for one message to this endpoint."""
    parts = urlsplit(endpoint)
    _, address = parseaddr(settings.mail_from)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + VALID_FOR).timestamp()),
        "sub": f"mailto:{address}",
    }
    private = settings.vapid_private_key.get_secret_value()
    return f"vapid t={jwt.encode(claims, _key(private), algorithm='ES256')}, k={_public(private)}"


@cache
def _key(private: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(unpacked(private), "big"), ec.SECP256R1())


@cache
def _public(private: str) -> str:
    return packed(_key(private).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def packed(raw: bytes) -> str:
    """base64url without padding, as the Web writes keys."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def unpacked(text: str) -> bytes:
    """Raises `ValueError` for what is no base64url."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
