"""Giving money back as the desk and the worker do it, each step in a transaction of its own."""

from typing import Any
from uuid import UUID

import psycopg

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.refunding import RefundReason, Standing
from gynergy_app.errors import GynergyError
from gynergy_app.repositories import purchases
from gynergy_app.services.payments import giving_back, standing
from gynergy_app.services.payments.giving_back import Wish
from tests.features.payments.peer import Shop
from tests.features.payments.shop import (
    FULL,
    one,
    rows,
)

WHOLE = FULL.amount_cents


async def purchase_of(db: psycopg.AsyncConnection, buyer: Member) -> UUID:
    query = "select id from purchases where user_id = %s and purchase_type = 'challenge'"
    found = await one(db, query, buyer.id)
    assert isinstance(found, UUID)
    return found


async def bought(shop: Shop, buyer: Member, db: psycopg.AsyncConnection) -> UUID:
    await shop.buy(buyer)
    await shop.catch_up()
    return await purchase_of(db, buyer)


def a_wish(amount: int = WHOLE, gone: int = 0) -> Wish:
    return Wish(amount, gone, RefundReason.requested_by_customer, "She wrote on day 4.")


async def ask(admin: Member, purchase_id: UUID, wish: Wish | None = None) -> UUID | GynergyError:
    """The row, or why there is none."""
    try:
        async with as_member(admin.id) as db:
            return await giving_back.request(db, admin, purchase_id, wish or a_wish(), now=clock.now())
    except GynergyError as refused:
        return refused


async def read(admin: Member, purchase_id: UUID) -> Standing:
    async with as_member(admin.id) as db:
        purchase = await purchases.find(db, purchase_id)
        assert purchase
        return await standing.read(db, purchase, now=clock.now())


async def kept(db: psycopg.AsyncConnection, purchase_id: UUID) -> list[tuple]:
    query = "select amount_cents, status, stripe_refund_id is not null from refunds where purchase_id = %s"
    return list(await rows(db, f"{query} order by created_at", purchase_id))


async def at_stripe(shop: Shop, db: psycopg.AsyncConnection, purchase_id: UUID) -> list[Any]:
    intent = await one(db, "select stripe_payment_intent_id from purchases where id = %s", purchase_id)
    return list((await shop.stripe.v1.refunds.list_async({"payment_intent": intent})).data)


async def charge_at(shop: Shop, db: psycopg.AsyncConnection, purchase_id: UUID) -> str:
    intent = await one(db, "select stripe_payment_intent_id from purchases where id = %s", purchase_id)
    return (await shop.stripe.v1.payment_intents.retrieve_async(intent)).latest_charge
