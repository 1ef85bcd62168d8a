"""Mails that let somebody in, and the links they carry.

Opening a link spends nothing: mail scanners open links too, some of them with JavaScript. The link shows one
button, and only pressing it spends the token.
"""

import re
from functools import cache
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from supabase_auth.types import EmailOtpType

from gynergy_app import clock, headers, routes, theme
from gynergy_app.api.auth import proofs
from gynergy_app.api.auth.entrances import mail_is_on_its_way, require
from gynergy_app.api.auth.grants import grant_new_password
from gynergy_app.api.auth.posting import Form, find_caller, lead_to, let_in, posted, slow_down, way_on
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member, email_problem, tidy_email
from gynergy_app.domain.arrivals import in_link, with_arrival, without_arrival
from gynergy_app.emails.letters import SecurityEvent
from gynergy_app.errors import NotFound
from gynergy_app.integrations import supabase_auth
from gynergy_app.integrations.supabase_auth import AuthSession
from gynergy_app.services import accounts
from gynergy_app.services.flash import Flash
from gynergy_app.settings import settings

PURPOSES: dict[EmailOtpType, tuple[str, str, str]] = {
    # what the page says, its button, where it leads
    "signup": ("Confirm your address.", "Open my account", routes.TODAY),
    "invite": ("You have been invited.", "Open my account", routes.RESET_PASSWORD),
    "magiclink": ("Good to see you.", "Sign in", routes.TODAY),
    "recovery": ("Choose a new password.", "Go on", routes.RESET_PASSWORD),
    "email_change": ("A new address for your account.", "Use this address", routes.SECURITY),
}
CHOOSE_YOURS = (
    "Your account is open. It was begun in another browser, so please choose its password here: "
    "one that was typed there opens nothing any more."
)
_TOKEN = re.compile(r"[\w.-]{6,300}")


class LinkNotWhole(NotFound):
    def __init__(self) -> None:
        super().__init__("This link is not whole. Please copy all of it from the mail, or ask for a new one.")


@posted(routes.FORGOT_PASSWORD)
async def forgot(request: Request, form: Form) -> Response:
    email = tidy_email(form.get("email"))
    require(email=email_problem(email))
    await slow_down(request, "mail", email, per_account=5)
    await supabase_auth.send_recovery(email, routes.RESET_PASSWORD)
    return mail_is_on_its_way(form, email, "recovery")


@posted(routes.CHECK_MAIL)
async def send_again(request: Request, form: Form) -> Response:
    """The mail once more; to somebody who signed up and has confirmed the address by now, a link to sign in.

    The auth service chooses: its confirmation while one is due, else a link that signs in; nobody here learns
    which. Today leads newcomers on to their welcome.
    """
    email, purpose = tidy_email(form.get("email")), form.get("purpose", "")
    require(email=email_problem(email))
    await slow_down(request, "mail", email, per_account=5)
    if purpose == "recovery":
        await supabase_auth.send_recovery(email, routes.RESET_PASSWORD)
    else:
        await supabase_auth.send_magic_link(email, way_on(request, form, routes.TODAY))
    return mail_is_on_its_way(form, email, purpose)


async def show_link(request: Request) -> Response:
    asked = {name: request.query_params.get(name, "") for name in ("token_hash", "type", "next")}
    headline, button, _ = PURPOSES[_kind(asked)]
    page = _template().render(tokens=theme.stylesheet(), headline=headline, button=button, asked=asked)
    told = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}
    return HTMLResponse(page, headers={**told, "Content-Security-Policy": headers.content_policy(page)})


@posted(routes.SIGN_IN)
async def follow_link(request: Request, form: Form) -> Response:
    kind = _kind(form)
    await slow_down(request, "link")
    former = await find_caller(request)
    auth = await supabase_auth.verify(form["token_hash"], kind)
    if auth is None:
        return _half_way(former)
    if kind == "email_change" and former and former.id == auth.user_id:
        await _warn_former_address(former)
    path = _path(form.get("next"), PURPOSES[kind][2])
    if kind == "signup" and not proofs.is_from_here(request, auth):
        return await _take_over(request, auth, path)
    if kind == "recovery" and auth.is_first:
        await proofs.end_password(auth)
    return await _follow(request, auth, path)


async def _take_over(request: Request, auth: AuthSession, path: str) -> Response:
    """The address is hers; its password may not be."""
    await proofs.end_password(auth)
    goes_on = urlencode({"next": without_arrival(path)})
    asking = with_arrival(f"{routes.RESET_PASSWORD}?{goes_on}", in_link(urlsplit(path).query))
    response = await let_in(request, auth, asking, Flash(routes.RESET_PASSWORD, note=CHOOSE_YOURS))
    grant_new_password(response, auth.user_id)
    return response


def _kind(asked: Form) -> EmailOtpType:
    """What the link is for. Raises `LinkNotWhole`."""
    for kind in PURPOSES:
        if kind == asked.get("type") and _TOKEN.fullmatch(asked.get("token_hash", "")):
            return kind
    raise LinkNotWhole


async def _follow(request: Request, auth: AuthSession, path: str) -> Response:
    """Whoever has just opened their own mailbox may choose a password without knowing the old one."""
    response = await let_in(request, auth, path)
    if path == routes.RESET_PASSWORD:
        grant_new_password(response, auth.user_id)
    return response


def _path(wanted: str | None, fallback: str) -> str:
    """The local service sends a path, a hosted one the whole address."""
    return routes.own((wanted or "").removeprefix(settings.public_url), fallback)


def _half_way(former: Member | None) -> Response:
    page = routes.SECURITY if former else routes.SIGN_IN
    note = "One address has agreed. Please open the link in the other mailbox too; then the change is made."
    return lead_to(page, Flash(page, note=note, is_good_news=True))


async def _warn_former_address(former: Member) -> None:
    async with as_member(former.id) as db:
        await accounts.warn(db, former, SecurityEvent.email_changed, now=clock.now())


@cache
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).parent.parent / "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template(
        "confirm.html.j2"
    )
