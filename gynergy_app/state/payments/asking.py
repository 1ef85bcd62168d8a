"""Asking Stripe for a member and writing down what it says, each through a door of its own."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.errors import GynergyError
from gynergy_app.services import rate_limits, sessions
from gynergy_app.services.payments import subscriptions
from gynergy_app.services.payments.applying.subscriptions import SubscriptionTold
from gynergy_app.services.payments.subscriptions import Held, Looked, NoSuchSubscription

Act = Callable[[Held], Awaitable[None]]

ASKS_AN_HOUR = 40
ENOUGH = "That was asked very often. Please wait {wait}; what you see was told by the payment service before."


async def held(who: Member, card_id: str) -> Held:
    try:
        row_id = UUID(card_id)
    except ValueError:
        raise NoSuchSubscription from None
    async with as_member(who.id) as db:
        return await subscriptions.get(db, who, row_id)


async def do(who: Member, card_id: str, act: Act) -> str:
    """What went wrong, in words for her. Where Stripe cannot be asked afterwards, its event will come."""
    problem = ""
    try:
        hers = await held(who, card_id)
    except NoSuchSubscription as missing:
        return str(missing)
    try:
        await act(hers)
    except GynergyError as refused:
        problem = str(refused)
    try:
        async with as_member(who.id) as db:
            asked_at = await subscriptions.asking(db)
        await _take_in(who, await subscriptions.look([hers.stripe_id], asked_at))
    except GynergyError:
        return problem
    return problem


async def look_at_all(who: Member, now: datetime) -> None:
    await _allow(who, now)
    async with as_member(who.id) as db:
        asked_at = await subscriptions.asking(db)
        customers = await subscriptions.customers_of(db, who)
    await _take_in(who, await subscriptions.look_at_all(who, customers, asked_at))


async def look_at_checkout(who: Member, checkout_id: str, now: datetime) -> Looked:
    await _allow(who, now)
    async with as_member(who.id) as db:
        asked_at = await subscriptions.asking(db)
    looked = await subscriptions.look_at_checkout(who, checkout_id, asked_at)
    if looked.told:
        await _take_in(who, [looked.told])
    return looked


async def _take_in(who: Member, told: Sequence[SubscriptionTold]) -> None:
    async with as_member(who.id) as db:
        await subscriptions.take_in(db, told, now=clock.now())
    sessions.forget_member(who.id)


async def _allow(who: Member, now: datetime) -> None:
    """Stripe is asked for her a number of times an hour, however often she presses."""
    await rate_limits.allow(f"billing-look:{who.id}", ASKS_AN_HOUR, timedelta(hours=1), now, ENOUGH)
