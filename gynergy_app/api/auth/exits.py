"""Signing out, here or everywhere."""

from starlette.requests import Request
from starlette.responses import Response

from gynergy_app import clock, routes
from gynergy_app.api.auth.posting import (
    Form,
    drop_cookie,
    find_caller,
    get_caller,
    lead_to,
    own_cookie,
    posted,
)
from gynergy_app.db import as_member
from gynergy_app.emails.letters import SecurityEvent
from gynergy_app.services import accounts, devices, sessions
from gynergy_app.services.flash import Flash


@posted(routes.SIGN_IN)
async def sign_out(request: Request, form: Form) -> Response:
    if await find_caller(request):
        await sessions.revoke(own_cookie(request), clock.now())
    return _outside("You are signed out.")


@posted(routes.SECURITY)
async def sign_out_everywhere(request: Request, form: Form) -> Response:
    who, now = await get_caller(request), clock.now()
    async with as_member(who.id) as db:
        await accounts.warn(db, who, SecurityEvent.signed_out_everywhere, now=now)
        await devices.remove_all(db, who)
    await sessions.revoke_all(who, now)
    return _outside("You are signed out on every device.")


def _outside(note: str) -> Response:
    """Chromium also forgets the pages it keeps for the back button."""
    response = lead_to(routes.SIGN_IN, Flash(routes.SIGN_IN, note=note, is_good_news=True))
    drop_cookie(response, sessions.COOKIE)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
