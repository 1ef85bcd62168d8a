"""Whose chosen time has just come: the one question the sweep of reminders asks of everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.notifications import Window

FIRST = UUID(int=0)
"""Comes before every member."""

# Each batch is the next slice of one index, whoever is in it, so that a crowd who chose the same minute costs
# no more than any other. The windows come from Python: a zone only one side knows stops nobody else.
_SLICE = text("""
    with slice as materialized (
        select user_id, timezone, morning_reminder_enabled, morning_reminder_time,
               evening_reminder_enabled, evening_reminder_time, streak_warning_enabled
        from profile_settings where user_id > :after order by user_id limit :size
    ),
    timely as (
        select p.user_id, w.day,
               p.morning_reminder_time between w.since and w.until as is_morning,
               p.morning_reminder_enabled as wants_morning,
               p.evening_reminder_time between w.since and w.until
                   and (p.evening_reminder_enabled or p.streak_warning_enabled) as is_evening
        from slice p
        join unnest(
            cast(:zones as text[]), cast(:days as date[]), cast(:since as time[]), cast(:until as time[])
        ) as w (timezone, day, since, until) on w.timezone = p.timezone
        where p.morning_reminder_time between w.since and w.until
           or p.evening_reminder_time between w.since and w.until
    )
    select (select user_id from slice order by user_id desc limit 1) as last,
           array(
               select distinct t.user_id from timely t
               join session_enrollments e on e.user_id = t.user_id
               join book_sessions s on s.id = e.session_id and t.day between s.start_date and s.end_date
               where not exists (
                          -- Whose place was taken back can write nowhere: nothing reminds her of it.
                          select from user_entitlements x where x.user_id = t.user_id
                          and not x.has_challenge_access and not x.has_journal_access)
                 and ((t.is_evening
                      and not exists (
                          select from notifications n where n.user_id = t.user_id
                          and n.dedupe_key in ('reminder:evening:' || t.user_id || ':' || t.day,
                                               'reminder:streak_warning:' || t.user_id || ':' || t.day)))
                  or (t.is_morning
                      -- The day after a programme week may bring a look back instead.
                      and (t.wants_morning or (t.day > s.start_date and (t.day - s.start_date) % 7 = 0))
                      and not exists (
                          select from notifications n where n.user_id = t.user_id
                          and n.dedupe_key in ('reminder:morning:' || t.user_id || ':' || t.day,
                                               'reminder:weekly_digest:' || t.user_id || ':' || t.day))))
           ) as candidates
""")


@dataclass(frozen=True)
class Slice:
    """Some members in the order of their ids. `last` is where it ends; None when there was nobody any more.

    `candidates` are those in a running session who chose a time in the windows and have not been told.
    """

    candidates: Sequence[UUID]
    last: UUID | None


async def next_slice(db: AsyncSession, windows: Sequence[Window], *, after: UUID, size: int) -> Slice:
    values = {
        "zones": [window.timezone for window in windows],
        "days": [window.day for window in windows],
        "since": [window.since for window in windows],
        "until": [window.until for window in windows],
        "after": after,
        "size": size,
    }
    row = (await (await db.connection()).execute(_SLICE, values)).one()
    return Slice(row.candidates, row.last)
