"""What may still be charged for a journal between the wish to leave and the day the account goes."""

from datetime import datetime
from enum import StrEnum

from gynergy_app.domain.payments.kinds import SubscriptionStatus

_RUNS = (SubscriptionStatus.trialing, SubscriptionStatus.active)


class Meanwhile(StrEnum):
    """`owed`: a card was refused, and the payment service tries it again by itself."""

    nothing = "nothing"
    charged = "charged"
    owed = "owed"


def meanwhile(
    status: SubscriptionStatus, period_end: datetime | None, until: datetime, *, is_ending: bool
) -> Meanwhile:
    """A trial that ends and a renewal are one thing: the end of a period is charged, unless cancelled.

    >>> before, after = datetime(2026, 3, 1), datetime(2026, 3, 2)
    >>> meanwhile(SubscriptionStatus.trialing, before, after, is_ending=False)
    <Meanwhile.charged: 'charged'>
    >>> meanwhile(SubscriptionStatus.active, before, after, is_ending=True)
    <Meanwhile.nothing: 'nothing'>
    >>> meanwhile(SubscriptionStatus.active, after, before, is_ending=False)
    <Meanwhile.nothing: 'nothing'>
    """
    if status is SubscriptionStatus.past_due:
        return Meanwhile.owed
    renews = status in _RUNS and not is_ending and period_end is not None and period_end < until
    return Meanwhile.charged if renews else Meanwhile.nothing
