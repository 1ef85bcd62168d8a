"""The real application on a port of its own, without its pages: only the socket is spoken to."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from granian.constants import Interfaces
from granian.server.embed import Server
from pydantic import SecretStr

from gynergy_app import clock
from gynergy_app.integrations.supabase_auth import AuthSession
from gynergy_app.services import cookies, sessions
from gynergy_app.settings import settings
from tests.sockets.line import Line

NewLine = Callable[..., Line]
Cookie = Callable[[UUID], Awaitable[str]]


@pytest.fixture(scope="session")
async def port(database_name: str) -> AsyncIterator[int]:
    os.environ |= {
        "REFLEX_ENV_MODE": "prod",
        "__REFLEX_SKIP_COMPILE": "true",
        "REFLEX_TELEMETRY_ENABLED": "false",
    }
    from gynergy_app.gynergy_app import app

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(app(), address="127.0.0.1", port=port, interface=Interfaces.ASGI, log_enabled=False)
    serving = asyncio.create_task(server.serve())
    await _until_it_listens(port)
    yield port
    server.stop()
    await serving


async def _until_it_listens(port: int) -> None:
    async with asyncio.timeout(10):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                return


@pytest.fixture(autouse=True)
def _the_auth_service_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard asks our own rows; signing out ends them whether or not anybody else can be told."""
    monkeypatch.setattr(settings, "supabase_url", "http://127.0.0.1:9")
    monkeypatch.setattr(settings, "supabase_anon_key", SecretStr("a key"))


@pytest.fixture
def new_line(port: int) -> NewLine:
    def line(**given: str) -> Line:
        return Line(port, **given)

    return line


@pytest.fixture
def cookie_of() -> Cookie:
    """A `Cookie` header with which this person is signed in."""

    async def sign_in(person: UUID) -> str:
        now = clock.now()
        auth = AuthSession(
            user_id=person,
            email=f"{person}@example.com",
            access_token="access",
            refresh_token="refresh",
            expires_at=now + timedelta(days=1),
            is_anonymous=False,
            session_id=uuid4(),
        )
        value = await sessions.open(auth, "Chromium", "127.0.0.1", now)
        return f"{cookies.named(sessions.COOKIE)}={value}"

    return sign_in
