"""What becomes of somebody's places once nothing opens the challenge for her, or she leaves a cohort.

A place she wrote in stays hers, to be read; an empty one is given back, and whoever waits for it is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.payments.access import Door
from gynergy_app.domain.programs import can_enroll
from gynergy_app.models.payments import Purchase
from gynergy_app.models.programs import BookSession
from gynergy_app.repositories import book_sessions, cohorts, members
from gynergy_app.services.payments import entitlements, seats


@dataclass(frozen=True)
class Held:
    session: BookSession
    has_written: bool

    @property
    def name(self) -> str:
        return self.session.cohort_label or f"{self.session.start_date:%B %Y}"


async def held_by(db: AsyncSession, user_id: UUID, *, now: datetime) -> list[Held]:
    """In shared sessions whose days are not over, the latest first. For the worker, or an admin."""
    sessions = [place.session for place in await members.places(db, user_id)]
    going_on = [each for each in sessions if not each.is_personal and each.end_date >= now.date()]
    return [Held(each, await cohorts.has_written(db, user_id, each.id)) for each in going_on]


async def give_back(db: AsyncSession, purchase: Purchase, user_id: UUID, *, now: datetime) -> None:
    """For the worker, when the money of this purchase has gone back. Whatever else opens the challenge keeps
    all of them.

    The purchase remembers which place it was: money that comes back after all brings her there again.
    """
    if (await entitlements.read(db, user_id)).challenge(now) is Door.open:
        return
    empty = [each.session for each in await held_by(db, user_id, now=now) if not each.has_written]
    if not empty:
        return
    async with elevated(db):
        for session in empty:
            await leave(db, user_id, await book_sessions.cohort_of(db, session.id), session.id)
    purchase.session_id = empty[0].id
    await db.flush()
    # The same money may go back, return and go back again: each time is a cause of its own.
    await tell(db, empty, cause=f"{purchase.id}:{now:%Y%m%d%H%M}", now=now)


async def leave(db: AsyncSession, user_id: UUID, cohort_id: UUID | None, session_id: UUID | None) -> None:
    """End the membership, and with it the place where a session is named. Call while stepped up."""
    membership = await cohorts.membership(db, cohort_id, user_id) if cohort_id else None
    if membership:
        await db.delete(membership)
        await db.flush()
    if session_id:
        await cohorts.give_back_place(db, user_id, session_id)


async def tell(db: AsyncSession, empty: Sequence[BookSession], *, cause: str, now: datetime) -> None:
    """Whoever waits for a place in these, where one may still be taken."""
    joinable = [each.id for each in empty if can_enroll(each.start_date, now.date())]
    await seats.tell_queue(db, joinable, cause=cause, now=now)
