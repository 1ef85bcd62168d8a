"""Keeps what turned in a subscription. Its row says only how it stands now."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.turns import Terms, Turn, turns
from gynergy_app.models.payments import Subscription
from gynergy_app.services import events
from gynergy_app.services.events import EventType


def terms_of(row: Subscription) -> Terms:
    return Terms(row.status, row.amount_cents, row.currency, row.interval, row.cancel_at_period_end)


def record(
    db: AsyncSession, member: Member, before: Terms | None, row: Subscription, *, now: datetime
) -> None:
    """Stripe's moment of each turn where it names one, else that of hearing of it."""
    moments = {
        Turn.subscribed: row.created_at,
        Turn.trial_ended: row.trial_end,
        Turn.past_due: row.past_due_since,
        Turn.cancelled: row.canceled_at,
        Turn.ended: row.ended_at,
    }
    terms = terms_of(row)
    for turn in turns(before, terms):
        events.record(
            db,
            EventType.subscription_turned,
            member,
            turn=turn,
            at=(moments.get(turn) or now).isoformat(),
            subscription=row.stripe_subscription_id,
            status=terms.status,
            amount_cents=terms.amount_cents,
            currency=terms.currency,
            interval=terms.interval,
            is_ending=terms.is_ending,
        )
