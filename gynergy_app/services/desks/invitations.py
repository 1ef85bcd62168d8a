"""The invitations desk: what looks odd and waits for a person, and what was decided before."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.repositories import referral_reviews
from gynergy_app.repositories.referral_reviews import Review

MOST_WAITING = 50
PAGE_SIZE = 25


@dataclass(frozen=True)
class Decided:
    """`last` is where the next page begins; None at the end of the list."""

    reviews: tuple[Review, ...]
    last: tuple[datetime, UUID] | None


async def waiting(db: AsyncSession) -> list[Review]:
    """The oldest first."""
    return await referral_reviews.waiting(db, MOST_WAITING)


async def decided(db: AsyncSession, *, before: tuple[datetime, UUID] | None = None) -> Decided:
    """A page of decisions, the latest first."""
    rows = await referral_reviews.decided(db, before, PAGE_SIZE + 1)
    shown = rows[:PAGE_SIZE]
    end = shown[-1] if len(rows) > PAGE_SIZE else None
    return Decided(tuple(shown), (end.decided_at, end.id) if end and end.decided_at else None)
