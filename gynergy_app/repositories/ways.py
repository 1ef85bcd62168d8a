"""The numbers of a member's way through a session: only counts and sums, no words."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.programs import BookMilestone

_COUNTED = text("""
    select
        (select count(*)
         from journals j
         join journal_entries e on e.journal_id = j.id and e.entry_type = 'gratitude'
         cross join unnest(e.content) as line
         where j.user_id = :user_id and j.session_id = :session_id and j.is_completed
            and j.entry_date between :first and :last and trim(line) <> '') as gratitudes,
        (select coalesce(sum(final_points), 0)
         from points_transactions
         where user_id = :user_id and session_id = :session_id and earned_on <= :last) as points
""")


@dataclass(frozen=True)
class Counted:
    gratitudes: int
    points: int


async def count(db: AsyncSession, session_id: UUID, user_id: UUID, first: date, last: date) -> Counted:
    """Gratitudes on finished pages of these days, and every point earned by the last of them."""
    asked = {"user_id": user_id, "session_id": session_id, "first": first, "last": last}
    row = (await (await db.connection()).execute(_COUNTED, asked)).one()
    return Counted(row.gratitudes, row.points)


async def milestone_names(db: AsyncSession, book_id: UUID) -> dict[int, str]:
    """What the program calls its milestones, by the day on which each stands."""
    query = select(BookMilestone.end_point, BookMilestone.name).where(
        BookMilestone.book_id == book_id, col(BookMilestone.end_point).is_not(None)
    )
    return {day: name for day, name in (await db.exec(query)).all() if day is not None}
