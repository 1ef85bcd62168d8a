"""Our endpoint, our worker and the local payment server, joined as they are when the product runs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import stripe

from gynergy_app import clock, routes
from gynergy_app.api import create_api
from gynergy_app.db import as_member, as_visitor
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.stripe_words import ATTEMPT, PURCHASE_ID, USER_ID
from gynergy_app.jobs import stripe_events
from gynergy_app.services.payments import purchases
from gynergy_app.services.payments.purchases import Checkout
from tests.features.payments.shop import an_order
from tests.stripe import WEBHOOK_SECRET, Stripe

Json = dict[str, Any]


def signed(body: bytes, secret: str = WEBHOOK_SECRET) -> str:
    return stripe.WebhookSignature.generate_signature_header(body.decode(), secret)


@dataclass
class Shop:
    """A payment server whose events go nowhere by themselves: a test delivers them as it likes."""

    stripe: Stripe
    http: httpx.AsyncClient
    last_before: str | None = None
    """The last thing that had happened there when this test began."""

    async def open(self) -> None:
        found = await self.stripe.v1.events.list_async({"limit": 1})
        self.last_before = found.data[0].id if found.data else None

    async def post(self, event: Json, signature: str | None = None) -> httpx.Response:
        body = json.dumps(event).encode()
        headers = {"stripe-signature": signed(body) if signature is None else signature}
        return await self.http.post(routes.STRIPE_WEBHOOK, content=body, headers=headers)

    async def begin(self, member: Member | None, session_id: UUID | None = None, **said: Any) -> Checkout:
        """To the page where one pays, as the pricing page leads there."""
        now = clock.now()
        order = an_order(session_id, email=member.email if member else said.pop("email", ""))
        door = as_member(member.id) if member else as_visitor()
        async with door as db:
            checkout = await purchases.begin(db, order, buyer=member, now=now)
        metadata = {PURCHASE_ID: str(checkout.purchase_id), ATTEMPT: str(checkout.attempt)}
        made = await self.stripe.checkout(
            client_reference_id=str(checkout.purchase_id),
            customer_creation="always",
            **{"metadata": metadata, "payment_intent_data": {"metadata": metadata}, **said},
        )
        door = as_member(member.id) if member else as_visitor()
        async with door as db:
            await purchases.attach(db, checkout, made.id, made.url)
        return Checkout(checkout.purchase_id, checkout.attempt, checkout.expires_at, made.id)

    async def pay(self, checkout: Checkout, button: str = "pay", **typed: str) -> Any:
        """The session afterwards. `url` of a checkout begun here holds its id."""
        await self.stripe.press(await self._session(checkout.url), button, **typed)
        return await self._session(checkout.url)

    async def buy(self, member: Member | None, session_id: UUID | None = None, **said: Any) -> Any:
        return await self.pay(await self.begin(member, session_id, **said))

    async def subscribe(self, member: Member, **data: Any) -> Any:
        """The subscription, for a month, without a single event delivered."""
        session = await self.stripe.bought(
            "journal_month", subscription_data={"metadata": {USER_ID: str(member.id)}, **data}
        )
        return await self.stripe.v1.subscriptions.retrieve_async(session.subscription)

    async def _session(self, session_id: str) -> Any:
        return await self.stripe.v1.checkout.sessions.retrieve_async(session_id)

    async def events(self) -> list[Json]:
        """Everything that has happened there since this test began, the oldest first."""
        since = {"ending_before": self.last_before} if self.last_before else {}
        found = await self.stripe.v1.events.list_async({"limit": 100, **since})
        assert not found.has_more
        return [event.to_dict(for_json=True) for event in reversed(found.data)]

    async def deliver(self, events: Sequence[Json]) -> None:
        for event in events:
            assert (await self.post(event)).status_code == 200

    async def follow(self, events: Sequence[Json]) -> None:
        """Deliver these, and let the worker do what there is to do."""
        await self.deliver(events)
        await stripe_events.take_due()

    async def catch_up(self) -> list[Json]:
        every = await self.events()
        await self.follow(every)
        return every


def a_browserless_client() -> httpx.AsyncClient:
    """Stripe's own: no cookies, no origin."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(create_api()), base_url="http://localhost:3000")
