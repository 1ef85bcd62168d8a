"""The mailbox that comes with the house: an SMTP server that keeps every mail as a file.

It takes any sender and any recipient and delivers nothing. A mail whose Message-ID it already holds is
acknowledged and not kept again, as a careful mail provider does: the file's name is made from the Message-ID,
and is created whole or not at all.
"""

import asyncio
import hashlib
import os
import secrets
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default as DEFAULT_POLICY
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from gynergy_app import clock

LARGEST_MAIL = 10 * 1024 * 1024
ENVELOPE_TO = "X-Envelope-To"
RECEIVED_AT = "X-Received-At"


@dataclass(frozen=True)
class Mailbox:
    """A running server. `await close()` when done."""

    host: str
    port: int
    folder: Path
    server: asyncio.Server

    @property
    def url(self) -> str:
        return f"smtp://{self.host}:{self.port}"

    async def close(self) -> None:
        self.server.close()
        await self.server.wait_closed()


class Keeper:
    """What aiosmtpd asks when a mail has arrived."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        await asyncio.to_thread(keep, self.folder, content, list(envelope.rcpt_tos))
        return "250 2.0.0 Kept"


async def start(host: str, port: int, folder: Path) -> Mailbox:
    """Listen, on a free port when `port` is 0. The folder is made when it is not there."""
    return await serve(Keeper(folder), host, port, folder)


async def serve(handler: object, host: str, port: int, folder: Path, **options: Any) -> Mailbox:
    """Like `start`, with a handler and options of one's own: tests refuse, stall and ask for passwords."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(
            handler,
            data_size_limit=LARGEST_MAIL,
            enable_SMTPUTF8=True,
            hostname="mailbox",
            loop=loop,
            **options,
        ),
        host,
        port,
    )
    return Mailbox(host, server.sockets[0].getsockname()[1], folder, server)


def keep(folder: Path, content: bytes, recipients: list[str]) -> Path:
    """Store one mail under its Message-ID. The second time, nothing changes."""
    path = folder / f"{_key(content)}.eml"
    envelope = f"{ENVELOPE_TO}: {', '.join(recipients)}\r\n{RECEIVED_AT}: {clock.now().isoformat()}\r\n"
    draft = folder / f"{secrets.token_hex(8)}.part"
    draft.write_bytes(envelope.encode() + content)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path


def _key(content: bytes) -> str:
    message_id = message_from_bytes(content, policy=DEFAULT_POLICY)["Message-ID"]
    return hashlib.sha256(str(message_id).encode()).hexdigest()[:24] if message_id else secrets.token_hex(12)
