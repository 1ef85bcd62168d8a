"""Sitting still: today's sitting, and the days of those before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import AsyncSession, as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import MeditationDraft
from gynergy_app.domain.programs import programme_day
from gynergy_app.domain.text import counted, spoken_day
from gynergy_app.services.gamification import Completion
from gynergy_app.services.journaling import Saved, meditations
from gynergy_app.services.journaling.meditations import Log, MeditationPage
from gynergy_app.state.journaling.fields import as_draft
from gynergy_app.state.journaling.sheet import Heading, kept_to_be_read
from gynergy_app.state.journaling.writing import WritingState
from gynergy_app.state.programs.sessions import asked_session

NONE_LOGGED = "No sitting was logged in this session."


@dataclass(frozen=True)
class Sitting:
    """One day of the log, in words."""

    date: str
    place: str
    reflection: str


class MeditationState(WritingState, rx.State):
    """Today's sitting. What is typed stays on the device until it is logged."""

    sittings: list[Sitting] = []
    log_title: str = ""

    _kind: str = "meditation"

    async def _open(self, db: AsyncSession, who: Member, **when: Any) -> MeditationPage:
        page = await meditations.open_page(db, who, **when)
        self._list(page.sittings, page.sheet.enrolled.start_date)
        self.log_title = f"{self.log_title} so far"
        return page

    async def _keep(self, db: AsyncSession, who: Member, fields: dict[str, str], **when: Any) -> Saved:
        """Nothing is kept before it is logged."""
        return Saved(when["base_revision"], when["now"])

    async def _finish(
        self, db: AsyncSession, who: Member, fields: dict[str, str], **when: Any
    ) -> Completion | None:
        return await meditations.log(db, who, as_draft(MeditationDraft, fields), **when)

    async def _show_day(self, who: Member, day: date | None) -> None:
        """Where writing is closed to her, and of another session than the one she lives, the log alone."""
        is_closed, asked = self._is_closed_to(who), asked_session(self)
        if is_closed or asked:
            async with as_member(who.id) as db:
                log = await meditations.open_log(db, who, asked, now=clock.now())
            if log and (is_closed or not log.enrolled.is_current):
                return self._show_log(log)
        await super()._show_day(who, day)

    def _show_log(self, log: Log) -> None:
        """Without a sheet: words that this device holds for a day's sitting are none of the log's."""
        self._close()
        self._list(log.sittings, log.enrolled.start_date)
        self.heading = Heading(day_line=kept_to_be_read(log.enrolled))
        self.mode, self.notice = ("reading", "") if log.sittings else ("closed", NONE_LOGGED)

    def _list(self, sittings: Iterable[meditations.Sitting], start: date) -> None:
        self.sittings = [_sitting(each, programme_day(start, each.day)) for each in sittings]
        self.log_title = counted(len(self.sittings), "sitting").capitalize()


def _sitting(sitting: meditations.Sitting, number: int) -> Sitting:
    return Sitting(
        spoken_day(sitting.day), f"Day {number}" if number >= 1 else "Before day 1", sitting.reflection
    )
