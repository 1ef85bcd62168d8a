"""The purchases desk: finding one, adding up what is found, and everything about one."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.payments.listing import PurchaseFilter
from gynergy_app.domain.payments.refunding import Standing
from gynergy_app.domain.payments.stripe_words import Disputed
from gynergy_app.models.payments import FriendCode, Purchase, Refund
from gynergy_app.repositories import book_sessions, desk_purchases, friend_codes, purchases, users
from gynergy_app.repositories.desk_purchases import Key, ListedPurchase, Sums
from gynergy_app.services.payments import refunds, reviewing, standing
from gynergy_app.services.payments.purchases import NoSuchPurchase

PAGE_SIZE = 25
AT_ONCE = 500


@dataclass(frozen=True)
class Found:
    """`last` is where the next page begins; None at the end of the list."""

    purchases: tuple[ListedPurchase, ...]
    last: Key | None


@dataclass(frozen=True)
class PurchaseFile:
    """`names` are of everybody it mentions: the buyer, who used a code, who asked for a refund."""

    purchase: Purchase
    refunds: Sequence[Refund]
    codes: Sequence[FriendCode]
    came_with: FriendCode | None
    disputes: tuple[Disputed, ...]
    standing: Standing
    is_accepted: bool
    session: str
    names: dict[UUID, str]
    first_name: str
    buyer_email: str


async def search(db: AsyncSession, asked: PurchaseFilter, *, after: Key | None = None) -> Found:
    rows = await desk_purchases.page(db, asked, after=after, size=PAGE_SIZE + 1)
    shown = rows[:PAGE_SIZE]
    has_more = len(rows) > PAGE_SIZE
    return Found(tuple(shown), (shown[-1].moment, shown[-1].id) if has_more else None)


async def add_up(db: AsyncSession, asked: PurchaseFilter) -> list[Sums]:
    return await desk_purchases.sums(db, asked)


async def every(db: AsyncSession, asked: PurchaseFilter) -> AsyncIterator[ListedPurchase]:
    """All of them, however many."""
    after: Key | None = None
    while rows := await desk_purchases.page(db, asked, after=after, size=AT_ONCE):
        for row in rows:
            yield row
        after = (rows[-1].moment, rows[-1].id)


async def read(db: AsyncSession, purchase_id: UUID, *, now: datetime) -> PurchaseFile:
    purchase = await purchases.find(db, purchase_id)
    if purchase is None:
        raise NoSuchPurchase
    asked = await purchases.list_refunds(db, purchase.id)
    codes = await friend_codes.of_purchase(db, purchase.id)
    came_with = await _came_with(db, purchase)
    buyer = await users.find(db, purchase.user_id) if purchase.user_id else None
    sessions = await book_sessions.named(db, [purchase.session_id] if purchase.session_id else [])
    people = {
        purchase.user_id,
        came_with.creator_id if came_with else None,
        *(code.used_by_id for code in codes),
        *(refund.requested_by for refund in asked),
    }
    return PurchaseFile(
        purchase=purchase,
        refunds=asked,
        codes=codes,
        came_with=came_with,
        disputes=tuple(Disputed.read(each) for each in purchase.details.get(refunds.DISPUTES, ())),
        standing=await standing.read(db, purchase, now=now),
        is_accepted=await reviewing.is_decided(db, purchase.id),
        session=next((each.cohort_label or f"{each.start_date:%-d %B %Y}" for each in sessions), ""),
        names=await users.names(db, {person for person in people if person}),
        first_name=buyer.first_name if buyer else "",
        buyer_email=(buyer.email if buyer else "") or purchase.email or "",
    )


async def _came_with(db: AsyncSession, purchase: Purchase) -> FriendCode | None:
    """The code that a place was given with."""
    code_id = purchase.details.get("friend_code_id")
    return await friend_codes.find(db, UUID(code_id)) if code_id else None
