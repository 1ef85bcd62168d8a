"""The pages of the weeks: what stands open now, and what every week so far has kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import Activity
from gynergy_app.domain.journaling import Week, challenge_of, open_from, reflection_of
from gynergy_app.domain.programs import programme_day, programme_week, reflection_week
from gynergy_app.models.programs import Action
from gynergy_app.repositories import action_logs
from gynergy_app.repositories.kept_pages import KeptPage
from gynergy_app.services import programs
from gynergy_app.services.gamification import stories
from gynergy_app.services.gamification.stories import Record
from gynergy_app.services.journaling.challenges import Challenge, asked_in
from gynergy_app.services.journaling.meditations import AIM
from gynergy_app.services.programs import Enrolled


@dataclass(frozen=True)
class WeekPage:
    """One page of a week, on the day `today` of its member. `kept` once it was finished.

    `is_before_her`: the week it is about was over when she came. `is_lived`: it belongs to the session that
    she lives; another one's takes no page.
    """

    week: Week
    today: date
    opens_from: date
    kept: KeptPage | None
    is_before_her: bool = False
    is_lived: bool = True

    @property
    def is_ahead(self) -> bool:
        return self.is_lived and self.today < self.week.first

    @property
    def is_open(self) -> bool:
        return self.is_lived and not self.is_ahead and self.opens_from <= self.week.last


@dataclass(frozen=True)
class WeekOfPages:
    """A programme week: what it asked for, and the reflection that looks back on it.

    `sittings`, the meditations logged in it, is None in a week that is not about them.
    """

    number: int
    challenge: Challenge
    challenge_page: WeekPage
    reflection_page: WeekPage
    sittings: int | None = None
    aim: int = AIM

    @property
    def is_hers(self) -> bool:
        """Who comes late is shown no week before, unless she wrote in it or still may."""
        pages = (self.challenge_page, self.reflection_page)
        return any(page.kept or page.is_open or not page.is_before_her for page in pages)


def current(
    member: Member, enrolled: Enrolled, record: Record, challenges: Sequence[Action], *, now: datetime
) -> WeekOfPages | None:
    """The challenge of this week beside the reflection that is open, or opens first. None before day 1."""
    if enrolled.day < 1:
        return None
    opens_from = open_from(now, member.timezone)
    week = _week(enrolled, record, challenges, programme_week(enrolled.day), opens_from)
    to_reflect_on = reflection_of(enrolled.start_date, max(reflection_week(enrolled.day), 1))
    return replace(
        week,
        reflection_page=_page(enrolled, record.pages, Activity.weekly_reflection, to_reflect_on, opens_from),
    )


async def every(
    db: AsyncSession, member: Member, session_id: UUID | None = None, *, now: datetime
) -> list[WeekOfPages] | None:
    """Every week of hers that has begun, the latest first. None without a place in a session."""
    enrolled = await programs.enrollment(db, member, session_id, now=now)
    if enrolled is None:
        return None
    record = await stories.read(db, member, enrolled)
    asked = await action_logs.challenges(db, enrolled.book_id)
    opens_from = open_from(now, member.timezone)
    last_day = min(enrolled.day, programme_day(enrolled.start_date, enrolled.open_until))
    begun = range(programme_week(last_day), 0, -1)
    weeks = (_week(enrolled, record, asked, number, opens_from) for number in begun)
    return [week for week in weeks if week.is_hers]


def _week(
    enrolled: Enrolled, record: Record, asked: Sequence[Action], number: int, opens_from: date
) -> WeekOfPages:
    challenge = challenge_of(enrolled.start_date, number)
    reflection = reflection_of(enrolled.start_date, number)
    week = WeekOfPages(
        number=number,
        challenge=Challenge.of(asked_in(challenge, asked)),
        challenge_page=_page(enrolled, record.pages, Activity.weekly_challenge, challenge, opens_from),
        reflection_page=_page(enrolled, record.pages, Activity.weekly_reflection, reflection, opens_from),
    )
    return replace(week, sittings=_sittings(record, week))


def _page(
    enrolled: Enrolled, pages: Iterable[KeptPage], activity: Activity, week: Week, opens_from: date
) -> WeekPage:
    kept = next((page for page in pages if page.activity == activity and page.day == week.first), None)
    is_before_her = week.number < programme_week(enrolled.first_day)
    return WeekPage(week, enrolled.today, opens_from, kept, is_before_her, enrolled.is_current)


def _sittings(record: Record, week: WeekOfPages) -> int | None:
    if not week.challenge.is_meditation:
        return None
    days = week.challenge_page.week
    return sum(days.first <= day <= days.last for day in record.sittings)
