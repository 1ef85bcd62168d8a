"""The way in: who she is, what her clock shows, and which start she takes."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.payments.access import Right
from gynergy_app.domain.text import spoken_day
from gynergy_app.errors import Invalid
from gynergy_app.guard import entitled, member
from gynergy_app.services import programs, sessions, welcoming
from gynergy_app.services.programs import AlreadyEnrolled, Enrolled, OpenSession, SessionFull
from gynergy_app.services.welcoming import Arrival
from gynergy_app.services.yearbook_pages import span
from gynergy_app.state.programs.starts import Start, start_in_words
from gynergy_app.state.shell import ShellState

CHOOSE_A_START = "Choose one of the starts below."


@dataclass(frozen=True)
class About:
    """What is already known, as starting values of the form."""

    first_name: str = ""
    last_name: str = ""
    timezone: str = ""
    morning: str = "07:00"
    evening: str = "20:00"


class WelcomeState(rx.State):
    """The form before the first page."""

    is_loading: bool = True
    has_start: bool = False
    """Her place came with what she bought, or with a friend's code: only the rest is asked."""
    about: About = About()
    starts: list[Start] = []
    chosen: str = ""
    before: str = ""
    """What a new place does with the session she has lived, said beforehand."""
    problems: dict[str, str] = {}

    @entitled(Right.start, quietly=True)
    @rx.event
    async def open(self):
        who, now = member(), clock.now()
        async with as_member(who.id) as db:
            place = await programs.current_enrollment(db, who, now=now)
            offers = await programs.open_sessions(db, who, now=now)
            known = await welcoming.known_so_far(db, who)
        self.has_start = bool(place and place.has_start)
        if self.has_start and known.is_settled:
            return rx.redirect(routes.TODAY, replace=True)
        known_zone = "" if who.timezone == "UTC" else who.timezone
        self.about = About(who.first_name, who.last_name, known_zone, known.morning, known.evening)
        self.before = _before(place) if place and not self.has_start else ""
        self._offer(offers)
        self.problems = {}
        self.is_loading = False

    @rx.event
    def choose(self, session_id: str):
        self.chosen = session_id

    @entitled(Right.start)
    @rx.event
    async def take_place(self, form: dict[str, Any]):
        """Join the chosen session, or queue for it when it is full; everything typed stays in the form."""
        who, now, arrival = member(), clock.now(), _arrival(form)
        chosen = self._chosen_id(form)
        self.problems = arrival.problems() | ({} if chosen else {"start": CHOOSE_A_START})
        if self.problems or chosen is None:
            return None
        try:
            async with as_member(who.id) as db:
                await welcoming.take_place(db, who, arrival, chosen, now=now)
        except Invalid as refused:
            self.problems = refused.problems
            return None
        except AlreadyEnrolled:
            return rx.redirect(routes.TODAY)
        except SessionFull as full:
            await self._refresh()
            self.problems = {"start": str(full)}
            return None
        sessions.forget_member(who.id)
        return rx.redirect(routes.TODAY)

    @entitled(Right.start)
    @rx.event
    async def settle_in(self, form: dict[str, Any]):
        """For somebody who has her place already."""
        who = member()
        try:
            async with as_member(who.id) as db:
                await welcoming.settle_in(db, who, _arrival(form), now=clock.now())
        except Invalid as refused:
            self.problems = refused.problems
            return None
        sessions.forget_member(who.id)
        return rx.redirect(routes.TODAY)

    @entitled(Right.start)
    @rx.event
    async def wait(self, form: dict[str, Any]):
        """Queue for the chosen session."""
        who, now, arrival = member(), clock.now(), _arrival(form)
        chosen = self._chosen_id(form)
        self.problems = arrival.problems() | ({} if chosen else {"start": CHOOSE_A_START})
        if self.problems or chosen is None:
            return None
        async with as_member(who.id) as db:
            position = await welcoming.wait_for_place(db, who, arrival, chosen, now=now)
        sessions.forget_member(who.id)
        await self._refresh()
        return ShellState.say(
            f"You are number {position} in the queue. We write as soon as a place opens.", "success"
        )

    @entitled(Right.start)
    @rx.event
    async def submit(self, form: dict[str, Any]):
        """One button for all: what it does depends on the start that is chosen."""
        if self.has_start:
            return WelcomeState.settle_in(form)
        picked = next((start for start in self.starts if start.id == self.chosen), None)
        if picked and picked.is_full:
            return WelcomeState.wait(form)
        return WelcomeState.take_place(form)

    @rx.var
    def action(self) -> str:
        """The button's words."""
        if self.has_start:
            return "Go to my first page"
        picked = next((start for start in self.starts if start.id == self.chosen), None)
        if picked is None or not picked.is_full:
            return "Take my place"
        return "You are in the queue" if picked.queue else "Join the queue"

    def _offer(self, offers: list[OpenSession]) -> None:
        self.starts = [start_in_words(offer) for offer in offers]
        nearest = programs.find_current(offers)
        known = {start.id for start in self.starts}
        if self.chosen not in known:
            self.chosen = str(nearest.session_id) if nearest else ""

    async def _refresh(self) -> None:
        who = member()
        async with as_member(who.id) as db:
            self._offer(await programs.open_sessions(db, who, now=clock.now()))

    def _chosen_id(self, form: dict[str, Any]) -> UUID | None:
        """Only a start that was offered can be taken."""
        said = str(form.get("start") or self.chosen)
        return UUID(said) if said in {start.id for start in self.starts} else None


def _arrival(form: dict[str, Any]) -> Arrival:
    def said(name: str) -> str:
        return str(form.get(name) or "")

    return Arrival(
        first_name=said("first_name"),
        last_name=said("last_name"),
        timezone=said("timezone"),
        morning_reminder_time=said("morning_reminder_time"),
        evening_reminder_time=said("evening_reminder_time"),
    )


def _before(place: Enrolled) -> str:
    if place.is_personal and place.today <= place.end_date:
        return "Your own days go on until the new session begins, and stay yours to read."
    closing = (
        f"Until {spoken_day(place.open_until)} it takes pages; with a place in a new session that ends. "
        if place.today <= place.open_until
        else ""
    )
    return (
        f"Your session of {span(place.start_date, place.end_date)} stays yours to read, with its points and "
        f"badges. {closing}In the new session pages, visions, streak, points and badges begin anew."
    )
