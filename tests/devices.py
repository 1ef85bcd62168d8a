"""Browsers that wait for reminders, and the local push service between them and the worker."""

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from granian.constants import Interfaces
from granian.server.embed import Server

from gynergy_app.integrations.vapid import packed, public_key
from gynergy_app.integrations.web_push import Address
from gynergy_app.local.push import PushService, Taken

CURVE = ec.SECP256R1()


class Device:
    """One browser: its keys never leave it."""

    def __init__(self, service: PushService, key: str | None = None) -> None:
        self.service = service
        self.private = ec.generate_private_key(CURVE)
        self.secret = os.urandom(16)
        self.endpoint = service.subscribe(key or public_key())

    @property
    def address(self) -> Address:
        return Address(self.endpoint, packed(point_of(self.private)), packed(self.secret))

    @property
    def taken(self) -> int:
        """How many messages the push service took for it, replaced ones too."""
        return self.service.browser(self.endpoint).taken

    @property
    def waiting(self) -> list[Taken]:
        return self.service.browser(self.endpoint).waiting

    def read(self) -> list[dict[str, Any]]:
        """What it would show."""
        return [json.loads(unseal(each.body, self.private, self.secret)) for each in self.waiting]


def point_of(private: ec.EllipticCurvePrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def unseal(body: bytes, private: ec.EllipticCurvePrivateKey, secret: bytes) -> bytes:
    """What a browser does with a message of one record."""
    salt, theirs, sealed = body[:16], body[21:86], body[86:]
    shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    agreed = derived(shared, secret, b"WebPush: info\0" + point_of(private) + theirs, 32)
    key = derived(agreed, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = derived(agreed, salt, b"Content-Encoding: nonce\0", 12)
    return AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0").removesuffix(b"\x02")


def derived(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(material)


@asynccontextmanager
async def a_push_service() -> AsyncIterator[PushService]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    service = PushService(f"http://127.0.0.1:{port}")
    server = Server(service.app, address="127.0.0.1", port=port, interface=Interfaces.ASGI, log_enabled=False)
    serving = asyncio.create_task(server.serve())
    await until_open(port)
    yield service
    server.stop()
    await serving


async def until_open(port: int) -> None:
    async with asyncio.timeout(10):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                return
