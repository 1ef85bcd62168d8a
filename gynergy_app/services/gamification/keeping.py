"""What follows from a finished page: forgiven days, points, badges, counters, and the news of them."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import (
    Activity,
    Award,
    Page,
    Story,
    StreakEventKind,
    award_for,
    freezes_due,
    freezes_left,
)
from gynergy_app.domain.journaling import local_time, open_from
from gynergy_app.domain.notifications import STREAK_MARKS, freeze_notice, streak_notice
from gynergy_app.models.gamification import PointsTransaction, StreakEvent
from gynergy_app.repositories import points_transactions
from gynergy_app.routes import HISTORY, history_day
from gynergy_app.services import events, graduation, notifications
from gynergy_app.services.events import EventType
from gynergy_app.services.gamification import stories, unlocking
from gynergy_app.services.gamification.completion import Completion
from gynergy_app.services.programs import Enrolled

PAGE = "page"
"""`source_type` of points for a page; the source is the page's row."""

COUNTERS = {
    Activity.morning_journal: "morning",
    Activity.evening_journal: "evening",
    Activity.gratitude_action: "gratitude",
}
WEEKLY_COUNTERS = {
    Activity.weekly_reflection: "weekly_reflection",
    Activity.weekly_challenge: "weekly_challenge",
}


async def keep(
    db: AsyncSession,
    member: Member,
    enrolled: Enrolled,
    activity: Activity,
    *,
    day: date,
    source_id: UUID,
    now: datetime,
) -> Completion:
    """Count a page that was just finished. The caller holds the member's practice; the page's row is flushed.

    Awards once for a source, however often it is called.
    """
    record = await stories.read(db, member, enrolled)
    mood = next((page.mood for page in record.pages if page.source_id == source_id), None)
    before = record.story(member, enrolled, now, without=source_id)
    thawed = _freezes(before, member, now)
    before = replace(before, forgiven=stories.freeze(before.forgiven, thawed))
    page = Page(activity, day, local_time(now, member.timezone), mood)
    award = award_for(
        activity,
        enrolled.worth.on(activity, page.written_on),
        before.kept,
        enrolled.rules_on(page.written_on),
        day=day,
        local_at=page.at,
        open_from=open_from(now, member.timezone),
    )
    story = before.with_page(page)
    async with elevated(db):
        db.add_all(_frozen_rows(member, enrolled, thawed, now))
        row = ledger_row(member, enrolled, activity, award, page, source_id, now)
        await points_transactions.add_once(db, [row])
        badges = await unlocking.unlock(db, member, enrolled, story, now=now)
        count(enrolled, story)
        db.add(enrolled.enrollment)
        _record(db, member, before, story, page)
        await _tell(db, member, enrolled, before, story, thawed, now)
        await graduation.graduate(db, member, enrolled, story, now=now)
    reached = badges.milestone
    return Completion(
        activity=activity,
        award=award,
        points_total=await points_transactions.total(db, enrolled.session_id, member.id),
        streak_days=story.kept.streak(story.today, story.open_from),
        badges=badges.unlocked,
        milestone_day=reached.day if reached else None,
        milestone_name=reached.name if reached else "",
    )


async def already_kept(
    db: AsyncSession, member: Member, enrolled: Enrolled, activity: Activity, source_id: UUID
) -> Completion:
    """The answer for a page that was finished before: what it earned then, and nothing new."""
    row = await points_transactions.of_source(db, member.id, source_id, activity)
    award = Award.of(row.base_points, row.multiplier, row.details) if row else None
    total = await points_transactions.total(db, enrolled.session_id, member.id)
    return Completion(activity, award, points_total=total, was_already=True)


def count(enrolled: Enrolled, story: Story) -> None:
    """Rewrite the enrollment's counters from the dated rows they are a cache of."""
    for activity, name in COUNTERS.items():
        setattr(enrolled.enrollment, f"{name}_completion", len(story.kept.of(activity)))
        streak = story.kept.streak_of(activity, story.today, story.open_from)
        setattr(enrolled.enrollment, f"{name}_streak", streak)
    for activity, name in WEEKLY_COUNTERS.items():
        setattr(enrolled.enrollment, f"{name}_completion", len(story.kept.weeks_of(activity)))
        setattr(enrolled.enrollment, f"{name}_streak", story.week_streak_of(activity))


def _freezes(before: Story, member: Member, now: datetime) -> list[date]:
    kept = before.kept
    return freezes_due(
        kept.any_day,
        kept.frozen,
        open_from(now, member.timezone),
        before.start,
        repaired=kept.repaired,
        crossed=kept.crossed,
    )


def _frozen_rows(member: Member, enrolled: Enrolled, days: list[date], now: datetime) -> list[StreakEvent]:
    place = {"user_id": member.id, "session_id": enrolled.session_id, "created_at": now}
    return [StreakEvent(day=day, kind=StreakEventKind.freeze, **place) for day in days]


def ledger_row(
    member: Member,
    enrolled: Enrolled,
    activity: Activity,
    award: Award,
    page: Page,
    source_id: UUID,
    now: datetime,
) -> PointsTransaction:
    return PointsTransaction(
        user_id=member.id,
        session_id=enrolled.session_id,
        activity_type=activity,
        base_points=award.base,
        multiplier=award.multiplier,
        bonus_points=award.bonus,
        final_points=award.final,
        source_type=PAGE,
        source_id=source_id,
        details=award.details(page.at),
        earned_on=page.written_on,
        earned_at=now,
    )


def _record(db: AsyncSession, member: Member, before: Story, story: Story, page: Page) -> None:
    is_action = page.activity in (Activity.gratitude_action, Activity.weekly_challenge)
    events.record(
        db,
        EventType.action_completed if is_action else EventType.journal_completed,
        member,
        activity=page.activity,
        day=page.day.isoformat(),
        is_first=not before.kept.has(page.activity),
    )
    if reached := _mark_reached(before, story):
        events.record(db, EventType.streak_reached, member, count=reached)


async def _tell(
    db: AsyncSession,
    member: Member,
    enrolled: Enrolled,
    before: Story,
    story: Story,
    frozen: list[date],
    now: datetime,
) -> None:
    kept = story.kept
    left = freezes_left(kept.frozen, kept.any_day, kept.repaired)
    for day in frozen:
        notice = freeze_notice(f"{day:%A}", left, enrolled.session_id, day)
        notifications.tell(db, member, notice, href=history_day(day.isoformat()), now=now)
    streak = streak_notice(_mark_reached(before, story), enrolled.session_id, story.today)
    if streak:
        await notifications.tell_once(db, member, streak, href=HISTORY, now=now)


def _mark_reached(before: Story, story: Story) -> int:
    """The streak length worth telling that this page has just brought; 0 for none."""
    was, streak = (told.kept.streak(told.today, told.open_from) for told in (before, story))
    return streak if streak > was and streak in STREAK_MARKS else 0
