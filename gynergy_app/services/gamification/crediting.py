"""What belongs to a whole session and to none of its days: it earns once, and may complete a badge.

No streak grows by it and no milestone is reached by it: those are days somebody wrote on.
"""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import Activity, Award, Page, Story, award_for
from gynergy_app.domain.journaling import local_time, open_from
from gynergy_app.repositories import points_transactions
from gynergy_app.services import events
from gynergy_app.services.events import EventType
from gynergy_app.services.gamification import stories, unlocking
from gynergy_app.services.gamification.completion import Completion, UnlockedBadge
from gynergy_app.services.gamification.keeping import ledger_row
from gynergy_app.services.programs import Enrolled


async def credit(
    db: AsyncSession,
    member: Member,
    enrolled: Enrolled,
    activity: Activity,
    *,
    source_id: UUID,
    now: datetime,
) -> Completion:
    """The caller holds the member's practice; the row that is counted is flushed."""
    story = await _story(db, member, enrolled, now)
    page = Page(activity, enrolled.today, local_time(now, member.timezone))
    award = _award(member, enrolled, story, page, now)
    async with elevated(db):
        row = ledger_row(member, enrolled, activity, award, page, source_id, now)
        await points_transactions.add_once(db, [row])
        unlocked = await unlocking.unlock(db, member, enrolled, story, now=now)
        events.record(db, EventType.journal_completed, member, activity=activity, is_first=story.visions == 1)
    return Completion(
        activity=activity,
        award=award,
        points_total=await points_transactions.total(db, enrolled.session_id, member.id),
        streak_days=story.kept.streak(story.today, story.open_from),
        badges=unlocked.unlocked,
    )


async def look_for_badges(
    db: AsyncSession, member: Member, enrolled: Enrolled, *, now: datetime
) -> tuple[UnlockedBadge, ...]:
    """The badges the member has just earned without earning points. The caller holds the practice."""
    story = await _story(db, member, enrolled, now)
    async with elevated(db):
        return (await unlocking.unlock(db, member, enrolled, story, now=now)).unlocked


async def _story(db: AsyncSession, member: Member, enrolled: Enrolled, now: datetime) -> Story:
    record = await stories.read(db, member, enrolled)
    return stories.with_freezes(record.story(member, enrolled, now))


def _award(member: Member, enrolled: Enrolled, story: Story, page: Page, now: datetime) -> Award:
    return award_for(
        page.activity,
        enrolled.worth.on(page.activity, page.written_on),
        story.kept,
        enrolled.rules_on(page.written_on),
        day=page.day,
        local_at=page.at,
        open_from=open_from(now, member.timezone),
    )
