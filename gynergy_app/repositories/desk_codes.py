"""Friend codes and trials as the payments desk lists them, with the people they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.payments.codes import CodeState
from gynergy_app.domain.payments.figures import Period
from gynergy_app.domain.payments.kinds import CodeRevocation, SubscriptionStatus
from gynergy_app.repositories.money_figures import STATE_OF_CODE

_NAME = "coalesce(nullif(trim({0}.first_name || ' ' || {0}.last_name), ''), {0}.email, 'Guest')"

_CODES = text(f"""
    select * from (
        select c.id, c.code, {STATE_OF_CODE} as state, c.created_at, c.expires_at, c.used_at, c.revoked_at,
            c.revoked_by, c.purchase_id, giver.id as giver_id, {_NAME.format("giver")} as giver_name,
            friend.id as friend_id, {_NAME.format("friend")} as friend_name
        from friend_codes c
        left join users giver on giver.id = c.creator_id
        left join users friend on friend.id = c.used_by_id
        where (c.created_at at time zone cast(:zone as text))::date between :first and :last
    ) codes
    where (cast(:state as text) = '' or state = :state)
        and (cast(:before as timestamptz) is null or (created_at, id) < (:before, :before_id))
    order by created_at desc, id desc
    limit :size
""")  # noqa: S608  pieces of our own
_TRIALS = text(f"""
    select s.status, s.trial_end, s.user_id, case when u.id is null then '' else {_NAME.format("u")} end
    from subscriptions s left join users u on u.id = s.user_id
    where s.trial_end <= :at and (s.trial_end at time zone cast(:zone as text))::date between :first and :last
    order by s.trial_end desc, s.id
    limit :size
""")  # noqa: S608


@dataclass(frozen=True)
class DeskCode:
    """A name is empty where nobody has used the code, or its person has left."""

    id: UUID
    code: str
    state: CodeState
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None
    revoked_by: CodeRevocation | None
    purchase_id: UUID | None
    giver_id: UUID | None
    giver_name: str
    friend_id: UUID | None
    friend_name: str


@dataclass(frozen=True)
class EndedTrial:
    status: SubscriptionStatus
    trial_end: datetime
    user_id: UUID | None
    name: str


async def codes(
    db: AsyncSession,
    period: Period,
    state: str,
    *,
    at: datetime,
    before: tuple[datetime, UUID] | None,
    size: int,
) -> Sequence[DeskCode]:
    """Made in the period, the newest first; in whatever state where none is named."""
    moment, last_id = before or (None, None)
    said = {**_days(period), "at": at, "state": state, "before": moment, "before_id": last_id, "size": size}
    return [_code(row._mapping) for row in await (await db.connection()).execute(_CODES, said)]


def _code(row: Any) -> DeskCode:
    known = dict(row)
    known["state"] = CodeState(known["state"])
    known["revoked_by"] = CodeRevocation(known["revoked_by"]) if known["revoked_by"] else None
    for who in ("giver", "friend"):
        known[f"{who}_name"] = known[f"{who}_name"] if known[f"{who}_id"] else ""
    return DeskCode(**known)


async def trials(db: AsyncSession, period: Period, at: datetime, size: int) -> Sequence[EndedTrial]:
    """That ended in the period, the latest first."""
    rows = await (await db.connection()).execute(_TRIALS, {**_days(period), "at": at, "size": size})
    return [EndedTrial(SubscriptionStatus(row.status), *tuple(row)[1:]) for row in rows]


def _days(period: Period) -> dict[str, Any]:
    return {"first": period.first, "last": period.last, "zone": period.zone}
