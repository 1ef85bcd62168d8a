"""Reminding one member, behind the bell, by mail and on devices: decided and written in one transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member, timezone_or_utc
from gynergy_app.domain.gamification import Story
from gynergy_app.domain.notifications import (
    LATEST,
    WINDOW,
    Due,
    LookBack,
    NotificationCategory,
    Practice,
    Reminder,
    Wishes,
    due,
    occasions,
    reminder_notice,
    silent_from,
    told_by,
    windows,
    words_on_a_device,
)
from gynergy_app.emails.letters import EveningReminder, Letter, MorningReminder, StreakWarning, WeeklyDigest
from gynergy_app.models.accounts import ProfileSettings, User
from gynergy_app.repositories import notifications as lines
from gynergy_app.repositories import profile_settings, session_enrollments, users
from gynergy_app.repositories.reminders import FIRST, Slice, next_slice
from gynergy_app.routes import EVENING_JOURNAL, HISTORY, MORNING_JOURNAL, TODAY, unsubscribe
from gynergy_app.services import digest, mail, notifications, programs, push, unsubscribing
from gynergy_app.services.gamification import stories
from gynergy_app.services.programs import Enrolled

BATCH = 500
PAGES = {
    Reminder.morning: MORNING_JOURNAL,
    Reminder.evening: EVENING_JOURNAL,
    Reminder.streak_warning: TODAY,
    Reminder.weekly_digest: HISTORY,
}


async def candidates(db: AsyncSession, *, after: UUID = FIRST, now: datetime) -> Slice:
    """Among the next members after this one, those whose chosen time has just come on their own clock."""
    recent = [window for zone in _zones() for window in windows(now, zone)]
    return await next_slice(db, recent, after=after, size=BATCH)


@cache
def _zones() -> frozenset[str]:
    """Read from many files, so only once."""
    return frozenset(available_timezones())


@dataclass(frozen=True)
class _Reminded:
    """Who is told, how, and what there is to tell about."""

    member: Member
    enrolled: Enrolled
    story: Story
    chosen: ProfileSettings
    by_mail: bool


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
    story = (await stories.read(db, member, enrolled)).story(member, enrolled, now)
    practice = await _practice(db, member, enrolled, story, now)
    whom = _Reminded(member, enrolled, story, chosen, _wants_mail(user, chosen))
    told = [news for occasion in found if (news := due(occasion, wishes, practice))]
    for news in told:
        await _tell(db, whom, news, _no_news_after(now, timezone, wishes), now)
    return [news.reminder for news in told]


def _no_news_after(now: datetime, timezone: str, wishes: Wishes) -> datetime:
    """What a device has not heard by then, it never will: the hour is over, or the quiet hours begin."""
    latest = now + LATEST - WINDOW
    return min(latest, silent_from(now, timezone, wishes) or latest)


def _wishes(chosen: ProfileSettings) -> Wishes:
    switches = {
        Reminder.morning: chosen.morning_reminder_enabled,
        Reminder.evening: chosen.evening_reminder_enabled,
        Reminder.streak_warning: chosen.streak_warning_enabled,
        Reminder.weekly_digest: chosen.email_digest_frequency.is_wanted,
    }
    return Wishes(
        wanted=frozenset(reminder for reminder, is_on in switches.items() if is_on),
        morning_at=chosen.morning_reminder_time,
        evening_at=chosen.evening_reminder_time,
        quiet_from=chosen.quiet_from,
        quiet_to=chosen.quiet_to,
    )


async def _practice(
    db: AsyncSession, member: Member, enrolled: Enrolled, story: Story, now: datetime
) -> Practice:
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


async def _tell(db: AsyncSession, whom: _Reminded, news: Due, no_news_after: datetime, now: datetime) -> None:
    week = await _look_back(db, whom, news)
    notice = reminder_notice(news, whom.member.id, week)
    href = PAGES[news.reminder]
    if not await notifications.tell_once(db, whom.member, notice, href=href, now=now):
        return
    if whom.by_mail:
        await _promise_mail(db, whom, _letter(whom, news, week), notice.dedupe_key, now)
    if whom.chosen.push_enabled:
        title, body = words_on_a_device(news)
        shown = push.Shown(title, body, href, notice.dedupe_key)
        await push.enqueue(db, whom.member.id, shown, now=now, expires_at=no_news_after)


async def _look_back(db: AsyncSession, whom: _Reminded, news: Due) -> LookBack | None:
    if news.reminder is not Reminder.weekly_digest:
        return None
    return await digest.of_week(db, whom.enrolled.session_id, whom.member.id, whom.story, news.week)


def _wants_mail(user: User, chosen: ProfileSettings) -> bool:
    return bool(user.email) and not user.is_anonymous and chosen.email_reminders_enabled


async def _promise_mail(
    db: AsyncSession, whom: _Reminded, letter: Letter, dedupe_key: str, now: datetime
) -> None:
    await mail.enqueue(
        db,
        letter,
        to=whom.member.email,
        user_id=whom.member.id,
        dedupe_key=dedupe_key,
        now=now,
        expires_at=now + LATEST - WINDOW,
    )


def _letter(whom: _Reminded, news: Due, week: LookBack | None) -> Letter:
    way_out = unsubscribe(unsubscribing.token(whom.member.id, news.reminder))
    known = (whom.member.first_name, whom.enrolled.book_name, way_out)
    if week:
        return WeeklyDigest(*known, **_in_numbers(week))
    match news.reminder:
        case Reminder.evening:
            return EveningReminder(*known, program_day=news.programme_day)
        case Reminder.streak_warning:
            return StreakWarning(*known, streak_days=news.streak)
        case _:
            return MorningReminder(*known, program_day=news.programme_day)


def _in_numbers(week: LookBack) -> dict[str, Any]:
    return {
        "week": week.week,
        "first": week.first,
        "last": week.last,
        "days_kept": week.days_in_words,
        "pages": week.pages,
        "points": week.points,
    }
