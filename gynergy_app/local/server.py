"""Supabase's front door on this machine: sign-in and storage behind one address and one pair of keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import jwt
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from gynergy_app.local.auth.app import auth_app
from gynergy_app.local.auth.config import AuthConfig
from gynergy_app.local.auth.database import open_pool
from gynergy_app.local.auth.keys import Keyring
from gynergy_app.local.storage.app import storage_app
from gynergy_app.local.storage.call import StorageServer
from gynergy_app.local.storage.files import Folder
from gynergy_app.settings import settings

OPEN_PATHS = ("/health", "/verify", "/authorize", "/.well-known/jwks.json")
PROJECT_ROLES = ("anon", "service_role")


def supabase_app(config: AuthConfig | None = None, media: Path | None = None) -> Starlette:
    """`/auth/v1` and `/storage/v1`. What is not given comes from settings and the environment."""
    config = config or AuthConfig()
    keys = Keyring(config.jwt_secret.get_secret_value(), config.jwt_keys.get_secret_value())
    pool = open_pool(config.database_url)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with pool:
            yield

    auth = ProjectKeyGate(auth_app(config, keys, pool), keys)
    storage = storage_app(StorageServer(keys, pool, Folder(media or settings.var_dir / "media")))
    return Starlette(routes=[Mount("/auth/v1", auth), Mount("/storage/v1", storage)], lifespan=lifespan)


class ProjectKeyGate:
    """Like Supabase's gateway: nobody enters without a key of the project, save those who follow a link."""

    def __init__(self, app: ASGIApp, keys: Keyring) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._may_enter(scope):
            refusal = JSONResponse({"message": "No API key found in request", "hint": "apikey header"}, 401)
            await refusal(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _may_enter(self, scope: Scope) -> bool:
        if scope["path"].removeprefix(scope.get("root_path", "")) in OPEN_PATHS:
            return True
        key = Headers(scope=scope).get("apikey") or Request(scope).query_params.get("apikey", "")
        try:
            return self._keys.verify(key).get("role") in PROJECT_ROLES
        except jwt.InvalidTokenError:
            return False
