"""The last day as its page says it."""

from dataclasses import dataclass
from datetime import datetime

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Right
from gynergy_app.domain.programs import MILESTONE_DAYS, milestones_reached
from gynergy_app.domain.text import counted, spoken_day
from gynergy_app.drawing.dial import EMPTY, Dial, rays
from gynergy_app.guard import member
from gynergy_app.services import graduation
from gynergy_app.services.graduation import Graduation
from gynergy_app.services.payments import prices
from gynergy_app.state.programs.after import journal_words
from gynergy_app.state.programs.sessions import asked_session, link_session


@dataclass(frozen=True)
class Opening:
    """Something that is open from now on, or until a day. `symbol` is drawn beside it.

    `href` leads to something she may choose.
    """

    symbol: str
    title: str
    words: str
    action: str = ""
    href: str = ""


@dataclass(frozen=True)
class GraduationView:
    """`stage` is none, ahead, unwritten or reached."""

    stage: str = "none"
    name: str = ""
    program: str = ""
    dial: Dial = EMPTY
    kept: str = ""
    days: str = ""
    line: str = ""
    ahead: str = ""
    openings: tuple[Opening, ...] = ()
    yearbook_href: str = routes.YEARBOOK


class GraduationState(rx.State):
    is_loading: bool = True
    view: GraduationView = GraduationView()

    @rx.event
    async def open(self):
        who, now, asked = member(), clock.now(), asked_session(self)
        async with as_member(who.id) as db:
            found = await graduation.read(db, who, asked, now=now)
        if found and asked is None and not found.enrolled.is_current:
            return rx.redirect(
                routes.in_session(routes.GRADUATION, link_session(found.enrolled)), replace=True
            )
        journal = journal_words(who.entitlement, await prices.shown())
        self.view = _view(found, who, journal, now) if found else GraduationView()
        self.is_loading = False
        return None


def _view(found: Graduation, who: Member, journal: str, now: datetime) -> GraduationView:
    if not found.has_come:
        return GraduationView("ahead", ahead=_ahead(found))
    if not found.has_written:
        return GraduationView(
            "unwritten", ahead=_unwritten(found, may_write=who.entitlement.allows(Right.write, now))
        )
    place = found.enrolled
    return GraduationView(
        "reached",
        name=who.first_name,
        program=place.book_name,
        dial=_dial(found),
        kept=str(found.days_kept),
        days=str(found.days),
        line=_line(found),
        openings=(*_openings(found, who, now), *([_journal(journal)] if journal else [])),
        yearbook_href=routes.yearbook(str(place.session_id)),
    )


def _journal(words: str) -> Opening:
    title = "A journal of your own, if you like"
    return Opening("feather", title, words, "See how it is paid", routes.BILLING)


def _dial(found: Graduation) -> Dial:
    place = found.enrolled
    frozen = [(day - place.start_date).days + 1 for day in found.story.kept.frozen]
    reached = MILESTONE_DAYS[: milestones_reached(found.story.last_written_day)]
    return rays(found.pages_by_day, today=max(place.day, found.days + 1), frozen=frozen, milestones=reached)


def _line(found: Graduation) -> str:
    kept = f"{found.days_kept} of {found.days} days kept"
    whole = found.whole_days
    return f"{kept}, {counted(whole, 'of them', 'of them')} with all three pages." if whole else f"{kept}."


def _ahead(found: Graduation) -> str:
    place = found.enrolled
    away = counted((place.end_date - place.today).days, "day")
    return (
        f"Day {found.days} is {spoken_day(place.end_date)}, {away} from now. "
        "It opens with one finished page, whatever number of days was kept."
    )


def _unwritten(found: Graduation, *, may_write: bool) -> str:
    if found.is_open and not may_write:
        return f"Day {found.days} has come without a finished page of yours. What you began stays readable."
    if found.is_open:
        return (
            f"Day {found.days} has come, and no page of yours is finished yet. One is enough: "
            f"this session takes pages until {spoken_day(found.open_until)}."
        )
    return "This session has closed without a finished page of yours. What you began stays readable."


def _openings(found: Graduation, who: Member, now: datetime) -> list[Opening]:
    may_write, may_meet = (who.entitlement.allows(right, now) for right in (Right.write, Right.meet))
    alumni = Opening(
        "users",
        "The alumni cohort",
        "Everybody who came to a last day. They see your name, never your pages.",
    )
    reading = Opening(
        "book-open", "Reading and export, for good", "Every page stays yours to read and to take with you."
    )
    return [
        *([alumni] if found.is_alumna and may_meet else []),
        reading,
        *([_writing(found)] if may_write and found.has_lived_day else []),
    ]


def _writing(found: Graduation) -> Opening:
    if not found.enrolled.is_current:
        return Opening(
            "pen-line", "Writing, in the session you live now", "These days are kept to be read, as they are."
        )
    return Opening(
        "pen-line",
        f"Writing, until {spoken_day(found.open_until)}",
        "Pages of these days keep your streak and earn as before.",
    )
