"""Two lines for a missed day."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import as_member
from gynergy_app.domain.journaling import ShortDraft
from gynergy_app.domain.text import counted
from gynergy_app.errors import Invalid
from gynergy_app.guard import member
from gynergy_app.services import kindness, today
from gynergy_app.state.days import day_at_end_of
from gynergy_app.state.shell import ShellState


@dataclass(frozen=True)
class Asked:
    """The day the two lines are for; empty when it cannot be repaired, and then `notice` says why."""

    title: str = ""
    until: str = ""
    notice: str = ""


class MissedDayState(rx.State):
    """The short page of a repair."""

    is_loading: bool = True
    asked: Asked = Asked()
    problems: dict[str, str] = {}

    @rx.event
    async def open(self):
        who, now, day = member(), clock.now(), day_at_end_of(self.router.url.path)
        async with as_member(who.id) as db:
            view = await today.read(db, who, now=now)
        offer = kindness.offered(view.story, day) if view and day else None
        self.asked = _asked(offer)
        self.problems = {}
        self.is_loading = False

    @rx.event
    async def keep(self, form: dict[str, Any]):
        who, now, day = member(), clock.now(), day_at_end_of(self.router.url.path)
        draft = ShortDraft.of(form)
        self.problems = draft.problems()
        if self.problems or day is None:
            return None
        try:
            async with as_member(who.id) as db:
                streak = await kindness.repair(db, who, day, draft, now=now)
        except Invalid as refused:
            self.problems = refused.problems
            return None
        said = f"{day:%A} counts. Your streak is {counted(streak, 'day')} long."
        return [ShellState.say(said, "success"), rx.redirect(routes.TODAY)]


def _asked(offer: kindness.Repair | None) -> Asked:
    if offer is None:
        return Asked(notice=str(kindness.NotRepairable()))
    if offer.needs_today:
        return Asked(notice=str(kindness.TodayComesFirst()))
    return Asked(title=f"{offer.day:%A} {offer.day.day} {offer.day:%B}", until=f"{offer.until:%A}")
