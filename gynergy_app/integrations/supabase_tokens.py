"""Checking an access token without asking anybody: by the project's public keys, or its shared secret."""

import asyncio
import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import jwt

from gynergy_app.errors import NotSignedIn
from gynergy_app.integrations import supabase_client
from gynergy_app.settings import settings

log = logging.getLogger(__name__)

ALGORITHMS = {"EC": "ES256", "RSA": "RS256"}
"""By the kind of key. What a token says about itself never chooses how it is checked."""
REQUIRED = ["exp", "iat", "sub", "aud", "iss", "session_id"]
AUDIENCE = "authenticated"
LEEWAY_SECONDS = 10
KEYS_LIVE_SECONDS = 600
REFETCH_AFTER_SECONDS = 30
MIN_SECRET_BYTES = 32


class InvalidToken(NotSignedIn):
    """Not a token of this project, or not any more."""


@dataclass(frozen=True)
class Claims:
    user_id: UUID
    session_id: UUID
    email: str
    is_anonymous: bool
    expires_at: datetime


class _PublicKeys:
    """The project's key set. A failed fetch keeps the last good one; many askers make one request."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._keys: dict[str, dict[str, Any]] = {}
        self._asked_at = -float("inf")
        self._lock = asyncio.Lock()

    async def find(self, kid: str) -> dict[str, Any] | None:
        patience = KEYS_LIVE_SECONDS if kid in self._keys else REFETCH_AFTER_SECONDS
        async with self._lock:
            if time.monotonic() - self._asked_at > patience:
                await self._fetch()
        return self._keys.get(kid)

    async def _fetch(self) -> None:
        self._asked_at = time.monotonic()
        try:
            async with supabase_client.http() as client:
                answer = (await client.get(self._url)).raise_for_status().json()
            self._keys = {key["kid"]: key for key in answer["keys"] if key.get("kid")}
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            log.warning("The project's public keys could not be fetched: %s", type(error).__name__)


_key_sets: dict[str, _PublicKeys] = {}


async def verify(token: str) -> Claims:
    """Who this token speaks for. Raises `InvalidToken`."""
    try:
        key, algorithm = await _key_for(jwt.get_unverified_header(token))
        claims = jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            audience=AUDIENCE,
            issuer=_issuer(),
            leeway=LEEWAY_SECONDS,
            options={"require": REQUIRED},
        )
        return _read(claims)
    except (jwt.PyJWTError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise InvalidToken from error


def _issuer() -> str:
    return f"{settings.supabase_url.rstrip('/')}/auth/v1"


async def _key_for(header: dict[str, Any]) -> tuple[Any, str]:
    kid = header.get("kid")
    keys = _key_sets.setdefault(_issuer(), _PublicKeys(f"{_issuer()}/.well-known/jwks.json"))
    jwk = await keys.find(kid) if isinstance(kid, str) and header.get("alg") != "HS256" else None
    if jwk is not None:
        return jwt.PyJWK(jwk).key, ALGORITHMS[jwk["kty"]]
    secret = settings.supabase_jwt_secret.get_secret_value()
    if len(secret.encode()) < MIN_SECRET_BYTES:
        raise jwt.InvalidTokenError("No key fits this token.")
    return secret, "HS256"


def _read(claims: dict[str, Any]) -> Claims:
    return Claims(
        user_id=UUID(claims["sub"]),
        session_id=UUID(claims["session_id"]),
        email=claims.get("email") or "",
        is_anonymous=bool(claims.get("is_anonymous")),
        expires_at=datetime.fromtimestamp(claims["exp"], UTC),
    )
