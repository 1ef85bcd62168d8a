"""The forty-five days as a calendar: what each kept, which are at rest, which lie ahead."""

from dataclasses import dataclass
from datetime import date, timedelta

from gynergy_app import routes
from gynergy_app.domain.programs import MILESTONE_DAYS, programme_day
from gynergy_app.domain.text import counted, spoken_day
from gynergy_app.services.history import History
from gynergy_app.services.today import DAILY_BY_THE_CLOCK
from gynergy_app.state.programs.sessions import link_session

DAYS = 45


@dataclass(frozen=True)
class Cell:
    """One day of the calendar. `morning`, `action` and `evening` are its three marks."""

    number: str
    href: str
    style: str
    says: str
    is_ahead: bool = False
    is_rest: bool = False
    is_before_her: bool = False
    morning: bool = False
    action: bool = False
    evening: bool = False
    flag: str = ""


@dataclass(frozen=True)
class LaterDay:
    """A day after those of the calendar that holds a page."""

    name: str
    href: str


def cells(past: History, wanted: date | None = None) -> list[Cell]:
    """Every day of the session; `wanted` is the one that is open."""
    start = past.enrolled.start_date
    return [_cell(past, start + timedelta(days=n), wanted) for n in range(DAYS)]


def later_days(past: History) -> list[LaterDay]:
    place = past.enrolled
    return [
        LaterDay(
            f"Day {programme_day(place.start_date, day)}, {spoken_day(day)}",
            routes.history_day(day.isoformat(), link_session(place)),
        )
        for day in past.later_days
    ]


def week_days(past: History) -> list[str]:
    """Over the seven columns: a week begins with the session's first day."""
    return [f"{past.enrolled.start_date + timedelta(days=n):%a}" for n in range(7)]


def _cell(past: History, day: date, wanted: date | None) -> Cell:
    place = past.enrolled
    number = programme_day(place.start_date, day)
    flag = _flag(past, number)
    if day > place.today:
        return Cell(str(number), "", "day is-ahead", f"Day {number}, ahead", is_ahead=True, flag=flag)
    pages = past.on(day)
    kept = [activity in pages for activity in DAILY_BY_THE_CLOCK]
    is_rest, is_before_her = day in past.story.kept.frozen, past.is_before_her(day)
    styles = [
        "day",
        "is-rest" * is_rest,
        "is-ahead" * is_before_her,
        "is-today" * (day == place.today),
        "is-open" * (day == wanted),
    ]
    return Cell(
        str(number),
        routes.history_day(day.isoformat(), link_session(place)),
        " ".join(filter(None, styles)),
        _says(number, day, "before you came" if is_before_her else _kept_words(sum(kept), is_rest)),
        is_rest=is_rest,
        is_before_her=is_before_her,
        morning=kept[0],
        action=kept[1],
        evening=kept[2],
        flag=flag,
    )


def _flag(past: History, number: int) -> str:
    if number not in MILESTONE_DAYS:
        return ""
    return "flag is-reached" if past.story.last_written_day >= number else "flag"


def _kept_words(kept: int, is_rest: bool) -> str:
    return "a day of rest" if is_rest else f"{counted(kept, 'page')} of three"


def _says(number: int, day: date, what: str) -> str:
    return f"Day {number}, {spoken_day(day)}: {what}"
