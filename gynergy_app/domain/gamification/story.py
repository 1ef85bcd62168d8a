"""What is known about a member's way through one book session: enough to decide every badge, and no words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property

from gynergy_app.domain.gamification.kinds import DAILY, Activity, StreakEventKind
from gynergy_app.domain.gamification.streaks import Kept
from gynergy_app.domain.journaling.moods import moods_by_day
from gynergy_app.domain.programs import programme_day, programme_week, reflection_week


@dataclass(frozen=True)
class Page:
    """A finished page: the day it is kept for, and what the member's wall clock showed at the end."""

    activity: Activity
    day: date
    at: datetime
    mood: int | None = None

    @property
    def is_same_day(self) -> bool:
        """Written on its own day, not for yesterday after midnight."""
        return self.at.date() == self.day

    @property
    def written_on(self) -> date:
        """A page of a week is kept under the day it opens, and written on any of seven."""
        return self.day if self.activity in DAILY else self.at.date()


@dataclass(frozen=True)
class Story:
    """The dated facts of one member in one book session. Later features fill what is still 0.

    `visions` are finished, `journey_areas` filled in; neither belongs to a day. `encouragements` counts each
    day's people once, however many words went to them.
    """

    start: date
    today: date
    pages: tuple[Page, ...] = ()
    forgiven: Mapping[StreakEventKind, frozenset[date]] = field(default_factory=dict)
    open_from: date | None = None
    joined: date | None = None
    visions: int = 0
    journey_areas: int = 0
    shares: int = 0
    encouragements: int = 0
    invited: int = 0

    @cached_property
    def kept(self) -> Kept:
        return kept_from(((page.activity, page.day) for page in self.pages), self.forgiven, self.start)

    @cached_property
    def moods(self) -> dict[date, Fraction]:
        return moods_by_day((page.day, page.mood) for page in self.pages if page.mood is not None)

    @property
    def day(self) -> int:
        return programme_day(self.start, self.today)

    @property
    def week(self) -> int:
        return programme_week(self.day)

    @cached_property
    def last_written_day(self) -> int:
        """The programme day of the latest page; 0 before the first."""
        days = (programme_day(self.start, page.written_on) for page in self.pages)
        return max(days, default=0)

    def week_streak_of(self, activity: Activity) -> int:
        """Weeks in a row, the one that is still open not yet missed."""
        week_of = reflection_week if activity == Activity.weekly_reflection else programme_week
        open_day = programme_day(self.start, self.open_from or self.today)
        return self.kept.week_streak_of(activity, week_of(self.day), week_of(open_day))

    @property
    def first_day(self) -> date:
        """The first day that was hers to keep: who joins late has missed nothing before."""
        return max(self.start, self.joined or self.start)

    def with_page(self, page: Page) -> "Story":
        """As it stands once this page is finished."""
        return replace(self, pages=(*self.pages, page))


def kept_from(
    pages: Iterable[tuple[Activity, date]],
    forgiven: Mapping[StreakEventKind, frozenset[date]],
    start: date,
) -> Kept:
    """The days and weeks of finished pages, beside the days that were forgiven."""
    days: dict[Activity, set[date]] = {}
    weeks: dict[Activity, set[int]] = {}
    for activity, day in pages:
        if activity in DAILY:
            days.setdefault(activity, set()).add(day)
        else:
            weeks.setdefault(activity, set()).add(programme_week(programme_day(start, day)))
    return Kept(
        {activity: frozenset(of_activity) for activity, of_activity in days.items()},
        {activity: frozenset(of_activity) for activity, of_activity in weeks.items()},
        forgiven.get(StreakEventKind.freeze, frozenset()),
        forgiven.get(StreakEventKind.repair, frozenset()),
        forgiven.get(StreakEventKind.crossing, frozenset()),
    )
