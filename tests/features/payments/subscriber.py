"""Somebody who subscribes and looks after it, each step as a page or a form takes it."""

from dataclasses import dataclass
from typing import Any

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.offers import Sold
from gynergy_app.services.payments import subscribing, subscriptions
from gynergy_app.services.payments.subscribing import Begun
from gynergy_app.services.payments.subscriptions import Change, Held
from tests.features.payments.peer import Shop


async def begin(member: Member, sold: Sold = Sold.journal_month) -> Begun:
    async with as_member(member.id) as db:
        wish = await subscribing.wish(db, member, sold)
    return await subscribing.begin(wish)


async def held_by(member: Member) -> list[Held]:
    async with as_member(member.id) as db:
        return await subscriptions.own(db, member)


async def asked(member: Member) -> None:
    """ "Ask again" on her page."""
    async with as_member(member.id) as db:
        asked_at = await subscriptions.asking(db)
        customers = await subscriptions.customers_of(db, member)
    told = await subscriptions.look_at_all(member, customers, asked_at)
    async with as_member(member.id) as db:
        await subscriptions.take_in(db, told, now=clock.now())


@dataclass
class Subscriber:
    shop: Shop
    member: Member

    async def subscribe(self, sold: Sold = Sold.journal_month) -> Held:
        """Through the page to pay on and the event that follows."""
        begun = await begin(self.member, sold)
        await self.shop.stripe.browser.post(begun.url, data={"press": "pay"})
        await self.shop.catch_up()
        return await self.held()

    async def held(self) -> Held:
        return (await held_by(self.member))[0]

    async def cancel(self, reason: str = "") -> Held:
        await subscriptions.cancel(await self.held(), reason)
        await asked(self.member)
        return await self.held()

    async def resume(self) -> Held:
        await subscriptions.resume(await self.held())
        await asked(self.member)
        return await self.held()

    async def would_cost(self) -> Change:
        return await subscriptions.preview(await self.held(), now=clock.now())

    async def switch(self) -> Change:
        change = await self.would_cost()
        await subscriptions.switch(await self.held(), change.at)
        await asked(self.member)
        return change

    async def operate(self, button: str, **said: object) -> None:
        """Let time or a bank do something, and follow what is told of it."""
        await self.shop.stripe.operate(f"subscriptions/{(await self.held()).stripe_id}/{button}", **said)
        await self.shop.catch_up()

    async def new_card(self, button: str = "card") -> None:
        customer = (await self.held()).customer_id
        portal = await self.shop.stripe.v1.billing_portal.sessions.create_async({"customer": customer})
        await self.shop.stripe.browser.post(portal.url, data={"press": button})
        await self.shop.catch_up()

    async def at_stripe(self) -> Any:
        held = await self.held()
        return await self.shop.stripe.v1.subscriptions.retrieve_async(
            held.stripe_id, {"expand": ["latest_invoice"]}
        )
