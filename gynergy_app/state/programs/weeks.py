"""The pages of the weeks, in words: this week's on Today, and all of them on a page of their own."""

from dataclasses import dataclass, field, replace
from uuid import UUID

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Right
from gynergy_app.domain.programs import WEEK_DAYS
from gynergy_app.domain.text import spoken_day, until_day
from gynergy_app.guard import member
from gynergy_app.services import weeks
from gynergy_app.services.weeks import WeekOfPages, WeekPage
from gynergy_app.state.journaling.challenge import sittings_words
from gynergy_app.state.programs.sessions import asked_session


@dataclass(frozen=True)
class WeekRow:
    """One page of a week. No `href`: there is nothing to open yet, or nothing was written."""

    name: str
    note: str
    symbol: str
    href: str = ""
    points: str = ""
    is_done: bool = False


@dataclass(frozen=True)
class WeekView:
    """A week with its pages; no title, no week."""

    title: str = ""
    days: str = ""
    rows: list[WeekRow] = field(default_factory=list)


NO_WEEK = WeekView()


class WeeksState(rx.State):
    """Every week so far, the latest first."""

    is_loading: bool = True
    has_place: bool = False
    weeks: list[WeekView] = []

    @rx.event
    async def open(self):
        who, now, asked = member(), clock.now(), asked_session(self)
        async with as_member(who.id) as db:
            found = await weeks.every(db, who, asked, now=now)
        self.has_place = found is not None
        may_write = who.entitlement.allows(Right.write, now)
        self.weeks = [week_view(who, week, asked, may_write=may_write) for week in found or []]
        self.is_loading = False


def week_view(
    who: Member, week: WeekOfPages | None, asked: UUID | None = None, *, may_write: bool
) -> WeekView:
    """`asked`: the session it is read in, when that may be another than the one she lives."""
    if week is None:
        return NO_WEEK
    if asked and not week.challenge_page.is_lived:
        return _to_read(who, week, str(asked))
    return _view(who, week) if may_write else _to_read(who, week)


def _view(who: Member, week: WeekOfPages) -> WeekView:
    last = WEEK_DAYS * week.number
    return WeekView(
        title=f"Week {week.number}",
        days=f"Days {last - WEEK_DAYS + 1} to {last}",
        rows=[_challenge(who, week), *_sittings(week), *_map(week), _reflection(who, week.reflection_page)],
    )


def _to_read(who: Member, week: WeekOfPages, session_id: str = "") -> WeekView:
    """Nothing of it takes words: a page that was kept is read on its day, the rest where it stands.

    One she lives reads like another while writing is closed to her.
    """
    asked, reflected = (replace(page, is_lived=False) for page in (week.challenge_page, week.reflection_page))
    view = _view(who, replace(week, challenge_page=asked, reflection_page=reflected))
    own = {
        routes.MEDITATION: routes.in_session(routes.MEDITATION, session_id),
        routes.LIFE_MAP: routes.in_session(routes.LIFE_MAP, session_id),
        _opened(asked, routes.WEEKLY_CHALLENGE): _day(asked, session_id),
        _opened(reflected, routes.WEEKLY_REFLECTION): _day(reflected, session_id),
    }
    return replace(view, rows=[replace(row, href=own.get(row.href, "")) for row in view.rows])


def _opened(page: WeekPage, route: str) -> str:
    return f"{route}?day={page.week.first.isoformat()}"


def _day(page: WeekPage, session_id: str) -> str:
    return routes.history_day(page.week.first.isoformat(), session_id)


def _challenge(who: Member, week: WeekOfPages) -> WeekRow:
    row = _row(who, week.challenge_page, week.challenge.title, routes.WEEKLY_CHALLENGE, "goal")
    return row if row.is_done else replace(row, note=f"The week’s challenge. {row.note}")


def _reflection(who: Member, page: WeekPage) -> WeekRow:
    return _row(who, page, f"Reflection on week {page.week.number}", routes.WEEKLY_REFLECTION, "notebook-pen")


def _sittings(week: WeekOfPages) -> list[WeekRow]:
    if week.sittings is None:
        return []
    is_done = week.sittings >= week.aim
    words = sittings_words(week.sittings, is_over=not week.challenge_page.is_open)
    return [WeekRow("Meditation", words, "flower-2", routes.MEDITATION, is_done=is_done)]


def _map(week: WeekOfPages) -> list[WeekRow]:
    if not week.challenge.has_map:
        return []
    return [WeekRow("Life map", "Eight areas, as many of them as you like", "map", routes.LIFE_MAP)]


def _row(who: Member, page: WeekPage, name: str, href: str, symbol: str) -> WeekRow:
    if page.kept:
        points = page.kept.points
        return WeekRow(
            name,
            f"Kept on {spoken_day(page.kept.shown_at(who.timezone).date())}",
            symbol,
            _opened(page, href),
            points=f"{points} points" if points is not None else "",
            is_done=True,
        )
    if page.is_open:
        return WeekRow(name, f"Open until {until_day(page.week.last, page.today)}", symbol, href)
    if page.is_ahead:
        return WeekRow(name, _opens(page), symbol)
    return WeekRow(name, "Before you came" if page.is_before_her else "Not written", symbol)


def _opens(page: WeekPage) -> str:
    return f"Opens on {page.week.first:%A}, day {WEEK_DAYS * page.week.number}"
