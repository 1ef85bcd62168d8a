"""Invitations that a person looks at, with the names an admin needs to decide."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.payments.kinds import PurchaseStatus
from gynergy_app.domain.referrals import ReferralStatus, ReviewStatus, Signal

_NAME = "coalesce(nullif(trim({0}.first_name || ' ' || {0}.last_name), ''), {0}.email, 'Guest')"
_REVIEWS = f"""
    select v.id, v.status, v.signals, v.created_at, v.decided_at, v.reason, v.purchase_id,
        r.created_at as invited_at, r.status as referral_status, p.status as place,
        r.referrer_id, {_NAME.format("host")} as referrer_name,
        r.referred_id, {_NAME.format("guest")} as referred_name,
        case when decider.id is null then '' else {_NAME.format("decider")} end as decided_by
    from referral_reviews v
    join referrals r on r.id = v.referral_id
    join users host on host.id = r.referrer_id
    join users guest on guest.id = r.referred_id
    left join users decider on decider.id = v.decided_by
    left join purchases p on p.id = v.purchase_id
"""  # noqa: S608  pieces of our own
_WAITING = text(f"{_REVIEWS} where v.status = 'waiting' order by v.created_at, v.id limit :size")
_DECIDED = text(f"""
    {_REVIEWS}
    where v.status <> 'waiting'
        and (cast(:before as timestamptz) is null or (v.decided_at, v.id) < (:before, :before_id))
    order by v.decided_at desc, v.id desc
    limit :size
""")


@dataclass(frozen=True)
class Review:
    """`place` is how the purchase stands that the invitation would count for, `counts` whether it does."""

    id: UUID
    status: ReviewStatus
    signals: tuple[Signal, ...]
    created_at: datetime
    invited_at: datetime
    counts: bool
    referrer_id: UUID
    referrer_name: str
    referred_id: UUID
    referred_name: str
    purchase_id: UUID | None
    place: PurchaseStatus | None
    decided_by: str
    decided_at: datetime | None
    reason: str


async def waiting(db: AsyncSession, size: int) -> list[Review]:
    """What is to be decided, the oldest first."""
    return [_review(row) for row in await (await db.connection()).execute(_WAITING, {"size": size})]


async def decided(db: AsyncSession, before: tuple[datetime, UUID] | None, size: int) -> list[Review]:
    """What was decided, the latest first."""
    moment, last_id = before or (None, None)
    said = {"before": moment, "before_id": last_id, "size": size}
    return [_review(row) for row in await (await db.connection()).execute(_DECIDED, said)]


def _review(row: Any) -> Review:
    return Review(
        id=row.id,
        status=ReviewStatus(row.status),
        signals=tuple(Signal(each) for each in row.signals),
        created_at=row.created_at,
        invited_at=row.invited_at,
        counts=row.referral_status == ReferralStatus.converted,
        referrer_id=row.referrer_id,
        referrer_name=row.referrer_name,
        referred_id=row.referred_id,
        referred_name=row.referred_name,
        purchase_id=row.purchase_id,
        place=PurchaseStatus(row.place) if row.place else None,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reason=row.reason or "",
    )
