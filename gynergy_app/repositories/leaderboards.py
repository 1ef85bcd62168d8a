"""The places of a cohort. The ranking itself is `private.cohort_leaderboard`, which knows who hides what."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.gamification import PointsTransaction

_BOARD = text("select * from private.cohort_leaderboard(:cohort_id, :days, :at, :most)")


@dataclass(frozen=True)
class Place:
    """One row of a board. Whoever keeps the number private has neither `points` nor a `rank`."""

    rank: int | None
    user_id: UUID
    first_name: str
    last_name: str
    picture: str
    points: int | None
    is_me: bool

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


async def of_cohort(
    db: AsyncSession, cohort_id: UUID, days: int | None, at: datetime, most: int
) -> list[Place]:
    """The last `days` of each member's own days, or the whole run; the caller's own place is always in it."""
    asked = {"cohort_id": cohort_id, "days": days, "at": at, "most": most}
    rows = await (await db.connection()).execute(_BOARD, asked)
    return [
        Place(
            row.rank,
            row.user_id,
            row.first_name,
            row.last_name,
            row.profile_image or "",
            row.points,
            row.is_me,
        )
        for row in rows
    ]


async def own_days(db: AsyncSession, session_id: UUID, user_id: UUID) -> dict[date, int]:
    """What the member earned on each of her days."""
    query = (
        select(col(PointsTransaction.earned_on), func.sum(PointsTransaction.final_points))
        .where(PointsTransaction.session_id == session_id, PointsTransaction.user_id == user_id)
        .group_by(col(PointsTransaction.earned_on))
    )
    return {day: points for day, points in (await db.exec(query)).all()}
