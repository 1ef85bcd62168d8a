"""Somebody who writes her visions and her life map; each call is a transaction."""

from dataclasses import dataclass
from uuid import UUID

from gynergy_app.db import as_member
from gynergy_app.domain.journaling import (
    CELLS,
    CreedDraft,
    DiscoveryDraft,
    Draft,
    HighestSelfDraft,
    LifeMapDraft,
    MantraDraft,
    VisionType,
)
from gynergy_app.services.gamification import Completion, UnlockedBadge
from gynergy_app.services.journaling import Saved, life_map, visions
from gynergy_app.services.journaling.life_map import LifeMap
from gynergy_app.services.journaling.versions import Earlier
from gynergy_app.services.journaling.visions import VisionPage
from tests.features.conftest import Living

SELF = HighestSelfDraft("The gardener", "Waits without worry.", "To leave things growing.", "Calm, curious.")
MANTRA = MantraDraft("Slowly, and then it is done.")
CREED = CreedDraft("I stand by my word, also on Mondays.")
DISCOVERY = DiscoveryDraft(*(f"Answer {number}." for number in range(1, 16)))
ALL_FOUR: dict[VisionType, Draft] = {
    VisionType.highest_self: SELF,
    VisionType.mantra: MANTRA,
    VisionType.creed: CREED,
    VisionType.discovery: DISCOVERY,
}
WHOLE_MAP = LifeMapDraft.of({name: f"About {name.replace('_', ' ')}." for name in CELLS})


@dataclass
class Visionary:
    living: Living

    async def write(
        self, kind: VisionType, draft: Draft, *, base: int = 0, day: int = 3, hour: int = 12, minute: int = 0
    ) -> Saved:
        who, now = self.living.member, self.living.at(day, hour, minute)
        async with as_member(who.id) as db:
            return await visions.keep_draft(db, who, kind, draft, base_revision=base, now=now)

    async def finish(
        self, kind: VisionType, draft: Draft | None = None, *, base: int = 0, day: int = 3, hour: int = 12
    ) -> Completion:
        who, now = self.living.member, self.living.at(day, hour)
        async with as_member(who.id) as db:
            return await visions.finish(db, who, kind, draft or ALL_FOUR[kind], base_revision=base, now=now)

    async def open(self, kind: VisionType, *, day: int = 3, hour: int = 13) -> VisionPage:
        who = self.living.member
        async with as_member(who.id) as db:
            return await visions.open_vision(db, who, kind, now=self.living.at(day, hour))

    async def read_again(self, kind: VisionType, version_id: UUID) -> Earlier:
        who = self.living.member
        async with as_member(who.id) as db:
            return await visions.open_version(db, who, kind, version_id, now=self.living.at(3, 13))

    async def restore(self, kind: VisionType, version_id: UUID, *, day: int = 3) -> None:
        who = self.living.member
        async with as_member(who.id) as db:
            await visions.restore(db, who, kind, version_id, now=self.living.at(day, 14))

    async def give_emblem(self, key: str | None, *, day: int = 3) -> None:
        who = self.living.member
        async with as_member(who.id) as db:
            await visions.change_emblem(db, who, key, now=self.living.at(day, 12))

    async def draw(
        self, draft: LifeMapDraft, *, base: int = 0, day: int = 3, hour: int = 12, minute: int = 0
    ) -> Saved:
        who, now = self.living.member, self.living.at(day, hour, minute)
        async with as_member(who.id) as db:
            return await life_map.keep_draft(db, who, draft, base_revision=base, now=now)

    async def end_sitting(
        self, draft: LifeMapDraft, *, base: int = 0, day: int = 3, hour: int = 12
    ) -> tuple[UnlockedBadge, ...]:
        who, now = self.living.member, self.living.at(day, hour)
        async with as_member(who.id) as db:
            return await life_map.finish(db, who, draft, base_revision=base, now=now)

    async def map(self, *, day: int = 3) -> LifeMap:
        who = self.living.member
        async with as_member(who.id) as db:
            return await life_map.open_map(db, who, now=self.living.at(day, 13))
