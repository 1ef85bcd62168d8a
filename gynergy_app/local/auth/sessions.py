"""Sign-ins: opening one, keeping it alive by rotating its refresh token, ending it."""

import secrets
import string
from typing import Any
from uuid import UUID

from gynergy_app import clock
from gynergy_app.local.auth import users
from gynergy_app.local.auth.call import Call
from gynergy_app.local.auth.database import Db, Row, find_row, get_row, list_rows
from gynergy_app.local.auth.errors import AuthError

ALPHABET = string.ascii_lowercase + string.digits
TOKEN_LENGTH = 12


async def open_session(call: Call, user: Row, method: str) -> dict[str, Any]:
    """Sign this person in; `method` is how she proved who she is."""
    session = await get_row(
        call.db,
        "insert into auth.sessions (user_id, user_agent, ip) values (%s, %s, %s) returning *",
        user["id"], call.request.headers.get("user-agent"), call.ip,
    )  # fmt: skip
    await claim_method(call.db, session["id"], method)
    user = await users.change(call.db, user["id"], last_sign_in_at=clock.now())
    token = await _new_token(call.db, session["id"], user["id"], parent=None)
    return await as_json(call, user, session, token)


async def refresh(call: Call, token: str) -> dict[str, Any]:
    """Exchange a refresh token. A token used long after its turn means theft: the whole chain dies."""
    held = await _token(call.db, token)
    if held is None:
        raise AuthError(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found")
    session = await _lock(call.db, held["session_id"])
    user = await users.find(call.db, held["user_id"])
    if session is None or user is None:
        raise AuthError(400, "session_not_found", "Invalid Refresh Token: No Valid Session Found")
    if users.is_banned(user):
        raise AuthError(400, "user_banned", "Invalid Refresh Token: User Banned")
    if session["not_after"] and session["not_after"] < clock.now():
        raise AuthError(400, "session_expired", "Invalid Refresh Token: Session Expired")

    # Read again: another request may have rotated it while we waited for the lock.
    held = await get_row(call.db, "select * from auth.refresh_tokens where id = %s", held["id"])
    issued = await _next_token(call, held)
    await _note_refresh(call, session["id"])
    return await as_json(call, user, session, issued)


async def reissue(call: Call, user: Row, session: Row) -> dict[str, Any]:
    """New tokens for a session that has just been proved anew."""
    active = await _active_token(call.db, session["id"])
    if active is None:
        raise AuthError(403, "session_not_found", "Session from session_id claim in JWT does not exist")
    return await as_json(call, user, session, await _next_token(call, active))


async def end(db: Db, user_id: UUID, scope: str, session_id: UUID | None) -> None:
    """Sign out here (`local`), everywhere else (`others`) or everywhere (`global`)."""
    if scope == "local":
        await db.execute("delete from auth.sessions where id = %s", (session_id,))
    elif scope == "others":
        await db.execute("delete from auth.sessions where user_id = %s and id <> %s", (user_id, session_id))
    else:
        await db.execute("delete from auth.sessions where user_id = %s", (user_id,))


async def claim_method(db: Db, session_id: UUID, method: str) -> None:
    await db.execute(
        """insert into auth.mfa_amr_claims (session_id, authentication_method) values (%s, %s)
           on conflict (session_id, authentication_method) do update set updated_at = now()""",
        (session_id, method),
    )


async def as_json(call: Call, user: Row, session: Row, refresh_token: str) -> dict[str, Any]:
    lifetime = int(call.config.jwt_exp.total_seconds())
    expires_at = int(clock.now().timestamp()) + lifetime
    return {
        "access_token": await _access_token(call, user, session, expires_at),
        "token_type": "bearer",
        "expires_in": lifetime,
        "expires_at": expires_at,
        "refresh_token": refresh_token,
        "user": await users.as_json(call.db, user),
    }


async def _access_token(call: Call, user: Row, session: Row, expires_at: int) -> str:
    claims = await list_rows(
        call.db,
        "select * from auth.mfa_amr_claims where session_id = %s order by updated_at desc",
        session["id"],
    )
    methods = [
        {"method": row["authentication_method"], "timestamp": int(row["updated_at"].timestamp())}
        for row in claims
    ]
    return call.server.keys.sign(
        {
            "iss": call.config.external_url,
            "sub": str(user["id"]),
            "aud": call.config.jwt_aud,
            "exp": expires_at,
            "iat": int(clock.now().timestamp()),
            "email": user["email"] or "",
            "phone": user["phone"] or "",
            "app_metadata": user["raw_app_meta_data"] or {},
            "user_metadata": user["raw_user_meta_data"] or {},
            "role": user["role"],
            "aal": session["aal"],
            "amr": methods,
            "session_id": str(session["id"]),
            "is_anonymous": user["is_anonymous"],
        }
    )


async def _note_refresh(call: Call, session_id: UUID) -> None:
    await call.db.execute(
        """update auth.sessions
           set updated_at = now(), refreshed_at = localtimestamp, user_agent = %s, ip = %s where id = %s""",
        (call.request.headers.get("user-agent"), call.ip, session_id),
    )


async def _next_token(call: Call, held: Row) -> str:
    if held["revoked"]:
        active = await _active_token(call.db, held["session_id"])
        if active and active["parent"] == held["token"]:
            # The answer to the first use was lost on its way: give it again.
            return active["token"]
        if held["updated_at"] + call.config.security_refresh_token_reuse_interval < clock.now():
            await _revoke_family(call, held["session_id"])
            raise AuthError(400, "refresh_token_already_used", "Invalid Refresh Token: Already Used")
    elif not call.config.security_refresh_token_rotation_enabled:
        return held["token"]
    await call.db.execute(
        "update auth.refresh_tokens set revoked = true, updated_at = now() where id = %s and not revoked",
        (held["id"],),
    )
    return await _new_token(call.db, held["session_id"], held["user_id"], parent=held["token"])


async def _revoke_family(call: Call, session_id: UUID) -> None:
    await call.db.execute(
        "update auth.refresh_tokens set revoked = true, updated_at = now() where session_id = %s",
        (session_id,),
    )
    # The refusal that follows must not undo it.
    await call.db.commit()


async def _new_token(db: Db, session_id: UUID, user_id: UUID | str, parent: str | None) -> str:
    token = "".join(secrets.choice(ALPHABET) for _ in range(TOKEN_LENGTH))
    await db.execute(
        "insert into auth.refresh_tokens (token, user_id, parent, session_id) values (%s, %s, %s, %s)",
        (token, str(user_id), parent, session_id),
    )
    return token


async def _token(db: Db, token: str) -> Row | None:
    return await find_row(db, "select * from auth.refresh_tokens where token = %s", token)


async def _active_token(db: Db, session_id: UUID) -> Row | None:
    return await find_row(
        db,
        "select * from auth.refresh_tokens where session_id = %s and not revoked order by id desc limit 1",
        session_id,
    )


async def _lock(db: Db, session_id: UUID) -> Row | None:
    return await find_row(db, "select * from auth.sessions where id = %s for update", session_id)
