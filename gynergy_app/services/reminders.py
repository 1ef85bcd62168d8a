"""Reminding one member of a page, behind the bell and by mail: decided and written in one transaction."""

from datetime import datetime, timedelta
from functools import cache
from uuid import UUID
from zoneinfo import available_timezones

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member, timezone_or_utc
from gynergy_app.domain.notifications import (
    LATEST,
    WINDOW,
    Due,
    NotificationCategory,
    Practice,
    Reminder,
    Wishes,
    due,
    occasions,
    reminder_notice,
    told_by,
    windows,
)
from gynergy_app.emails.letters import EveningReminder, Letter, MorningReminder, StreakWarning
from gynergy_app.models.accounts import ProfileSettings, User
from gynergy_app.repositories import notifications as lines
from gynergy_app.repositories import profile_settings, session_enrollments, users
from gynergy_app.repositories.reminders import FIRST, Slice, next_slice
from gynergy_app.routes import EVENING_JOURNAL, MORNING_JOURNAL, TODAY, unsubscribe
from gynergy_app.services import mail, notifications, programs, unsubscribing
from gynergy_app.services.gamification import stories
from gynergy_app.services.programs import Enrolled

BATCH = 500
PAGES = {
    Reminder.morning: MORNING_JOURNAL,
    Reminder.evening: EVENING_JOURNAL,
    Reminder.streak_warning: TODAY,
}


async def candidates(db: AsyncSession, *, after: UUID = FIRST, now: datetime) -> Slice:
    """Among the next members after this one, those whose chosen time has just come on their own clock."""
    recent = [window for zone in _zones() for window in windows(now, zone)]
    return await next_slice(db, recent, after=after, size=BATCH)


@cache
def _zones() -> frozenset[str]:
    """Read from many files, so only once."""
    return frozenset(available_timezones())


async def remind(db: AsyncSession, user_id: UUID, *, now: datetime) -> list[Reminder]:
    """Tell this member what is due, if anything is. Called twice, or by two workers, it tells once."""
    chosen = await profile_settings.get(db, user_id)
    wishes, timezone = _wishes(chosen), timezone_or_utc(chosen.timezone)
    found = occasions(now, timezone, wishes)
    user = await users.find(db, user_id) if found else None
    if user is None or user.suspended_at:
        return []
    await session_enrollments.hold_practice(db, user_id)
    member = Member(user_id, user.email or "", user.first_name, user.last_name, timezone)
    enrolled = await programs.current_enrollment(db, member, now=now)
    if enrolled is None:
        return []
    practice = await _practice(db, member, enrolled, now)
    told = [news for occasion in found if (news := due(occasion, wishes, practice))]
    for news in told:
        if await _tell(db, member, news, now) and _wants_mail(user, chosen):
            await _promise_mail(db, member, enrolled, news, now)
    return [news.reminder for news in told]


def _wishes(chosen: ProfileSettings) -> Wishes:
    switches = {
        Reminder.morning: chosen.morning_reminder_enabled,
        Reminder.evening: chosen.evening_reminder_enabled,
        Reminder.streak_warning: chosen.streak_warning_enabled,
    }
    return Wishes(
        wanted=frozenset(reminder for reminder, is_on in switches.items() if is_on),
        morning_at=chosen.morning_reminder_time,
        evening_at=chosen.evening_reminder_time,
        quiet_from=chosen.quiet_from,
        quiet_to=chosen.quiet_to,
    )


async def _practice(db: AsyncSession, member: Member, enrolled: Enrolled, now: datetime) -> Practice:
    story = (await stories.read(db, member, enrolled)).story(member, enrolled, now)
    since = datetime.combine(enrolled.start_date, datetime.min.time(), now.tzinfo) - timedelta(days=1)
    keys = await lines.list_keys(db, member.id, NotificationCategory.reminder, since=since)
    told = told_by(keys)
    return Practice(
        first_day=enrolled.start_date,
        last_day=enrolled.end_date,
        kept=story.kept,
        written_on=frozenset(page.written_on for page in story.pages),
        told={day: kinds for day, kinds in told.items() if day >= enrolled.start_date},
    )


async def _tell(db: AsyncSession, member: Member, news: Due, now: datetime) -> bool:
    notice = reminder_notice(news, member.id)
    return await notifications.tell_once(db, member, notice, href=PAGES[news.reminder], now=now)


def _wants_mail(user: User, chosen: ProfileSettings) -> bool:
    return bool(user.email) and not user.is_anonymous and chosen.email_reminders_enabled


async def _promise_mail(
    db: AsyncSession, member: Member, enrolled: Enrolled, news: Due, now: datetime
) -> None:
    await mail.enqueue(
        db,
        _letter(member, enrolled, news),
        to=member.email,
        user_id=member.id,
        dedupe_key=reminder_notice(news, member.id).dedupe_key,
        now=now,
        expires_at=now + LATEST - WINDOW,
    )


def _letter(member: Member, enrolled: Enrolled, news: Due) -> Letter:
    way_out = unsubscribe(unsubscribing.token(member.id, news.reminder))
    known = (member.first_name, enrolled.book_name, way_out)
    match news.reminder:
        case Reminder.morning:
            return MorningReminder(*known, program_day=news.programme_day)
        case Reminder.evening:
            return EveningReminder(*known, program_day=news.programme_day)
        case Reminder.streak_warning:
            return StreakWarning(*known, streak_days=news.streak)
