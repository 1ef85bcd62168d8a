"""The inbox as an admin looks at it: each event with what of ours it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.payments.dead_letters import Concerned
from gynergy_app.domain.payments.kinds import PurchaseStatus, SubscriptionStatus, WebhookStatus

_ABOUT = """
    select e.id, e.event_id, e.event_type, e.object_id, e.status, e.attempts, e.error_message, e.received_at,
        e.next_attempt_at, e.last_failed_at, e.processed_at, e.dismissed_reason,
        e.payload is not null as has_words,
        p.id as purchase_id, p.status as purchase_status, s.status as subscription_status, u.id as user_id,
        coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.email, p.email, '') as who,
        coalesce(nullif(trim(by.first_name || ' ' || by.last_name), ''), by.email, '') as dismissed_by
    from webhook_events e
    left join lateral (
        select * from purchases p
        where p.stripe_checkout_session_id = e.object_id
            or p.stripe_payment_intent_id in (e.object_id, e.payload #>> '{data,object,payment_intent}')
            or p.id = case when e.payload #>> '{data,object,metadata,purchase_id}' ~ '^[0-9a-f-]{36}$'
                then (e.payload #>> '{data,object,metadata,purchase_id}')::uuid end
        limit 1
    ) p on true
    left join lateral (
        select * from subscriptions s
        where s.stripe_subscription_id in (
            e.object_id, e.payload #>> '{data,object,subscription}',
            e.payload #>> '{data,object,parent,subscription_details,subscription}'
        )
        limit 1
    ) s on true
    left join users u on u.id = coalesce(p.user_id, s.user_id)
    left join users by on by.id = e.dismissed_by
"""
_DEAD = text(f"{_ABOUT} where e.status = 'dead' order by e.received_at, e.id limit :size")
_PAGE = text(f"""
    {_ABOUT}
    where e.provider = 'stripe'
        and (cast(:statuses as text[]) is null or e.status = any (:statuses))
        and (cast(:type as text) = '' or e.event_type = :type)
        and (cast(:search as text) = '' or :search in (
            e.event_id, e.object_id, e.payload #>> '{{data,object,payment_intent}}',
            e.payload #>> '{{data,object,customer}}'
        ))
        and (cast(:before as timestamptz) is null or (e.received_at, e.id) < (:before, :before_id))
    order by e.received_at desc, e.id desc
    limit :size
""")
_TYPES = text("select distinct event_type from webhook_events where provider = 'stripe' order by event_type")
_PULSE = text("""
    select
        count(*) filter (where received_at > :since) as arrived,
        count(took) filter (where received_at > :since) as followed,
        count(*) filter (where received_at > :since and took <= interval '10 seconds') as at_once,
        max(took) filter (where received_at > :since) as slowest,
        count(*) filter (where status in ('received', 'processing', 'failed')) as waiting,
        min(received_at) filter (where status in ('received', 'processing', 'failed')) as oldest,
        count(*) filter (where status = 'dead') as dead
    from (
        select received_at, status,
            case when status <> 'dismissed' then processed_at - received_at end as took
        from webhook_events
        where provider = 'stripe'
            and (received_at > :since or status in ('received', 'processing', 'failed', 'dead'))
    ) lately
""")


@dataclass(frozen=True)
class Arrived:
    """One event. Without `has_words` its payload has been forgotten."""

    id: UUID
    event_id: str
    event_type: str
    object_id: str
    status: WebhookStatus
    attempts: int
    error: str
    received_at: datetime
    next_attempt_at: datetime
    last_failed_at: datetime | None
    processed_at: datetime | None
    dismissed_reason: str
    dismissed_by: str
    has_words: bool
    about: Concerned
    purchase_id: UUID | None
    user_id: UUID | None


@dataclass(frozen=True)
class Pulse:
    """How it goes. `followed` and `at_once`, within ten seconds, are of those that arrived in a day."""

    arrived: int
    followed: int
    at_once: int
    slowest_seconds: float
    waiting: int
    oldest: datetime | None
    dead: int


async def dead(db: AsyncSession, size: int) -> list[Arrived]:
    """What was given up, the longest waiting first."""
    return [_arrived(row) for row in await (await db.connection()).execute(_DEAD, {"size": size})]


async def page(
    db: AsyncSession,
    *,
    statuses: Sequence[WebhookStatus] | None,
    event_type: str,
    search: str,
    before: tuple[datetime, UUID] | None,
    size: int,
) -> list[Arrived]:
    """The newest first; `search` is an id of Stripe's, whole."""
    moment, last_id = before or (None, None)
    said = {
        "statuses": [status.value for status in statuses] if statuses else None,
        "type": event_type,
        "search": search,
        "before": moment,
        "before_id": last_id,
        "size": size,
    }
    return [_arrived(row) for row in await (await db.connection()).execute(_PAGE, said)]


async def types(db: AsyncSession) -> list[str]:
    return list((await (await db.connection()).execute(_TYPES)).scalars())


async def pulse(db: AsyncSession, since: datetime) -> Pulse:
    row = (await (await db.connection()).execute(_PULSE, {"since": since})).one()
    slowest = row.slowest.total_seconds() if row.slowest else 0.0
    return Pulse(row.arrived, row.followed, row.at_once, slowest, row.waiting, row.oldest, row.dead)


def _arrived(row: Any) -> Arrived:
    return Arrived(
        id=row.id,
        event_id=row.event_id,
        event_type=row.event_type,
        object_id=row.object_id or "",
        status=WebhookStatus(row.status),
        attempts=row.attempts,
        error=row.error_message or "",
        received_at=row.received_at,
        next_attempt_at=row.next_attempt_at,
        last_failed_at=row.last_failed_at,
        processed_at=row.processed_at,
        dismissed_reason=row.dismissed_reason or "",
        dismissed_by=row.dismissed_by,
        has_words=row.has_words,
        about=Concerned(
            PurchaseStatus(row.purchase_status) if row.purchase_status else None,
            SubscriptionStatus(row.subscription_status) if row.subscription_status else None,
            row.who,
        ),
        purchase_id=row.purchase_id,
        user_id=row.user_id,
    )
