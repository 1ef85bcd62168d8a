"""Everything a member wrote on the finished pages of a session, as one list of dated texts."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

_TEXTS = text("""
    select j.entry_date as day,
           concat_ws(E'\\n', j.mood_contribution, j.captured_essence, j.mantra, j.insight, j.insight_impact,
                     j.success, j.changes, j.freeflow, j.wins, j.challenges, j.lessons,
                     (select string_agg(array_to_string(e.content, E'\\n'), E'\\n')
                      from journal_entries e where e.journal_id = j.id)) as words
    from journals j
    where j.user_id = :user_id and j.session_id = :session_id and j.is_completed
    union all
    select entry_date, concat_ws(E'\\n', note, reflection, obstacles, array_to_string(list, E'\\n'), reward,
                                 motivation, purpose, success, focus, freeflow)
    from action_logs
    where user_id = :user_id and session_id = :session_id and is_completed
    order by day
""")


async def of_session(db: AsyncSession, session_id: UUID, user_id: UUID) -> Sequence[tuple[date, str]]:
    """Oldest first; a day has as many texts as pages."""
    asked = {"user_id": user_id, "session_id": session_id}
    return [(row.day, row.words) for row in await (await db.connection()).execute(_TEXTS, asked)]
