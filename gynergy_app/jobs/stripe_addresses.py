"""Tells Stripe when somebody who pays has another address. Enqueued by the change itself."""

from uuid import UUID

import procrastinate

from gynergy_app.db import as_service
from gynergy_app.jobs.queue import queue
from gynergy_app.repositories import subscriptions, users
from gynergy_app.services.payments import customers

AGAIN = procrastinate.RetryStrategy(max_attempts=8, exponential_wait=6)
"""While Stripe is away: the last try comes after weeks, and each says the address she has by then."""


@queue.task(name="tell_stripe_address", retry=AGAIN)
async def tell_stripe_address(user_id: str) -> None:
    await tell(UUID(user_id))


async def tell(user_id: UUID) -> None:
    async with as_service() as db:
        user = await users.find(db, user_id)
        known = await subscriptions.customers_of(db, user_id)
    if user and user.email:
        for each in known:
            await customers.rename(each, user.email)
