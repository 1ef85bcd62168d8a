"""One request to the API: who asks, what exactly, and one transaction in which it is answered once."""

import hashlib
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from psycopg.types.json import Jsonb
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from gynergy_app import clock
from gynergy_app.local.auth.database import Db, Pool, find_row, get_row
from gynergy_app.local.stripe import faults, form, ids
from gynergy_app.local.stripe.account import API_VERSION, Account, Object
from gynergy_app.local.stripe.config import StripeConfig
from gynergy_app.local.stripe.contract import checked, contract
from gynergy_app.local.stripe.courier import Courier
from gynergy_app.local.stripe.errors import StripeError, Unauthorized
from gynergy_app.local.stripe.expand import expanded

log = logging.getLogger(__name__)
LONGEST_KEY = 255


@dataclass(frozen=True)
class StripeServer:
    config: StripeConfig
    pool: Pool
    courier: Courier

    def account(self, db: Db, **request: str | None) -> Account:
        return Account(db, self.config, int(clock.now().timestamp()), **request)


@dataclass
class Call:
    """`path` holds the ids in the address, `params` what was said, checked."""

    account: Account
    path: dict[str, str]
    params: dict[str, Any]


Handler = Callable[[Call], Awaitable[Object]]
Answer = tuple[str, Object]
"""The id of the request that was first answered so, and the answer."""


def answering(handler: Handler, params: str) -> Callable[[Request], Awaitable[Response]]:
    """Turn a handler into an endpoint that takes these of the client's parameters."""

    async def endpoint(request: Request) -> Response:
        server: StripeServer = request.app.state.server
        request_id = ids.new("request")
        headers = {"Request-Id": request_id, "Stripe-Version": API_VERSION}
        try:
            _require_key(request, server.config)
            fault = await faults.next_one(server.pool) if request.method == "POST" else None
            if refusal := faults.refusal(fault):
                raise refusal
            said = form.decoded(await _text(request))
            said = checked(said, contract(params))
            original, body = await _answer(request, server, handler, said, request_id)
        except StripeError as error:
            return JSONResponse(error.body, error.status, headers)
        except Exception:
            log.exception("The payment server failed to answer %s %s", request.method, request.url.path)
            error = StripeError(500, "api_error", "An unknown error occurred")
            return JSONResponse(error.body, 500, headers)
        server.courier.wake()
        if fault == faults.DROP_AFTER_COMMIT:
            return faults.CutOff()
        if original != request_id:
            headers |= {"Original-Request": original, "Idempotent-Replayed": "true"}
        return JSONResponse(body, 200, headers)

    return endpoint


def _require_key(request: Request, config: StripeConfig) -> None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key:
        raise Unauthorized(
            "You did not provide an API key. You need to provide it in the Authorization header."
        )
    if key != config.secret_key.get_secret_value():
        raise Unauthorized(f"Invalid API Key provided: {key[:8]}{'*' * 12}{key[-4:]}")


async def _text(request: Request) -> str:
    if request.method == "GET":
        return request.url.query
    return "&".join(part for part in (request.url.query, (await request.body()).decode()) if part)


async def _answer(
    request: Request, server: StripeServer, handler: Handler, params: dict[str, Any], request_id: str
) -> Answer:
    key = request.headers.get("idempotency-key") if request.method == "POST" else None
    paths = params.pop("expand", [])
    async with server.pool.connection() as db:
        account = server.account(db, request_id=request_id, idempotency_key=key)
        fingerprint = _fingerprint(request.url.path, params)
        if key and (known := await _given(account, key, fingerprint)):
            return known
        if request.method != "GET":
            await account.hold()
        answer = await handler(Call(account, request.path_params, params))
        body = await expanded(account, answer, paths)
        if key:
            await db.execute(
                "insert into stripe_peer.answers (key, fingerprint, request_id, body)"
                " values (%s, %s, %s, %s)",
                (key, fingerprint, request_id, Jsonb(body)),
            )
        return request_id, body


async def _given(account: Account, key: str, fingerprint: str) -> Answer | None:
    """What was answered before under this key. A refusal changed nothing, so none is kept."""
    if len(key) > LONGEST_KEY:
        raise StripeError(
            400, "idempotency_error", f"Idempotency keys have {LONGEST_KEY} characters at most."
        )
    if known := await _kept(account, key, fingerprint):
        return known
    lock = "select pg_try_advisory_xact_lock(hashtextextended(%s, 1)) as ours"
    if not (await get_row(account.db, lock, key))["ours"]:
        message = f"There is currently another in-progress request using this Idempotent Key: {key}"
        raise StripeError(409, "idempotency_error", message, code="idempotency_key_in_use")
    return await _kept(account, key, fingerprint)


async def _kept(account: Account, key: str, fingerprint: str) -> Answer | None:
    known = await find_row(account.db, "select * from stripe_peer.answers where key = %s", key)
    if known is None:
        return None
    if known["fingerprint"] != fingerprint:
        message = (
            "Keys for idempotent requests can only be used with the same parameters they were first used"
            f" with. Try using a key other than '{key}' if you meant to execute a different request."
        )
        raise StripeError(400, "idempotency_error", message)
    return known["request_id"], known["body"]


def _fingerprint(path: str, params: dict[str, Any]) -> str:
    said = json.dumps([path, params], sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()
