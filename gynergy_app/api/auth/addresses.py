"""Changing the address of an account, and giving one to an account that has none yet."""

from starlette.requests import Request
from starlette.responses import Response

from gynergy_app import clock, routes
from gynergy_app.api.auth.entrances import require
from gynergy_app.api.auth.passwords import prove
from gynergy_app.api.auth.posting import Form, get_caller, lead_to, own_cookie, posted, slow_down
from gynergy_app.domain.accounts import email_problem, tidy_email
from gynergy_app.errors import Invalid
from gynergy_app.integrations import supabase_auth
from gynergy_app.services import addresses, sessions
from gynergy_app.services.flash import Flash


@posted(routes.SECURITY)
async def change(request: Request, form: Form) -> Response:
    who = await get_caller(request)
    email = tidy_email(form.get("email"))
    require(email=email_problem(email))
    if email == who.email:
        raise Invalid({"email": "This is the address you have now."})
    await prove(request, who, form, "email_password")
    await slow_down(request, "mail", email, per_account=5)
    token = await sessions.access_token(own_cookie(request), clock.now())
    await supabase_auth.change_email(token, email, routes.SECURITY)
    note = f"We sent a link to {email} and one to {who.email}. The address changes when both were opened."
    return lead_to(routes.SECURITY, Flash(routes.SECURITY, note=note, is_good_news=True))


@posted(routes.SECURITY)
async def send_again(request: Request, form: Form) -> Response:
    """Both links once more. The address was chosen with a password; it is not asked for again."""
    who, now, cookie = await get_caller(request), clock.now(), own_cookie(request)
    waiting = await addresses.get_waiting(cookie, now=now)
    await slow_down(request, "mail", waiting.email, per_account=5)
    path = routes.RESET_PASSWORD if who.is_anonymous else routes.SECURITY
    await supabase_auth.change_email(await sessions.access_token(cookie, now), waiting.email, path)
    sent_to = f"{waiting.email} and to {who.email}" if who.email else waiting.email
    note = f"We sent a new link to {sent_to}. Older ones no longer work."
    return lead_to(routes.SECURITY, Flash(routes.SECURITY, note=note, is_good_news=True))


@posted(routes.SECURITY)
async def claim(request: Request, form: Form) -> Response:
    """Somebody who began without an address gives one. Their pages stay; a password follows by the link."""
    who = await get_caller(request)
    if not who.is_anonymous:
        raise Invalid({"email": "Your account already has an address."})
    email = tidy_email(form.get("email"))
    require(email=email_problem(email))
    await slow_down(request, "mail", email, per_account=5)
    token = await sessions.access_token(own_cookie(request), clock.now())
    await supabase_auth.attach(token, email, routes.RESET_PASSWORD)
    note = f"We sent a link to {email}. Open it on this device, then choose a password."
    return lead_to(routes.SECURITY, Flash(routes.SECURITY, note=note, is_good_news=True))
