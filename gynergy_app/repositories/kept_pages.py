"""Every finished page of a member's session as one dated list: what streaks, badges and rings are made of."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.gamification import Activity

_PAGES = text("""
    select p.activity, p.day, p.at, p.mood, p.source_id, t.final_points,
           t.metadata ->> 'local_at' as local_at
    from (
        select case journal_type when 'morning' then 'morning_journal' when 'evening' then 'evening_journal'
                    else 'weekly_reflection' end as activity,
               entry_date as day, completed_at as at, mood_score as mood, id as source_id
        from journals where user_id = :user_id and session_id = :session_id and is_completed
        union all
        select case action_type when 'gratitude' then 'gratitude_action' else 'weekly_challenge' end,
               entry_date, completed_at, null, id
        from action_logs where user_id = :user_id and session_id = :session_id and is_completed
    ) p
    left join points_transactions t
        on t.user_id = :user_id and t.source_id = p.source_id and t.activity_type = p.activity
        and t.source_type = 'page' and t.reverses_id is null
    order by p.day, p.at
""")


@dataclass(frozen=True)
class KeptPage:
    """One finished page. `points` is None where none were given.

    `at` is when it was finished, in UTC; `local_at` what the member's clock showed then, wherever she was.
    """

    activity: Activity
    day: date
    at: datetime
    mood: int | None
    source_id: UUID
    points: int | None
    local_at: datetime | None


async def list_all(db: AsyncSession, session_id: UUID, user_id: UUID) -> list[KeptPage]:
    """Oldest first."""
    rows = await (await db.connection()).execute(_PAGES, {"user_id": user_id, "session_id": session_id})
    return [
        KeptPage(
            activity=Activity(row.activity),
            day=row.day,
            at=row.at,
            mood=row.mood,
            source_id=row.source_id,
            points=row.final_points,
            local_at=datetime.fromisoformat(row.local_at) if row.local_at else None,
        )
        for row in rows
    ]
