"""The states money can be in. The values are stored."""

from enum import StrEnum


class AccessType(StrEnum):
    """How somebody came by the challenge."""

    purchased = "purchased"
    friend_code = "friend_code"
    admin_granted = "admin_granted"


class PurchaseType(StrEnum):
    """`challenge_friend_code` is a place somebody was given: every place has a row."""

    challenge = "challenge"
    challenge_friend_code = "challenge_friend_code"


class PurchaseStatus(StrEnum):
    """Only `completed` opens anything. `review`: what was paid is not what was asked; a person decides."""

    pending = "pending"
    completed = "completed"
    failed = "failed"
    expired = "expired"
    refunded = "refunded"
    disputed = "disputed"
    review = "review"

    @property
    def was_paid(self) -> bool:
        """Once paid, a later word that it was paid changes nothing."""
        return self in (PurchaseStatus.completed, PurchaseStatus.refunded, PurchaseStatus.disputed)


SOLD = tuple(status for status in PurchaseStatus if status.was_paid)
"""What counts as bought, whatever became of the money afterwards. What waits for a person is not yet."""


class RefundStatus(StrEnum):
    pending = "pending"
    requires_action = "requires_action"
    succeeded = "succeeded"
    failed = "failed"
    canceled = "canceled"


class SubscriptionStatus(StrEnum):
    """All eight of Stripe's."""

    incomplete = "incomplete"
    incomplete_expired = "incomplete_expired"
    trialing = "trialing"
    active = "active"
    past_due = "past_due"
    unpaid = "unpaid"
    paused = "paused"
    canceled = "canceled"


OVER = (SubscriptionStatus.canceled, SubscriptionStatus.incomplete_expired)
"""Nothing follows on these: whoever wants one begins another."""


class Interval(StrEnum):
    month = "month"
    year = "year"


class SubscriptionMoney(StrEnum):
    """Which way it went: paid by an invoice, or back by a refund or a lost dispute."""

    paid = "paid"
    back = "back"


class CodeRevocation(StrEnum):
    """Who or what took an unused code back. Only what a refund or a dispute took can come back."""

    giver = "giver"
    refunded = "refunded"
    disputed = "disputed"
    admin = "admin"


class WebhookStatus(StrEnum):
    received = "received"
    processing = "processing"
    processed = "processed"
    failed = "failed"
    dead = "dead"
    ignored = "ignored"
    dismissed = "dismissed"
