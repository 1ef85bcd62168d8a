"""What somebody may open, arranged for a test the way the database works it out for everybody."""

from datetime import datetime
from uuid import UUID, uuid4

import psycopg

from gynergy_app.domain.payments.access import Entitlement
from gynergy_app.domain.payments.kinds import AccessType

A_PLACE = Entitlement(came_by=AccessType.admin_granted)
"""Of a member who is handed to a handler without having come over a socket."""


async def grant(db: psycopg.AsyncConnection, person: UUID, at: datetime | None = None) -> None:
    """An admin's yes, as the database keeps it."""
    await db.execute(
        "insert into user_entitlements (user_id, admin_granted_at) values (%s, coalesce(%s, now()))"
        " on conflict (user_id) do update set admin_granted_at = excluded.admin_granted_at,"
        " challenge_closed_at = null, challenge_closed_reason = null",
        [person, at],
    )
    await db.execute("select private.settle_challenge(%s)", [person])


async def close(db: psycopg.AsyncConnection, person: UUID) -> None:
    """An admin's no."""
    await db.execute(
        "update user_entitlements set admin_granted_at = null, challenge_closed_at = now(),"
        " challenge_closed_reason = 'Agreed by telephone.' where user_id = %s",
        [person],
    )
    await db.execute("select private.settle_challenge(%s)", [person])


async def subscribe(
    db: psycopg.AsyncConnection, person: UUID, status: str = "active", past_due_since: datetime | None = None
) -> None:
    """A journal in this state."""
    await db.execute(
        "insert into subscriptions (id, user_id, stripe_subscription_id, stripe_price_id, status,"
        " past_due_since, amount_cents) values (%s, %s, %s, 'price_month', %s, %s, 3995)",
        [uuid4(), person, f"sub_{uuid4().hex}", status, past_due_since],
    )
