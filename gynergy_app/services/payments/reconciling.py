"""Looking back: what Stripe says against what we hold. What differs is set right and written down.

What was missed is put in the inbox and goes the way of every event; what is unsettled is asked for. The
report of a round is a row of the inbox too, so that the desk finds both in one place.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.inbox import PAYLOAD_IS_KEPT, subject_of
from gynergy_app.domain.payments.kinds import WebhookStatus
from gynergy_app.errors import Conflict
from gynergy_app.integrations import stripe_billing
from gynergy_app.integrations.stripe_billing import NotAtStripe, Object
from gynergy_app.models.payments import Subscription, WebhookEvent
from gynergy_app.repositories import jobs, purchases, subscription_payments, subscriptions, webhook_events
from gynergy_app.services import audit
from gynergy_app.services.audit import Act
from gynergy_app.services.payments import applying, inbox
from gynergy_app.services.payments.applying import Told
from gynergy_app.services.payments.applying.invoices import InvoiceTold
from gynergy_app.services.payments.applying.invoices import look as look_whole
from gynergy_app.services.payments.applying.purchases import look
from gynergy_app.services.payments.applying.subscriptions import SubscriptionTold, ask
from gynergy_app.settings import settings

TASK = "reconcile_payments"
BY_ITSELF = "look_back"
ROUNDS = (TASK, BY_ITSELF)
EVERY_MINUTES = 15
OURS = "reconciliation"
LOOKS_BACK = timedelta(hours=48)
ON_THE_WAY = timedelta(minutes=10)
"""An event as young as this was not missed: it may be arriving."""

UNSETTLED_AFTER = timedelta(minutes=30)
MOST = 20_000


@dataclass(frozen=True)
class Difference:
    """What Stripe knew and we did not. `kind` is event, purchase, subscription or invoice."""

    kind: str
    id: str
    before: str
    after: str


@dataclass
class Report:
    """One round. `trouble` says why it ended early."""

    began_at: datetime
    events: int = 0
    purchases: int = 0
    subscriptions: int = 0
    differences: list[Difference] = field(default_factory=list)
    trouble: str = ""


class NothingToCompare(Conflict):
    def __init__(self) -> None:
        super().__init__("No payment service is set up here, so there is nothing to compare with.")


async def ask_now(db: AsyncSession, admin: Member, *, now: datetime) -> bool:
    """The button at the desk: a round begins within a second. False while one is waiting or under way."""
    if settings.missing("stripe_secret_key"):
        raise NothingToCompare
    async with elevated(db):
        await webhook_events.hold_subject(db, TASK)
        if await jobs.status(db, *ROUNDS):
            return False
        await jobs.enqueue(db, TASK)
    await audit.record(db, admin, Act.payments_reconciled, subject_id=admin.id, now=now)
    return True


async def progress(db: AsyncSession) -> str:
    """For an admin: `doing` during a round, `todo` before it, else empty."""
    return await jobs.status(db, *ROUNDS)


def next_round(now: datetime) -> datetime:
    """When the next one begins by itself.

    >>> next_round(datetime(2026, 3, 3, 12, 16, 5)).isoformat()
    '2026-03-03T12:30:00'
    """
    begun = now.replace(minute=now.minute // EVERY_MINUTES * EVERY_MINUTES, second=0, microsecond=0)
    return begun + timedelta(minutes=EVERY_MINUTES)


# -- Asking, outside any door -------------------------------------------------------------------------------


async def list_events(now: datetime) -> list[Object]:
    """Everything we follow that happened at Stripe lately, the oldest first."""
    since = int((now - LOOKS_BACK).timestamp())
    found = await stripe_billing.list_all("event", {"created": {"gte": since}}, at_most=MOST)
    return [event for event in reversed(found) if subject_of(event["type"])]


async def list_subscriptions() -> list[Object]:
    """All that are not over."""
    return await stripe_billing.list_all("subscription", {"expand": ["data.latest_invoice"]}, at_most=MOST)


async def look_at_checkout(checkout_id: str, asked_at: datetime) -> Told | None:
    try:
        return await look(checkout_id, asked_at)
    except NotAtStripe:
        return None


async def look_at_subscription(stripe_id: str, asked_at: datetime) -> SubscriptionTold | None:
    try:
        return await ask(stripe_id, asked_at)
    except NotAtStripe:
        return None


async def list_paid_invoices(stripe_id: str) -> list[str]:
    paid = {"subscription": stripe_id, "status": "paid"}
    return [each["id"] for each in await stripe_billing.list_all("invoice", paid)]


async def look_at_invoice(invoice_id: str, asked_at: datetime) -> InvoiceTold | None:
    try:
        return await look_whole(invoice_id, asked_at)
    except NotAtStripe:
        return None


# -- Comparing and setting right, each in a transaction of its own ------------------------------------------


async def take_in_missed(
    db: AsyncSession, report: Report, events: Sequence[Object], *, now: datetime
) -> None:
    known = await webhook_events.known(db, inbox.STRIPE, [event["id"] for event in events])
    report.events += len(events)
    for event in events:
        if event["id"] in known or not await inbox.take_in(db, event, now=now):
            continue
        if datetime.fromtimestamp(event["created"], UTC) < now - ON_THE_WAY:
            report.differences.append(Difference("event", event["id"], "missed", event["type"]))


async def unsettled_checkouts(db: AsyncSession, *, now: datetime) -> Sequence[str]:
    return await purchases.unsettled_checkouts(db, now - UNSETTLED_AFTER)


async def settle_checkout(
    db: AsyncSession, report: Report, checkout_id: str, told: Told, *, now: datetime
) -> None:
    before = await purchases.find_by_checkout(db, checkout_id)
    if before is None:
        return
    was = before.status
    await applying.apply(db, told, now=now)
    await db.refresh(before)
    report.purchases += 1
    if was is not before.status:
        report.differences.append(Difference("purchase", str(before.id), was, before.status))


async def living(db: AsyncSession) -> Sequence[Subscription]:
    return await subscriptions.living(db)


async def settle_subscription(
    db: AsyncSession, report: Report, told: SubscriptionTold, *, now: datetime
) -> None:
    """One that nobody here owns is not one of ours."""
    stripe_id = told.subscription["id"]
    before = await subscriptions.find_by_stripe(db, stripe_id)
    said = _in_short(before) if before else "unknown"
    row = await applying.subscriptions.apply(db, told, now=now)
    report.subscriptions += 1
    if row and said != _in_short(row):
        report.differences.append(Difference("subscription", stripe_id, said, _in_short(row)))


async def without_payments(db: AsyncSession) -> Sequence[Subscription]:
    return await subscription_payments.without_any(db)


async def settle_invoice(db: AsyncSession, report: Report, told: InvoiceTold, *, now: datetime) -> None:
    """What was paid before payments for subscriptions were kept, or while we heard of nothing."""
    if await applying.invoices.apply(db, told, now=now) and told.invoice:
        report.differences.append(Difference("invoice", told.invoice["id"], "missed", "paid"))


def _in_short(row: Subscription) -> str:
    until = f"{row.current_period_end:%Y-%m-%d}" if row.current_period_end else "no end"
    ending = ", ending" if row.cancel_at_period_end else ""
    return f"{row.status} until {until}{ending}"


# -- Writing down -------------------------------------------------------------------------------------------


async def keep(db: AsyncSession, report: Report, *, now: datetime) -> None:
    row = WebhookEvent(
        provider=OURS,
        event_id=str(uuid4()),
        event_type="reconciliation.report",
        status=WebhookStatus.processed,
        payload={**asdict(report), "began_at": report.began_at.isoformat()},
        received_at=now,
        processed_at=now,
        next_attempt_at=now,
    )
    async with elevated(db):
        await webhook_events.add_once(db, row)


async def reports(db: AsyncSession, *, size: int = 20) -> list[Report]:
    """The latest rounds, for the desk, the newest first."""
    rows = await webhook_events.latest(db, OURS, size)
    return [_read(row.payload) for row in rows if row.payload]


async def differing(db: AsyncSession, *, size: int = 20) -> list[Report]:
    """The latest rounds that found something, as far back as reports are kept."""
    rows = await webhook_events.latest_with(db, OURS, "differences", size)
    return [_read(row.payload) for row in rows if row.payload]


def _read(payload: Object) -> Report:
    differences = [Difference(**each) for each in payload["differences"]]
    began_at = datetime.fromisoformat(payload["began_at"])
    return Report(**{**payload, "began_at": began_at, "differences": differences})


async def forget(db: AsyncSession, *, now: datetime) -> int:
    return await webhook_events.forget(db, OURS, before=now - PAYLOAD_IS_KEPT)
