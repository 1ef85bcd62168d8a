"""The gratitude action: what the day asks, what came of it, and its photos."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import AsyncSession, as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import PHOTO_LIMIT, ActionDraft
from gynergy_app.domain.payments.access import Right
from gynergy_app.guard import entitled, member
from gynergy_app.services.gamification import Completion
from gynergy_app.services.journaling import Saved, gratitude_actions
from gynergy_app.services.journaling.gratitude_actions import ActionPage
from gynergy_app.state.journaling.fields import as_draft
from gynergy_app.state.journaling.sheet import NotThisPage
from gynergy_app.state.journaling.writing import WritingState
from gynergy_app.state.shell import offer_undo


@dataclass(frozen=True)
class Ask:
    """What the day asks for, and whether it wants a list."""

    title: str = ""
    tip: str = ""
    has_list: bool = False


class GratitudeActionState(WritingState, rx.State):
    """Today's action."""

    ask: Ask = Ask()
    photos: list[str] = []

    _kind: str = "action"

    @rx.var
    def has_room(self) -> bool:
        return len(self.photos) < PHOTO_LIMIT

    @rx.var
    def day(self) -> str:
        """Which day's page an upload is for."""
        return self._day.isoformat() if self._day else ""

    @rx.event
    async def look_again(self):
        """A photo was uploaded beside the socket: show what the page holds now."""
        who = member()
        async with as_member(who.id) as db:
            await self._open(db, who, now=clock.now(), day=self._day)

    @entitled(Right.write)
    @rx.event
    async def remove_photo(self, key: str):
        who = member()
        day, now = self._page_day(), clock.now()
        async with as_member(who.id) as db:
            self.photos = await gratitude_actions.remove_photo(db, who, key, day=day, now=now)
        await offer_undo(self, "Photo taken off the page.", GratitudeActionState.put_back(key))

    @entitled(Right.write)
    @rx.event
    async def put_back(self, key: str):
        who = member()
        if not key.startswith(f"{who.id}/"):
            raise NotThisPage
        day, now = self._page_day(), clock.now()
        async with as_member(who.id) as db:
            self.photos = await gratitude_actions.attach_photo(db, who, key, day=day, now=now)

    def _page_day(self) -> date:
        if self._day is None:
            raise NotThisPage
        return self._day

    async def _open(self, db: AsyncSession, who: Member, **when: Any) -> ActionPage:
        page = await gratitude_actions.open_action(db, who, **when)
        self.ask = Ask(page.prompt.title, page.prompt.tip, page.prompt.has_list)
        self.photos = list(page.draft.images)
        return page

    async def _keep(self, db: AsyncSession, who: Member, fields: dict[str, str], **when: Any) -> Saved:
        return await gratitude_actions.keep_draft(db, who, as_draft(ActionDraft, fields), **when)

    async def _finish(self, db: AsyncSession, who: Member, fields: dict[str, str], **when: Any) -> Completion:
        return await gratitude_actions.finish(db, who, as_draft(ActionDraft, fields), **when)
