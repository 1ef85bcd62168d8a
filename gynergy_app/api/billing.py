"""From the billing page to Stripe's: to subscribe, to change a card, to read a receipt.

Native forms, so that nothing has to be opened by a script. Nothing asks Stripe inside a transaction, and
every address was made for this click.
"""

from datetime import timedelta
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gynergy_app import clock
from gynergy_app import routes as paths
from gynergy_app.api.auth.posting import Form, get_caller, lead_out, lead_to, posted, slow_down
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.kinds import Interval
from gynergy_app.domain.payments.offers import Sold, journal
from gynergy_app.errors import Invalid, NotSignedIn
from gynergy_app.services import sessions
from gynergy_app.services.flash import Flash
from gynergy_app.services.payments import bought, papers, subscribing, subscriptions
from gynergy_app.services.payments.papers import NoReceipt, PortalPage
from gynergy_app.services.payments.purchases import NoSuchPurchase
from gynergy_app.services.payments.subscribing import AlreadySubscribed
from gynergy_app.services.payments.subscriptions import NoSuchSubscription

AN_HOUR = timedelta(hours=1)
PER_MEMBER = 30
TOO_MANY = "The payment service was asked for very often. Please wait {wait}; nothing was charged."


@posted(paths.BILLING)
async def subscribe(request: Request, form: Form) -> Response:
    who, sold = await get_caller(request), _chosen(form)
    await _slow_down(request, who)
    async with as_member(who.id) as db:
        wish = await subscribing.wish(db, who, sold)
    begun = await subscribing.begin(wish)
    if begun.told:
        async with as_member(who.id) as db:
            await subscriptions.take_in(db, begun.told, now=clock.now())
        sessions.forget_member(who.id)
        raise AlreadySubscribed
    return lead_out(begun.url)


@posted(paths.BILLING)
async def open_portal(request: Request, form: Form) -> Response:
    """Of the subscription that is named; without one, of whoever she has bought as."""
    who = await get_caller(request)
    await _slow_down(request, who)
    customer = await _customer(who, form.get("subscription", ""))
    page = PortalPage.card if form.get("page") == PortalPage.card else PortalPage.home
    return lead_out(await papers.open_portal(customer, page))


async def open_receipt(request: Request) -> Response:
    try:
        who = await get_caller(request)
    except NotSignedIn as refused:
        return lead_to(f"{paths.SIGN_IN}?next={paths.BILLING}", Flash(paths.SIGN_IN, note=str(refused)))
    await _slow_down(request, who)
    async with as_member(who.id) as db:
        checkout_id = await bought.checkout_of(db, who, _id(request.path_params["purchase_id"]))
    return lead_out(await papers.receipt(checkout_id))


def _chosen(form: Form) -> Sold:
    try:
        return journal(Interval(form.get("plan", "")))
    except ValueError:
        raise Invalid({"plan": "Please choose by the month or by the year."}) from None


async def _customer(who: Member, row_id: str) -> str:
    async with as_member(who.id) as db:
        if row_id:
            known = [(await subscriptions.get(db, who, _row(row_id))).customer_id]
        else:
            known = await subscriptions.customers_of(db, who)
    if not any(known):
        raise NoReceipt
    return known[0]


def _row(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError:
        raise NoSuchSubscription from None


def _id(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError:
        raise NoSuchPurchase from None


async def _slow_down(request: Request, who: Member) -> None:
    await slow_down(
        request, "billing", str(who.id), per_account=PER_MEMBER, window=AN_HOUR, sentence=TOO_MANY
    )


routes = [
    Route("/billing/subscribe", subscribe, methods=["POST"]),
    Route("/billing/portal", open_portal, methods=["POST"]),
    Route("/billing/receipts/{purchase_id}", open_receipt, methods=["GET"]),
]
