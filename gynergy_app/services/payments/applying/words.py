"""A card that runs out. Stripe says it once and there is nothing to ask for: the event is the word."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.integrations.stripe_billing import Object
from gynergy_app.repositories import subscriptions as rows
from gynergy_app.services.payments import mailing


@dataclass(frozen=True)
class CardTold:
    card_id: str
    customer_id: str
    last_four: str
    month: int
    year: int


def read(event_type: str, thing: Object) -> CardTold | None:
    """None for a card that its bank has replaced: nobody has to do anything."""
    card = thing.get("card") or thing
    if event_type != "customer.source.expiring" or not thing.get("customer") or not card.get("exp_month"):
        return None
    return CardTold(
        thing["id"], thing["customer"], card.get("last4") or "", card["exp_month"], card["exp_year"]
    )


async def apply(db: AsyncSession, told: CardTold, *, now: datetime) -> None:
    owner = await rows.owner_of_customer(db, told.customer_id)
    if owner:
        await mailing.card_expires(db, owner, told.card_id, told.last_four, told.month, told.year, now=now)
