"""Choosing a new password: knowing the old one, or straight from a mailed link."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from gynergy_app import clock, routes
from gynergy_app.api.auth.entrances import require
from gynergy_app.api.auth.grants import may_choose_password, spend_grant
from gynergy_app.api.auth.posting import Form, get_caller, lead_to, own_cookie, posted, slowing_guesses
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member, password_problem
from gynergy_app.emails.letters import SecurityEvent
from gynergy_app.errors import Invalid, NotAllowed
from gynergy_app.integrations import supabase_auth
from gynergy_app.services import accounts, sessions
from gynergy_app.services.flash import Flash

CHANGED = "Your new password is set. Every other device was signed out."


class LinkNeeded(NotAllowed):
    def __init__(self) -> None:
        super().__init__(
            "To choose a new password, open a fresh link from your mailbox. We can send one now."
        )


@posted(routes.RESET_PASSWORD)
async def reset(request: Request, form: Form) -> Response:
    who = await get_caller(request)
    if not may_choose_password(request, who):
        return lead_to(
            routes.FORGOT_PASSWORD,
            Flash(routes.FORGOT_PASSWORD, {"email": who.email}, note=str(LinkNeeded())),
        )
    await _set(request, who, form.get("password", ""))
    path = routes.own(form.get("next"), routes.TODAY)
    response = lead_to(path, Flash(urlsplit(path).path, note=CHANGED, is_good_news=True))
    spend_grant(response)
    return response


@posted(routes.SECURITY)
async def change(request: Request, form: Form) -> Response:
    who = await get_caller(request)
    new = form.get("password", "")
    require(password=password_problem(new, about=(who.name, who.email)))
    await prove(request, who, form, "old_password")
    await _set(request, who, new)
    return lead_to(routes.SECURITY, Flash(routes.SECURITY, note=CHANGED, is_good_news=True))


async def prove(request: Request, who: Member, form: Form, field: str) -> None:
    """Make sure that it is the member who sits there, not only her open browser."""
    password = form.get(field, "")
    if not password:
        raise Invalid({field: "Please type the password you have now."})
    try:
        async with slowing_guesses(request, "prove", str(who.id)):
            proof = await supabase_auth.sign_in(who.email, password)
    except supabase_auth.WrongCredentials as wrong:
        raise Invalid({field: "This is not the password you have now."}) from wrong
    await supabase_auth.sign_out(proof.access_token)


async def _set(request: Request, who: Member, password: str) -> None:
    require(password=password_problem(password, about=(who.name, who.email)))
    now = clock.now()
    await supabase_auth.change_password(await sessions.access_token(own_cookie(request), now), password)
    for other in await sessions.list_own(who, now):
        if not other.is_this_one:
            await sessions.revoke_one(who, other.id, now)
    async with as_member(who.id) as db:
        await accounts.warn(db, who, SecurityEvent.password_changed, now=now)
