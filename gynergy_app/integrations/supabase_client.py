"""One unmodified official client for each call: nothing is shared, nothing refreshes behind our back."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

import httpx
from supabase import AsyncClient, AsyncClientOptions

from gynergy_app.settings import settings

TIMEOUT = httpx.Timeout(10, connect=3)


@cache
def _tls() -> ssl.SSLContext:
    """Reading the certificates takes longer than a call, so it is done once."""
    return ssl.create_default_context()


@asynccontextmanager
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=TIMEOUT, verify=_tls()) as client:
        yield client


@asynccontextmanager
async def client(access_token: str = "") -> AsyncIterator[AsyncClient]:
    """The project's client, speaking for the owner of `access_token`, or for nobody yet."""
    headers = {"Authorization": f"Bearer {access_token}"} if access_token else {}
    async with _speaking(settings.supabase_anon_key.get_secret_value(), headers) as speaking:
        yield speaking


@asynccontextmanager
async def owner() -> AsyncIterator[AsyncClient]:
    """The project's client with the service key: the worker's, and never a web process's."""
    async with _speaking(settings.supabase_service_role_key.get_secret_value(), {}) as speaking:
        yield speaking


@asynccontextmanager
async def _speaking(key: str, headers: dict[str, str]) -> AsyncIterator[AsyncClient]:
    async with http() as http_client:
        options = AsyncClientOptions(
            auto_refresh_token=False,
            persist_session=False,
            flow_type="implicit",
            headers=headers,
            httpx_client=http_client,
        )
        yield AsyncClient(settings.supabase_url, key, options)
