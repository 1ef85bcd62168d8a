"""Buying, redeeming and asking, each in a transaction of its own, as a click or an event would be."""

import asyncio
from collections.abc import Awaitable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg

from gynergy_app.db import as_member, as_service, as_visitor
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Entitlement
from gynergy_app.domain.payments.codes import Refusal
from gynergy_app.domain.payments.kinds import PurchaseStatus, RefundStatus
from gynergy_app.domain.payments.paying import Payment, Price, Refunded
from gynergy_app.services.payments import claims, codes, entitlements, purchases, redeeming, refunds
from gynergy_app.services.payments.purchases import Checkout, Order
from gynergy_app.services.payments.redeeming import CodeRefused, Redeemed

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
"""The second day of the run these tests share."""

FULL = Price(99_700)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def an_order(session_id: UUID | None = None, *, key: UUID | None = None, email: str = "") -> Order:
    return Order(key or uuid4(), FULL, email or f"{uuid4().hex[:10]}@example.com", session_id)


def paid(price: Price = FULL, total: Price | None = None, **said: str | None) -> Payment:
    return Payment(price, total or price, NOW, **{"intent_id": f"pi_{uuid4().hex}", **said})


async def begin(
    member: Member | None, order: Order, *, now: datetime = NOW, is_meant: bool = False
) -> Checkout:
    door = as_member(member.id) if member else as_visitor()
    async with door as db:
        return await purchases.begin(db, order, buyer=member, now=now, is_meant=is_meant)


async def complete(
    purchase_id: UUID, payment: Payment | None = None, *, now: datetime = NOW
) -> PurchaseStatus:
    async with as_service() as db:
        return await purchases.complete(db, purchase_id, payment or paid(), now=now)


async def buy(member: Member, session_id: UUID | None = None, *, now: datetime = NOW) -> UUID:
    checkout = await begin(member, an_order(session_id, email=member.email), now=now)
    assert await complete(checkout.purchase_id, now=now) is PurchaseStatus.completed
    return checkout.purchase_id


async def buy_as_guest(email: str, session_id: UUID | None = None, *, now: datetime = NOW) -> UUID:
    checkout = await begin(None, an_order(session_id, email=email), now=now)
    await complete(checkout.purchase_id, now=now)
    return checkout.purchase_id


async def claim(member: Member, *, now: datetime = NOW) -> list[UUID]:
    async with as_member(member.id) as db:
        return await claims.claim(db, member, now=now)


async def give_back(
    purchase_id: UUID,
    amount: int = FULL.amount_cents,
    status: RefundStatus = RefundStatus.succeeded,
    *,
    refund_id: str = "",
    now: datetime = NOW,
) -> PurchaseStatus:
    told = Refunded(refund_id or f"re_{uuid4().hex}", amount, status, now)
    async with as_service() as db:
        return await refunds.apply(db, purchase_id, [told], fetched_at=now, now=now)


async def access_of(member: Member) -> Entitlement:
    async with as_member(member.id) as db:
        return await entitlements.read(db, member.id)


async def codes_of(member: Member, *, now: datetime = NOW) -> list[codes.OwnCode]:
    async with as_member(member.id) as db:
        return await codes.own(db, member, now=now)


async def redeem(
    member: Member, code: str, *, now: datetime = NOW, session_id: UUID | None = None
) -> Redeemed | Refusal:
    """The place, or why there is none."""
    try:
        async with as_member(member.id) as db:
            return await redeeming.redeem(db, member, code, now=now, session_id=session_id)
    except CodeRefused as refused:
        return refused.refusal


async def at_once(calls: Iterable[Awaitable[Any]], *, room: int = 20) -> list[Any]:
    """All of them side by side, as many at a time as there are connections; the rest would wait there."""
    places = asyncio.Semaphore(room)

    async def one_of(call: Awaitable[Any]) -> Any:
        async with places:
            return await call

    return list(await asyncio.gather(*map(one_of, calls)))


async def rows(db: psycopg.AsyncConnection, query: str, *values: object) -> Sequence[tuple]:
    return await (await db.execute(query, values)).fetchall()  # pyright: ignore[reportArgumentType] - our own text


async def one(db: psycopg.AsyncConnection, query: str, *values: object) -> object:
    [(value,)] = await rows(db, query, *values)
    return value


async def told(db: psycopg.AsyncConnection, member: Member) -> list[str]:
    """The titles behind somebody's bell, oldest first."""
    query = "select title from notifications where user_id = %s order by created_at, title"
    return [title for (title,) in await rows(db, query, member.id)]
