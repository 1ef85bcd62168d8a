"""Whose chosen time has just come: the one question the sweep of reminders asks of everybody."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.notifications import Window

FIRST = UUID(int=0)
"""Comes before every member."""

# The windows come from Python, so a zone only one of the two sides knows stops nobody else's reminders. Each
# batch begins in the index where the last one ended: a whole sweep reads it once.
_CANDIDATES = text("""
    select p.user_id
    from profile_settings p
    join unnest(cast(:zones as text[]), cast(:days as date[]), cast(:since as time[]), cast(:until as time[]))
        as w (timezone, day, since, until) on w.timezone = p.timezone
    where p.user_id > :after
      and (
        (p.morning_reminder_enabled and p.morning_reminder_time between w.since and w.until
            and not exists (
                select from notifications n where n.user_id = p.user_id
                and n.dedupe_key = 'reminder:morning:' || p.user_id || ':' || w.day))
        or ((p.evening_reminder_enabled or p.streak_warning_enabled)
            and p.evening_reminder_time between w.since and w.until
            and not exists (
                select from notifications n where n.user_id = p.user_id
                and n.dedupe_key in ('reminder:evening:' || p.user_id || ':' || w.day,
                                     'reminder:streak_warning:' || p.user_id || ':' || w.day)))
      )
      and exists (
        select from session_enrollments e join book_sessions s on s.id = e.session_id
        where e.user_id = p.user_id and w.day between s.start_date and s.end_date
        offset 0)
    order by p.user_id
    limit :size
""")


async def candidates(
    db: AsyncSession, windows: Sequence[Window], *, after: UUID, size: int
) -> Sequence[UUID]:
    """Members of running sessions who chose a time in these windows and have not been told, by their ids.

    Whether they are reminded is for the rules to say.
    """
    values = {
        "zones": [window.timezone for window in windows],
        "days": [window.day for window in windows],
        "since": [window.since for window in windows],
        "until": [window.until for window in windows],
        "after": after,
        "size": size,
    }
    return (await (await db.connection()).execute(_CANDIDATES, values)).scalars().all()
