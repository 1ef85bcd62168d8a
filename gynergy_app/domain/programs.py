"""The shape of a program: its days, phases and milestones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from gynergy_app.domain.text import counted


class SessionStatus(StrEnum):
    upcoming = "upcoming"
    active = "active"
    grace_period = "grace_period"
    completed = "completed"


class ActionType(StrEnum):
    daily = "daily"
    weekly = "weekly"


PROGRAM_DAYS = 45
PHASE_DAYS = 9
WEEK_DAYS = 7
GRACE_DAYS = 30
LAST_ENROLLMENT_DAY = 9
MILESTONE_DAYS = (9, 18, 27, 36, 45)


@dataclass(frozen=True)
class Phase:
    """One stretch of the way, as `books.journey_phases` holds it."""

    order: int
    name: str
    subtitle: str
    start_day: int
    end_day: int
    description: str = ""

    def holds(self, day: int) -> bool:
        return self.start_day <= day <= self.end_day


PHASES = (
    Phase(1, "Shadow Work", "Foundation", 1, 9),
    Phase(2, "Self-Forgiveness", "Letting go", 10, 18),
    Phase(3, "Awakening", "Clarity", 19, 27),
    Phase(4, "Vision and Goals", "Direction", 28, 36),
    Phase(5, "Action through Gratitude", "Integration", 37, 45),
)


def programme_day(start: date, today: date) -> int:
    """Day 1 is the day the session starts; zero and below are the days before it.

    >>> programme_day(date(2026, 3, 1), date(2026, 3, 9))
    9
    >>> programme_day(date(2026, 3, 1), date(2026, 2, 28))
    0
    """
    return (today - start).days + 1


def date_of(start: date, day: int) -> date:
    """The calendar date of a programme day."""
    return start + timedelta(days=day - 1)


def programme_week(day: int) -> int:
    """Week n holds the days 7n-6 to 7n.

    >>> [programme_week(day) for day in (1, 7, 8, 45)]
    [1, 1, 2, 7]
    """
    return (day - 1) // WEEK_DAYS + 1


def reflection_week(day: int) -> int:
    """The week whose reflection is open: week n's opens on day 7n, for seven days; 0 before the first.

    >>> [reflection_week(day) for day in (6, 7, 13, 14)]
    [0, 1, 1, 2]
    """
    return max(day, 0) // WEEK_DAYS


def nine_days_of(day: int) -> int:
    """Which stretch of nine days a day lies in, from 1 on; goes on counting after day 45."""
    return (day - 1) // PHASE_DAYS + 1


def phase_of(day: int, phases: Sequence[Phase] = PHASES) -> Phase | None:
    """The phase a day belongs to; none before the first day and after the last.

    >>> phase_of(10).name
    'Self-Forgiveness'
    """
    return next((phase for phase in phases if phase.holds(day)), None)


def read_phases(rows: Sequence[dict]) -> tuple[Phase, ...]:
    """`books.journey_phases` as phases, in order."""
    fields = ("order", "name", "subtitle", "start_day", "end_day", "description")
    phases = (Phase(**{field: row[field] for field in fields if field in row}) for row in rows)
    return tuple(sorted(phases, key=lambda phase: phase.order))


def period_of(day: int, periods: int = PROGRAM_DAYS) -> int:
    """Which of the book's actions or quotes a day takes: after the last one they come round again.

    >>> period_of(45), period_of(46), period_of(8, periods=6)
    (45, 1, 2)
    """
    return (day - 1) % periods + 1


def milestones_reached(last_written_day: int, days: Sequence[int] = MILESTONE_DAYS) -> int:
    """How many milestones a page on this programme day, or a later one, has reached.

    >>> milestones_reached(8), milestones_reached(9), milestones_reached(30)
    (0, 1, 3)
    """
    return sum(last_written_day >= day for day in days)


def next_milestone(day: int, days: Sequence[int] = MILESTONE_DAYS) -> int | None:
    """The day of the milestone that lies ahead, today included."""
    return next((milestone for milestone in sorted(days) if milestone >= day), None)


def completes_program(day: int, has_written: bool, duration: int = PROGRAM_DAYS) -> bool:
    """Opens the community: the last day has come, and at least one page was written on the way."""
    return day >= duration and has_written


def can_enroll(start: date, today: date) -> bool:
    """Enrollment closes after day 9.

    >>> can_enroll(date(2026, 3, 1), date(2026, 3, 9)), can_enroll(date(2026, 3, 1), date(2026, 3, 10))
    (True, False)
    """
    return programme_day(start, today) <= LAST_ENROLLMENT_DAY


def last_day(start: date, duration: int = PROGRAM_DAYS) -> date:
    return date_of(start, duration)


def grace_end(end: date) -> date:
    return end + timedelta(days=GRACE_DAYS)


def status_on(today: date, start: date, end: date, grace_period_end: date | None = None) -> SessionStatus:
    """
    >>> status_on(date(2026, 4, 20), start=date(2026, 3, 1), end=date(2026, 4, 14)).value
    'grace_period'
    """
    if today < start:
        return SessionStatus.upcoming
    if today <= end:
        return SessionStatus.active
    return (
        SessionStatus.grace_period
        if today <= (grace_period_end or grace_end(end))
        else SessionStatus.completed
    )


_FIRST_CLOCK, _LAST_CLOCK = timedelta(hours=14), timedelta(hours=-12)
"""The clocks that are furthest ahead and furthest behind, of all on Earth."""
_STILL_YESTERDAY = timedelta(hours=3)
"""Until then a member may write for the day before."""


def stage_on(now: datetime, start: date, end: date, grace_period_end: date | None = None) -> SessionStatus:
    """The one stage a session is in for everybody, wherever its members are; `now` is in UTC.

    It begins with the first clock on Earth and ends with the last: while anybody may still live a day of it,
    or write for one until 03:00, that day is not over. Each member's own day is told by her own clock alone.

    >>> from datetime import UTC
    >>> last_day = date(2026, 4, 15)
    >>> hours = [datetime(2026, 4, 16, hour, tzinfo=UTC) for hour in (14, 15)]
    >>> [stage_on(now, date(2026, 3, 2), last_day).value for now in hours]
    ['active', 'grace_period']
    """
    begun = status_on((now + _FIRST_CLOCK).date(), start, end, grace_period_end)
    if begun is SessionStatus.upcoming:
        return begun
    over = status_on((now + _LAST_CLOCK - _STILL_YESTERDAY).date(), start, end, grace_period_end)
    return SessionStatus.active if over is SessionStatus.upcoming else over


def stages_before(stage: SessionStatus) -> tuple[SessionStatus, ...]:
    """From which a session may still move on to this one; it never moves back by itself."""
    order = tuple(SessionStatus)
    return order[: order.index(stage)]


def is_session_day(day: date, start: date, end: date, grace_period_end: date | None = None) -> bool:
    """Pages may be written from the first day to the last day of grace."""
    return status_on(day, start, end, grace_period_end) in (SessionStatus.active, SessionStatus.grace_period)


def countdown(start: date, today: date) -> str:
    """
    >>> countdown(date(2026, 3, 1), date(2026, 2, 26))
    'Starts in three days'
    >>> countdown(date(2026, 3, 1), date(2026, 3, 4))
    'Day 4'
    """
    ahead = (start - today).days
    if ahead <= 0:
        return f"Day {programme_day(start, today)}"
    return "Starts tomorrow" if ahead == 1 else f"Starts in {counted(ahead, 'day')}"
