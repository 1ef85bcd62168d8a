"""For how long a place in a session is kept for somebody who is paying, or who has paid and not yet come."""

from datetime import UTC, date, datetime, time, timedelta

from gynergy_app.domain.programs import LAST_ENROLLMENT_DAY, date_of

CHECKOUT_LASTS = timedelta(minutes=60)
AFTER_CHECKOUT = timedelta(minutes=10)
"""The payment service tells us of a payment a little after it was made."""

BANK_TAKES = timedelta(days=14)
"""A payment from a bank account is on its way for days, and may still fail."""

_LAST_CLOCK = timedelta(hours=12)


def checkout_ends(now: datetime) -> datetime:
    return now + CHECKOUT_LASTS


def seat_while_paying(checkout_expires_at: datetime) -> datetime:
    return checkout_expires_at + AFTER_CHECKOUT


def seat_while_bank_pays(now: datetime) -> datetime:
    return now + BANK_TAKES


def seat_until_claimed(start: date) -> datetime:
    """A guest has paid and not signed in yet: until nobody may join any more, by the last clock on Earth.

    >>> seat_until_claimed(date(2026, 3, 1)).isoformat()
    '2026-03-10T12:00:00+00:00'
    """
    day_after = date_of(start, LAST_ENROLLMENT_DAY + 1)
    return datetime.combine(day_after, time(), UTC) + _LAST_CLOCK
