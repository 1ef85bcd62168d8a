"""What all writing pages do: open, keep while typing, finish, and open again."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import AsyncSession, as_member, refuses_writing
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import YesterdayIsClosed, local_time, open_from
from gynergy_app.domain.payments.access import Right
from gynergy_app.errors import Conflict, Invalid
from gynergy_app.guard import entitled, member
from gynergy_app.services import today
from gynergy_app.services.gamification import Completion
from gynergy_app.services.journaling import NotEnrolled, OpenPage, Saved, WrittenElsewhere
from gynergy_app.services.journaling.week_sheets import WeekIsOver
from gynergy_app.services.journaling.writing import DayIsOver
from gynergy_app.state.days import iso_day
from gynergy_app.state.journaling.celebration import Celebration
from gynergy_app.state.journaling.fields import as_fields
from gynergy_app.state.journaling.sheet import Heading, Sheet, day_of

log = logging.getLogger(__name__)

NO_SUCH_DAY = "The address named a day that is none, so this is today’s page."


PAPER_TITLE = "paper-title"
"""The heading of the page, by its id in the document."""


class WritingState(rx.State, mixin=True):
    """One page of one day. The kinds of pages say how theirs is opened, kept and finished.

    `mode` is opening, writing, reading, or closed with a `notice` that says why.
    """

    mode: str = "opening"
    sheet: Sheet = Sheet()
    heading: Heading = Heading()
    notice: str = ""
    aside: str = ""
    """What is to be said of the address, above the page it led to."""
    read_href: str = ""
    """Where the page of a day that is over is read."""
    can_enroll: bool = False
    can_carry: bool = False
    is_over: bool = False
    cannot_save: bool = False
    celebration: Celebration = Celebration()

    _kind: str = ""
    _day: date | None = None

    async def _open(self, db: AsyncSession, who: Member, **when: Any) -> OpenPage:
        raise NotImplementedError

    async def _keep(self, db: AsyncSession, who: Member, fields: dict[str, str], **when: Any) -> Saved:
        raise NotImplementedError

    async def _finish(
        self, db: AsyncSession, who: Member, fields: dict[str, str], **when: Any
    ) -> Completion | None:
        """None when nothing was earned by it, and nothing is to be celebrated."""
        raise NotImplementedError

    @rx.event
    async def open(self):
        """A visit opens today's page or that of `?day=`; after midnight a reconnect stays with its own."""
        who = member()
        now = clock.now()
        said = self.router.url.query_parameters.get("day", "")
        asked = iso_day(said)
        is_going_on = self.mode == "writing" and self._day and self._day >= open_from(now, who.timezone)
        await self._show_day(who, asked or (self._day if is_going_on else None))
        aside = NO_SUCH_DAY if said and asked is None else ""
        if aside != self.aside:
            self.aside = aside
        if self.mode == "closed":
            self._turn_away(asked)

    def _turn_away(self, asked: date | None) -> None:
        """Nothing of the page that was open before stands over one that does not open."""
        self.heading = Heading()
        if asked and asked != self._day:
            self.sheet = Sheet(refusals=self.sheet.refusals)
        self.read_href = routes.history_day(asked.isoformat()) if asked and self.is_over else ""

    @rx.event
    async def reopen(self, page: str):
        """Words not yet saved on another day's page ask for it again; no page means today's."""
        who = member()
        await self._show_day(who, day_of(page, self._kind, who) if page else None)

    @rx.event
    async def change_day(self):
        """Until 03:00 a page may be for yesterday."""
        who = member()
        now = clock.now()
        yesterday = None if self.heading.is_for_yesterday else open_from(now, who.timezone)
        await self._show_day(who, yesterday)

    @rx.event
    async def edit(self):
        """The button is gone with that, so the keyboard goes on from the heading."""
        self.mode = "writing"
        return rx.set_focus(PAPER_TITLE)

    @entitled(Right.write)
    @rx.event
    async def keep(self, page: str, fields: dict[str, str], base_revision: int, attempt: str):
        who = member()
        now = clock.now()
        day = day_of(page, self._kind, who)
        async with self._answering(attempt):
            async with as_member(who.id) as db:
                saved = await self._keep(db, who, fields, day=day, base_revision=base_revision, now=now)
            saved_at = f"{local_time(saved.saved_at, who.timezone):%H:%M}"
            stored = replace(self.sheet, key=page, fields=fields, revision=saved.revision, saved_at=saved_at)
            self.sheet = replace(stored, answers=attempt, outcome="taken")

    @entitled(Right.write)
    @rx.event
    async def finish(self, page: str, fields: dict[str, str], base_revision: int, attempt: str):
        who = member()
        now = clock.now()
        day = day_of(page, self._kind, who)
        if attempt == self.sheet.answers and self.sheet.outcome != "later":
            return
        async with self._answering(attempt):
            async with as_member(who.id) as db:
                when = {"day": day, "base_revision": base_revision, "now": now}
                completion = await self._finish(db, who, fields, **when)
                finished = await self._open(db, who, day=day, now=now)
                view = await today.read(db, who, now=now)
            if completion and completion.is_practice:
                self.sheet = replace(self.sheet, answers=attempt, outcome="tried", problems={})
            else:
                self._show(finished, who, attempt)
            if completion is None:
                return self._thank()
            self.celebration = Celebration.of(
                completion,
                kept_at=f"{local_time(now, who.timezone):%A %H:%M}",
                next_activity=view.next_activity if view else None,
            )

    @rx.event
    async def close_celebration(self):
        self.celebration = replace(self.celebration, is_open=False)

    def _thank(self) -> rx.event.EventCallback | None:
        """What is said where there is nothing to celebrate, if anything is."""
        return None

    async def _show_day(self, who: Member, day: date | None) -> None:
        if self._is_closed_to(who):
            return self._close()
        async with self._answering():
            async with as_member(who.id) as db:
                page = await self._open(db, who, day=day, now=clock.now())
            if not page.is_completed:
                page.sheet.require_open(exists=page.revision > 0)
            self._show(page, who)

    def _is_closed_to(self, who: Member) -> bool:
        return not who.entitlement.allows(Right.write, clock.now())

    def _close(self) -> None:
        """The frame says why. What this tab holds unsaved stays on the device, and is shown from there."""
        self.mode, self.notice, self.is_over = "closed", "", False
        self.sheet, self.heading = Sheet(refusals=self.sheet.refusals), Heading()
        self._day = None

    def _show(self, page: OpenPage, who: Member, answers: str = "") -> None:
        is_same = self._day == page.sheet.day and self.mode == "writing" and not answers
        if self.celebration.is_open and self._day != page.sheet.day:
            # A tab left open overnight is not to celebrate yesterday over today's page.
            self.celebration = Celebration()
        self._day = page.sheet.day
        self.sheet = Sheet.of(page, self._kind, who, answers=answers, refusals=self.sheet.refusals)
        self.heading = Heading.of(page, who)
        self.notice = ""
        self.mode = "reading" if page.is_completed and not (is_same and page.is_editable) else "writing"

    @asynccontextmanager
    async def _answering(self, attempt: str = "") -> AsyncIterator[None]:
        """The one place where a no becomes something the page shows. Every message gets its answer."""
        try:
            yield
            if self.cannot_save:
                self.cannot_save = False
        except WrittenElsewhere as elsewhere:
            theirs = replace(self.sheet, fields=as_fields(elsewhere.theirs), revision=elsewhere.revision)
            self.sheet = replace(theirs, answers=attempt, outcome="elsewhere")
        except Invalid as refused:
            told = replace(self.sheet, problems=refused.problems, refusals=self.sheet.refusals + 1)
            self.sheet = replace(told, answers=attempt, outcome="refused")
        except Conflict as closed:
            self.notice = str(closed)
            self.can_enroll = isinstance(closed, NotEnrolled)
            self.can_carry = isinstance(closed, YesterdayIsClosed | DayIsOver)
            self.is_over = isinstance(closed, DayIsOver | WeekIsOver)
            self.sheet = replace(self.sheet, is_writable=False, answers=attempt, outcome="refused")
            self.mode = self.mode if attempt else "closed"
        except Exception as error:
            if not (attempt and refuses_writing(error)):
                raise
            log.error("A page cannot be saved: the database takes nothing new.")
            self.cannot_save = True
            self.sheet = replace(self.sheet, answers=attempt, outcome="later")
