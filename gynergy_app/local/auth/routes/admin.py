"""The owner's side: people listed, made, changed and removed with the service key."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from starlette.responses import JSONResponse, Response

from gynergy_app import clock
from gynergy_app.local.auth import links, one_time, passwords, sessions, users
from gynergy_app.local.auth.call import Call
from gynergy_app.local.auth.config import go_duration
from gynergy_app.local.auth.database import Row, get_row, list_rows
from gynergy_app.local.auth.errors import AuthError

PER_PAGE = 50
MOST_PER_PAGE = 1000
LINK_KINDS = {
    "signup": (one_time.CONFIRMATION, "signup"),
    "invite": (one_time.CONFIRMATION, "invite"),
    "magiclink": (one_time.RECOVERY, "magiclink"),
    "recovery": (one_time.RECOVERY, "recovery"),
    "email_change_current": (one_time.CURRENT_EMAIL, "email_change"),
    "email_change_new": (one_time.NEW_EMAIL, "email_change"),
}


async def list_users(call: Call) -> Response:
    call.require_admin()
    page = _page_number(call, "page", 1)
    per_page = min(_page_number(call, "per_page", PER_PAGE), MOST_PER_PAGE)
    total = await get_row(call.db, "select count(*) as n from auth.users where deleted_at is null")
    found = await list_rows(
        call.db,
        "select * from auth.users where deleted_at is null order by created_at desc, id limit %s offset %s",
        per_page, (page - 1) * per_page,
    )  # fmt: skip
    people = [await users.as_json(call.db, user) for user in found]
    headers = {"x-total-count": str(total["n"])}
    return JSONResponse({"users": people, "aud": call.config.jwt_aud}, headers=headers)


async def create_user(call: Call) -> Response:
    call.require_admin()
    email = links.valid_address(call.text("email"))
    if await users.find_by_email(call.db, email):
        raise AuthError(422, "email_exists", "A user with this email address has already been registered")
    columns: dict[str, Any] = {"id": UUID(call.text("id"))} if call.text("id") else {}
    said = call.metadata("user_metadata")
    user = await users.create(call.db, email, await _password_hash(call), said, **columns)
    return JSONResponse(await users.as_json(call.db, await _apply(call, user)))


async def show_user(call: Call) -> Response:
    call.require_admin()
    return JSONResponse(await users.as_json(call.db, await person(call)))


async def update_user(call: Call) -> Response:
    call.require_admin()
    user = await person(call)
    if call.text("email") and (email := links.valid_address(call.text("email"))) != user["email"]:
        if await users.find_by_email(call.db, email):
            raise AuthError(422, "email_exists", "A user with this email address has already been registered")
        user = await users.adopt_email(call.db, user, email)
    if password_hash := await _password_hash(call):
        user = await users.change(call.db, user["id"], encrypted_password=password_hash)
        await sessions.end(call.db, user["id"], "global", None)
    if call.metadata("user_metadata"):
        said = users.merged(user["raw_user_meta_data"], call.metadata("user_metadata"))
        user = await users.change(call.db, user["id"], raw_user_meta_data=said)
    return JSONResponse(await users.as_json(call.db, await _apply(call, user)))


async def delete_user(call: Call) -> Response:
    call.require_admin()
    user = await person(call)
    if call.body.get("should_soft_delete"):
        gone = {"email": None, "encrypted_password": "", "raw_user_meta_data": {}, "raw_app_meta_data": {}}
        await call.db.execute("delete from auth.identities where user_id = %s", (user["id"],))
        await sessions.end(call.db, user["id"], "global", None)
        await users.change(call.db, user["id"], deleted_at=clock.now(), **gone)
    else:
        await call.db.execute("delete from auth.users where id = %s", (user["id"],))
    return JSONResponse({})


async def invite(call: Call) -> Response:
    call.require_admin()
    email = links.valid_address(call.text("email"))
    user = await users.find_by_email(call.db, email)
    if user and user["email_confirmed_at"]:
        raise AuthError(422, "email_exists", "A user with this email address has already been registered")
    user = user or await users.create(call.db, email, "", call.metadata())
    await links.send_invitation(call, user)
    return JSONResponse(await users.as_json(call.db, await users.fresh(call.db, user)))


async def generate_link(call: Call) -> Response:
    """A link to hand over by other means: made, but not mailed."""
    call.require_admin()
    kind, verification = LINK_KINDS.get(call.text("type"), (None, ""))
    if kind is None:
        raise AuthError(400, "validation_failed", f"Invalid email action link type: {call.text('type')}")
    user = await _link_owner(call, verification)
    new_email = call.text("new_email").lower()
    if verification == "email_change":
        user = await users.change(call.db, user["id"], email_change=links.valid_address(new_email))
    address = new_email if kind == one_time.NEW_EMAIL else user["email"]
    secret = await one_time.issue(call.db, user, kind, address, call.config.mailer_otp_length)
    redirect_to = call.redirect_to or call.config.site_url
    query = urlencode({"token": secret.token_hash, "type": verification, "redirect_to": redirect_to})
    return JSONResponse(
        {
            **await users.as_json(call.db, await users.fresh(call.db, user)),
            "action_link": f"{call.config.external_url}/verify?{query}",
            "email_otp": secret.code,
            "hashed_token": secret.token_hash,
            "verification_type": call.text("type"),
            "redirect_to": redirect_to,
        }
    )


async def person(call: Call) -> Row:
    user = await users.find(call.db, call.request.path_params["user_id"])
    if user is None:
        raise AuthError(404, "user_not_found", "User not found")
    return user


async def _password_hash(call: Call) -> str:
    if call.text("password_hash"):
        return call.text("password_hash")
    if not call.text("password"):
        return ""
    passwords.require_strength(call.text("password"), call.config.password_min_length)
    return await passwords.hashed(call.text("password"))


async def _apply(call: Call, user: Row) -> Row:
    """What only an owner may say about somebody: confirmed, banned, which role, which app metadata."""
    if call.body.get("email_confirm") and user["email_confirmed_at"] is None:
        user = await users.confirm(call.db, user)
    columns: dict[str, Any] = {}
    if call.metadata("app_metadata"):
        columns["raw_app_meta_data"] = users.merged(user["raw_app_meta_data"], call.metadata("app_metadata"))
    if call.text("role"):
        columns["role"] = call.text("role")
    if call.text("ban_duration"):
        columns["banned_until"] = _banned_until(call.text("ban_duration"))
    return await users.change(call.db, user["id"], **columns) if columns else user


def _banned_until(text: str) -> Any:
    length = go_duration(text)
    if isinstance(length, timedelta):
        return clock.now() + length
    if text == "none":
        return None
    raise AuthError(400, "validation_failed", f"invalid format for ban duration: {text}")


async def _link_owner(call: Call, verification: str) -> Row:
    email = links.valid_address(call.text("email"))
    user = await users.find_by_email(call.db, email)
    if user is None and verification not in ("signup", "invite", "magiclink"):
        raise AuthError(404, "user_not_found", "User with this email not found")
    if user and user["email_confirmed_at"] and verification in ("signup", "invite"):
        raise AuthError(422, "email_exists", "A user with this email address has already been registered")
    return user or await users.create(call.db, email, await _password_hash(call), call.metadata())


def _page_number(call: Call, name: str, default: int) -> int:
    text = call.request.query_params.get(name) or str(default)
    if not re.fullmatch(r"[1-9]\d{0,6}", text):
        raise AuthError(400, "validation_failed", f"Bad Pagination Parameters: {name}")
    return int(text)
