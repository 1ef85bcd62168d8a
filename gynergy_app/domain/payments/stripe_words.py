"""Stripe's objects in our words. They come as plain dictionaries; nothing is asked here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from gynergy_app.domain.payments.kinds import Interval, RefundStatus, SubscriptionMoney, SubscriptionStatus
from gynergy_app.domain.payments.paying import Payment, Price, Refunded

PURCHASE_ID, USER_ID, REFUND_ID = "purchase_id", "user_id", "refund_id"
"""What we write into an object's metadata, so that it leads back to a row of ours."""
ATTEMPT = "attempt"
"""Which attempt at its purchase a checkout was made for."""

PAID = ("paid", "no_payment_required")
WON, LOST = "won", "lost"
FOUGHT_OVER = ("needs_response", "under_review", "appeal_needs_response", "appeal_under_review")
"""The money is gone and may come back. A `warning_…` takes none."""

Object = Mapping[str, Any]


def moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def our_id(thing: Object | None, name: str) -> UUID | None:
    """The id we wrote into its metadata, if somebody did and it is one.

    >>> our_id({"metadata": {"purchase_id": "4f6b1f2e-4d41-4a57-a1ea-34d4ad8cf8ba"}}, "purchase_id").version
    4
    >>> our_id({"metadata": {"purchase_id": "a table"}}, "purchase_id") is our_id(None, "purchase_id") is None
    True
    """
    return _id_in(((thing or {}).get("metadata") or {}).get(name))


def _id_in(said: str | None) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError:
        return None


def purchase_of(session: Object) -> UUID | None:
    """Which purchase a checkout was made for. Its reference stays as it was made; metadata may be rewritten.

    >>> ours, other = "4f6b1f2e-4d41-4a57-a1ea-34d4ad8cf8ba", "00000000-0000-4000-8000-000000000000"
    >>> tampered = {"client_reference_id": ours, "metadata": {"purchase_id": other}}
    >>> str(purchase_of(tampered)) == ours, names_another(tampered)
    (True, True)
    """
    return _id_in(session.get("client_reference_id")) or _named(session)


def names_another(session: Object) -> bool:
    return purchase_of(session) != _named(session)


def _named(session: Object) -> UUID | None:
    return our_id(session, PURCHASE_ID) or our_id(session.get("payment_intent"), PURCHASE_ID)


def attempt_of(session: Object) -> int | None:
    """
    >>> attempt_of({"metadata": {"attempt": "2"}}), attempt_of({"metadata": {"attempt": "?"}}), attempt_of({})
    (2, None, None)
    """
    said = (session.get("metadata") or {}).get(ATTEMPT) or ""
    return int(said) if said.isdecimal() else None


def is_paid(session: Object) -> bool:
    return session["payment_status"] in PAID


def payment_of(session: Object, fetched_at: datetime) -> Payment:
    """What was paid in a checkout, fetched with `payment_intent.latest_charge`."""
    intent = session.get("payment_intent") or {}
    charge = intent.get("latest_charge") or {}
    card = (charge.get("payment_method_details") or {}).get("card") or {}
    buyer = session.get("customer_details") or {}
    return Payment(
        subtotal=Price(_subtotal(session), session["currency"]),
        total=total_of(session),
        fetched_at=fetched_at,
        intent_id=intent.get("id"),
        customer_id=session.get("customer"),
        email=buyer.get("email"),
        card=card.get("fingerprint"),
        checkout_id=session["id"],
        names_another=names_another(session),
    )


def total_of(session: Object) -> Price:
    """What is asked for in a checkout, less codes."""
    return Price(session["amount_total"], session["currency"])


def _subtotal(session: Object) -> int:
    """The price before codes and taxes, as far as what was paid in the end bears it out.

    >>> paid = {"amount_subtotal": 900, "amount_total": 810, "total_details": {"amount_discount": 90}}
    >>> _subtotal(paid), _subtotal({**paid, "amount_total": 400})
    (900, 490)
    """
    details = session.get("total_details") or {}
    discount, tax, shipping = (details.get(f"amount_{name}") or 0 for name in ("discount", "tax", "shipping"))
    plain = session["amount_total"] + discount - shipping
    return session["amount_subtotal"] if session["amount_subtotal"] in (plain, plain - tax) else plain


def refund_of(refund: Object) -> Refunded:
    return Refunded(
        refund_id=refund["id"],
        amount_cents=refund["amount"],
        status=RefundStatus(refund["status"]),
        created_at=datetime.fromtimestamp(refund["created"], UTC),
        reason=refund.get("reason"),
        failure=refund.get("failure_reason"),
    )


@dataclass(frozen=True)
class Disputed:
    """A bank's claim. `due_at` is until when it can be answered, while it can."""

    dispute_id: str
    status: str
    reason: str
    amount_cents: int
    created_at: datetime
    due_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.status in FOUGHT_OVER

    def as_dict(self) -> dict[str, Any]:
        """As it is kept with a purchase."""
        due = self.due_at.isoformat() if self.due_at else None
        return {**self.__dict__, "created_at": self.created_at.isoformat(), "due_at": due}

    @classmethod
    def read(cls, kept: Object) -> "Disputed":
        moments = {
            name: datetime.fromisoformat(kept[name]) for name in ("created_at", "due_at") if kept[name]
        }
        return cls(**{**kept, **moments})


def dispute_of(dispute: Object) -> Disputed:
    return Disputed(
        dispute_id=dispute["id"],
        status=dispute["status"],
        reason=dispute["reason"],
        amount_cents=dispute["amount"],
        created_at=datetime.fromtimestamp(dispute["created"], UTC),
        due_at=moment((dispute.get("evidence_details") or {}).get("due_by")),
    )


@dataclass(frozen=True)
class Subscribed:
    """A subscription as Stripe tells it, in the columns of ours."""

    stripe_subscription_id: str
    stripe_customer_id: str
    stripe_price_id: str
    status: SubscriptionStatus
    amount_cents: int
    currency: str
    interval: Interval
    current_period_start: datetime | None
    current_period_end: datetime | None
    cancel_at_period_end: bool
    canceled_at: datetime | None
    ended_at: datetime | None
    trial_start: datetime | None
    trial_end: datetime | None
    past_due_since: datetime | None
    created_at: datetime


def subscribed(subscription: Object, owed_since: int | None = None) -> Subscribed:
    """Fetched with `latest_invoice`: it says since when something is owed where nothing else does."""
    items = subscription["items"]["data"]
    price = items[0]["price"]
    status = SubscriptionStatus(subscription["status"])
    since = owed_since or (subscription.get("latest_invoice") or {}).get("created")
    return Subscribed(
        stripe_subscription_id=subscription["id"],
        stripe_customer_id=subscription["customer"],
        stripe_price_id=price["id"],
        status=status,
        amount_cents=(price["unit_amount"] or 0) * (items[0].get("quantity") or 1),
        currency=price["currency"],
        interval=Interval(price["recurring"]["interval"]),
        current_period_start=moment(min(item["current_period_start"] for item in items)),
        current_period_end=moment(max(item["current_period_end"] for item in items)),
        cancel_at_period_end=subscription["cancel_at_period_end"] or bool(subscription.get("cancel_at")),
        canceled_at=moment(subscription["canceled_at"]),
        ended_at=moment(subscription["ended_at"]),
        trial_start=moment(subscription["trial_start"]),
        trial_end=moment(subscription["trial_end"]),
        past_due_since=moment(since) if status is SubscriptionStatus.past_due else None,
        created_at=datetime.fromtimestamp(subscription["created"], UTC),
    )


@dataclass(frozen=True)
class Moved:
    """Money that moved for a subscription, in the columns of ours."""

    kind: SubscriptionMoney
    stripe_id: str
    invoice_id: str
    amount_cents: int
    currency: str
    happened_at: datetime


def moved(invoice: Object, back: Iterable[Object]) -> list[Moved]:
    """What an invoice brought, and what of it went back: refunds that arrived, and disputes that are lost."""
    if invoice["status"] != "paid":
        return []
    paid_at = (invoice.get("status_transitions") or {}).get("paid_at") or invoice["created"]
    gone = [each for each in back if each["status"] in ("succeeded", LOST)]

    def row(kind: SubscriptionMoney, thing: Object, amount: int, at: int) -> Moved:
        moment = datetime.fromtimestamp(at, UTC)
        return Moved(kind, thing["id"], invoice["id"], amount, thing["currency"], moment)

    return [
        row(SubscriptionMoney.paid, invoice, invoice["amount_paid"], paid_at),
        *(row(SubscriptionMoney.back, each, each["amount"], each["created"]) for each in gone),
    ]


def recovery_url(session: Object) -> str:
    """Where somebody who was too late to pay may go on."""
    recovery = (session.get("after_expiration") or {}).get("recovery") or {}
    return recovery.get("url") or ""


def subscription_id_of(invoice: Object) -> str | None:
    """None for an invoice of something bought once."""
    parent = invoice.get("parent") or {}
    return (parent.get("subscription_details") or {}).get("subscription")


def money(amount_cents: int, currency: str) -> str:
    """As it stands in a letter."""
    return Price(amount_cents, currency).words
