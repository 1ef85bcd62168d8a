"""What Stripe says now, written into our rows: the same whether an event, a page or a look back asked.

Each subject has a module that `ask`s, outside any transaction, and one that is handed the answer and `apply`s
it. An answer is everything Stripe knows about one thing of ours at one moment, never the difference an event
speaks of; so events may come twice, late and in any order. Of two answers on their way at once no one knows
which is the newer: what was written since an answer was asked for is not written over by it, and it is asked
for again.
"""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.payments.inbox import Subject
from gynergy_app.integrations.stripe_billing import Object
from gynergy_app.services.payments.applying import customers, invoices, purchases, subscriptions, words
from gynergy_app.services.payments.applying.customers import CustomerTold
from gynergy_app.services.payments.applying.invoices import InvoiceTold
from gynergy_app.services.payments.applying.purchases import PurchaseTold
from gynergy_app.services.payments.applying.subscriptions import SubscriptionTold
from gynergy_app.services.payments.applying.words import CardTold

Told = PurchaseTold | SubscriptionTold | InvoiceTold | CustomerTold | CardTold


async def ask(event_type: str, subject: Subject, thing: Object, asked_at: datetime) -> Told | None:
    """None when it is about nothing of ours."""
    match subject:
        case Subject.purchase if thing.get("mode") == "subscription":
            return await subscriptions.ask(thing.get("subscription"), asked_at)
        case Subject.purchase:
            told = await purchases.ask(event_type, thing, asked_at)
            return told or await invoices.ask_of_payment(event_type, thing, asked_at)
        case Subject.subscription:
            return await subscriptions.ask(thing["id"], asked_at)
        case Subject.invoice:
            return await invoices.ask(event_type, thing, asked_at)
        case Subject.customer:
            return await customers.ask(thing["id"])
        case Subject.word:
            return words.read(event_type, thing)
        case Subject.prices:
            return None


async def apply(db: AsyncSession, told: Told, *, now: datetime) -> bool:
    """False when something was written since this was asked for, and it is to be asked again."""
    match told:
        case PurchaseTold():
            return await purchases.apply(db, told, now=now)
        case SubscriptionTold():
            return await subscriptions.apply(db, told, now=now) is not None
        case InvoiceTold():
            return await invoices.apply(db, told, now=now)
        case CustomerTold():
            await customers.apply(db, told, now=now)
        case CardTold():
            await words.apply(db, told, now=now)
    return True
