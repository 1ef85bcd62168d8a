"""Changing the address of an account, and giving one to an account that has none yet.

The answer is the same for an address that already has an account; only its own mailbox is told.
"""

from datetime import timedelta

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from gynergy_app import clock, routes
from gynergy_app.api.auth.entrances import AN_HOUR, require
from gynergy_app.api.auth.passwords import prove
from gynergy_app.api.auth.posting import (
    WORKSHOP,
    Form,
    get_caller,
    lead_to,
    own_cookie,
    posted,
    slow_down,
)
from gynergy_app.db import as_visitor
from gynergy_app.domain.accounts import Member, email_problem, tidy_email
from gynergy_app.errors import GynergyError, Invalid
from gynergy_app.integrations.supabase_errors import TooManyMails
from gynergy_app.services import accounts, addresses, rate_limits
from gynergy_app.services.flash import Flash

A_MINUTE = timedelta(minutes=1)
"""The auth service mails one account no sooner; it would say so only for an address that is free."""
JUST_SENT = str(TooManyMails())


@posted(routes.SECURITY)
async def change(request: Request, form: Form) -> Response:
    who = await get_caller(request)
    email = tidy_email(form.get("email"))
    require(email=email_problem(email))
    if email == who.email:
        raise Invalid({"email": "This is the address you have now."})
    await prove(request, who, form, "email_password")
    note = (
        f"Mails to {email} and to {who.email} are on their way. "
        "The address changes when the links in both were opened."
    )
    return await _ask(request, who, email, note)


@posted(routes.SECURITY)
async def send_again(request: Request, form: Form) -> Response:
    """Both links once more. The address was chosen with a password; it is not asked for again."""
    who = await get_caller(request)
    waiting = await addresses.get_waiting(own_cookie(request), now=clock.now())
    sent_to = f"{waiting.email} and to {who.email}" if who.email else waiting.email
    note = f"New mail to {sent_to} is on its way. Links in older ones no longer work."
    return await _ask(request, who, waiting.email, note)


@posted(routes.SECURITY)
async def claim(request: Request, form: Form) -> Response:
    """Somebody who began without an address gives one. Their pages stay; a password follows by the link."""
    who = await get_caller(request)
    if not who.is_anonymous:
        raise Invalid({"email": "Your account already has an address."})
    email = tidy_email(form.get("email"))
    require(email=email_problem(email))
    note = f"A mail to {email} is on its way. Open the link in it on this device, then choose a password."
    return await _ask(request, who, email, note)


async def _ask(request: Request, who: Member, email: str, note: str) -> Response:
    answer = lead_to(routes.SECURITY, Flash(routes.SECURITY, note=note, is_good_news=True))
    counted = await slow_down(
        request, "address-mail", str(who.id), per_account=1, window=A_MINUTE, sentence=JUST_SENT
    )
    try:
        is_free = await _have_links_sent(request, who, email)
    except GynergyError:
        await rate_limits.give_back(counted)
        raise
    if not is_free:
        # After the answer has left: how long it took tells nothing either.
        answer.background = BackgroundTask(_tell_its_owner, email)
    return answer


async def _have_links_sent(request: Request, who: Member, email: str) -> bool:
    await slow_down(request, "mail", email, per_account=5)
    await slow_down(request, "address", str(who.id), per_address=2 * WORKSHOP, per_account=5, window=AN_HOUR)
    path = routes.RESET_PASSWORD if who.is_anonymous else routes.SECURITY
    return await addresses.ask(own_cookie(request), email, path, now=clock.now())


async def _tell_its_owner(email: str) -> None:
    async with as_visitor() as db:
        await accounts.tell_it_is_in_use(db, email, now=clock.now())
