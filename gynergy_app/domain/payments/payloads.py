"""An event's payload without the people in it: ids, states, amounts and moments, and nothing else."""

from collections.abc import Mapping, Sequence
from typing import Any

MOST_ITEMS = 20

KEPT = frozenset(
    {
        "id", "object", "type", "created", "livemode", "api_version", "pending_webhooks", "data", "request",
        "idempotency_key", "previous_attributes", "status", "payment_status", "mode", "reason",
        "failure_reason", "decline_code", "code", "currency", "quantity", "amount", "amount_total",
        "amount_subtotal", "amount_discount", "amount_tax", "amount_shipping", "amount_due", "amount_paid",
        "amount_remaining", "amount_refunded", "amount_captured", "unit_amount", "total", "subtotal",
        "total_details", "payment_intent", "latest_charge", "charge", "refund", "refunds", "dispute",
        "invoice", "latest_invoice", "customer", "subscription", "parent", "subscription_details", "price",
        "product", "lookup_key", "items", "lines", "recurring", "interval", "interval_count", "period",
        "start", "end", "current_period_start", "current_period_end", "cancel_at", "cancel_at_period_end",
        "canceled_at", "ended_at", "trial_start", "trial_end", "expires_at", "billing_reason",
        "attempt_count", "next_payment_attempt", "last_payment_error", "paid", "refunded", "disputed",
        "evidence_details", "due_by", "metadata", "purchase_id", "user_id", "refund_id",
    }
)  # fmt: skip
"""What is shown. Whatever is not named here is left out: also what Stripe will invent next year."""


def without_people(payload: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """What may be looked at, and how many fields were left out.

    >>> without_people({"id": "evt_1", "data": {"object": {"id": "cs_1", "customer_email": "a@example.com"}}})
    ({'id': 'evt_1', 'data': {'object': {'id': 'cs_1'}}}, 1)
    """
    shown: dict[str, Any] = {}
    left_out = 0
    for name, value in payload.items():
        if name not in KEPT:
            left_out += 1
            continue
        shown[name], more = _shown(value)
        left_out += more
    return shown, left_out


def _shown(value: Any) -> tuple[Any, int]:
    if isinstance(value, Mapping):
        return without_people(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        found = [_shown(each) for each in value[:MOST_ITEMS]]
        return [each for each, _ in found], sum(count for _, count in found) + max(0, len(value) - MOST_ITEMS)
    return value, 0
