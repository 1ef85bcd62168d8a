"""Moving to another time zone without losing a day or gaining one."""

from dataclasses import replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member, timezone_problem
from gynergy_app.domain.gamification import StreakEventKind
from gynergy_app.domain.journaling import days_crossed
from gynergy_app.errors import Invalid
from gynergy_app.models.gamification import StreakEvent
from gynergy_app.repositories import kept_pages, profile_settings
from gynergy_app.services import gamification, programs
from gynergy_app.services.gamification import stories


async def change_timezone(db: AsyncSession, member: Member, timezone: str, *, now: datetime) -> None:
    """Count days on another clock from now on. Days already written stay where they are.

    A day the journey took from the calendar is remembered, so that it breaks no streak.
    """
    if problem := timezone_problem(timezone):
        raise Invalid({"timezone": problem})
    if timezone == member.timezone:
        return
    await _remember_crossing(db, member, timezone, now)
    chosen = await profile_settings.get(db, member.id)
    chosen.timezone = timezone
    db.add(chosen)
    await _count_anew(db, replace(member, timezone=timezone), now)


async def _remember_crossing(db: AsyncSession, member: Member, timezone: str, now: datetime) -> None:
    enrolled = await programs.current_enrollment(db, member, now=now)
    if enrolled is None:
        return
    past = await kept_pages.of_session(db, enrolled.session_id, member.id)
    lost = days_crossed(
        member.timezone,
        timezone,
        now,
        kept={page.day for page in past.pages}.union(*past.forgiven.values()),
        crossed=past.forgiven[StreakEventKind.crossing],
    )
    rows = [
        StreakEvent(user_id=member.id, session_id=enrolled.session_id, day=day, kind=StreakEventKind.crossing)
        for day in lost
    ]
    async with elevated(db):
        db.add_all(rows)


async def _count_anew(db: AsyncSession, member: Member, now: datetime) -> None:
    """Her day may be another one now, and a day held by the journey may hold a chain."""
    enrolled = await programs.current_enrollment(db, member, now=now)
    if enrolled is None:
        return
    story = (await stories.read(db, member, enrolled)).story(member, enrolled, now)
    async with elevated(db):
        gamification.count(enrolled, story)
        db.add(enrolled.enrollment)
