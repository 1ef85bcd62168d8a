"""A member's way through a session, told in programme days, for tests that need one."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from gynergy_app.domain.gamification import DAILY, Activity, Page, Story, StreakEventKind

MORNING, EVENING, ACTION = DAILY
START = date(2026, 3, 2)
"""A Monday, so that days 6 and 7 are a weekend."""

USUAL_TIMES = {MORNING: time(8, 30), EVENING: time(21), ACTION: time(13)}


def the_day(number: int) -> date:
    return START + timedelta(days=number - 1)


def march(*numbers: int) -> frozenset[date]:
    return frozenset(the_day(number) for number in numbers)


def a_page(activity: Activity, number: int, at: str | None = None, mood: int | None = None) -> Page:
    """`at` is a wall clock time, "06:30", or "+00:30" for half past midnight of the day after."""
    clock = time.fromisoformat((at or "").removeprefix("+")) if at else USUAL_TIMES.get(activity, time(12))
    late = timedelta(days=1) if at and at.startswith("+") else timedelta()
    return Page(activity, the_day(number), datetime.combine(the_day(number), clock) + late, mood)


def pages(activities: Iterable[Activity], numbers: Iterable[int], at: str | None = None) -> tuple[Page, ...]:
    chosen = tuple(activities)
    return tuple(a_page(activity, number, at) for number in numbers for activity in chosen)


def whole_days(*numbers: int) -> tuple[Page, ...]:
    return pages(DAILY, numbers)


def a_story(*written: Page, today: int | None = None, **more: int) -> Story:
    """The story of these pages, told on the day of the last of them unless `today` says otherwise."""
    last = max((page.day for page in written), default=START)
    return Story(START, the_day(today) if today else last, tuple(written), **more)  # pyright: ignore[reportArgumentType]


def frozen(story: Story, *numbers: int) -> Story:
    return Story(story.start, story.today, story.pages, forgiven={StreakEventKind.freeze: march(*numbers)})
