"""Asking for one's account to be deleted, and keeping it after all."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from gynergy_app import clock, routes
from gynergy_app.api.auth.passwords import prove
from gynergy_app.api.auth.posting import Form, get_caller, lead_to, posted
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.services import deletion, sessions
from gynergy_app.services.flash import Flash

JUST_SIGNED_IN = timedelta(minutes=10)
ASKED = "You asked for your account to be deleted."
STAYED = "Your account stays. Nothing was changed."


@posted(routes.DATA)
async def leave(request: Request, form: Form) -> Response:
    who, now = await get_caller(request), clock.now()
    deletion.require_confirmation(form.get("confirmation", ""))
    await _prove(request, who, form)
    async with as_member(who.id) as db:
        await deletion.ask(db, who, now=now)
    note = f"{ASKED} A mail about it is on its way." if who.email else ASKED
    return lead_to(routes.DATA, Flash(routes.DATA, note=note, is_good_news=True))


@posted(routes.DATA)
async def stay(request: Request, form: Form) -> Response:
    """No password: whoever is signed in may always keep what is there."""
    who = await get_caller(request)
    async with as_member(who.id) as db:
        await deletion.stay(db, who, now=clock.now())
    return lead_to(routes.DATA, Flash(routes.DATA, note=STAYED, is_good_news=True))


async def _prove(request: Request, who: Member, form: Form) -> None:
    """The password; or, for those who sign in without one, a sign-in of the last minutes."""
    if who.is_anonymous:
        return
    if not form.get("leaving_password") and await _has_just_signed_in(who):
        return
    await prove(request, who, form, "leaving_password")


async def _has_just_signed_in(who: Member) -> bool:
    now = clock.now()
    here = next((each for each in await sessions.list_own(who, now) if each.is_this_one), None)
    return here is not None and now - here.created_at < JUST_SIGNED_IN
