"""The servers that stand in for outside services, in one process: sign-in and storage, payments, and mail."""

import asyncio
from urllib.parse import urlsplit

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server
from starlette.applications import Starlette

from gynergy_app import logs
from gynergy_app.local import mailbox
from gynergy_app.local.server import supabase_app
from gynergy_app.local.stripe.app import stripe_app
from gynergy_app.local.trouble import Trouble
from gynergy_app.settings import settings


async def serve(stopping: asyncio.Event) -> None:
    """Listen at the addresses settings name, until told to stop."""
    (http_host, http_port), smtp = _here(settings.supabase_url), _here(settings.smtp_url.get_secret_value())
    box = await mailbox.start(*smtp, settings.var_dir / "mailbox")
    serving = [_serve_http(supabase_app(), http_host, http_port, stopping)]
    if settings.stripe_api_base:
        serving.append(_serve_http(stripe_app(), *_here(settings.stripe_api_base), stopping))
    await asyncio.gather(*serving)
    await box.close()


async def _serve_http(app: Starlette, host: str, port: int, stopping: asyncio.Event) -> None:
    server = Server(
        app,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        websockets=False,
        log_dictconfig=logs.GRANIAN,
        log_level=LogLevels.error,
    )
    serving, told = asyncio.create_task(server.serve()), asyncio.create_task(stopping.wait())
    await asyncio.wait({serving, told}, return_when=asyncio.FIRST_COMPLETED)
    # Half of them is worse than none: whoever watches this process starts all of them again.
    stopping.set()
    told.cancel()
    server.stop()
    await serving


def _here(address: str) -> tuple[str, int]:
    parts = urlsplit(address)
    if parts.hostname not in ("127.0.0.1", "localhost", "::1") or parts.port is None:
        raise Trouble(
            f"The local servers serve this machine only, and settings name {parts.hostname or 'nothing'}."
        )
    return parts.hostname, parts.port
