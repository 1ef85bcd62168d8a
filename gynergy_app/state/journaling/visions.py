"""The four visions, each a page of its own, and the hub they are reached from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import reflex as rx

from gynergy_app import clock, routes
from gynergy_app.db import AsyncSession, as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import (
    VISION_DRAFTS,
    Area,
    Draft,
    LifeMapDraft,
    VisionType,
    answered,
    first_words,
    local_time,
)
from gynergy_app.domain.payments.access import Right
from gynergy_app.domain.text import spelled, spoken_day
from gynergy_app.drawing.radar import EMPTY, Radar
from gynergy_app.guard import entitled, member
from gynergy_app.services.gamification import Completion
from gynergy_app.services.journaling import Saved, life_map, visions
from gynergy_app.services.journaling.versions import Earlier
from gynergy_app.services.journaling.visions import Glance, Overview, VisionPage
from gynergy_app.state.journaling.fields import as_draft
from gynergy_app.state.journaling.map_words import draw
from gynergy_app.state.journaling.remembering import (
    Part,
    Reading,
    RememberingState,
    as_reading,
)
from gynergy_app.state.journaling.sheet import NotThisPage
from gynergy_app.state.journaling.vision_words import VISIONS
from gynergy_app.state.programs.sessions import asked_session, link_session
from gynergy_app.state.session import picture_url
from gynergy_app.state.shell import offer_undo


class VisionState(RememberingState, mixin=True):
    """One vision. `emblem` is the address of its picture."""

    emblem: str = ""

    _vision: ClassVar[VisionType]

    async def _open(self, db: AsyncSession, who: Member, **when: Any) -> VisionPage:
        now = when["now"]
        to_read = self._is_to_read(who, now)
        page = await visions.open_vision(db, who, self._vision, asked_session(self), now=now, to_read=to_read)
        self._list(page.versions, who)
        self.emblem = picture_url(page.emblem)
        return page

    async def _keep(self, db: AsyncSession, who: Member, fields: dict[str, str], **when: Any) -> Saved:
        return await visions.keep_draft(db, who, self._vision, self._draft(fields), **when)

    async def _finish(self, db: AsyncSession, who: Member, fields: dict[str, str], **when: Any) -> Completion:
        return await visions.finish(db, who, self._vision, self._draft(fields), **when)

    async def _open_version(self, db: AsyncSession, who: Member, version_id: UUID, now: datetime) -> Earlier:
        return await visions.open_version(db, who, self._vision, version_id, asked_session(self), now=now)

    async def _restore(self, db: AsyncSession, who: Member, version_id: UUID, now: datetime) -> bool:
        return await visions.restore(db, who, self._vision, version_id, now=now)

    def _read_out(self, earlier: Earlier) -> Reading:
        said = earlier.draft.as_dict()
        asked = VISIONS[self._vision].questions
        return as_reading(earlier, [Part(each.kept, said[each.field]) for each in asked if said[each.field]])

    def _draft(self, fields: dict[str, str]) -> Draft:
        return as_draft(VISION_DRAFTS[self._vision], fields)


class HighestSelfState(VisionState, rx.State):
    """Who she is on her best days."""

    _kind: str = "vision-highest-self"
    _vision: ClassVar[VisionType] = VisionType.highest_self

    @rx.event
    async def look_again(self):
        """An emblem was uploaded beside the socket: show what the page holds now."""
        await self._look_again(member())

    @entitled(Right.write)
    @rx.event
    async def remove_emblem(self):
        who, removed = member(), self.emblem.removeprefix(picture_url("/")[:-1])
        async with as_member(who.id) as db:
            await visions.change_emblem(db, who, None, now=clock.now())
        await self._look_again(who)
        await offer_undo(self, "The emblem is taken off.", HighestSelfState.put_back(removed))

    @entitled(Right.write)
    @rx.event
    async def put_back(self, key: str):
        who = member()
        if not key.startswith(f"{who.id}/"):
            raise NotThisPage
        async with as_member(who.id) as db:
            await visions.change_emblem(db, who, key, now=clock.now())
        await self._look_again(who)


class MantraState(VisionState, rx.State):
    """A sentence to come back to."""

    _kind: str = "vision-mantra"
    _vision: ClassVar[VisionType] = VisionType.mantra


class CreedState(VisionState, rx.State):
    """What she stands by."""

    _kind: str = "vision-creed"
    _vision: ClassVar[VisionType] = VisionType.creed


class DiscoveryState(VisionState, rx.State):
    """Fifteen questions."""

    _kind: str = "vision-discovery"
    _vision: ClassVar[VisionType] = VisionType.discovery


@dataclass(frozen=True)
class VisionCard:
    """A vision on the hub. `begins` is how it begins, in her words."""

    key: str
    name: str
    purpose: str
    begins: str
    note: str
    href: str
    emblem: str = ""
    is_finished: bool = False


class VisionsState(rx.State):
    """The hub: what is written of each vision, and of the life map."""

    is_loading: bool = True
    has_place: bool = False
    lede: str = ""
    cards: list[VisionCard] = []
    map_note: str = ""
    map_href: str = routes.LIFE_MAP
    radar: Radar = EMPTY

    @rx.event
    async def open(self):
        who, now, asked = member(), clock.now(), asked_session(self)
        async with as_member(who.id) as db:
            seen = await visions.overview(db, who, asked, now=now)
            drawn = await life_map.open_map(db, who, asked, now=now) if seen else None
        self.has_place = seen is not None
        if seen and drawn:
            session_id = link_session(drawn.sheet.enrolled)
            self.cards = vision_cards(seen, who, session_id)
            self.lede = _lede(seen, is_former=bool(session_id))
            self.map_href = routes.in_session(routes.LIFE_MAP, session_id)
            self.map_note = map_note(drawn.draft)
            self.radar = draw(drawn.draft, drawn.hidden)
        self.is_loading = False


def vision_cards(seen: Overview, who: Member, session_id: str = "") -> list[VisionCard]:
    """`session_id`: they are read, in another session than the one she lives."""
    return [_card(kind, seen.visions.get(kind), who, session_id) for kind in VisionType]


def map_note(draft: LifeMapDraft) -> str:
    """
    >>> map_note(LifeMapDraft())
    'Eight areas of a life. Nothing is written on it yet.'
    """
    if not draft.begun:
        return "Eight areas of a life. Nothing is written on it yet."
    return f"{spelled(len(draft.begun)).capitalize()} of {spelled(len(Area))} areas begun."


def _card(kind: VisionType, glance: Glance | None, who: Member, session_id: str) -> VisionCard:
    said = VISIONS[kind]
    href = routes.in_session(said.href, session_id)
    if glance is None:
        note = "Nothing was written." if session_id else f"Not begun. {said.length}."
        return VisionCard(kind.value, said.name, said.purpose, "", note, href)
    return VisionCard(
        key=kind.value,
        name=said.name,
        purpose=said.purpose,
        begins=first_words(glance.draft.as_dict()),
        note=_note(kind, glance, who),
        href=href,
        emblem=picture_url(glance.emblem),
        is_finished=glance.is_completed,
    )


def _note(kind: VisionType, glance: Glance, who: Member) -> str:
    day = spoken_day(local_time(glance.saved_at, who.timezone).date())
    if glance.is_completed:
        return f"Kept, last changed on {day}"
    asked = len(VISIONS[kind].questions)
    far = f"{answered(glance.draft)} of {asked} answered. " if asked > 1 else "Begun. "
    return f"{far}Saved on {day}."


def _lede(seen: Overview, *, is_former: bool) -> str:
    if not seen.visions and is_former:
        return "Nothing was written in this session."
    if not seen.visions:
        return "Where you are going, in your own words. There is no order and no hurry."
    return f"{spelled(seen.finished).capitalize()} of {spelled(len(VisionType))} kept."
