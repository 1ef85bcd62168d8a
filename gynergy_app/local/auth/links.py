"""Mailing a one-time link: not too often, to the right address, for one purpose."""

import math
import re

from gynergy_app import clock
from gynergy_app.local.auth import flow, one_time, users
from gynergy_app.local.auth.call import Call
from gynergy_app.local.auth.database import Row
from gynergy_app.local.auth.errors import AuthError

ADDRESS = re.compile(r"[^@\s<>,;:\"]{1,64}@[^@\s<>,;:\".]+(\.[^@\s<>,;:\".]+)+")
LONGEST_ADDRESS = 255


def valid_address(text: str) -> str:
    address = text.strip().lower()
    if len(address) > LONGEST_ADDRESS or not ADDRESS.fullmatch(address):
        raise AuthError(400, "validation_failed", "Unable to validate email address: invalid format")
    return address


async def send_confirmation(call: Call, user: Row) -> None:
    await _mail(call, user, "signup", one_time.CONFIRMATION, "email/signup")
    await call.note("user_confirmation_requested", user)


async def send_invitation(call: Call, user: Row) -> None:
    await _mail(call, user, "invite", one_time.CONFIRMATION, "invite")
    await users.change(call.db, user["id"], invited_at=clock.now())
    await call.note("user_invited", user)


async def send_magic_link(call: Call, user: Row) -> None:
    await _mail(call, user, "magiclink", one_time.RECOVERY, "magiclink")
    await call.note("user_recovery_requested", user)


async def send_recovery(call: Call, user: Row) -> None:
    await _mail(call, user, "recovery", one_time.RECOVERY, "recovery")
    await call.note("user_recovery_requested", user)


async def send_email_change(call: Call, user: Row, new_email: str) -> Row:
    """One link to the new address and, for an account that had one, one to the current."""
    _require_patience(call, user, one_time.NEW_EMAIL)
    old = user["email"] or ""
    both = bool(old) and call.config.mailer_secure_email_change_enabled
    letter = "email_change_new" if both else "email_change_only" if old else "first_email"
    said = {"old": old, "new": new_email}
    await _mail_now(call, user, one_time.NEW_EMAIL, new_email, "email_change", letter, **said)
    if both:
        letter = "email_change_current"
        await _mail_now(call, user, one_time.CURRENT_EMAIL, old, "email_change", letter, **said)
    return await users.change(call.db, user["id"], email_change=new_email, email_change_confirm_status=0)


async def send_reauthentication(call: Call, user: Row) -> None:
    _require_patience(call, user, one_time.REAUTHENTICATION)
    call.server.limits.mail()
    secret = await one_time.issue(
        call.db, user, one_time.REAUTHENTICATION, user["email"], call.config.mailer_otp_length
    )
    await call.server.postman.send(user["email"], "reauthentication", code=secret.code)
    await call.note("user_reauthenticate_requested", user)


async def _mail(call: Call, user: Row, letter: str, kind: str, method: str) -> None:
    _require_patience(call, user, kind)
    await _mail_now(call, user, kind, user["email"], method, letter)


async def _mail_now(
    call: Call, user: Row, kind: str, address: str, method: str, letter: str, **said: str
) -> None:
    call.server.limits.mail()
    prefix = await flow.begin(call.db, user["id"], call.body, method)
    secret = await one_time.issue(call.db, user, kind, address, call.config.mailer_otp_length, prefix)
    link = call.server.postman.link(letter, secret.token_hash, call.redirect_to)
    await call.server.postman.send(address, letter, link=link, **said)


def _require_patience(call: Call, user: Row, kind: str) -> None:
    sent_at = user[one_time.SENT_AT[kind]]
    if sent_at is None:
        return
    wait = sent_at + call.config.smtp_max_frequency - clock.now()
    if wait.total_seconds() > 0:
        seconds = math.ceil(wait.total_seconds())
        message = f"For security purposes, you can only request this after {seconds} seconds."
        raise AuthError(429, "over_email_send_rate_limit", message)
