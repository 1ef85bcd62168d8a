"""What was paid is not what was asked: a person decides, once, whether it counts. Or it goes back."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification_drafts import reason_problem
from gynergy_app.domain.payments.kinds import PurchaseStatus, RefundStatus
from gynergy_app.domain.text import tidy_line
from gynergy_app.errors import Conflict, Invalid
from gynergy_app.repositories import audit_log, jobs, purchases, webhook_events
from gynergy_app.services import audit
from gynergy_app.services.audit import Act
from gynergy_app.services.payments import mailing
from gynergy_app.services.payments import purchases as buying
from gynergy_app.services.payments.purchases import NoSuchPurchase

TASK = "accept_purchase"


class DecidedAlready(Conflict):
    def __init__(self) -> None:
        super().__init__("Somebody has decided about this payment already. Nothing was changed.")


async def accept(db: AsyncSession, admin: Member, purchase_id: UUID, reason: str, *, now: datetime) -> None:
    """Take what was paid for the price; the place follows. Raises `DecidedAlready` the second time."""
    words = tidy_line(reason)
    if problem := reason_problem(words):
        raise Invalid({"reason": problem})
    await webhook_events.hold_subject(db, f"purchase:{purchase_id}")
    purchase = await purchases.find(db, purchase_id)
    if purchase is None:
        raise NoSuchPurchase
    is_open = purchase.status is PurchaseStatus.review and not await is_decided(db, purchase_id)
    if not is_open or await _goes_back(db, purchase_id):
        raise DecidedAlready
    async with elevated(db):
        await jobs.enqueue(db, TASK, purchase_id=str(purchase_id))
    await audit.record(
        db, admin, Act.purchase_accepted,
        subject_id=purchase_id, about=purchase.user_id, reason=words,
        before={"status": "to decide", "found": purchase.review_reason}, after={"status": "paid"}, now=now,
    )  # fmt: skip


async def is_decided(db: AsyncSession, purchase_id: UUID) -> bool:
    """Whether somebody has said that it counts, also before the worker has followed."""
    return await audit_log.is_recorded(db, Act.purchase_accepted, purchase_id)


async def _goes_back(db: AsyncSession, purchase_id: UUID) -> bool:
    over = (RefundStatus.failed, RefundStatus.canceled)
    return any(status not in over for status, _ in await purchases.refunds_of(db, purchase_id))


async def follow(db: AsyncSession, purchase_id: UUID, *, now: datetime) -> bool:
    """For the worker: the place, the codes and the letters that come with it. Told twice, it is done once."""
    await webhook_events.hold_subject(db, f"purchase:{purchase_id}")
    if not await is_decided(db, purchase_id) or not await buying.accept(db, purchase_id, now=now):
        return False
    purchase = await purchases.find(db, purchase_id)
    if purchase:
        await mailing.purchase_made(db, purchase_id, now=now)
        await mailing.codes_made(db, purchase, now=now)
    return True
