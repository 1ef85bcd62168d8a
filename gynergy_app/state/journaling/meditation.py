"""Sitting still: today's sitting, and the days of those before it."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from gynergy_app.db import AsyncSession
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import MeditationDraft
from gynergy_app.domain.programs import programme_day
from gynergy_app.domain.text import counted, spoken_day
from gynergy_app.services.gamification import Completion
from gynergy_app.services.journaling import Saved, meditations
from gynergy_app.services.journaling.meditations import MeditationPage
from gynergy_app.state.journaling.fields import as_draft
from gynergy_app.state.journaling.writing import WritingState


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
        start = page.sheet.enrolled.start_date
        self.sittings = [_sitting(each, programme_day(start, each.day)) for each in page.sittings]
        self.log_title = f"{counted(len(self.sittings), 'sitting').capitalize()} so far"
        return page

    async def _keep(self, db: AsyncSession, who: Member, fields: dict[str, str], **when: Any) -> Saved:
        """Nothing is kept before it is logged."""
        return Saved(when["base_revision"], when["now"])

    async def _finish(
        self, db: AsyncSession, who: Member, fields: dict[str, str], **when: Any
    ) -> Completion | None:
        return await meditations.log(db, who, as_draft(MeditationDraft, fields), **when)


def _sitting(sitting: meditations.Sitting, number: int) -> Sitting:
    return Sitting(
        spoken_day(sitting.day), f"Day {number}" if number >= 1 else "Before day 1", sitting.reflection
    )
