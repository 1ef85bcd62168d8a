"""The purchases list of the desk: found, added up, a page at a time. Policies show its rows to admins."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.payments.codes import read_code
from gynergy_app.domain.payments.kinds import PurchaseStatus, PurchaseType
from gynergy_app.domain.payments.listing import PurchaseFilter
from gynergy_app.domain.payments.receipts import ORDER

Key = tuple[datetime, UUID]

# Money has come, also where a person has yet to decide about it. The figures of the desk leave that out.
_ARRIVED = "p.status in ('completed', 'refunded', 'disputed', 'review')"

# Money that has gone back: each refund that arrived, when it was made, and of a lost dispute what no refund
# had given back. The figures of the desk count the same.
_FOUND = f"""
    with back as (
        select r.purchase_id, r.created_at as moment, r.amount_cents
        from refunds r where r.status = 'succeeded'
        union all
        select p.id, p.refunded_at, p.amount_cents - coalesce((
            select sum(r.amount_cents) from refunds r where r.purchase_id = p.id and r.status = 'succeeded'
        ), 0)
        from purchases p where p.metadata ? 'dispute_lost' and p.status = 'refunded'
    ),
    back_within as (
        select purchase_id, max(moment) as moment, sum(amount_cents)::integer as cents
        from back
        where (cast(:since as timestamptz) is null or moment >= :since)
            and (cast(:until as timestamptz) is null or moment < :until)
        group by purchase_id
    ),
    found as (
        select p.id, p.user_id, p.purchase_type, p.status, p.amount_cents, p.currency, p.email,
            p.created_at, p.purchased_at, p.refunded_at, p.stripe_payment_intent_id,
            {_ARRIVED} as has_arrived,
            trim(u.first_name || ' ' || u.last_name) as name, u.email as member_email,
            case when cast(:by as text) = 'refunded' then coalesce(b.cents, 0)
                else p.amount_refunded_cents end as back_cents,
            coalesce((
                select sum(r.amount_cents) from refunds r
                where r.purchase_id = p.id and r.status in ('pending', 'requires_action')
            ), 0)::integer as under_way_cents,
            case cast(:by as text)
                when 'created' then p.created_at
                when 'purchased' then case when {_ARRIVED} then p.purchased_at end
                else b.moment
            end as moment
        from purchases p
        left join users u on u.id = p.user_id
        left join back_within b on b.purchase_id = p.id
        where (cast(:statuses as text[]) is null or p.status = any(:statuses))
            and (cast(:kind as text) is null or p.purchase_type = :kind)
            and (
                cast(:search as text) = ''
                or strpos(p.email_lower, :search) > 0
                or strpos(u.email_lower, :search) > 0
                or strpos(lower(u.first_name || ' ' || u.last_name), :search) > 0
                or starts_with(p.id::text, :order)
                or :search in (
                    lower(p.stripe_payment_intent_id), lower(p.stripe_checkout_session_id),
                    lower(p.stripe_customer_id)
                )
                or exists (
                    select from refunds r where r.purchase_id = p.id and lower(r.stripe_refund_id) = :search
                )
                or exists (
                    select from friend_codes c
                    where c.code = :code
                        and (c.purchase_id = p.id or p.metadata ->> 'friend_code_id' = c.id::text)
                )
            )
    ),
    shown as (
        select * from found
        where moment is not null
            and (cast(:since as timestamptz) is null or moment >= :since)
            and (cast(:until as timestamptz) is null or moment < :until)
    )
"""  # noqa: S608  pieces of our own
_PAGE = text(f"""{_FOUND}
    select * from shown
    where cast(:moment as timestamptz) is null or (moment, id) < (:moment, :id)
    order by moment desc, id desc
    limit :size
""")  # noqa: S608  pieces of our own
_SUMS = text(f"""{_FOUND}
    select currency, count(*)::integer as purchases,
        coalesce(sum(amount_cents) filter (where has_arrived), 0)::bigint as paid_cents,
        coalesce(sum(amount_cents) filter (where status = 'review'), 0)::bigint as undecided_cents,
        coalesce(sum(back_cents), 0)::bigint as back_cents
    from shown group by currency order by count(*) desc, currency
""")  # noqa: S608


@dataclass(frozen=True)
class ListedPurchase:
    """`moment` is the one the list is ordered by. `back_cents` went back, of it what the list is about."""

    id: UUID
    user_id: UUID | None
    purchase_type: PurchaseType
    status: PurchaseStatus
    amount_cents: int
    currency: str
    email: str | None
    created_at: datetime
    purchased_at: datetime | None
    refunded_at: datetime | None
    stripe_payment_intent_id: str | None
    has_arrived: bool
    name: str | None
    member_email: str | None
    back_cents: int
    under_way_cents: int
    moment: datetime


@dataclass(frozen=True)
class Sums:
    """Money of two currencies is never added up. Of `paid_cents`, `undecided_cents` wait for a person."""

    currency: str
    purchases: int
    paid_cents: int
    back_cents: int
    undecided_cents: int = 0


async def page(
    db: AsyncSession, asked: PurchaseFilter, *, after: Key | None, size: int
) -> list[ListedPurchase]:
    """The latest first; `after` is the key of the last row of the page before."""
    moment, last_id = after or (None, None)
    said = {**_said(asked), "moment": moment, "id": last_id, "size": size}
    return [_listed(row) for row in await (await db.connection()).execute(_PAGE, said)]


async def sums(db: AsyncSession, asked: PurchaseFilter) -> list[Sums]:
    return [Sums(**row._mapping) for row in await (await db.connection()).execute(_SUMS, _said(asked))]


def _said(asked: PurchaseFilter) -> dict[str, Any]:
    return {
        "search": asked.search.lower(),
        "order": asked.search.lower().removeprefix(ORDER.lower()),
        "code": read_code(asked.search).code,
        "statuses": list(asked.statuses) or None,
        "kind": asked.kind,
        "by": asked.by,
        "since": asked.since,
        "until": asked.until,
    }


def _listed(row: Any) -> ListedPurchase:
    said = dict(row._mapping)
    kinds = {
        "purchase_type": PurchaseType(said["purchase_type"]),
        "status": PurchaseStatus(said["status"]),
    }
    return ListedPurchase(**{**said, **kinds})
