"""What the day asks for, read in as few questions as it takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import DAILY, Activity, Rules, Story, freezes_left
from gynergy_app.domain.journaling import local_time, may_write_yesterday
from gynergy_app.domain.programs import Phase, countdown, period_of, phase_of, programme_day
from gynergy_app.repositories import book_sessions, daily_words
from gynergy_app.repositories.book_sessions import Pulse
from gynergy_app.repositories.daily_words import DailyWords
from gynergy_app.repositories.kept_pages import KeptPage
from gynergy_app.services import kindness, programs, weeks
from gynergy_app.services.gamification import stories
from gynergy_app.services.kindness import Repair
from gynergy_app.services.programs import Enrolled
from gynergy_app.services.weeks import WeekOfPages


@dataclass(frozen=True)
class Closing:
    """What a finished day ends with: something she wrote tonight, and what tomorrow asks for."""

    own_words: str
    tomorrow_action: str


@dataclass(frozen=True)
class Today:
    """One member's day. `pages` holds what was finished today; `story` everything since the first day."""

    enrolled: Enrolled
    story: Story
    pages: Mapping[Activity, KeptPage]
    words: DailyWords
    pulse: Pulse | None
    may_write_for_yesterday: bool
    week: WeekOfPages | None = None
    early: Rules | None = None
    """Before noon, while the morning page is open: what an early one adds, and until when."""
    next_start: date | None = None
    """Once her session is over: when the next one begins that she may join."""

    @property
    def is_closed(self) -> bool:
        """Whether the session takes no page any more."""
        return self.enrolled.today > self.enrolled.open_until

    @property
    def phase(self) -> Phase | None:
        return phase_of(self.enrolled.day, self.enrolled.phases)

    @property
    def countdown(self) -> str:
        return countdown(self.enrolled.start_date, self.enrolled.today)

    @property
    def streak_days(self) -> int:
        return self.story.kept.streak(self.story.today, self.story.open_from)

    @property
    def freezes_left(self) -> int:
        kept = self.story.kept
        return freezes_left(kept.frozen, kept.any_day, kept.repaired)

    @property
    def next_activity(self) -> Activity | None:
        """The first page of the day, in the order of the clock, that is not finished."""
        return next((activity for activity in DAILY_BY_THE_CLOCK if activity not in self.pages), None)

    @property
    def closing(self) -> Closing | None:
        """None until the last page of the day is finished."""
        if self.enrolled.day < 1 or self.next_activity:
            return None
        ahead = self.words.action_ahead
        return Closing(self.pages[Activity.evening_journal].words, ahead.title if ahead else "")

    @property
    def pages_by_day(self) -> dict[int, int]:
        """How many of its pages each programme day kept."""
        kept: dict[int, int] = {}
        for page in self.story.pages:
            if page.activity in DAILY:
                day = programme_day(self.enrolled.start_date, page.day)
                kept[day] = kept.get(day, 0) + 1
        return kept

    @property
    def missed_yesterday(self) -> date | None:
        """Yesterday, when it was a day of the session and holds no page; None on the first day.

        Nor is it missed when a journey took it.
        """
        yesterday = self.enrolled.today - timedelta(days=1)
        kept = self.story.kept
        is_over = yesterday >= self.story.first_day and self.enrolled.day <= len(self.ring_days)
        return yesterday if is_over and yesterday not in kept.any_day | kept.repaired | kept.crossed else None

    @property
    def days_away(self) -> int:
        """Whole days since the last page, today not counted; 0 for somebody who has not written yet."""
        last = max((page.written_on for page in self.story.pages), default=self.enrolled.today)
        return max((self.enrolled.today - last).days - 1, 0)

    @property
    def repair(self) -> Repair | None:
        """The missed day that two lines would bring back, the latest first."""
        days = (self.enrolled.today - timedelta(days=ago) for ago in (1, 2))
        return next((offer for day in days if (offer := kindness.offered(self.story, day))), None)

    @property
    def ring_days(self) -> range:
        return range(1, programme_day(self.enrolled.start_date, self.enrolled.end_date) + 1)


NOON = time(12)
DAILY_BY_THE_CLOCK = (Activity.morning_journal, Activity.gratitude_action, Activity.evening_journal)


async def read(db: AsyncSession, member: Member, *, now: datetime) -> Today | None:
    """None for somebody without a place in a session. Four questions whatever the day."""
    enrolled = await programs.current_enrollment(db, member, now=now)
    if enrolled is None:
        return None
    is_over = enrolled.today > enrolled.end_date
    record = await stories.read(db, member, enrolled, words_of=enrolled.today)
    words = await daily_words.of_day(db, enrolled.book_id, period_of(max(enrolled.day, 1)))
    pages = {page.activity: page for page in record.pages if _is_of(enrolled.today, page)}
    return Today(
        enrolled=enrolled,
        story=stories.with_freezes(record.story(member, enrolled, now)),
        pages=pages,
        words=words,
        pulse=None if is_over else await _pulse(db, enrolled, now),
        may_write_for_yesterday=may_write_yesterday(now, member.timezone),
        week=weeks.current(member, enrolled, record, words.challenges, now=now),
        early=_early(member, enrolled, pages, now),
        next_start=await programs.nearest_start(db, member, now=now) if is_over else None,
    )


def _early(
    member: Member, enrolled: Enrolled, pages: Mapping[Activity, KeptPage], now: datetime
) -> Rules | None:
    is_open = enrolled.day >= 1 and Activity.morning_journal not in pages
    if not is_open or local_time(now, member.timezone).time() >= NOON:
        return None
    return enrolled.rules_on(enrolled.today)


async def _pulse(db: AsyncSession, enrolled: Enrolled, now: datetime) -> Pulse | None:
    return await book_sessions.pulse(db, enrolled.cohort_id, now) if enrolled.cohort_id else None


def _is_of(day: date, page: KeptPage) -> bool:
    """One of the three pages of a day; those of a week stand apart."""
    return page.day == day and page.activity in DAILY
