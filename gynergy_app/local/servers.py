"""The servers that stand in for outside services, in one process: sign-in and storage, and mail."""

import asyncio
from urllib.parse import urlsplit

from granian.constants import Interfaces
from granian.server.embed import Server

from gynergy_app import logs
from gynergy_app.local import mailbox
from gynergy_app.local.server import supabase_app
from gynergy_app.local.trouble import Trouble
from gynergy_app.settings import settings


async def serve(stopping: asyncio.Event) -> None:
    """Listen at the addresses settings name, until told to stop."""
    smtp, http = _here(settings.smtp_url.get_secret_value()), _here(settings.supabase_url)
    box = await mailbox.start(*smtp, settings.var_dir / "mailbox")
    server = Server(
        supabase_app(), address=http[0], port=http[1], interface=Interfaces.ASGI, log_dictconfig=logs.GRANIAN
    )
    serving = asyncio.create_task(server.serve())
    told = asyncio.create_task(stopping.wait())
    await asyncio.wait({serving, told}, return_when=asyncio.FIRST_COMPLETED)
    server.stop()
    await serving
    told.cancel()
    await box.close()


def _here(address: str) -> tuple[str, int]:
    parts = urlsplit(address)
    if parts.hostname not in ("127.0.0.1", "localhost", "::1") or parts.port is None:
        raise Trouble(
            f"The local servers serve this machine only, and settings name {parts.hostname or 'nothing'}."
        )
    return parts.hostname, parts.port
