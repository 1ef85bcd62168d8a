"""A customer of Stripe's: her address, and that she is gone."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.integrations import stripe_billing
from gynergy_app.integrations.stripe_billing import NotAtStripe
from gynergy_app.repositories import subscriptions as rows
from gynergy_app.repositories import webhook_events


@dataclass(frozen=True)
class CustomerTold:
    customer_id: str
    email: str | None
    is_gone: bool


async def ask(customer_id: str) -> CustomerTold:
    try:
        found = await stripe_billing.get("customer", customer_id)
    except NotAtStripe:
        return CustomerTold(customer_id, None, is_gone=True)
    return CustomerTold(customer_id, found.get("email"), is_gone=bool(found.get("deleted")))


async def apply(db: AsyncSession, told: CustomerTold, *, now: datetime) -> None:
    """A member's address is hers to change, here; a guest has nobody here, so Stripe's word counts."""
    await webhook_events.hold_subject(db, f"customer:{told.customer_id}")
    if told.is_gone:
        await rows.unlink_customer(db, told.customer_id)
    elif told.email:
        await rows.readdress_guest(db, told.customer_id, told.email)
