"""Leaving: asked for, undone within fourteen days, and then carried out so that nothing is left.

    ask ─► 14 days ─► close ─► payments ─► files ─► the account itself, and every row with it
      └── stay ◄──┘

The wish is a moment in the member's row, and her row is the last thing to go. So whatever is interrupted is
found again, and every step may be done twice.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.accounts.archives import CONFIRMATION, TIME_TO_UNDO
from gynergy_app.domain.payments.stripe_words import money
from gynergy_app.emails.account_letters import LeavingAsked
from gynergy_app.errors import Conflict, Invalid
from gynergy_app.models.programs import BookSession
from gynergy_app.repositories import leaving, stored_files, users
from gynergy_app.repositories.stored_files import StoredFile
from gynergy_app.services import mail
from gynergy_app.services.payments import leaving as leaving_payments
from gynergy_app.services.payments import places

AT_A_TIME = 100


class AdminsStay(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "An admin’s account cannot be deleted. Ask another admin to remove you as an admin first."
        )


class TooLateToStay(Conflict):
    def __init__(self) -> None:
        super().__init__("There is no deletion to take back.")


def require_confirmation(typed: str) -> None:
    """Raises `Invalid` unless the words were typed."""
    if " ".join(typed.split()).lower() != CONFIRMATION:
        raise Invalid({"confirmation": f"Please type the words “{CONFIRMATION}” as they stand here."})


async def ask(db: AsyncSession, member: Member, *, now: datetime) -> datetime:
    """When the account will go. Asked again, the first day stands and no second mail is written."""
    if member.is_admin:
        raise AdminsStay
    async with elevated(db):
        deletes_at = await leaving.ask(db, now + TIME_TO_UNDO)
    if member.email:
        await mail.enqueue(
            db,
            await _letter(db, member, deletes_at),
            to=member.email,
            user_id=member.id,
            dedupe_key=f"leaving:{member.id}:{deletes_at.isoformat()}",
            now=now,
        )
    return deletes_at


async def _letter(db: AsyncSession, member: Member, deletes_at: datetime) -> LeavingAsked:
    letter = LeavingAsked(member.first_name, deletes_at, member.timezone)
    parting = await leaving_payments.parting(db, member.id, deletes_at)
    if parting is None:
        return letter
    amount = money(parting.price.amount_cents, parting.price.currency)
    return replace(letter, journal=parting.meanwhile, amount=amount, charged_at=parting.charged_at)


async def stay(db: AsyncSession, member: Member, *, now: datetime) -> None:
    """Raises `TooLateToStay` when there is nothing to take back, or its day has come."""
    async with elevated(db):
        if not await leaving.stay(db, now):
            raise TooLateToStay


async def leaves_at(db: AsyncSession, member: Member) -> datetime | None:
    return (await users.get(db, member.id)).deletes_at


async def due(db: AsyncSession, *, now: datetime) -> Sequence[UUID]:
    return await leaving.due(db, now)


async def close(db: AsyncSession, user_id: UUID, *, now: datetime) -> bool:
    """Shut the account, so that nothing new is written into it. False when its owner stays after all."""
    if not await leaving.hold_due(db, user_id, now):
        return False
    await leaving.forget_sign_ins(db, user_id)
    return True


async def files_left(db: AsyncSession, user_id: UUID) -> Sequence[StoredFile]:
    """Some of the files still kept for her; none when all are gone."""
    return await stored_files.of_member(db, user_id, most=AT_A_TIME)


async def sessions_of(db: AsyncSession, user_id: UUID) -> Sequence[UUID]:
    """Where a place becomes free when she goes."""
    return await leaving.sessions_of(db, user_id)


async def tell_who_waits(db: AsyncSession, session_ids: Sequence[UUID], *, now: datetime) -> None:
    """She is gone. Nothing of what is told says whose place it was."""
    found = [await db.get(BookSession, session_id) for session_id in session_ids]
    await places.tell(db, [each for each in found if each], cause=f"{now:%Y%m%d%H%M}", now=now)
