"""What every form about signing in shares: where it may come from, and where it leads."""

import hashlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import wraps
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gynergy_app import clock, routes
from gynergy_app.api.requests import address_of, check_origin, read_form
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.arrivals import NOWHERE, Arrival, in_link, with_arrival, without_arrival
from gynergy_app.errors import GynergyError, Invalid, NotAllowed, NotSignedIn
from gynergy_app.integrations import supabase_auth
from gynergy_app.integrations.supabase_auth import AuthSession
from gynergy_app.services import accounts, arrivals, cookies, flash, rate_limits, sessions
from gynergy_app.services.flash import Flash
from gynergy_app.services.payments import claims
from gynergy_app.services.rate_limits import Counted

log = logging.getLogger(__name__)

Form = dict[str, str]
Handler = Callable[[Request, Form], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]

KEPT = ("email", "first_name", "next", "purpose", "start", "confirmation")
"""What a form may remember for its visitor. A password is not among it."""

A_QUARTER_OF_AN_HOUR = timedelta(minutes=15)

WORKSHOP = 100
"""People who share a network address in one room. What one account may do stays narrow."""


def posted(page: str) -> Callable[[Handler], Endpoint]:
    """A form of this page. What cannot be taken leads back to it, with a sentence and what was typed."""

    def decorate(handle: Handler) -> Endpoint:
        @wraps(handle)
        async def endpoint(request: Request) -> Response:
            check_origin(request)
            form: Form = {}
            try:
                form = _with_way_on(request, await read_form(request))
                return await handle(request, form)
            except NotSignedIn as refused:
                return lead_to(
                    f"{routes.SIGN_IN}?{urlencode({'next': page})}", Flash(routes.SIGN_IN, note=str(refused))
                )
            except Invalid as refused:
                left = Flash(page, kept(form), refused.problems, note=refused.problems.get("form", ""))
            except GynergyError as refused:
                left = Flash(page, kept(form), note=str(refused))
            return lead_to(_asking_for_next(page, form), left)

        return endpoint

    return decorate


def _with_way_on(request: Request, form: Form) -> Form:
    """A form sent before a script has told it where somebody was going: the address it stood at knows."""
    if form.get("next"):
        return form
    asked = parse_qs(urlsplit(request.headers.get("referer", "")).query)
    return {**form, "next": asked.get("next", [""])[0]}


def kept(form: Form) -> Form:
    return {name: form[name] for name in KEPT if form.get(name)}


def _asking_for_next(page: str, form: Form) -> str:
    wanted = routes.own(form.get("next"), "")
    return f"{page}?{urlencode({'next': wanted})}" if wanted else page


def lead_to(path: str, left: Flash | None = None) -> Response:
    """A new document at this path: a page of ours, never an address that came from outside."""
    response = RedirectResponse(path, status_code=303, headers={"Cache-Control": "no-store"})
    if left:
        keep_cookie(response, flash.COOKIE, flash.seal(left), flash.LASTS_SECONDS)
    else:
        drop_cookie(response, flash.COOKIE)
    return response


def keep_cookie(response: Response, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        cookies.named(name),
        value,
        max_age=seconds,
        path="/",
        secure=cookies.IS_SECURE,
        httponly=True,
        samesite="lax",
    )


def drop_cookie(response: Response, name: str) -> None:
    response.delete_cookie(
        cookies.named(name), path="/", secure=cookies.IS_SECURE, httponly=True, samesite="lax"
    )


def lead_out(address: str) -> Response:
    """A page of the payment service's, from its own answer. The one way that leads to another house."""
    response = RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})
    drop_cookie(response, flash.COOKIE)
    return response


async def let_in(request: Request, auth: AuthSession, path: str, left: Flash | None = None) -> Response:
    """Open a session for somebody who has proved who they are. A session this browser had before ends.

    Whoever asked for the account to be deleted is led to where that can be taken back. How somebody first
    came is kept with her from here on, and no longer with the browser.
    """
    now = clock.now()
    path, arrival = without_arrival(path), _arrival(request, path, now)
    try:
        async with as_member(auth.user_id) as db:
            is_leaving = await accounts.admit(db, auth.user_id, now=now)
            await arrivals.remember(db, _newcomer(auth), arrival, now=now)
    except (accounts.AccountSuspended, accounts.AccountEnding):
        await supabase_auth.sign_out(auth.access_token)
        raise
    if former := own_cookie(request):
        await sessions.revoke(former, now)
    value = await sessions.open(auth, request.headers.get("user-agent", ""), address_of(request), now)
    claimed = await _claim(auth, now)
    path = routes.DATA if is_leaving and path == routes.TODAY else path
    if claimed and left is None:
        left = Flash(urlsplit(path).path, note=claimed, is_good_news=True)
    response = lead_to(path, left)
    keep_cookie(response, sessions.COOKIE, value, int(sessions.LIFETIME.total_seconds()))
    if arrival != NOWHERE and not auth.is_anonymous:
        drop_cookie(response, arrivals.COOKIE)
    return response


async def _claim(auth: AuthSession, now: datetime) -> str:
    """What she bought before she had an account. Trouble keeps nobody out: her next page tries again."""
    try:
        async with as_member(auth.user_id) as db:
            return await claims.claim_on_arrival(db, auth.user_id, now=now)
    except Exception:
        log.exception("A guest's purchase could not be claimed on arrival.")
        return ""


def way_on(request: Request, form: Form, fallback: str) -> str:
    """Where a mailed link leads: to where somebody was going, with how she first came."""
    path = routes.own(form.get("next"), fallback)
    known = arrivals.of_browser(request.headers.get("cookie", ""), clock.now())
    return routes.own(with_arrival(path, known), path)


def _arrival(request: Request, path: str, now: datetime) -> Arrival:
    """What this browser knows of it, and what the mail says that was asked for elsewhere."""
    here = arrivals.of_browser(request.headers.get("cookie", ""), now)
    mailed = in_link(urlsplit(path).query).as_of(now)
    first = min((each for each in (here, mailed) if each.at), key=_moment, default=here)
    return replace(first, code=here.code or mailed.code)


def _moment(arrival: Arrival) -> float:
    return arrival.at.timestamp() if arrival.at else 0


def _newcomer(auth: AuthSession) -> Member:
    return Member(auth.user_id, auth.email or "", "", "", "UTC", is_anonymous=auth.is_anonymous)


def own_cookie(request: Request) -> str:
    return cookies.read(request.headers.get("cookie", ""), sessions.COOKIE)


async def find_caller(request: Request) -> Member | None:
    return await sessions.find(own_cookie(request), clock.now())


async def get_caller(request: Request) -> Member:
    """Raises `NotSignedIn`."""
    who = await find_caller(request)
    if who is None:
        raise NotSignedIn
    return who


async def slow_down(
    request: Request,
    act: str,
    account: str = "",
    *,
    per_address: int = 3 * WORKSHOP,
    per_account: int = 10,
    window: timedelta = A_QUARTER_OF_AN_HOUR,
    sentence: str = rate_limits.SENTENCE,
) -> list[Counted]:
    """Count this try against where it comes from and whom it is about. Raises `TooMany`."""
    now = clock.now()
    address = f"{act}:from:{address_of(request)}"
    counted = [await rate_limits.allow(address, per_address, window, now, sentence)]
    if account:
        about = hashlib.sha256(account.encode()).hexdigest()[:24]
        counted.append(await rate_limits.allow(f"{act}:about:{about}", per_account, window, now, sentence))
    return counted


@asynccontextmanager
async def slowing_guesses(
    request: Request, act: str, account: str, sentence: str = rate_limits.SENTENCE
) -> AsyncIterator[None]:
    """Only what is refused counts. It is counted before it is tried: many guesses at once are not more."""
    counted = await slow_down(request, act, account, per_address=WORKSHOP, sentence=sentence)
    try:
        yield
    except NotAllowed:
        raise
    except GynergyError:
        await rate_limits.give_back(counted)
        raise
    await rate_limits.give_back(counted)
