"""What follows once a place is paid for and somebody's: a session, a cohort, and whoever invited hears of it.

Codes and access are not here: they follow in the database, from the same row.
"""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.domain.accounts import Member, timezone_or_utc
from gynergy_app.errors import GynergyError
from gynergy_app.models.payments import Purchase
from gynergy_app.repositories import profile_settings, session_enrollments, users
from gynergy_app.services import events, programs, referrals
from gynergy_app.services.events import EventType
from gynergy_app.services.payments import seats

SEAT_LOST = "seat_lost"
"""In a purchase's details: paid after the seat had gone to somebody else. She chooses another start."""


async def arrive(db: AsyncSession, purchase: Purchase, *, now: datetime) -> None:
    """Call while stepped up, when the row is paid."""
    if purchase.user_id:
        member = await member_of(db, purchase.user_id)
        events.record(db, EventType.purchase_completed, member, purchase_id=str(purchase.id))
        await referrals.convert(db, member.id, purchase.id, now=now)
    await _take_seat(db, purchase, now)


async def come_back(db: AsyncSession, purchase: Purchase, *, now: datetime) -> None:
    """Money that went back or was fought over stays after all; and so does she where she lives by now."""
    if purchase.user_id:
        member = await member_of(db, purchase.user_id)
        await referrals.convert(db, member.id, purchase.id, now=now)
        if await lives_a_session(db, member, now=now):
            await seats.release(db, purchase, now=now)
            return
    await _take_seat(db, purchase, now)


async def _take_seat(db: AsyncSession, purchase: Purchase, now: datetime) -> None:
    if purchase.user_id is None:
        has_seat = await seats.keep_for_guest(db, purchase, now=now)
    else:
        member = await member_of(db, purchase.user_id)
        has_seat = await take_place(db, member, purchase.session_id, now=now)
    await db.refresh(purchase)
    if not has_seat:
        purchase.seat_held_until = None
        purchase.details = {**purchase.details, SEAT_LOST: True}
    elif purchase.user_id:
        # She may live this session by another purchase already.
        await seats.release(db, purchase, now=now)
    await db.flush()


async def take_place(db: AsyncSession, member: Member, session_id: UUID | None, *, now: datetime) -> bool:
    """Whether she has a place in this session now. What is in the way does not undo what was paid."""
    if session_id is None or await session_enrollments.find(db, session_id, member.id):
        return True
    try:
        async with db.begin_nested():
            await programs.enroll(db, member, session_id, now=now)
    except GynergyError:
        return False
    return True


async def member_of(db: AsyncSession, user_id: UUID) -> Member:
    user, chosen = await users.get(db, user_id), await profile_settings.get(db, user_id)
    return Member(
        user.id,
        user.email or "",
        user.first_name,
        user.last_name,
        timezone_or_utc(chosen.timezone),
        is_anonymous=user.is_anonymous,
    )


async def lives_a_session(db: AsyncSession, member: Member, *, now: datetime) -> bool:
    """Whether she is in a cohort whose days go on."""
    current = await programs.current_enrollment(db, member, now=now)
    today = clock.day_in(member.timezone, now)
    return current is not None and current.cohort_id is not None and current.end_date >= today
