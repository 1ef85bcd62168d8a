"""Somebody subscribes, and how her subscription is now."""

from typing import Any

from tests.stripe import Stripe

DAY = 86_400


async def subscribed(
    peer: Stripe, lookup_key: str = "journal_month", button: str = "pay", **data: Any
) -> Any:
    said: dict[str, Any] = {"subscription_data": data} if data else {}
    if button == "without":
        said["payment_method_collection"] = "if_required"
    session = await peer.checkout(lookup_key, **said)
    await peer.press(session, button)
    done = await peer.v1.checkout.sessions.retrieve_async(session.id, {"expand": ["subscription"]})
    return done.subscription


async def fresh(peer: Stripe, subscription: Any) -> Any:
    return await peer.v1.subscriptions.retrieve_async(
        subscription.id, {"expand": ["latest_invoice.payments"]}
    )


def length(subscription: Any) -> int:
    item = subscription.items.data[0]
    return round((item.current_period_end - item.current_period_start) / DAY)
