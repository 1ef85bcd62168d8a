"""A milestone as its page says it."""

from dataclasses import dataclass

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.programs import MILESTONE_DAYS
from gynergy_app.domain.text import counted, spoken_day
from gynergy_app.guard import member
from gynergy_app.services import milestones
from gynergy_app.services.milestones import Milestone, Numbers
from gynergy_app.state.programs.sessions import asked_session, link_session

NO_SUCH = "No milestone stands on that day. They stand on days 9, 18, 27, 36 and 45."
NOT_BEGUN = "Milestones begin with your first day."


@dataclass(frozen=True)
class Figure:
    """One number of hers, with what it counts. `note` says how it is meant, or why it is missing."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Step:
    """One of the five, beside each other under the card."""

    day: int
    href: str
    style: str
    says: str


@dataclass(frozen=True)
class MilestoneView:
    """No `name`: there is none on that day."""

    day: int = 0
    name: str = ""
    phase: str = ""
    is_reached: bool = False
    line: str = ""
    ahead: str = ""
    figures: tuple[Figure, ...] = ()
    steps: tuple[Step, ...] = ()
    is_last: bool = False


class MilestoneState(rx.State):
    is_loading: bool = True
    view: MilestoneView = MilestoneView()
    problem: str = ""

    @rx.event
    async def open(self):
        who, now = member(), clock.now()
        day, asked = _day(self.router.url.path), asked_session(self)
        async with as_member(who.id) as db:
            found = await milestones.read(db, who, day, asked, now=now)
        if found and asked is None and not found.enrolled.is_current:
            return rx.redirect(routes.milestone(day, link_session(found.enrolled)), replace=True)
        self.view = _view(found) if found else MilestoneView()
        self.problem = NOT_BEGUN if day in MILESTONE_DAYS else NO_SUCH
        self.is_loading = False
        return None


def _day(path: str) -> int:
    last = path.rstrip("/").rsplit("/", 1)[-1]
    return int(last) if last.isascii() and last.isdigit() and len(last) < 4 else 0


def _view(found: Milestone) -> MilestoneView:
    is_reached = found.reached_on is not None
    return MilestoneView(
        day=found.day,
        name=found.name,
        phase=found.phase.name if found.phase else "",
        is_reached=is_reached,
        line=f"Reached on {spoken_day(found.reached_on)}." if found.reached_on else "",
        ahead="" if is_reached else _ahead(found),
        figures=tuple(_figures(found.numbers)) if is_reached else (),
        steps=tuple(_step(found, day) for day in MILESTONE_DAYS),
        is_last=found.day == MILESTONE_DAYS[-1],
    )


def _ahead(found: Milestone) -> str:
    if not found.enrolled.is_current:
        return f"It stood on day {found.day}, {spoken_day(found.stands_on)}. No page was written that late."
    away = found.day - found.enrolled.day
    if away > 0:
        return (
            f"It stands on day {found.day}, {spoken_day(found.stands_on)}: {counted(away, 'day')} from here. "
            "Any page written on that day or later reaches it, however many days were missed."
        )
    return "Its day has come. The next page you finish reaches it, however many days were missed."


def _step(found: Milestone, day: int) -> Step:
    is_reached = found.reached_on is not None if day == found.day else _is_behind(found, day)
    style = " ".join(
        filter(None, ("milestone-step", "is-reached" * is_reached, "is-here" * (day == found.day)))
    )
    said = "reached" if is_reached else "not reached yet"
    href = routes.milestone(day, link_session(found.enrolled))
    return Step(day, href, style, f"Milestone of day {day}, {said}")


def _is_behind(found: Milestone, day: int) -> bool:
    return day <= found.last_written_day


def _figures(of: Numbers) -> list[Figure]:
    return [
        Figure("Days kept", f"{of.days_kept} of {of.days}", _since(of)),
        Figure("Gratitudes written", str(of.gratitudes)),
        _mood(of),
        _word(of),
        Figure("Best run", counted(of.best_run, "day").capitalize(), "in a row"),
        Figure("Points", f"{of.points:,}", f"by the end of day {of.day}"),
    ]


def _since(of: Numbers) -> str:
    return f"since you came, on day {of.came_on}" if of.came_on > 1 else ""


def _mood(of: Numbers) -> Figure:
    if of.mood is None:
        note = f"{counted(of.moods, 'day').capitalize()} with a mood so far; from six on it can be compared"
        return Figure("Mood", "Too few to say", note)
    shift = f"{float(of.mood.first):.1f} → {float(of.mood.last):.1f}"
    return Figure("Mood", shift, f"the first {counted(of.mood.days, 'day')} with one, and the last")


def _word(of: Numbers) -> Figure:
    if of.word is None:
        return Figure("Written about most", "Nothing yet", "no word of yours stands out so far")
    return Figure("Written about most", of.word[0], f"on {counted(of.word[1], 'day')}")
