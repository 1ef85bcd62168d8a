"""The evening page."""

from typing import Any

import reflex as rx

from gynergy_app.db import AsyncSession
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import EveningDraft, JournalType
from gynergy_app.services.gamification import Completion
from gynergy_app.services.journaling import Saved, pages
from gynergy_app.services.journaling.pages import Page
from gynergy_app.state.journaling.fields import as_draft
from gynergy_app.state.journaling.writing import WritingState


class EveningState(WritingState, rx.State):
    """Tonight's page."""

    _kind: str = JournalType.evening.value

    async def _open(self, db: AsyncSession, who: Member, **when: Any) -> Page:
        return await pages.open_page(db, who, JournalType.evening, **when)

    async def _keep(self, db: AsyncSession, who: Member, fields: dict[str, str], **when: Any) -> Saved:
        return await pages.keep_draft(db, who, JournalType.evening, as_draft(EveningDraft, fields), **when)

    async def _finish(self, db: AsyncSession, who: Member, fields: dict[str, str], **when: Any) -> Completion:
        return await pages.finish(db, who, JournalType.evening, as_draft(EveningDraft, fields), **when)
