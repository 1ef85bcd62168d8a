"""Purchases, refunds, codes and subscriptions in the words of a desk."""

from datetime import datetime

from gynergy_app import clock
from gynergy_app.domain.payments.codes import CodeState
from gynergy_app.domain.payments.kinds import (
    AccessType,
    CodeRevocation,
    Interval,
    PurchaseStatus,
    PurchaseType,
    RefundStatus,
    SubscriptionStatus,
)
from gynergy_app.domain.payments.stripe_words import money
from gynergy_app.state.admin.words import short_date

PURCHASES = {
    PurchaseStatus.pending: ("Not paid yet", "wait"),
    PurchaseStatus.completed: ("Paid", "good"),
    PurchaseStatus.failed: ("Payment failed", "bad"),
    PurchaseStatus.expired: ("Left without paying", "normal"),
    PurchaseStatus.refunded: ("Refunded", "normal"),
    PurchaseStatus.disputed: ("Disputed", "bad"),
    PurchaseStatus.review: ("To decide", "wait"),
}
"""What a purchase's status is called, and the kind of its tag."""
KINDS = {
    PurchaseType.challenge: "Challenge",
    PurchaseType.challenge_friend_code: "Place by friend code",
}
REFUNDS = {
    RefundStatus.pending: ("On its way", "wait"),
    RefundStatus.requires_action: ("Waits for the buyer", "wait"),
    RefundStatus.succeeded: ("Arrived", "good"),
    RefundStatus.failed: ("Came back", "bad"),
    RefundStatus.canceled: ("Called off", "normal"),
}
UNSENT = ("Waits for Stripe", "wait")
NOT_TAKEN = ("Refused by Stripe", "bad")
CODES = {
    CodeState.open: ("Open", "good"),
    CodeState.used: ("Used", "normal"),
    CodeState.revoked: ("Taken back", "normal"),
    CodeState.expired: ("Run out", "normal"),
}
TAKEN_BACK_BY = {
    CodeRevocation.giver: "by whom it belongs to",
    CodeRevocation.refunded: "with the refund",
    CodeRevocation.disputed: "since the payment was disputed",
    CodeRevocation.admin: "by an admin",
}
SUBSCRIPTIONS = {
    SubscriptionStatus.incomplete: ("First payment open", "wait"),
    SubscriptionStatus.incomplete_expired: ("Never begun", "normal"),
    SubscriptionStatus.trialing: ("On trial", "good"),
    SubscriptionStatus.active: ("Active", "good"),
    SubscriptionStatus.past_due: ("Card refused", "wait"),
    SubscriptionStatus.unpaid: ("Unpaid", "bad"),
    SubscriptionStatus.paused: ("Paused", "normal"),
    SubscriptionStatus.canceled: ("Ended", "normal"),
}
DISPUTES = {
    "needs_response": "Open, waits for our answer",
    "under_review": "Open, the bank is deciding",
    "appeal_needs_response": "Appealed, waits for our answer",
    "appeal_under_review": "Appealed, the bank is deciding",
    "warning_needs_response": "An inquiry, waits for our answer",
    "warning_under_review": "An inquiry, being looked at",
    "warning_closed": "An inquiry, closed",
    "won": "Won",
    "lost": "Lost",
    "prevented": "Settled before it was opened",
}
CAME_BY = {
    AccessType.purchased: "bought",
    AccessType.friend_code: "given by a friend",
    AccessType.admin_granted: "opened by an admin",
}
FAILURES = {
    "charge_for_pending_refund_disputed": "The buyer disputed the payment meanwhile.",
    "declined": "The bank declined it.",
    "expired_or_canceled_card": "The card has expired or was cancelled.",
    "insufficient_funds": "The balance at Stripe was too low.",
    "lost_or_stolen_card": "The card was lost or stolen.",
    "merchant_request": "It was cancelled at our request.",
    "unknown": "The bank did not say why.",
}
"""Why money came back: the words of Stripe's `failure_reason`."""
PER = {Interval.month: "a month", Interval.year: "a year"}


def purchase_state(status: PurchaseStatus, kind: PurchaseType) -> tuple[str, str]:
    """Nobody has paid for a place that was given."""
    if status is PurchaseStatus.completed and kind is PurchaseType.challenge_friend_code:
        return ("Given", "good")
    return PURCHASES[status]


def refund_state(status: RefundStatus, stripe_refund_id: str | None) -> tuple[str, str]:
    """Before Stripe knows of it, it waits; what Stripe never took did not come back, it never left."""
    if stripe_refund_id is None and status is RefundStatus.pending:
        return UNSENT
    if stripe_refund_id is None and status is RefundStatus.failed:
        return NOT_TAKEN
    return REFUNDS[status]


def failure_words(failure: str) -> str:
    """A bank's word in ours; what Stripe said in a sentence stays as it was said."""
    return FAILURES.get(failure, failure)


def price(amount_cents: int, currency: str, interval: Interval) -> str:
    return f"{money(amount_cents, currency)} {PER[interval]}"


def on_day(at: datetime | None, zone: str, now: datetime) -> str:
    return short_date(clock.day_in(zone, at), clock.day_in(zone, now)) if at else "–"
