"""A few words to somebody in one's cohort, and what follows: her bell, and perhaps a badge."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.encouragements import MOST_A_DAY, Words, said
from gynergy_app.domain.notifications import encouragement_notice
from gynergy_app.domain.text import spelled
from gynergy_app.errors import NotAllowed, TooMany
from gynergy_app.models.encouragements import Encouragement
from gynergy_app.repositories import encouragements, session_enrollments
from gynergy_app.repositories.encouragements import Key, Received
from gynergy_app.repositories.errors import ENOUGH_TODAY, NOT_ALLOWED, sqlstate
from gynergy_app.routes import RECEIVED
from gynergy_app.services import gamification, notifications, programs
from gynergy_app.services.gamification import UnlockedBadge

AT_ONCE = 20


class NotReachable(NotAllowed):
    """One sentence for every reason: somebody left, wants no words, or blocked the sender."""

    def __init__(self) -> None:
        super().__init__("This person cannot be reached just now. Nothing was sent.")


class EnoughToday(TooMany):
    def __init__(self) -> None:
        many = spelled(MOST_A_DAY).capitalize()
        super().__init__(f"{many} a day reach the same person, and you have sent them. Tomorrow is another.")


@dataclass(frozen=True)
class Page:
    """Newest first. `next_key` leads to the earlier ones; None: there are none."""

    words: tuple[Received, ...]
    next_key: Key | None


async def send(
    db: AsyncSession, member: Member, to: UUID, cohort_id: UUID, words: Words, *, key: UUID, now: datetime
) -> tuple[UnlockedBadge, ...]:
    """The badges it brought. `key` names this one act: a second call with it sends nothing."""
    await session_enrollments.hold_practice(db, member.id)
    if await encouragements.find(db, key):
        return ()
    if not await encouragements.may_send(db, to, cohort_id):
        raise NotReachable
    enrolled = await programs.current_enrollment(db, member, now=now)
    row = Encouragement(
        id=key,
        sender_id=member.id,
        recipient_id=to,
        cohort_id=cohort_id,
        session_id=enrolled.session_id if enrolled else None,
        message_type=words.kind,
        custom_message=words.own,
        sent_on=clock.day_in(member.timezone, now),
        created_at=now,
    )
    await _put(db, member, row, now)
    return await gamification.look_for_badges(db, member, enrolled, now=now) if enrolled else ()


async def _put(db: AsyncSession, member: Member, row: Encouragement, now: datetime) -> None:
    notice = encouragement_notice(
        member.name or "A member", said(row.message_type, row.custom_message), row.id
    )
    try:
        async with elevated(db):
            db.add(row)
            await db.flush()
            await notifications.tell_another(db, row.recipient_id, notice, href=RECEIVED, now=now)
    except DBAPIError as refused:
        match sqlstate(refused):
            case state if state == ENOUGH_TODAY:
                raise EnoughToday from refused
            case state if state == NOT_ALLOWED:
                raise NotReachable from refused
        raise


async def received(db: AsyncSession, *, before: Key | None = None) -> Page:
    """What was sent to the caller: the words before that key, or the newest."""
    found = await encouragements.list_received(db, before, AT_ONCE + 1)
    words = tuple(found[:AT_ONCE])
    return Page(words, words[-1].key if len(found) > AT_ONCE else None)
