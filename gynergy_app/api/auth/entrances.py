"""Ways in for strangers: a password, a link by mail, a new account, or none for now."""

from datetime import timedelta

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from gynergy_app import clock, routes
from gynergy_app.api.auth.posting import (
    WORKSHOP,
    Form,
    kept,
    lead_to,
    let_in,
    posted,
    slow_down,
    slowing_guesses,
    way_on,
)
from gynergy_app.db import as_visitor
from gynergy_app.domain.accounts import (
    email_problem,
    name_problem,
    password_problem,
    tidy_email,
    tidy_name,
    timezone_or_utc,
)
from gynergy_app.domain.accounts.consents import agreed_at_the_door
from gynergy_app.errors import Invalid
from gynergy_app.integrations import supabase_auth
from gynergy_app.services import accounts
from gynergy_app.services.flash import Flash

AN_HOUR = timedelta(hours=1)
TOO_MANY_GUESSES = (
    "That was a lot of wrong passwords. Please wait {wait} and try again, or have a link sent to you: "
    "that works at once."
)


@posted(routes.SIGN_IN)
async def sign_in(request: Request, form: Form) -> Response:
    email, password = tidy_email(form.get("email")), form.get("password", "")
    require(email=email_problem(email), password=None if password else "Please type your password.")
    try:
        async with slowing_guesses(request, "sign-in", email, TOO_MANY_GUESSES):
            auth = await supabase_auth.sign_in(email, password)
    except supabase_auth.EmailNotConfirmed:
        # Only the right password gets here, so this tells nobody anything new.
        await supabase_auth.resend_confirmation(email, way_on(request, form, routes.TODAY))
        return mail_is_on_its_way(form, email, "sign-up")
    except supabase_auth.WrongCredentials as wrong:
        raise Invalid({"password": str(wrong)}) from wrong
    return await let_in(request, auth, routes.own(form.get("next"), routes.TODAY))


@posted(routes.SIGN_UP)
async def sign_up(request: Request, form: Form) -> Response:
    """The answer is the same for an address that already has an account: a look into the mailbox.

    Today leads whoever has a place on to choose her start, and tells everybody else what opens one.
    """
    name, email = tidy_name(form.get("first_name")), tidy_email(form.get("email"))
    password = form.get("password", "")
    require(
        first_name=name_problem(name),
        email=email_problem(email),
        password=password_problem(password, about=(name, email)),
    )
    await slow_down(request, "sign-up", email, per_address=2 * WORKSHOP, per_account=5, window=AN_HOUR)
    zone = timezone_or_utc(form.get("timezone"))
    known = {"first_name": name, "timezone": zone, "agreed": agreed_at_the_door()}
    path = way_on(request, form, routes.TODAY)
    answer = mail_is_on_its_way(form, email, "sign-up")
    try:
        auth = await supabase_auth.sign_up(email, password, known, path)
    except supabase_auth.AddressTaken:
        # After the answer has left: how long it took tells nothing either.
        answer.background = BackgroundTask(_tell_its_owner, email)
        return answer
    return await let_in(request, auth, path) if auth else answer


async def _tell_its_owner(email: str) -> None:
    async with as_visitor() as db:
        await accounts.tell_it_exists(db, email, now=clock.now())


@posted(routes.SIGN_IN)
async def send_magic_link(request: Request, form: Form) -> Response:
    email = tidy_email(form.get("email"))
    require(email=email_problem(email))
    await slow_down(request, "mail", email, per_account=5)
    await supabase_auth.send_magic_link(email, way_on(request, form, routes.TODAY))
    return mail_is_on_its_way(form, email, "magic-link")


@posted(routes.SIGN_UP)
async def start_anonymously(request: Request, form: Form) -> Response:
    """Begin without an address. What is written stays, and stays theirs when they give one later."""
    await slow_down(request, "anonymous", per_address=2 * WORKSHOP, window=AN_HOUR)
    known = {"timezone": timezone_or_utc(form.get("timezone")), "agreed": agreed_at_the_door()}
    path = routes.own(form.get("next"), routes.WELCOME)
    return await let_in(request, await supabase_auth.sign_in_anonymously(known), path)


def require(**problems: str | None) -> None:
    """Raises `Invalid` with the sentences that are there."""
    found = {name: problem for name, problem in problems.items() if problem}
    if found:
        raise Invalid(found)


def mail_is_on_its_way(form: Form, email: str, purpose: str) -> Response:
    """`purpose` lets the page send the same mail again."""
    return lead_to(
        routes.CHECK_MAIL, Flash(routes.CHECK_MAIL, {**kept(form), "email": email, "purpose": purpose})
    )
