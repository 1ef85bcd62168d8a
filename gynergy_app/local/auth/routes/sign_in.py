"""Tokens for a password, a refresh token or a PKCE code; and signing out."""

from starlette.responses import JSONResponse, Response

from gynergy_app.local.auth import flow, passwords, sessions, users
from gynergy_app.local.auth.call import Call
from gynergy_app.local.auth.errors import AuthError, InvalidCredentials

SCOPES = {"global", "local", "others"}


async def token(call: Call) -> Response:
    grants = {"password": _by_password, "refresh_token": _by_refresh_token, "pkce": _by_code}
    grant = grants.get(call.request.query_params.get("grant_type", ""))
    if grant is None:
        raise AuthError(400, "validation_failed", "unsupported_grant_type")
    call.server.limits.visit("token", call.visitor)
    return await grant(call)


async def sign_out(call: Call) -> Response:
    caller = await call.require_user()
    scope = call.request.query_params.get("scope", "global")
    if scope not in SCOPES:
        raise AuthError(400, "validation_failed", f'Unsupported logout scope "{scope}"')
    await sessions.end(call.db, caller.user["id"], scope, caller.session_id)
    await call.note("logout", caller.user)
    return Response(status_code=204)


async def _by_password(call: Call) -> Response:
    if call.text("phone"):
        raise AuthError(400, "phone_provider_disabled", "Phone logins are disabled")
    if not call.text("email"):
        raise AuthError(400, "validation_failed", "missing email or phone")
    user = await users.find_by_email(call.db, call.text("email").strip())
    known = await passwords.matches(call.text("password"), user["encrypted_password"] if user else None)
    if user is None or not known:
        raise InvalidCredentials
    if users.is_banned(user):
        raise AuthError(400, "user_banned", "User is banned")
    if user["email_confirmed_at"] is None:
        raise AuthError(400, "email_not_confirmed", "Email not confirmed")
    await call.note("login", user)
    return JSONResponse(await sessions.open_session(call, user, "password"))


async def _by_refresh_token(call: Call) -> Response:
    if not call.text("refresh_token"):
        raise AuthError(400, "validation_failed", "refresh_token required")
    return JSONResponse(await sessions.refresh(call, call.text("refresh_token")))


async def _by_code(call: Call) -> Response:
    if not call.text("auth_code") or not call.text("code_verifier"):
        message = "invalid request: both auth code and code verifier should be non-empty"
        raise AuthError(400, "validation_failed", message)
    user_id, method = await flow.redeem(call.db, call.text("auth_code"), call.text("code_verifier"))
    user = await users.find(call.db, user_id)
    if user is None or users.is_banned(user):
        raise AuthError(403, "user_not_found", "User from flow state does not exist")
    await call.note("login", user)
    return JSONResponse(await sessions.open_session(call, user, method))
