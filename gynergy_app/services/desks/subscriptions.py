"""The subscriptions desk: finding them, adding them up. Their members change them, or Stripe does."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.payments.listing import SubscriptionFilter
from gynergy_app.repositories import desk_subscriptions
from gynergy_app.repositories.desk_subscriptions import Key, ListedSubscription, Sums

PAGE_SIZE = 25
AT_ONCE = 500


@dataclass(frozen=True)
class Found:
    """`last` is where the next page begins; None at the end of the list."""

    subscriptions: tuple[ListedSubscription, ...]
    last: Key | None


async def search(db: AsyncSession, asked: SubscriptionFilter, *, after: Key | None = None) -> Found:
    rows = await desk_subscriptions.page(db, asked, after=after, size=PAGE_SIZE + 1)
    shown = rows[:PAGE_SIZE]
    has_more = len(rows) > PAGE_SIZE
    return Found(tuple(shown), (shown[-1].created_at, shown[-1].id) if has_more else None)


async def add_up(db: AsyncSession, asked: SubscriptionFilter) -> list[Sums]:
    return await desk_subscriptions.sums(db, asked)


async def every(db: AsyncSession, asked: SubscriptionFilter) -> AsyncIterator[ListedSubscription]:
    """All of them, however many."""
    after: Key | None = None
    while rows := await desk_subscriptions.page(db, asked, after=after, size=AT_ONCE):
        for row in rows:
            yield row
        after = (rows[-1].created_at, rows[-1].id)
