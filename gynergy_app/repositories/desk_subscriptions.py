"""The subscriptions list of the desk. Policies show the rows to admins only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.payments.kinds import Interval, SubscriptionStatus
from gynergy_app.domain.payments.listing import SubscriptionFilter

Key = tuple[datetime, UUID]

_SHOWN = """
    with shown as (
        select s.id, s.user_id, s.stripe_subscription_id, s.stripe_customer_id, s.status,
            s.amount_cents, s.currency, s.interval, s.current_period_end, s.trial_end,
            s.cancel_at_period_end, s.past_due_since, s.canceled_at, s.ended_at, s.created_at,
            trim(u.first_name || ' ' || u.last_name) as name, u.email, m.paid_cents, m.back_cents, m.invoices
        from subscriptions s
        left join users u on u.id = s.user_id
        left join lateral (
            select count(*) filter (where p.kind = 'paid')::integer as invoices,
                coalesce(sum(p.amount_cents) filter (where p.kind = 'paid'), 0)::bigint as paid_cents,
                coalesce(sum(p.amount_cents) filter (where p.kind = 'back'), 0)::bigint as back_cents
            from subscription_payments p
            where p.subscription_id = s.id and p.amount_cents > 0
                and (cast(:since as timestamptz) is null or p.happened_at >= :since)
                and (cast(:until as timestamptz) is null or p.happened_at < :until)
        ) m on true
        where (cast(:since as timestamptz) is null and cast(:until as timestamptz) is null
                or m.paid_cents + m.back_cents > 0)
            and (cast(:statuses as text[]) is null or s.status = any(:statuses))
            and (cast(:interval as text) is null or s.interval = :interval)
            and (
                cast(:search as text) = ''
                or strpos(u.email_lower, :search) > 0
                or strpos(lower(u.first_name || ' ' || u.last_name), :search) > 0
                or :search in (lower(s.stripe_subscription_id), lower(s.stripe_customer_id))
            )
    )
"""
_PAGE = text(f"""{_SHOWN}
    select * from shown
    where cast(:moment as timestamptz) is null or (created_at, id) < (:moment, :id)
    order by created_at desc, id desc
    limit :size
""")  # noqa: S608  pieces of our own
_SUMS = text(f"""{_SHOWN}
    select currency, interval, count(*)::integer as count, sum(amount_cents)::bigint as cents,
        sum(invoices)::integer as invoices, sum(paid_cents)::bigint as paid_cents,
        sum(back_cents)::bigint as back_cents
    from shown group by currency, interval order by currency, interval
""")  # noqa: S608


@dataclass(frozen=True)
class ListedSubscription:
    id: UUID
    user_id: UUID | None
    stripe_subscription_id: str
    stripe_customer_id: str | None
    status: SubscriptionStatus
    amount_cents: int
    currency: str
    interval: Interval
    current_period_end: datetime | None
    trial_end: datetime | None
    cancel_at_period_end: bool
    past_due_since: datetime | None
    canceled_at: datetime | None
    ended_at: datetime | None
    created_at: datetime
    name: str | None
    email: str | None
    paid_cents: int
    back_cents: int
    invoices: int


@dataclass(frozen=True)
class Sums:
    """`paid_cents` and `back_cents` moved in the days that the list is about, or ever."""

    currency: str
    interval: Interval
    count: int
    cents: int
    invoices: int
    paid_cents: int
    back_cents: int


async def page(
    db: AsyncSession, asked: SubscriptionFilter, *, after: Key | None, size: int
) -> list[ListedSubscription]:
    """The latest first; `after` is the key of the last row of the page before."""
    moment, last_id = after or (None, None)
    said = {**_said(asked), "moment": moment, "id": last_id, "size": size}
    return [_listed(row) for row in await (await db.connection()).execute(_PAGE, said)]


async def sums(db: AsyncSession, asked: SubscriptionFilter) -> list[Sums]:
    rows = await (await db.connection()).execute(_SUMS, _said(asked))
    return [Sums(**{**row._mapping, "interval": Interval(row.interval)}) for row in rows]


def _said(asked: SubscriptionFilter) -> dict[str, Any]:
    return {
        "search": asked.search.lower(),
        "statuses": list(asked.statuses) or None,
        "interval": asked.interval,
        "since": asked.since,
        "until": asked.until,
    }


def _listed(row: Any) -> ListedSubscription:
    said = dict(row._mapping)
    kinds = {"status": SubscriptionStatus(said["status"]), "interval": Interval(said["interval"])}
    return ListedSubscription(**{**said, **kinds})
