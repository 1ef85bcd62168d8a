"""A guest's purchase finds its owner: she signs in with the address she gave, and has proved it is hers."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.kinds import PurchaseStatus
from gynergy_app.domain.text import spoken_day
from gynergy_app.repositories import purchases, session_enrollments
from gynergy_app.services import referrals
from gynergy_app.services.payments import arriving, mailing

CLAIMED = "The place you bought on {day} is yours now. Your friend codes come by mail."


async def claim_on_arrival(db: AsyncSession, user_id: UUID, *, now: datetime) -> str:
    """What she is told, if anything has just become hers. Call as the member herself."""
    if not await purchases.may_claim(db):
        return ""
    member = await arriving.member_of(db, user_id)
    return await _sentence(db, member, await claim(db, member, now=now))


async def _sentence(db: AsyncSession, member: Member, claimed: Sequence[UUID]) -> str:
    """Nothing, when what was claimed opens nothing."""
    found = [await purchases.find(db, purchase_id) for purchase_id in claimed]
    paid = [each for each in found if each and each.status is PurchaseStatus.completed]
    if not paid:
        return ""
    bought_at = paid[0].purchased_at or paid[0].created_at
    return CLAIMED.format(day=spoken_day(clock.day_in(member.timezone, bought_at)))


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
