"""What was paid, given and subscribed to. A row about money outlives its member, without her."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Computed, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from gynergy_app.domain.payments.kinds import (
    CodeRevocation,
    Interval,
    PurchaseStatus,
    PurchaseType,
    RefundStatus,
    SubscriptionMoney,
    SubscriptionStatus,
    WebhookStatus,
)
from gynergy_app.models import columns


def _buyer() -> Any:
    return columns.reference("users.id", ondelete="SET NULL", nullable=True)


class Purchase(SQLModel, table=True):
    """One wish to buy, from the first click on. Without `user_id` it is a guest's, until she claims it.

    `attempt` counts its checkouts. `seat_held_until` keeps a place in `session_id` while somebody pays:
    whoever ends the wait ends the holding, so a place is held for as long as the column says anything.
    `came_to` and `came_at`: the first page of ours that the browser had seen, for whoever had no account.
    """

    __tablename__ = "purchases"
    __table_args__ = (
        CheckConstraint("amount_cents >= 0", name="amount_counted"),
        CheckConstraint("amount_refunded_cents between 0 and amount_cents", name="refunded_within_amount"),
        CheckConstraint("attempt > 0", name="attempt_counts_from_one"),
        CheckConstraint("(came_to is null) = (came_at is null)", name="came_somewhere_sometime"),
        CheckConstraint("seat_held_until is null or session_id is not null", name="seat_has_session"),
        Index(None, "email_lower"),
        Index(None, "stripe_customer_id"),
        Index(None, "status", "created_at"),
        Index("ix_purchases_seats_held", "session_id", postgresql_where=text("seat_held_until is not null")),
    )

    id: UUID = columns.primary_key()
    user_id: UUID | None = _buyer()
    purchase_type: PurchaseType = columns.choice(PurchaseType, PurchaseType.challenge)
    status: PurchaseStatus = columns.choice(PurchaseStatus, PurchaseStatus.pending)
    amount_cents: int
    amount_refunded_cents: int = columns.number(0)
    currency: str = columns.line("usd")
    email: str | None = columns.words()
    email_lower: str | None = Field(
        default=None, sa_column=Column(Text, Computed("lower(email)", persisted=True))
    )
    session_id: UUID | None = columns.reference("book_sessions.id", ondelete="SET NULL", nullable=True)
    seat_held_until: datetime | None = columns.moment()
    referral_code: str | None = columns.words()
    came_to: str | None = columns.words()
    came_at: datetime | None = columns.moment()
    attempt: int = columns.number(1)
    checkout_url: str | None = columns.words()
    checkout_expires_at: datetime | None = columns.moment()
    stripe_checkout_session_id: str | None = Field(default=None, sa_type=Text, unique=True)
    stripe_payment_intent_id: str | None = Field(default=None, sa_type=Text, unique=True)
    stripe_customer_id: str | None = columns.words()
    details: dict[str, Any] = columns.document(column="metadata")
    review_reason: str | None = columns.words()
    purchased_at: datetime | None = columns.moment(index=True)
    claimed_at: datetime | None = columns.moment()
    refunded_at: datetime | None = columns.moment()
    disputed_at: datetime | None = columns.moment()
    provider_fetched_at: datetime | None = columns.moment()
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class Refund(SQLModel, table=True):
    """Money on its way back. `stripe_refund_id` is empty until Stripe has answered.

    `failure`: a bank's word for why it came back, or what Stripe said when it would not take it.
    """

    __tablename__ = "refunds"
    __table_args__ = (CheckConstraint("amount_cents > 0", name="amount_counted"),)

    id: UUID = columns.primary_key()
    purchase_id: UUID = columns.reference("purchases.id", ondelete="CASCADE")
    stripe_refund_id: str | None = Field(default=None, sa_type=Text, unique=True)
    amount_cents: int
    status: RefundStatus = columns.choice(RefundStatus, RefundStatus.pending)
    reason: str | None = columns.words()
    failure: str | None = columns.words()
    requested_by: UUID | None = columns.reference("users.id", ondelete="SET NULL", nullable=True)
    provider_fetched_at: datetime | None = columns.moment()
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class FriendCode(SQLModel, table=True):
    """A place to give away. It is used once `used_at` says so, also after whoever used it has left."""

    __tablename__ = "friend_codes"
    __table_args__ = (
        CheckConstraint("used_by_id is null or used_at is not null", name="used_at_some_time"),
        CheckConstraint("is_active = (revoked_at is null)", name="revoked_at_some_time"),
    )

    id: UUID = columns.primary_key()
    code: str = columns.line(unique=True)
    creator_id: UUID | None = columns.reference("users.id", ondelete="SET NULL", nullable=True)
    purchase_id: UUID | None = columns.reference("purchases.id", ondelete="SET NULL", nullable=True)
    used_by_id: UUID | None = columns.reference(
        "users.id", ondelete="SET NULL", nullable=True, index=False, unique=True
    )
    used_at: datetime | None = columns.moment()
    is_active: bool = columns.flag(True)
    revoked_at: datetime | None = columns.moment()
    revoked_by: CodeRevocation | None = columns.choice(CodeRevocation, nullable=True)
    expires_at: datetime = Field(nullable=False, index=True)
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class Subscription(SQLModel, table=True):
    """A journal subscription as Stripe last told it. It stays when its member leaves: Stripe still has it."""

    __tablename__ = "subscriptions"
    __table_args__ = (CheckConstraint("amount_cents >= 0", name="amount_counted"), Index(None, "status"))

    id: UUID = columns.primary_key()
    user_id: UUID | None = _buyer()
    stripe_subscription_id: str = columns.line(unique=True)
    stripe_customer_id: str | None = columns.words()
    stripe_price_id: str = columns.line()
    status: SubscriptionStatus = columns.choice(SubscriptionStatus)
    amount_cents: int
    currency: str = columns.line("usd")
    interval: Interval = columns.choice(Interval, Interval.month)
    current_period_start: datetime | None = columns.moment()
    current_period_end: datetime | None = columns.moment()
    cancel_at_period_end: bool = columns.flag(False)
    canceled_at: datetime | None = columns.moment()
    ended_at: datetime | None = columns.moment()
    trial_start: datetime | None = columns.moment()
    trial_end: datetime | None = columns.moment()
    past_due_since: datetime | None = columns.moment()
    provider_fetched_at: datetime | None = columns.moment()
    created_at: datetime = columns.created_at()
    updated_at: datetime = columns.updated_at()


class SubscriptionPayment(SQLModel, table=True):
    """Money that moved for a subscription. `stripe_id` is of the invoice, the refund or the lost dispute.

    An invoice of nothing, as a trial's, is kept too: so it is known that there was one. `invoice_id` is of
    the invoice it moved for, and empty for what was kept before that was written down.
    """

    __tablename__ = "subscription_payments"
    __table_args__ = (CheckConstraint("amount_cents >= 0", name="amount_counted"),)

    id: UUID = columns.primary_key()
    subscription_id: UUID = columns.reference("subscriptions.id", ondelete="CASCADE")
    kind: SubscriptionMoney = columns.choice(SubscriptionMoney)
    stripe_id: str = columns.line(unique=True)
    invoice_id: str | None = columns.words()
    amount_cents: int
    currency: str = columns.line("usd")
    happened_at: datetime = Field(nullable=False, index=True)
    created_at: datetime = columns.created_at()


class WebhookEvent(SQLModel, table=True):
    """What another service told us, kept once, followed up by the worker. The payload goes after a month."""

    __tablename__ = "webhook_events"
    __table_args__ = (
        UniqueConstraint("provider", "event_id"),
        CheckConstraint("attempts >= 0", name="attempts_counted"),
        Index(
            "ix_webhook_events_due",
            "next_attempt_at",
            postgresql_where=text("status in ('received', 'processing', 'failed')"),
        ),
        Index(None, "status", "received_at"),
    )

    id: UUID = columns.primary_key()
    provider: str = columns.line("stripe")
    event_id: str = columns.line()
    stripe_event_id: str | None = Field(default=None, sa_type=Text, unique=True)
    event_type: str = columns.line()
    object_id: str | None = columns.words()
    status: WebhookStatus = columns.choice(WebhookStatus, WebhookStatus.received)
    payload: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB, nullable=True))
    error_message: str | None = columns.words()
    attempts: int = columns.number(0)
    next_attempt_at: datetime = columns.created_at()
    claimed_until: datetime | None = columns.moment()
    received_at: datetime = columns.created_at()
    last_failed_at: datetime | None = columns.moment()
    processed_at: datetime | None = columns.moment()
    dismissed_by: UUID | None = columns.reference("users.id", ondelete="SET NULL", nullable=True)
    dismissed_reason: str | None = columns.words()
