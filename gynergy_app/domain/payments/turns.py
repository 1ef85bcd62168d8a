"""What turned in a subscription between two answers of Stripe: for the story of its member."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gynergy_app.domain.payments.kinds import OVER, Interval, SubscriptionStatus

LIVING = (SubscriptionStatus.trialing, SubscriptionStatus.active)


class Turn(StrEnum):
    subscribed = "subscribed"
    trial_ended = "trial_ended"
    switched = "switched"
    past_due = "past_due"
    mended = "mended"
    cancelled = "cancelled"
    resumed = "resumed"
    ended = "ended"


@dataclass(frozen=True)
class Terms:
    """What a subscription costs and how it stands."""

    status: SubscriptionStatus
    amount_cents: int
    currency: str
    interval: Interval
    is_ending: bool = False


@dataclass(frozen=True)
class Turned:
    """`terms` are those from then on."""

    turn: Turn
    at: datetime
    stripe_id: str
    terms: Terms


def turns(before: Terms | None, after: Terms) -> list[Turn]:
    """In the order of a life. One that is first heard of may have turned before.

    >>> month = Terms(SubscriptionStatus.trialing, 3995, "usd", Interval.month)
    >>> [turn.value for turn in turns(None, month)], turns(month, month)
    (['subscribed'], [])
    """
    if before is None:
        begun = SubscriptionStatus.active if after.status != SubscriptionStatus.trialing else after.status
        base = Terms(begun, after.amount_cents, after.currency, after.interval)
        return [Turn.subscribed, *turns(base, after)]
    if before.status in OVER:
        return []
    if after.status in OVER:
        return [Turn.ended]
    price = (before.amount_cents, before.currency, before.interval)
    found = {
        Turn.trial_ended: before.status == "trialing" and after.status != "trialing",
        Turn.switched: price != (after.amount_cents, after.currency, after.interval),
        Turn.past_due: before.status != "past_due" and after.status == "past_due",
        Turn.mended: before.status in ("past_due", "unpaid") and after.status in LIVING,
        Turn.cancelled: after.is_ending and not before.is_ending,
        Turn.resumed: before.is_ending and not after.is_ending,
    }
    return [turn for turn, has_turned in found.items() if has_turned]
