"""For how long a place in a session is kept for somebody who is paying."""

from datetime import datetime, timedelta

CHECKOUT_LASTS = timedelta(minutes=60)
AFTER_CHECKOUT = timedelta(minutes=10)
"""The payment service tells us of a payment a little after it was made."""

BANK_TAKES = timedelta(days=14)
"""A payment from a bank account is on its way for days, and may still fail."""


def checkout_ends(now: datetime) -> datetime:
    return now + CHECKOUT_LASTS


def seat_while_paying(checkout_expires_at: datetime) -> datetime:
    return checkout_expires_at + AFTER_CHECKOUT


def seat_while_bank_pays(now: datetime) -> datetime:
    return now + BANK_TAKES
