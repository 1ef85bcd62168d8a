"""A guest's purchase finds its owner: she signs in with the address she gave, and has proved it is hers."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.kinds import PurchaseStatus
from gynergy_app.repositories import purchases, session_enrollments
from gynergy_app.services import referrals
from gynergy_app.services.payments import arriving, mailing


async def claim(db: AsyncSession, member: Member, *, now: datetime) -> list[UUID]:
    """The purchases that have just become hers; each becomes somebody's once. Call as the member herself."""
    async with elevated(db):
        await session_enrollments.hold_practice(db, member.id)
        claimed = await purchases.claim(db, now)
        for purchase_id in claimed:
            purchase = await purchases.find(db, purchase_id)
            if purchase is None:
                continue
            if purchase.referral_code:
                code = purchase.referral_code
                await referrals.remember(db, member, code, now=now, purchase_id=purchase.id)
            # What was refunded or is fought over follows if the money stays in the end.
            if purchase.status is PurchaseStatus.completed:
                await arriving.arrive(db, purchase, now=now)
                await mailing.codes_made(db, purchase, now=now)
    return claimed
