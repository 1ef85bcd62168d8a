"""What the payments desk counts, asked by an admin: policies let nobody else see these rows.

Days are days of the zone that was asked for. Money is counted in one currency at a time.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.payments.figures import Period, Subscribed, Takings
from gynergy_app.domain.payments.kinds import Interval, SubscriptionStatus

_PAID = "status in ('completed', 'refunded', 'disputed')"
"""It was paid at some time: what became of the money afterwards is counted by itself."""

_BACK = """
    select p.currency, r.created_at as moment, r.amount_cents
    from refunds r join purchases p on p.id = r.purchase_id
    where r.status = 'succeeded' and p.purchase_type = 'challenge'
    union all
    select p.currency, p.refunded_at, p.amount_cents - coalesce((
        select sum(r.amount_cents) from refunds r where r.purchase_id = p.id and r.status = 'succeeded'
    ), 0)
    from purchases p
    where p.metadata ? 'dispute_lost' and p.status = 'refunded' and p.purchase_type = 'challenge'
"""
"""Money that has gone back: each refund that arrived, and of a lost dispute what no refund had given back."""

_DAY = "({} at time zone cast(:zone as text))::date"
_IN = f"{_DAY} between :first and :last"

STATE_OF_CODE = """case when c.used_at is not null then 'used' when not c.is_active then 'revoked'
    when c.expires_at <= :at then 'expired' else 'open' end"""
"""As `private.state_of_code` says it, which nobody but the product may ask."""

_TAKINGS = text(f"""
    select day, sum(bought)::integer as bought, sum(gross)::bigint as gross, sum(back)::bigint as back,
        sum(renewals)::integer as renewals, sum(renewed)::bigint as renewed,
        sum(renewed_back)::bigint as renewed_back
    from (
        select {_DAY.format("purchased_at")} as day, 1 as bought, amount_cents as gross, 0 as back,
            0 as renewals, 0 as renewed, 0 as renewed_back
        from purchases
        where purchase_type = 'challenge' and {_PAID} and currency = :currency
            and {_IN.format("purchased_at")}
        union all
        select {_DAY.format("moment")}, 0, 0, amount_cents, 0, 0, 0
        from ({_BACK}) back
        where currency = :currency and {_IN.format("moment")}
        union all
        select {_DAY.format("happened_at")}, 0, 0, 0,
            (kind = 'paid')::integer, case kind when 'paid' then amount_cents else 0 end,
            case kind when 'back' then amount_cents else 0 end
        from subscription_payments
        where amount_cents > 0 and currency = :currency and {_IN.format("happened_at")}
    ) money
    group by day
    order by day
""")  # noqa: S608  pieces of our own
_PLACES = text(f"""
    select count(*) filter (where purchase_type = 'challenge') as bought,
        count(*) filter (where purchase_type = 'challenge' and status = 'refunded') as refunded,
        count(*) filter (where purchase_type = 'challenge' and user_id is null) as nobodys,
        count(*) filter (where purchase_type = 'challenge_friend_code') as given
    from purchases
    where {_PAID} and {_IN.format("purchased_at")}
""")  # noqa: S608
_CURRENCIES = text(f"""
    select currency, count(*) as purchases, sum(amount_cents)::bigint as gross from purchases
    where purchase_type = 'challenge' and {_PAID} and {_IN.format("purchased_at")}
    group by currency order by count(*) desc, currency
""")  # noqa: S608
_CODES = text(f"""
    select count(*) as made,
        count(*) filter (where state = 'used') as used,
        count(*) filter (where state = 'open') as open,
        count(*) filter (where state = 'expired') as expired,
        count(*) filter (where state = 'revoked') as revoked
    from (
        select {STATE_OF_CODE} as state from friend_codes c where {_IN.format("c.created_at")}
    ) codes
""")  # noqa: S608
_SUBSCRIPTIONS = text("""
    select status, interval, currency, count(*) as count, sum(amount_cents)::bigint as amount_cents,
        count(*) filter (where cancel_at_period_end) as ending
    from subscriptions group by status, interval, currency
""")
_TRIALS = text(f"""
    select count(*) as ended, count(*) filter (where status = 'active') as active
    from subscriptions where trial_end <= :at and {_IN.format("trial_end")}
""")  # noqa: S608
_FIRST_SALE = text(f"select min(purchased_at) from purchases where {_PAID}")  # noqa: S608
_WAITING = text("""
    with stuck as (
        select r.purchase_id, r.created_at from refunds r
        where r.status in ('failed', 'requires_action') and not exists (
            select from refunds later
            where later.purchase_id = r.purchase_id and later.created_at > r.created_at
                and later.status in ('pending', 'succeeded')
        )
    )
    select
        (select count(*) from webhook_events where status = 'dead') as dead_events,
        (select min(last_failed_at) from webhook_events where status = 'dead') as dead_since,
        (select count(*) from purchases where status = 'review') as reviews,
        (select count(*) from purchases where status = 'disputed') as disputes,
        (select count(*) from stuck) as refunds,
        (select purchase_id from stuck order by created_at limit 1) as refund_purchase_id,
        (select count(*) from referral_reviews where status = 'waiting') as invitations
""")


@dataclass(frozen=True)
class Places:
    """Places that were got in a period, in whatever currency. `nobodys`: bought, and no account holds it."""

    bought: int
    refunded: int
    nobodys: int
    given: int


@dataclass(frozen=True)
class InCurrency:
    currency: str
    purchases: int
    gross_cents: int


@dataclass(frozen=True)
class Codes:
    """Codes that were made in a period, each in one state now."""

    made: int
    used: int
    open: int
    expired: int
    revoked: int


@dataclass(frozen=True)
class Trials:
    ended: int
    active: int


@dataclass(frozen=True)
class Waiting:
    """What of money waits for a person. `refund_purchase_id` is whose refund has waited the longest."""

    dead_events: int
    dead_since: datetime | None
    reviews: int
    disputes: int
    refunds: int
    refund_purchase_id: UUID | None
    invitations: int


async def takings(db: AsyncSession, period: Period, currency: str) -> list[Takings]:
    """One for each day on which money moved."""
    said = {**_days(period), "currency": currency}
    rows = await (await db.connection()).execute(_TAKINGS, said)
    return [Takings(*row) for row in rows]


async def places(db: AsyncSession, period: Period) -> Places:
    return Places(**(await (await db.connection()).execute(_PLACES, _days(period))).one()._mapping)


async def currencies(db: AsyncSession, period: Period) -> list[InCurrency]:
    """In what was paid, the most usual first."""
    rows = await (await db.connection()).execute(_CURRENCIES, _days(period))
    return [InCurrency(*row) for row in rows]


async def codes(db: AsyncSession, period: Period, at: datetime) -> Codes:
    said = {**_days(period), "at": at}
    return Codes(**(await (await db.connection()).execute(_CODES, said)).one()._mapping)


async def subscriptions(db: AsyncSession) -> list[Subscribed]:
    rows = await (await db.connection()).execute(_SUBSCRIPTIONS)
    return [
        Subscribed(SubscriptionStatus(row.status), Interval(row.interval), row.currency, *tuple(row)[3:])
        for row in rows
    ]


async def trials(db: AsyncSession, period: Period, at: datetime) -> Trials:
    said = {**_days(period), "at": at}
    return Trials(**(await (await db.connection()).execute(_TRIALS, said)).one()._mapping)


async def first_sale(db: AsyncSession) -> datetime | None:
    return (await (await db.connection()).execute(_FIRST_SALE)).scalar()


async def waiting(db: AsyncSession) -> Waiting:
    return Waiting(**(await (await db.connection()).execute(_WAITING)).one()._mapping)


def _days(period: Period) -> dict[str, date | str]:
    return {"first": period.first, "last": period.last, "zone": period.zone}
