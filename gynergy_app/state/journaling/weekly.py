"""The weekly reflection's page."""

from typing import Any

import reflex as rx

from gynergy_app.db import AsyncSession
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import JournalType, WeeklyDraft
from gynergy_app.services.gamification import Completion
from gynergy_app.services.journaling import Saved, weekly
from gynergy_app.services.journaling.pages import Page
from gynergy_app.state.journaling.fields import as_draft
from gynergy_app.state.journaling.writing import WritingState


class WeeklyState(WritingState, rx.State):
    """The reflection that is open now."""

    _kind: str = JournalType.weekly.value

    async def _open(self, db: AsyncSession, who: Member, **when: Any) -> Page:
        return await weekly.open_page(db, who, **when)

    async def _keep(self, db: AsyncSession, who: Member, fields: dict[str, str], **when: Any) -> Saved:
        return await weekly.keep_draft(db, who, as_draft(WeeklyDraft, fields), **when)

    async def _finish(self, db: AsyncSession, who: Member, fields: dict[str, str], **when: Any) -> Completion:
        return await weekly.finish(db, who, as_draft(WeeklyDraft, fields), **when)
