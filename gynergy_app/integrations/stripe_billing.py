"""Stripe, through its own client, unmodified. Only this module imports it: others see plain dictionaries.

    GynergyError
    ├── PaymentsUnavailable   no answer, too busy, or our key is refused: try again
    ├── CardRefused           a bank said no, and nothing was changed
    ├── PaymentsRefused       Stripe will not take this request, today or tomorrow: ours to mend
    ├── NotAtStripe           there is no such object
    └── BadSignature          an event that Stripe did not sign, or signed too long ago

Every `create_…` takes a key. The same key with the same words makes one object, however often it is said. A
key names what is being done ("refund:<id of our row>"), and its words are kept with our row.
"""

import asyncio
import json
import logging
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import httpx
import stripe
from stripe import HTTPXClient, StripeClient, StripeError, StripeObject

from gynergy_app.errors import Conflict, GynergyError, NotFound, Unavailable
from gynergy_app.settings import settings

log = logging.getLogger(__name__)
stripe.enable_telemetry = False

API_VERSION = stripe.api_version
TIMEOUT = httpx.Timeout(20, connect=3)
REPEATS = 2
"""Of what was lost on the way. Without a number, this kind of client repeats nothing."""
PAUSES = (0.4, 0.8, 1.6)
"""What was too much at once the client leaves to us."""

Object = dict[str, Any]


class PaymentsUnavailable(Unavailable):
    def __init__(self) -> None:
        super().__init__("We could not reach the payment service. You have not been charged. Try again.")


class PaymentsRefused(Conflict):
    """`why` is what Stripe said about it: for an admin, never for a member."""

    def __init__(self, why: str = "") -> None:
        super().__init__("The payment service did not take this request. You have not been charged.")
        self.why = why


class CardRefused(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "Your card was not accepted, so nothing was changed. Change the card first, then try again."
        )


class NotAtStripe(NotFound):
    def __init__(self) -> None:
        super().__init__("The payment service knows nothing of this.")


class BadSignature(GynergyError):
    def __init__(self) -> None:
        super().__init__("This event is not signed by the payment service.")


# -- Doing --------------------------------------------------------------------------------------------------


async def create_customer(params: Mapping[str, Any], key: str) -> Object:
    return await _said(lambda v1: v1.customers.create_async({**params}, {"idempotency_key": key}))


async def update_customer(customer_id: str, params: Mapping[str, Any]) -> Object:
    return await _said(lambda v1: v1.customers.update_async(customer_id, {**params}))


async def delete_customer(customer_id: str) -> Object:
    return await _said(lambda v1: v1.customers.delete_async(customer_id))


async def create_checkout(params: Mapping[str, Any], key: str) -> Object:
    return await _said(lambda v1: v1.checkout.sessions.create_async({**params}, {"idempotency_key": key}))


async def expire_checkout(session_id: str) -> Object:
    return await _said(lambda v1: v1.checkout.sessions.expire_async(session_id))


async def create_refund(params: Mapping[str, Any], key: str) -> Object:
    return await _said(lambda v1: v1.refunds.create_async({**params}, {"idempotency_key": key}))


async def update_subscription(subscription_id: str, params: Mapping[str, Any], key: str) -> Object:
    return await _said(
        lambda v1: v1.subscriptions.update_async(subscription_id, {**params}, {"idempotency_key": key})
    )


async def cancel_subscription(subscription_id: str) -> Object:
    """At once. For the end of what is paid, update it with `cancel_at_period_end`."""
    return await _said(lambda v1: v1.subscriptions.cancel_async(subscription_id))


async def resume_subscription(subscription_id: str, key: str) -> Object:
    """Let a paused one go on. It is charged at once, for a stretch that begins now."""
    return await _said(
        lambda v1: v1.subscriptions.resume_async(subscription_id, {}, {"idempotency_key": key})
    )


async def open_portal(params: Mapping[str, Any]) -> Object:
    """Its `url` lives for minutes: make one for each click and keep none."""
    return await _said(lambda v1: v1.billing_portal.sessions.create_async({**params}))


# -- Looking ------------------------------------------------------------------------------------------------

_SERVICES: dict[str, Callable[[Any], Any]] = {
    "charge": lambda v1: v1.charges,
    "checkout.session": lambda v1: v1.checkout.sessions,
    "customer": lambda v1: v1.customers,
    "dispute": lambda v1: v1.disputes,
    "event": lambda v1: v1.events,
    "invoice": lambda v1: v1.invoices,
    "invoice_payment": lambda v1: v1.invoice_payments,
    "payment_intent": lambda v1: v1.payment_intents,
    "payment_method": lambda v1: v1.payment_methods,
    "price": lambda v1: v1.prices,
    "product": lambda v1: v1.products,
    "promotion_code": lambda v1: v1.promotion_codes,
    "refund": lambda v1: v1.refunds,
    "subscription": lambda v1: v1.subscriptions,
}


async def get(kind: str, object_id: str, expand: Sequence[str] = ()) -> Object:
    """The object as Stripe knows it now. `kind` is what its `object` says. Raises `NotAtStripe`."""
    params = {"expand": list(expand)} if expand else {}
    return await _said(lambda v1: _SERVICES[kind](v1).retrieve_async(object_id, params))


async def list_all(kind: str, params: Mapping[str, Any], at_most: int = 1000) -> list[Object]:
    """Page after page, newest first."""
    found: list[Object] = []
    more: Mapping[str, Any] = {"limit": 100, **params}
    while True:
        page = await _said(lambda v1, asked=more: _SERVICES[kind](v1).list_async({**asked}))
        found += page["data"]
        if not page["has_more"] or len(found) >= at_most:
            return found[:at_most]
        more = {**more, "starting_after": found[-1]["id"]}


async def preview_invoice(params: Mapping[str, Any]) -> Object:
    """The next invoice of a subscription, after what `subscription_details` says if that is given."""
    return await _said(lambda v1: v1.invoices.create_preview_async({**params}))


async def prices(lookup_keys: Sequence[str]) -> dict[str, Object]:
    """The active price of each key, its product with it. A key without one is absent."""
    asked = {"lookup_keys": list(lookup_keys), "active": True, "expand": ["data.product"]}
    return {price["lookup_key"]: price for price in await list_all("price", asked)}


# -- Being told ---------------------------------------------------------------------------------------------


def read_event(raw: bytes, signature: str) -> Object:
    """An event Stripe has sent, or `BadSignature`. While the secret is rolled, either is believed."""
    secrets = (settings.stripe_webhook_secret, settings.stripe_webhook_secret_next)
    if not any(_signs(secret.get_secret_value(), raw, signature) for secret in secrets):
        raise BadSignature
    try:
        event = json.loads(raw)
    except ValueError as nonsense:
        raise BadSignature from nonsense
    if not isinstance(event, dict) or event.get("object") != "event":
        raise BadSignature
    return event


def _signs(secret: str, raw: bytes, signature: str) -> bool:
    try:
        return bool(secret) and stripe.WebhookSignature.verify_header(raw, signature, secret, tolerance=300)
    except (stripe.SignatureVerificationError, TypeError, ValueError):
        return False


# -- Speaking -----------------------------------------------------------------------------------------------

Account = tuple[str, str]
"""A key, and where it is believed."""

_clients: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[Account, tuple[StripeClient, HTTPXClient]]]
_clients = WeakKeyDictionary()


def _client() -> StripeClient:
    """One for each event loop, made when first needed; another one when settings name another account."""
    account = key, base = settings.stripe_secret_key.get_secret_value(), settings.stripe_api_base
    ours = _clients.setdefault(asyncio.get_running_loop(), {})
    if account in ours:
        return ours[account][0]
    if not key:
        raise PaymentsUnavailable
    transport = HTTPXClient(timeout=TIMEOUT)
    client = StripeClient(
        key, base_addresses={"api": base} if base else {}, http_client=transport, max_network_retries=REPEATS
    )
    ours[account] = client, transport
    return client


async def close() -> None:
    """End the connections this event loop has opened."""
    for _, transport in _clients.pop(asyncio.get_running_loop(), {}).values():
        await transport.close_async()


async def _said(call: Callable[[Any], Awaitable[Any]]) -> Object:
    begun = time.monotonic()
    try:
        answer: StripeObject = await _patiently(lambda: call(_client().v1))
    except StripeError as error:
        raise _in_our_words(error) from error
    reference = answer.last_response.request_id if answer.last_response else None
    log.debug("Stripe answered %s in %.0f ms.", reference, (time.monotonic() - begun) * 1000)
    return answer.to_dict(for_json=True)


async def _patiently(call: Callable[[], Awaitable[StripeObject]]) -> StripeObject:
    for pause in PAUSES:
        try:
            return await call()
        except stripe.RateLimitError:
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311  only spreads the load
    return await call()


def _in_our_words(error: StripeError) -> GynergyError:
    if isinstance(error, stripe.InvalidRequestError) and error.http_status == 404:
        return NotAtStripe()
    away = isinstance(error, (stripe.APIConnectionError, stripe.RateLimitError)) or error.http_status == 409
    if away or (error.http_status or 0) >= 500:
        log.warning("Stripe is away: %s (request %s)", type(error).__name__, error.request_id)
        return PaymentsUnavailable()
    if isinstance(error, stripe.CardError):
        log.info("A card was refused (request %s): %s", error.request_id, error.code)
        return CardRefused()
    log.error("Stripe refused request %s: %s: %s", error.request_id, type(error).__name__, error.user_message)
    if isinstance(error, (stripe.AuthenticationError, stripe.PermissionError)):
        return PaymentsUnavailable()
    return PaymentsRefused(error.user_message or "")
