"""What another service tells us: which words we follow, and how often we try before a person has to look."""

from datetime import timedelta
from enum import StrEnum

MOST_ATTEMPTS = 12
LONGEST_WAIT = timedelta(hours=6)
PAYLOAD_IS_KEPT = timedelta(days=30)
"""Then only the ids stay: an event that is told again is still known."""


class Subject(StrEnum):
    """What an event is about, and so what is asked for anew."""

    purchase = "purchase"
    subscription = "subscription"
    invoice = "invoice"
    customer = "customer"
    prices = "prices"
    word = "word"


_BY_BEGINNING = {
    "checkout.session.": Subject.purchase,
    "charge.dispute.": Subject.purchase,
    "refund.": Subject.purchase,
    "customer.subscription.": Subject.subscription,
    "invoice_payment.": Subject.invoice,
    "promotion_code.": Subject.prices,
    "price.": Subject.prices,
    "product.": Subject.prices,
}
_BY_NAME = {
    "charge.refunded": Subject.purchase,
    "charge.refund.updated": Subject.purchase,
    "payment_intent.payment_failed": Subject.purchase,
    "radar.early_fraud_warning.created": Subject.purchase,
    "review.opened": Subject.purchase,
    "review.closed": Subject.purchase,
    "customer.updated": Subject.customer,
    "customer.deleted": Subject.customer,
    "customer.source.expiring": Subject.word,
    "payment_method.automatically_updated": Subject.word,
    **{
        f"invoice.{step}": Subject.invoice
        for step in (
            "paid", "payment_failed", "payment_action_required", "payment_attempt_required",
            "finalization_failed", "upcoming", "will_be_due", "overdue", "marked_uncollectible", "voided",
        )
    },
}  # fmt: skip

FOLLOWED = (
    *sorted(_BY_NAME),
    *(
        f"checkout.session.{step}"
        for step in ("completed", "async_payment_succeeded", "async_payment_failed", "expired")
    ),
    *(
        f"charge.dispute.{step}"
        for step in ("created", "updated", "closed", "funds_withdrawn", "funds_reinstated")
    ),
    *(f"refund.{step}" for step in ("created", "updated", "failed")),
    *(
        f"customer.subscription.{step}"
        for step in (
            "created", "updated", "deleted", "paused", "resumed", "trial_will_end",
            "pending_update_applied", "pending_update_expired",
        )
    ),
    "invoice_payment.paid",
    *(f"{thing}.{step}" for thing in ("price", "product") for step in ("created", "updated", "deleted")),
    *(f"promotion_code.{step}" for step in ("created", "updated")),
)  # fmt: skip
"""What the endpoint at Stripe is registered for."""


def subject_of(event_type: str) -> Subject | None:
    """None for what we do not follow: it is kept, and nothing is done.

    >>> subject_of("refund.failed"), subject_of("invoice.paid"), subject_of("topup.created")
    (<Subject.purchase: 'purchase'>, <Subject.invoice: 'invoice'>, None)
    """
    if event_type in _BY_NAME:
        return _BY_NAME[event_type]
    return next((subject for start, subject in _BY_BEGINNING.items() if event_type.startswith(start)), None)


def wait_after(attempts: int, spread: float = 0.0) -> timedelta | None:
    """How long to wait after so many attempts in vain; None: a person has to look. `spread` is 0 to 1.

    >>> [wait_after(n).total_seconds() / 60 for n in (1, 2, 8, 11)], wait_after(12)
    ([2.0, 4.0, 256.0, 360.0], None)
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    return min(timedelta(minutes=2**attempts), LONGEST_WAIT) * (1 + spread / 4)
