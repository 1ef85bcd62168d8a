"""One request being answered: who asks, for which object."""

import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import jwt
from starlette.requests import Request
from starlette.responses import Response

from gynergy_app.local.auth.database import Pool
from gynergy_app.local.auth.keys import Keyring
from gynergy_app.local.storage.errors import Refused, StorageError, answer
from gynergy_app.local.storage.files import Folder

log = logging.getLogger(__name__)
LONGEST_NAME = 1024


@dataclass(frozen=True)
class StorageServer:
    keys: Keyring
    pool: Pool
    folder: Folder


@dataclass(frozen=True)
class Call:
    request: Request
    server: StorageServer

    @property
    def bucket(self) -> str:
        return self.request.path_params["bucket"]

    @property
    def name(self) -> str:
        return valid_name(self.request.path_params["name"])

    async def json(self) -> dict[str, Any]:
        try:
            body = json.loads(await self.request.body())
        except ValueError as error:
            raise StorageError(400, "Error", "Body is not valid JSON") from error
        return body if isinstance(body, dict) else {}

    def claims(self) -> dict[str, Any]:
        scheme, _, token = self.request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise StorageError(400, "Error", "headers must have required property 'authorization'")
        try:
            return self.server.keys.verify(token)
        except jwt.InvalidTokenError as error:
            raise Refused(str(error)) from error


def valid_name(name: str) -> str:
    parts = name.split("/")
    clean = all(part not in ("", ".", "..") for part in parts) and name.isprintable()
    if not clean or len(name.encode()) > LONGEST_NAME:
        raise StorageError(400, "InvalidKey", f"Invalid key: {name}")
    return name


def answering(handler: Callable[[Call], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            return await handler(Call(request, request.app.state.server))
        except StorageError as error:
            return answer(error)
        except Exception:
            log.exception("The storage server failed to answer %s %s", request.method, request.url.path)
            return answer(StorageError(500, "internal", "Internal Server Error"))

    return endpoint
