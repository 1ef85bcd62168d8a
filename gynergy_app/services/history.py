"""Looking back: every day of a session, and any one of them opened."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import Activity, Story
from gynergy_app.domain.journaling import JournalType
from gynergy_app.repositories.kept_pages import KeptPage
from gynergy_app.services import programs
from gynergy_app.services.gamification import stories
from gynergy_app.services.journaling import challenges, gratitude_actions, pages, weekly
from gynergy_app.services.journaling.challenges import ChallengePage
from gynergy_app.services.journaling.gratitude_actions import ActionPage
from gynergy_app.services.journaling.pages import Page
from gynergy_app.services.programs import Enrolled


@dataclass(frozen=True)
class History:
    """A session's days. `pages` are the finished ones, oldest first."""

    enrolled: Enrolled
    story: Story
    pages: tuple[KeptPage, ...]

    def on(self, day: date) -> dict[Activity, KeptPage]:
        return {page.activity: page for page in self.pages if page.day == day}

    def holds(self, day: date | None) -> bool:
        """Whether it is a day of this session that has begun."""
        return day is not None and self.enrolled.start_date <= day <= self.enrolled.today


@dataclass(frozen=True)
class OpenedDay:
    """The three pages of one day as they were left, finished or not, and the two of its week."""

    morning: Page
    action: ActionPage
    evening: Page
    reflection: Page
    challenge: ChallengePage


async def read(db: AsyncSession, member: Member, *, now: datetime) -> History | None:
    """None for somebody without a place in a session."""
    enrolled = await programs.current_enrollment(db, member, now=now)
    if enrolled is None:
        return None
    record = await stories.read(db, member, enrolled)
    story = stories.with_freezes(record.story(member, enrolled, now))
    return History(enrolled, story, record.pages)


async def open_day(db: AsyncSession, member: Member, day: date, *, now: datetime) -> OpenedDay:
    """Any day of the session, however long ago: what was written stays readable."""
    challenge = await challenges.open_challenge(db, member, now=now, day=day)
    return OpenedDay(
        morning=await pages.open_page(db, member, JournalType.morning, now=now, day=day),
        action=await gratitude_actions.open_action(db, member, now=now, day=day),
        evening=await pages.open_page(db, member, JournalType.evening, now=now, day=day),
        reflection=await weekly.open_page(db, member, now=now, day=challenge.sheet.week.last),
        challenge=challenge,
    )
