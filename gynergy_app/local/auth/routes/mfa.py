"""A second proof: time-based codes from an authenticator app (RFC 6238)."""

import base64
import hashlib
import hmac
import secrets
import struct
from datetime import timedelta
from urllib.parse import quote, urlencode, urlsplit

from starlette.responses import JSONResponse, Response

from gynergy_app import clock
from gynergy_app.local.auth import sessions, users
from gynergy_app.local.auth.call import Call, Caller
from gynergy_app.local.auth.database import Row, find_row, get_row
from gynergy_app.local.auth.errors import AuthError
from gynergy_app.local.auth.routes.admin import person

PERIOD = 30
DIGITS = 6
CHALLENGE_LIFETIME = timedelta(minutes=5)


async def enrol(call: Call) -> Response:
    caller = await call.require_user()
    if call.text("factor_type") != "totp":
        raise AuthError(422, "mfa_phone_enroll_not_enabled", "MFA enroll is disabled for this factor type")
    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    factor = await get_row(
        call.db,
        """insert into auth.mfa_factors (user_id, friendly_name, factor_type, status, secret)
           values (%s, %s, 'totp', 'unverified', %s) returning *""",
        caller.user["id"], call.text("friendly_name"), secret,
    )  # fmt: skip
    issuer = call.text("issuer") or urlsplit(call.config.site_url).hostname or "GYNERGY"
    label = quote(f"{issuer}:{caller.user['email'] or caller.user['id']}")
    uri = f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer, 'period': PERIOD})}"
    totp = {"qr_code": "", "secret": secret, "uri": uri}
    shown = {"id": str(factor["id"]), "type": "totp", "friendly_name": factor["friendly_name"], "totp": totp}
    return JSONResponse(shown)


async def challenge(call: Call) -> Response:
    caller = await call.require_user()
    factor = await _factor(call, caller)
    made = await get_row(
        call.db,
        "insert into auth.mfa_challenges (factor_id, ip_address) values (%s, %s) returning *",
        factor["id"], call.ip or "127.0.0.1",
    )  # fmt: skip
    expires_at = int((made["created_at"] + CHALLENGE_LIFETIME).timestamp())
    return JSONResponse({"id": str(made["id"]), "type": "totp", "expires_at": expires_at})


async def verify(call: Call) -> Response:
    call.server.limits.visit("mfa", call.visitor)
    caller = await call.require_user()
    factor = await _factor(call, caller)
    await _spend_challenge(call, factor)
    if not _fits(factor["secret"], call.text("code")):
        raise AuthError(422, "mfa_verification_failed", "Invalid TOTP code entered")
    await call.db.execute("update auth.mfa_factors set status = 'verified' where id = %s", (factor["id"],))
    session = await find_row(
        call.db,
        "update auth.sessions set aal = 'aal2', factor_id = %s where id = %s returning *",
        factor["id"], caller.session_id,
    )  # fmt: skip
    if session is None:
        raise AuthError(403, "session_not_found", "Session from session_id claim in JWT does not exist")
    await sessions.claim_method(call.db, session["id"], "totp")
    return JSONResponse(await sessions.reissue(call, caller.user, session))


async def remove(call: Call) -> Response:
    caller = await call.require_user()
    factor = await _factor(call, caller)
    if factor["status"] == "verified" and caller.claims.get("aal") != "aal2":
        raise AuthError(422, "insufficient_aal", "AAL2 required to unenroll verified factor")
    await call.db.execute("delete from auth.mfa_factors where id = %s", (factor["id"],))
    await call.db.execute(
        "update auth.sessions set aal = 'aal1', factor_id = null where factor_id = %s", (factor["id"],)
    )
    return JSONResponse({"id": str(factor["id"])})


async def list_factors(call: Call) -> Response:
    call.require_admin()
    shown = await users.as_json(call.db, await person(call))
    return JSONResponse(shown.get("factors", []))


async def delete_factor(call: Call) -> Response:
    call.require_admin()
    factor_id = call.request.path_params["factor_id"]
    gone = await find_row(
        call.db,
        "delete from auth.mfa_factors where id = %s and user_id = %s returning id",
        factor_id, (await person(call))["id"],
    )  # fmt: skip
    if gone is None:
        raise AuthError(404, "mfa_factor_not_found", "Factor not found")
    return JSONResponse({"id": str(factor_id)})


async def _factor(call: Call, caller: Caller) -> Row:
    factor = await find_row(
        call.db,
        "select * from auth.mfa_factors where id = %s and user_id = %s",
        call.request.path_params["factor_id"], caller.user["id"],
    )  # fmt: skip
    if factor is None:
        raise AuthError(404, "mfa_factor_not_found", "Factor not found")
    return factor


async def _spend_challenge(call: Call, factor: Row) -> None:
    made = await find_row(
        call.db,
        """update auth.mfa_challenges set verified_at = now()
           where id::text = %s and factor_id = %s and verified_at is null returning created_at""",
        call.text("challenge_id"), factor["id"],
    )  # fmt: skip
    if made is None:
        raise AuthError(404, "mfa_factor_not_found", "MFA factor with the provided challenge ID not found")
    if made["created_at"] + CHALLENGE_LIFETIME < clock.now():
        raise AuthError(422, "mfa_challenge_expired", "MFA challenge has expired, verify against another one")


def _fits(secret: str, code: str) -> bool:
    """Now, or one period to either side: clocks differ a little."""
    step = int(clock.now().timestamp()) // PERIOD
    return any(hmac.compare_digest(totp(secret, step + drift), code) for drift in (-1, 0, 1))


def totp(secret: str, step: int) -> str:
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"
