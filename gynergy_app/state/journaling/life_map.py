"""The life map: what is written on it, three areas for now, and areas kept out of sight."""

from datetime import datetime
from typing import Any
from uuid import UUID

import reflex as rx

from gynergy_app import clock
from gynergy_app.db import AsyncSession, as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import FOCUS_LIMIT, Area, Aspect, LifeMapDraft, cell
from gynergy_app.domain.payments.access import Right
from gynergy_app.domain.text import counted, spelled
from gynergy_app.drawing.radar import EMPTY, Radar
from gynergy_app.guard import entitled, member
from gynergy_app.services.gamification import Completion
from gynergy_app.services.journaling import Saved, life_map
from gynergy_app.services.journaling.life_map import LifeMap, ThreeAtOnce
from gynergy_app.services.journaling.versions import Earlier
from gynergy_app.state.journaling.fields import as_draft
from gynergy_app.state.journaling.map_words import AREAS, QUESTIONS, AreaView, area_view, draw
from gynergy_app.state.journaling.remembering import (
    Part,
    Reading,
    RememberingState,
    as_reading,
)
from gynergy_app.state.programs.sessions import asked_session
from gynergy_app.state.shell import ShellState


class LifeMapState(RememberingState, rx.State):
    """`uncovered` are the hidden areas that were asked for on this visit.

    A visit lasts as long as the page stands in the browser: a line lost and found again goes on with it.
    """

    focus: list[str] = []
    hidden: list[str] = []
    uncovered: list[str] = []
    shows_all: bool = False
    is_table: bool = False

    _kind: str = "life-map"

    @rx.var(initial_value=EMPTY)
    def radar(self) -> Radar:
        covered = [area for area in self.hidden if area not in self.uncovered]
        return draw(as_draft(LifeMapDraft, self.sheet.fields), covered)

    @rx.var
    def areas(self) -> dict[str, AreaView]:
        draft = as_draft(LifeMapDraft, self.sheet.fields)
        folds = bool(self.focus) and not self.shows_all
        seen = {"focus": self.focus, "hidden": self.hidden, "uncovered": self.uncovered, "folds": folds}
        return {area.value: area_view(draft, area, **seen) for area in Area}

    @rx.var
    def others(self) -> str:
        """What the button that unfolds the rest says; nothing while nothing is picked."""
        if not self.focus:
            return ""
        return f"The other {spelled(len(Area) - len(self.focus))} areas"

    @entitled(Right.write)
    @rx.event
    async def pick(self, area: str):
        """Pick an area for now, or take it back. A fourth is refused in a sentence."""
        who = member()
        picked = {*self.focus} ^ {area}
        if len(picked) > FOCUS_LIMIT:
            return ShellState.say(str(ThreeAtOnce()))
        async with as_member(who.id) as db:
            await life_map.pick(db, who, picked, asked_session(self), now=clock.now())
        self.focus = [each.value for each in Area if each in picked]
        self.shows_all = False

    @rx.event
    async def show_all(self):
        self.shows_all = not self.shows_all

    @entitled(Right.write)
    @rx.event
    async def hide(self, area: str):
        """Keep an area out of sight from now on, or let it be seen again."""
        who = member()
        hidden = {*self.hidden} ^ {area}
        async with as_member(who.id) as db:
            await life_map.hide(db, who, hidden, asked_session(self), now=clock.now())
        self.hidden = [each.value for each in Area if each in hidden]
        self.uncovered = [each for each in self.uncovered if each != area]
        self.reading = Reading()

    @rx.event
    async def uncover(self, area: str):
        """Look at a hidden area for as long as this visit lasts, or cover it again."""
        seen = {*self.uncovered} ^ {area}
        self.uncovered = [each for each in self.hidden if each in seen]

    @rx.event
    async def cover(self):
        """A visit begins, and ends, with what is hidden out of sight."""
        self.uncovered, self.reading = [], Reading()

    @rx.event
    async def lay_out(self, is_table: bool):
        self.is_table = is_table

    async def _open(self, db: AsyncSession, who: Member, **when: Any) -> LifeMap:
        now = when["now"]
        to_read = self._is_to_read(who, now)
        page = await life_map.open_map(db, who, asked_session(self), now=now, to_read=to_read)
        self.focus = [area.value for area in page.focus]
        self.hidden = [area.value for area in page.hidden]
        self._list(page.versions, who)
        return page

    async def _keep(self, db: AsyncSession, who: Member, fields: dict[str, str], **when: Any) -> Saved:
        return await life_map.keep_draft(db, who, as_draft(LifeMapDraft, fields), **when)

    async def _finish(
        self, db: AsyncSession, who: Member, fields: dict[str, str], **when: Any
    ) -> Completion | None:
        badges = await life_map.finish(db, who, as_draft(LifeMapDraft, fields), **when)
        return Completion(None, badges=badges) if badges else None

    def _thank(self) -> rx.event.EventCallback | None:
        is_written = self.sheet.revision > 0
        words = "Your map is kept as it stands now." if is_written else "Nothing is written on it yet."
        return ShellState.say(words, "success" if is_written else "info")

    async def _open_version(self, db: AsyncSession, who: Member, version_id: UUID, now: datetime) -> Earlier:
        return await life_map.open_version(db, who, version_id, asked_session(self), now=now)

    async def _restore(self, db: AsyncSession, who: Member, version_id: UUID, now: datetime) -> bool:
        return await life_map.restore(db, who, version_id, now=now)

    def _read_out(self, earlier: Earlier) -> Reading:
        """What is out of sight on the map is out of sight here too."""
        covered = [area for area in self.hidden if area not in self.uncovered]
        said = earlier.draft.as_dict()
        parts = [
            Part(f"{AREAS[area]}: {QUESTIONS[aspect].lower()}", said[cell(area, aspect)])
            for area in Area
            for aspect in Aspect
            if area not in covered and said[cell(area, aspect)]
        ]
        unseen = f"{counted(len(covered), 'area').capitalize()} of it not shown here." if covered else ""
        return as_reading(earlier, parts, unseen)
