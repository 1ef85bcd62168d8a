"""The person herself: looking at her account and changing it."""

from datetime import timedelta

from starlette.responses import JSONResponse, Response

from gynergy_app import clock
from gynergy_app.local.auth import links, one_time, passwords, sessions, users
from gynergy_app.local.auth.call import Call, Caller
from gynergy_app.local.auth.database import Row, find_row
from gynergy_app.local.auth.errors import AuthError

RECENT = timedelta(hours=24)


async def show(call: Call) -> Response:
    caller = await call.require_user()
    return JSONResponse(await users.as_json(call.db, caller.user))


async def update(call: Call) -> Response:
    caller = await call.require_user()
    if "app_metadata" in call.body:
        raise AuthError(403, "not_admin", "Updating app_metadata requires admin privileges")
    user = caller.user
    if call.text("password"):
        user = await _change_password(call, caller)
    if call.body.get("data") is not None:
        user = await users.change(
            call.db, user["id"], raw_user_meta_data=users.merged(user["raw_user_meta_data"], call.metadata())
        )
    if call.text("email"):
        user = await _change_email(call, user)
    await call.note("user_modified", user)
    return JSONResponse(await users.as_json(call.db, await users.fresh(call.db, user)))


async def _change_password(call: Call, caller: Caller) -> Row:
    user, password = caller.user, call.text("password")
    if user["is_anonymous"]:
        message = "Updating password of an anonymous user without an email or phone is not allowed"
        raise AuthError(422, "validation_failed", message)
    await _require_recent(call, caller)
    passwords.require_strength(password, call.config.password_min_length)
    if await passwords.matches(password, user["encrypted_password"]):
        raise AuthError(422, "same_password", "New password should be different from the old password.")
    changed = await users.change(call.db, user["id"], encrypted_password=await passwords.hashed(password))
    await sessions.end(call.db, user["id"], "others" if caller.session_id else "global", caller.session_id)
    return changed


async def _require_recent(call: Call, caller: Caller) -> None:
    if not call.config.security_update_password_require_reauthentication:
        return
    session = await find_row(call.db, "select created_at from auth.sessions where id = %s", caller.session_id)
    if session and session["created_at"] + RECENT > clock.now():
        return
    nonce = call.text("nonce")
    if not nonce:
        raise AuthError(400, "reauthentication_needed", "Password update requires reauthentication")
    token_hash = one_time.hash_of(caller.user["email"], nonce)
    secret = await one_time.find(call.db, token_hash, (one_time.REAUTHENTICATION,))
    stale = one_time.is_stale(caller.user, one_time.REAUTHENTICATION, call.config.mailer_otp_exp)
    if secret is None or stale or secret["user_id"] != caller.user["id"]:
        raise AuthError(422, "reauthentication_not_valid", "Nonce has expired or is invalid")
    await one_time.spend(call.db, caller.user["id"], one_time.REAUTHENTICATION)


async def _change_email(call: Call, user: Row) -> Row:
    email = links.valid_address(call.text("email"))
    if email == user["email"]:
        return user
    if await users.find_by_email(call.db, email):
        raise AuthError(422, "email_exists", "A user with this email address has already been registered")
    if call.config.mailer_autoconfirm:
        return await users.adopt_email(call.db, user, email)
    return await links.send_email_change(call, user, email)
