"""Sealing a message so that only one browser can read it (RFC 8291, aes128gcm of RFC 8188)."""

import os
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gynergy_app.integrations.vapid import unpacked

RECORD = 4096
LONGEST = 3993
"""What fits into the one record a push service must take."""
_CURVE = ec.SECP256R1()
_LAST_RECORD = b"\x02"


@dataclass(frozen=True)
class BrowserKeys:
    """What a browser gave us to seal with: a point of the curve, and a secret of 16 bytes."""

    point: bytes
    secret: bytes

    @classmethod
    def read(cls, p256dh: str, auth: str) -> "BrowserKeys":
        """Raises `ValueError` for what no browser would give."""
        point, secret = unpacked(p256dh), unpacked(auth)
        ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point)
        if len(point) != 65 or len(secret) != 16:
            raise ValueError("These are not the keys of a push subscription.")
        return cls(point, secret)


def seal(
    message: bytes,
    keys: BrowserKeys,
    *,
    ours: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """`ours` and `salt` are new for every message; only the standard's own example gives them."""
    if len(message) > LONGEST:
        raise ValueError(f"A push message has {LONGEST} bytes at most.")
    ours = ours or ec.generate_private_key(_CURVE)
    salt = salt or os.urandom(16)
    our_point = ours.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = ours.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, keys.point))
    agreed = _derive(shared, keys.secret, b"WebPush: info\0" + keys.point + our_point, 32)
    key = _derive(agreed, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derive(agreed, salt, b"Content-Encoding: nonce\0", 12)
    header = salt + RECORD.to_bytes(4, "big") + bytes([len(our_point)]) + our_point
    return header + AESGCM(key).encrypt(nonce, message + _LAST_RECORD, None)


def _derive(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(material)
