"""Letters about friend codes: to whoever gives one and to whoever uses one, each promised once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import local_time
from gynergy_app.domain.payments.codes import WARNED_BEFORE, is_warned
from gynergy_app.emails.money_letters import FriendCodesEnding, FriendCodeUsed, PlaceGiven
from gynergy_app.models.payments import FriendCode
from gynergy_app.repositories import friend_codes, jobs
from gynergy_app.services import mail
from gynergy_app.services.payments import arriving
from gynergy_app.services.programs import Enrolled

TELL_GIVER = "tell_giver"
LOOKED_AHEAD = WARNED_BEFORE + timedelta(days=1)
"""A week on somebody's calendar can begin a day earlier than a week on ours."""


async def place_given(
    db: AsyncSession, member: Member, purchase_id: UUID, enrolled: Enrolled | None, *, now: datetime
) -> None:
    """To her who used a code. `enrolled` is where she lives, if that is known already."""
    if not member.email:
        return
    letter = PlaceGiven(
        first_name=member.first_name,
        cohort=enrolled.cohort_name if enrolled else "",
        day_one=enrolled.start_date if enrolled else None,
        has_begun=enrolled is not None and enrolled.day >= 1,
    )
    key = f"place-given:{purchase_id}"
    await mail.enqueue(db, letter, to=member.email, user_id=member.id, dedupe_key=key, now=now)


async def ask_to_tell_giver(db: AsyncSession, code_id: UUID, redeemer: str) -> None:
    """The giver's address is not for whoever uses her code: the worker writes to her."""
    await jobs.enqueue(db, TELL_GIVER, code_id=str(code_id), redeemer=redeemer)


async def code_used(db: AsyncSession, code_id: UUID, redeemer: str, *, now: datetime) -> None:
    """To the giver, by the worker."""
    code = await friend_codes.find_used(db, code_id)
    if code is None or code.creator_id is None or code.used_at is None:
        return
    giver = await arriving.member_of(db, code.creator_id)
    if not giver.email:
        return
    letter = FriendCodeUsed(giver.first_name, code.code, redeemer, code.used_at, giver.timezone)
    key = f"friend-code-used:{code.id}"
    await mail.enqueue(db, letter, to=giver.email, user_id=giver.id, dedupe_key=key, now=now)


async def ending(db: AsyncSession, *, now: datetime) -> list[list[UUID]]:
    """The unused codes that end within the next days, those of one purchase together."""
    found = await friend_codes.ending(db, now, now + LOOKED_AHEAD)
    return [[code.id for code in codes] for _, codes in groupby(found, _which)]


def _which(code: FriendCode) -> tuple[UUID | None, UUID]:
    """Codes that came together end together."""
    return code.creator_id, code.purchase_id or code.id


async def warn(db: AsyncSession, code_ids: Sequence[UUID], *, now: datetime) -> bool:
    """Tell a giver once that these end, when it is time on her clock. Whether it was."""
    found = [code for code in [await db.get(FriendCode, each) for each in code_ids] if code]
    codes = [code for code in found if code.is_active and code.used_at is None and code.creator_id]
    if not codes or codes[0].creator_id is None:
        return False
    giver = await arriving.member_of(db, codes[0].creator_id)
    last_day = clock.day_in(giver.timezone, codes[0].expires_at)
    if not giver.email or not is_warned(last_day, local_time(now, giver.timezone)):
        return False
    letter = FriendCodesEnding(
        giver.first_name, [code.code for code in codes], codes[0].expires_at, giver.timezone
    )
    key = f"friend-codes-ending:{codes[0].purchase_id or codes[0].id}"
    await mail.enqueue(
        db,
        letter,
        to=giver.email,
        user_id=giver.id,
        dedupe_key=key,
        now=now,
        expires_at=codes[0].expires_at,
    )
    return True
