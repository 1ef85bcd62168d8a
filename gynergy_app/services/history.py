"""Looking back: every day of a session, and any one of them opened."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import Activity, Story
from gynergy_app.domain.journaling import JournalType
from gynergy_app.repositories.kept_pages import KeptPage
from gynergy_app.services import graduation, programs
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
        return day is not None and self.enrolled.start_date <= day <= self.last_day

    def is_before_her(self, day: date) -> bool:
        """Whether it was over when she came. What she wrote for it is hers all the same."""
        return day < self.story.first_day and not self.on(day)

    @property
    def days_kept(self) -> int:
        """Of the days of the program."""
        return graduation.days_kept(self.enrolled, self.story)

    @property
    def whole_days(self) -> int:
        """Of the days of the program, those with all three pages."""
        return sum(day <= self.enrolled.end_date for day in self.story.kept.whole_days)

    @property
    def later_days(self) -> list[date]:
        """Days after those of the program that hold a page."""
        return sorted({page.day for page in self.pages if page.day > self.enrolled.end_date})

    @property
    def rest_days(self) -> frozenset[date]:
        """Days of it that a freeze held, and that are over."""
        over = min(self.enrolled.today, self.enrolled.end_date + timedelta(days=1))
        return frozenset(day for day in self.story.kept.frozen if day < over)

    @property
    def last_day(self) -> date:
        """The latest day that can be looked back on."""
        return min(self.enrolled.today, self.enrolled.open_until)


@dataclass(frozen=True)
class OpenedDay:
    """The three pages of one day as they were left, finished or not, and the two of its week."""

    morning: Page
    action: ActionPage
    evening: Page
    reflection: Page
    challenge: ChallengePage


async def read(
    db: AsyncSession, member: Member, session_id: UUID | None = None, *, now: datetime
) -> History | None:
    """None for somebody without a place in a session."""
    enrolled = await programs.enrollment(db, member, session_id, now=now)
    if enrolled is None:
        return None
    record = await stories.read(db, member, enrolled)
    story = stories.with_freezes(record.story(member, enrolled, now))
    return History(enrolled, story, record.pages)


async def open_day(
    db: AsyncSession, member: Member, day: date, session_id: UUID | None = None, *, now: datetime
) -> OpenedDay:
    """Any day of the session, however long ago: what was written stays readable."""
    of_day: Any = {"now": now, "day": day, "session_id": session_id}
    challenge = await challenges.open_challenge(db, member, **of_day)
    of_week = {**of_day, "day": challenge.sheet.week.last}
    return OpenedDay(
        morning=await pages.open_page(db, member, JournalType.morning, **of_day),
        action=await gratitude_actions.open_action(db, member, **of_day),
        evening=await pages.open_page(db, member, JournalType.evening, **of_day),
        reflection=await weekly.open_page(db, member, **of_week),
        challenge=challenge,
    )


async def other_session_of(db: AsyncSession, member: Member, day: date, *, now: datetime) -> UUID | None:
    """The session of hers that this day belongs to, if it is not the one she lives.

    Where two hold it, it belongs to the one that she had already come to.
    """
    places = await programs.places(db, member, now=now)
    holding = [place for place in places if place.holds(day)]
    held = next((place for place in holding if place.came_on <= day), next(iter(holding), None))
    return held.session_id if held and held != places[0] else None
