"""Letters on request. Whether an address is known here is never told."""

import secrets

from starlette.responses import JSONResponse, Response

from gynergy_app.local.auth import links, users
from gynergy_app.local.auth.call import Call
from gynergy_app.local.auth.errors import AuthError
from gynergy_app.local.auth.routes.sign_up import join

PASSWORD_BYTES = 33


async def one_time_password(call: Call) -> Response:
    if call.text("phone"):
        raise AuthError(400, "phone_provider_disabled", "Unsupported phone provider")
    return await magic_link(call)


async def magic_link(call: Call) -> Response:
    call.server.limits.visit("otp", call.visitor)
    email = links.valid_address(call.text("email"))
    user = await users.find_by_email(call.db, email)
    if user is None and call.body.get("create_user", True) is False:
        raise AuthError(422, "otp_disabled", "Signups not allowed for otp")
    if user is None or (user["email_confirmed_at"] is None and not call.config.mailer_autoconfirm):
        # A person without a password yet: the confirmation letter is her first link.
        await join(call, email, secrets.token_urlsafe(PASSWORD_BYTES))
        user = await users.find_by_email(call.db, email) if call.config.mailer_autoconfirm else None
    if user is not None:
        await links.send_magic_link(call, user)
    return JSONResponse({})


async def recover(call: Call) -> Response:
    call.server.limits.visit("otp", call.visitor)
    if not call.text("email"):
        raise AuthError(400, "validation_failed", "Password recovery requires an email")
    user = await users.find_by_email(call.db, links.valid_address(call.text("email")))
    if user is not None:
        await links.send_recovery(call, user)
    return JSONResponse({})


async def resend(call: Call) -> Response:
    call.server.limits.visit("otp", call.visitor)
    kind = call.text("type")
    if kind not in ("signup", "email_change"):
        raise AuthError(400, "validation_failed", "Missing one of these types: signup, email_change")
    user = await users.find_by_email(call.db, links.valid_address(call.text("email")))
    if user is None:
        return JSONResponse({})
    if kind == "signup" and user["email_confirmed_at"] is None:
        await links.send_confirmation(call, user)
    elif kind == "email_change" and user["email_change"]:
        await links.send_email_change(call, user, user["email_change"])
    return JSONResponse({})


async def reauthenticate(call: Call) -> Response:
    caller = await call.require_user()
    if not caller.user["email"]:
        raise AuthError(422, "validation_failed", "Reauthentication requires the user to have an email")
    if caller.user["email_confirmed_at"] is None:
        raise AuthError(422, "email_not_confirmed", "Please verify your email first.")
    await links.send_reauthentication(call, caller.user)
    return JSONResponse({})
