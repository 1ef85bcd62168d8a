"""One request being answered: what was asked, who asks, and one transaction to answer it in."""

import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import jwt
from psycopg.types.json import Json
from starlette.requests import Request
from starlette.responses import Response

from gynergy_app.local.auth import users
from gynergy_app.local.auth.buckets import Limits
from gynergy_app.local.auth.config import AuthConfig
from gynergy_app.local.auth.database import Db, Pool, Row, find_row
from gynergy_app.local.auth.errors import AuthError, answer
from gynergy_app.local.auth.keys import Keyring
from gynergy_app.local.auth.mails import Postman

log = logging.getLogger(__name__)
ADMINS = {"service_role", "supabase_admin"}


@dataclass(frozen=True)
class AuthServer:
    config: AuthConfig
    keys: Keyring
    pool: Pool
    limits: Limits
    postman: Postman


@dataclass(frozen=True)
class Caller:
    user: Row
    session_id: UUID | None
    claims: dict[str, Any]


@dataclass
class Call:
    request: Request
    server: AuthServer
    db: Db
    body: dict[str, Any]

    @property
    def config(self) -> AuthConfig:
        return self.server.config

    @cached_property
    def redirect_to(self) -> str:
        """Where the asker wants to end up, when that is a place of ours; otherwise nothing."""
        wanted = self.request.query_params.get("redirect_to", "")
        same_site = urlsplit(wanted)[:2] == urlsplit(self.config.site_url)[:2]
        return wanted if same_site or wanted in self.config.uri_allow_list else ""

    @property
    def visitor(self) -> str:
        """The address to count by; empty when no header is trusted to name it."""
        header = self.config.rate_limit_header
        return self.request.headers.get(header, "") if header else ""

    @property
    def ip(self) -> str | None:
        return self.visitor or (self.request.client.host if self.request.client else None)

    def text(self, name: str) -> str:
        value = self.body.get(name)
        if value is not None and not isinstance(value, str):
            raise AuthError(400, "validation_failed", f"{name} must be a string")
        return value or ""

    def metadata(self, name: str = "data") -> dict[str, Any]:
        value = self.body.get(name)
        if value is not None and not isinstance(value, dict):
            raise AuthError(400, "validation_failed", f"{name} must be an object")
        return value or {}

    async def note(self, action: str, user: Row) -> None:
        """Leave a line in the audit log."""
        payload = {
            "action": action,
            "actor_id": str(user["id"]),
            "actor_username": user["email"] or "",
            "log_type": "account",
        }
        await self.db.execute(
            "insert into auth.audit_log_entries (payload, ip_address) values (%s, %s)",
            (Json(payload), self.ip or ""),
        )

    async def require_user(self) -> Caller:
        claims = self._claims()
        user = await users.find(self.db, _uuid_claim(claims, "sub"))
        if user is None:
            raise AuthError(403, "user_not_found", "User from sub claim in JWT does not exist")
        session_id = _uuid_claim(claims, "session_id") if claims.get("session_id") else None
        return Caller(user, await self._living_session(session_id), claims)

    def require_admin(self) -> None:
        if self._claims().get("role") not in ADMINS:
            raise AuthError(403, "not_admin", "User not allowed")

    def _claims(self) -> dict[str, Any]:
        scheme, _, token = self.request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise AuthError(401, "no_authorization", "This endpoint requires a valid Bearer token")
        try:
            return self.server.keys.verify(token)
        except jwt.InvalidTokenError as error:
            message = f"invalid JWT: unable to parse or verify signature, {error}"
            raise AuthError(403, "bad_jwt", message) from error

    async def _living_session(self, session_id: UUID | None) -> UUID | None:
        if session_id is None:
            return None
        if await find_row(self.db, "select id from auth.sessions where id = %s", session_id) is None:
            raise AuthError(403, "session_not_found", "Session from session_id claim in JWT does not exist")
        return session_id


def answering(handler: Callable[[Call], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Turn a handler into an endpoint: one transaction, undone when the answer is an error."""

    async def endpoint(request: Request) -> Response:
        server: AuthServer = request.app.state.server
        try:
            body = await _json_body(request)
            async with server.pool.connection() as db:
                return await handler(Call(request, server, db, body))
        except AuthError as error:
            return answer(request, error)
        except Exception:
            log.exception("The auth server failed to answer %s %s", request.method, request.url.path)
            failure = AuthError(500, "unexpected_failure", "Unexpected failure, please check the log")
            return answer(request, failure)

    return endpoint


def _uuid_claim(claims: dict[str, Any], name: str) -> UUID:
    try:
        return UUID(claims[name])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise AuthError(403, "bad_jwt", f"invalid claim: missing {name} claim") from error


async def _json_body(request: Request) -> dict[str, Any]:
    raw = await request.body()
    if not raw:
        return {}
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise AuthError(400, "bad_json", "Could not parse request body as JSON") from error
    if not isinstance(body, dict):
        raise AuthError(400, "bad_json", "Could not parse request body as JSON: expected an object")
    return body
