"""What the demo people paid for: on the pay page of the local payment server, as a browser would.

Without one at hand nobody is charged anywhere: their places are written down by the same services.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import httpx

from gynergy_app import clock, routes
from gynergy_app.db import as_member, as_service
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.paying import Payment, Price
from gynergy_app.domain.payments.stripe_words import PURCHASE_ID, USER_ID
from gynergy_app.integrations import stripe_billing
from gynergy_app.local.trouble import Trouble
from gynergy_app.services.payments import purchases, redeeming
from gynergy_app.services.payments.applying import purchases as told_purchases
from gynergy_app.services.payments.applying import subscriptions as told_subscriptions
from gynergy_app.services.payments.purchases import Checkout, Order
from gynergy_app.settings import settings


def is_possible() -> bool:
    """A pay page of Stripe's own wants a person and a card."""
    return bool(settings.stripe_api_base)


@asynccontextmanager
async def unhurried() -> AsyncIterator[None]:
    """What is paid meanwhile is announced afterwards: the worker, who lives today, is not to be the first."""
    await _operate("withhold")
    try:
        yield
    finally:
        await _operate("resume")
        await _operate("oldest")


async def _operate(button: str) -> None:
    if is_possible():
        async with httpx.AsyncClient(timeout=20) as browser:
            await browser.post(f"{settings.stripe_api_base}/operator/post/{button}")


async def buy(member: Member, session_id: UUID) -> None:
    """A place in this session, at the moment it is."""
    price = await _challenge_price()
    order = Order(uuid4(), price, member.email, session_id)
    async with as_member(member.id) as db:
        checkout = await purchases.begin(db, order, buyer=member, now=clock.now())
    if is_possible():
        await _pay(member, checkout)
        return
    async with as_service() as db:
        payment = Payment(price, price, clock.now())
        await purchases.complete(db, checkout.purchase_id, payment, now=clock.now())


async def _pay(member: Member, checkout: Checkout) -> None:
    """Then tell ourselves, as the payment server will a little later."""
    named = {PURCHASE_ID: str(checkout.purchase_id)}
    paid = await _checkout(
        member,
        settings.challenge_price,
        mode="payment",
        metadata=named,
        payment_intent_data={"metadata": named},
        customer_creation="always",
    )
    told = await told_purchases.look(paid["id"], clock.now())
    if told is None:
        raise Trouble("A payment of the demo people was not found again.")
    async with as_service() as db:
        await told_purchases.apply(db, told, now=clock.now())


async def subscribe(member: Member) -> None:
    """To the journal, month by month, from now on. Only where there is somebody to subscribe at."""
    if not is_possible():
        return
    named = {USER_ID: str(member.id)}
    paid = await _checkout(
        member,
        settings.journal_month_price,
        mode="subscription",
        metadata=named,
        subscription_data={"metadata": named},
    )
    told = await told_subscriptions.ask(paid["subscription"], clock.now())
    if told is None:
        raise Trouble("A subscription of the demo people was not found again.")
    async with as_service() as db:
        await told_subscriptions.apply(db, told, now=clock.now())


async def redeem(member: Member, code: str) -> None:
    async with as_member(member.id) as db:
        await redeeming.redeem(db, member, code, now=clock.now())


async def _checkout(member: Member, lookup_key: str, **said: Any) -> dict[str, Any]:
    """A checkout, paid."""
    made = await stripe_billing.create_checkout(
        {
            "line_items": [{"price": (await _price(lookup_key))["id"], "quantity": 1}],
            "customer_email": member.email,
            "success_url": f"{settings.public_url}{routes.CHECKOUT_SUCCESS}",
            **said,
        },
        f"demo:{uuid4()}",
    )
    form = {"press": "pay", "email": member.email, "name": member.name, "agrees": "yes"}
    async with httpx.AsyncClient(timeout=20) as browser:
        answer = await browser.post(made["url"], data=form)
    if answer.status_code != httpx.codes.SEE_OTHER:
        raise Trouble("The pay page did not take a payment of the demo people.")
    return await stripe_billing.get("checkout.session", made["id"])


async def _challenge_price() -> Price:
    if not is_possible():
        return Price(settings.challenge_price_cents)
    return Price((await _price(settings.challenge_price))["unit_amount"])


async def _price(lookup_key: str) -> dict[str, Any]:
    return (await stripe_billing.prices([lookup_key]))[lookup_key]
