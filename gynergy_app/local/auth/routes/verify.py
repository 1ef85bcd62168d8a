"""Redeeming a one-time secret: by its hash (our links), by its code, or by opening GoTrue's own link."""

from urllib.parse import urlencode

from starlette.responses import JSONResponse, RedirectResponse, Response

from gynergy_app.local.auth import flow, links, one_time, sessions, users
from gynergy_app.local.auth.call import Call
from gynergy_app.local.auth.database import Row
from gynergy_app.local.auth.errors import AuthError, LinkExpired

KINDS: dict[str, tuple[str, ...]] = {
    "signup": (one_time.CONFIRMATION,),
    "invite": (one_time.CONFIRMATION,),
    "magiclink": (one_time.RECOVERY,),
    "recovery": (one_time.RECOVERY,),
    "email": (one_time.CONFIRMATION, one_time.RECOVERY),
    "email_change": (one_time.NEW_EMAIL, one_time.CURRENT_EMAIL),
}
HALF_WAY = "Confirmation link accepted. Please proceed to confirm link sent to the other email"


async def verify(call: Call) -> Response:
    call.server.limits.visit("verify", call.visitor)
    user, kind = await (
        _by_hash(call, call.text("token_hash")) if call.text("token_hash") else _by_code(call)
    )
    settled = await _settle(call, user, kind)
    if settled is None:
        return JSONResponse({"msg": HALF_WAY, "code": "200"})
    return JSONResponse(await sessions.open_session(call, settled, "otp"))


async def redirect(call: Call) -> Response:
    """Open GoTrue's own link: tokens follow in the fragment, or a code in the query for PKCE."""
    call.server.limits.visit("verify", call.visitor)
    target = call.redirect_to or call.config.site_url
    token = call.request.query_params.get("token", "")
    call.body = {"type": call.request.query_params.get("type", "")}
    try:
        user, kind = await _by_hash(call, token)
        settled = await _settle(call, user, kind)
    except AuthError as error:
        told = {"error": "access_denied", "error_code": error.code, "error_description": error.message}
        return RedirectResponse(f"{target}#{urlencode(told)}", 303)
    if settled is None:
        return RedirectResponse(f"{target}#{urlencode({'message': HALF_WAY})}", 303)
    if token.startswith(flow.PREFIX):
        code = await flow.give_code(call.db, settled["id"])
        return RedirectResponse(f"{target}?{urlencode({'code': code})}", 303)
    session = await sessions.open_session(call, settled, "otp")
    del session["user"]
    return RedirectResponse(f"{target}#{urlencode({**session, 'type': call.text('type')})}", 303)


async def _by_hash(call: Call, token_hash: str) -> tuple[Row, str]:
    if call.text("email") or call.text("phone"):
        raise AuthError(400, "validation_failed", "Only the token_hash and type should be provided")
    owner = await _owner(call, token_hash)
    if owner is None:
        raise LinkExpired
    return owner


async def _by_code(call: Call) -> tuple[Row, str]:
    if not call.text("token"):
        raise AuthError(400, "validation_failed", "Verify requires a token or a token hash")
    # The hash covers the address too, so a code fits only the mailbox it was sent to.
    owner = await _owner(call, one_time.hash_of(links.valid_address(call.text("email")), call.text("token")))
    if owner is None:
        raise AuthError(403, "otp_expired", "Token has expired or is invalid")
    return owner


async def _owner(call: Call, token_hash: str) -> tuple[Row, str] | None:
    """Whose living secret this is, and what it was made for."""
    kinds = KINDS.get(call.text("type"))
    if kinds is None:
        raise AuthError(400, "validation_failed", "Verify requires a verification type")
    found = await one_time.find(call.db, token_hash, kinds)
    user = await users.find(call.db, found["user_id"]) if found else None
    if found is None or user is None:
        return None
    if one_time.is_stale(user, found["token_type"], call.config.mailer_otp_exp):
        return None
    if users.is_banned(user):
        raise AuthError(403, "user_banned", "User is banned")
    return user, found["token_type"]


async def _settle(call: Call, user: Row, kind: str) -> Row | None:
    """Let the secret do what it was made for. None: the other address has still to agree."""
    await one_time.spend(call.db, user["id"], kind)
    if kind in KINDS["email_change"]:
        return await _change_email(call, user)
    if user["email_confirmed_at"] is None:
        user = await users.confirm(call.db, user)
        await call.note("user_signedup", user)
    else:
        await call.note("login", user)
    return user


async def _change_email(call: Call, user: Row) -> Row | None:
    both = call.config.mailer_secure_email_change_enabled and user["email"]
    if both and user["email_change_confirm_status"] == 0:
        await users.change(call.db, user["id"], email_change_confirm_status=1)
        return None
    taken = await users.find_by_email(call.db, user["email_change"])
    if taken and taken["id"] != user["id"]:
        raise AuthError(422, "email_exists", "A user with this email address has already been registered")
    await one_time.spend(call.db, user["id"], *KINDS["email_change"])
    changed = await users.adopt_email(call.db, user, user["email_change"])
    await call.note("user_modified", changed)
    return changed
