"""Becoming somebody: with an address and a password, or anonymously at first."""

from uuid import uuid4

from starlette.responses import JSONResponse, Response

from gynergy_app import clock
from gynergy_app.local.auth import links, passwords, sessions, users
from gynergy_app.local.auth.call import Call
from gynergy_app.local.auth.errors import AuthError


async def sign_up(call: Call) -> Response:
    if call.text("phone"):
        raise AuthError(400, "phone_provider_disabled", "Phone signups are disabled")
    if not call.text("email"):
        return await _anonymous(call)
    call.server.limits.visit("otp", call.visitor)
    if not call.text("password"):
        raise AuthError(400, "validation_failed", "Signup requires a valid password")
    return await join(call, call.text("email"), call.text("password"))


async def join(call: Call, address: str, password: str) -> Response:
    if call.config.disable_signup:
        raise AuthError(422, "signup_disabled", "Signups not allowed for this instance")
    email = links.valid_address(address)
    passwords.require_strength(password, call.config.password_min_length)
    password_hash = await passwords.hashed(password)
    await call.db.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", (email,))
    user = await users.find_by_email(call.db, email)
    if user and user["email_confirmed_at"]:
        return _already_here(call, email)
    # An unconfirmed account is left as it is: nobody has proved yet whose it is.
    user = user or await users.create(call.db, email, password_hash, call.metadata())
    if not call.config.mailer_autoconfirm:
        await links.send_confirmation(call, user)
        return JSONResponse(await users.as_json(call.db, await users.fresh(call.db, user)))
    user = await users.confirm(call.db, user)
    await call.note("user_signedup", user)
    return JSONResponse(await sessions.open_session(call, user, "password"))


async def _anonymous(call: Call) -> Response:
    if not call.config.external_anonymous_users_enabled:
        raise AuthError(422, "anonymous_provider_disabled", "Anonymous sign-ins are disabled")
    if call.config.disable_signup:
        raise AuthError(422, "signup_disabled", "Signups not allowed for this instance")
    call.server.limits.visit("anonymous", call.visitor)
    user = await users.create(call.db, None, "", call.metadata())
    await call.note("user_signedup", user)
    return JSONResponse(await sessions.open_session(call, user, "anonymous"))


def _already_here(call: Call, email: str) -> Response:
    """Where addresses must be confirmed, nobody learns from us that this one is taken."""
    if call.config.mailer_autoconfirm:
        raise AuthError(422, "user_already_exists", "User already registered")
    now = users.moment(clock.now())
    return JSONResponse(
        {
            "id": str(uuid4()), "aud": call.config.jwt_aud, "role": "", "email": email, "phone": "",
            "confirmation_sent_at": now, "app_metadata": {"provider": "email", "providers": ["email"]},
            "user_metadata": call.metadata(), "identities": [], "created_at": now, "updated_at": now,
            "is_anonymous": False,
        }
    )  # fmt: skip
