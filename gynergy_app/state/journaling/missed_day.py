"""Two lines for a missed day."""

from typing import Any

import reflex as rx

from gynergy_app.db import AsyncSession
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import ShortDraft
from gynergy_app.services import kindness
from gynergy_app.services.journaling import Saved
from gynergy_app.services.kindness import ShortPage
from gynergy_app.state.journaling.fields import as_draft
from gynergy_app.state.journaling.writing import WritingState


class MissedDayState(WritingState, rx.State):
    """The short page of a repair."""

    _kind: str = "missed"

    async def _open(self, db: AsyncSession, who: Member, **when: Any) -> ShortPage:
        return await kindness.open_page(db, who, **when)

    async def _keep(self, db: AsyncSession, who: Member, fields: dict[str, str], **when: Any) -> Saved:
        return await kindness.keep_draft(db, who, as_draft(ShortDraft, fields), **when)

    async def _finish(self, db: AsyncSession, who: Member, fields: dict[str, str], **when: Any) -> None:
        """Nothing is earned by it: the day counts, and that is all."""
        await kindness.finish(db, who, as_draft(ShortDraft, fields), **when)
