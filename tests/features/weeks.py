"""Somebody who lives her weeks: her challenges, her sittings, and looking back."""

from dataclasses import dataclass

from gynergy_app.db import as_member
from gynergy_app.domain.journaling import ChallengeDraft, MeditationDraft, WeeklyDraft
from gynergy_app.services.gamification import Completion
from gynergy_app.services.journaling import challenges, meditations, weekly
from gynergy_app.services.journaling.challenges import ChallengePage
from gynergy_app.services.journaling.pages import Page
from tests.features.conftest import Living

REFLECTION = WeeklyDraft(
    wins="Three dinners at the table.",
    challenges="The call on Thursday; I waited before I answered.",
    lessons="Evenings need an end.",
)
CHALLENGE = ChallengeDraft(
    is_done=True,
    reward="A quieter head.",
    motivation="The walk home.",
    purpose="I am easier to live with.",
    success="It no longer needs deciding.",
    focus="The phone stays in the hall.",
)
NOT_THIS_WEEK = ChallengeDraft(is_done=False)
SITTING = MeditationDraft("My thoughts went to the sea, and stayed there.")


@dataclass
class Weeks:
    """The weeks somebody lives; each call is a transaction."""

    living: Living

    async def reflect(
        self, week: int, *, on: int, hour: int = 18, draft: WeeklyDraft = REFLECTION, base: int = 0
    ) -> Completion:
        who, day = self.living.member, self.living.day(7 * week)
        async with as_member(who.id) as db:
            return await weekly.finish(
                db, who, draft, day=day, base_revision=base, now=self.living.at(on, hour)
            )

    async def keep_reflection(
        self, week: int, *, on: int, draft: WeeklyDraft = REFLECTION, base: int = 0
    ) -> None:
        who, day = self.living.member, self.living.day(7 * week)
        async with as_member(who.id) as db:
            await weekly.keep_draft(db, who, draft, day=day, base_revision=base, now=self.living.at(on, 9))

    async def reflection(self, *, on: int, hour: int = 12, of: int | None = None) -> Page:
        who, day = self.living.member, self.living.day(7 * of) if of else None
        async with as_member(who.id) as db:
            return await weekly.open_page(db, who, now=self.living.at(on, hour), day=day)

    async def take_up(
        self,
        *,
        on: int,
        hour: int = 18,
        draft: ChallengeDraft = CHALLENGE,
        base: int = 0,
        of: int | None = None,
    ) -> Completion:
        who, day = self.living.member, self.living.day(of or on)
        async with as_member(who.id) as db:
            return await challenges.finish(
                db, who, draft, day=day, base_revision=base, now=self.living.at(on, hour)
            )

    async def challenge(self, *, on: int) -> ChallengePage:
        who = self.living.member
        async with as_member(who.id) as db:
            return await challenges.open_challenge(db, who, now=self.living.at(on, 12))

    async def sit(
        self, day: int, *, hour: int = 7, draft: MeditationDraft = SITTING, base: int = 0
    ) -> Completion | None:
        who = self.living.member
        async with as_member(who.id) as db:
            return await meditations.log(
                db, who, draft, day=self.living.day(day), base_revision=base, now=self.living.at(day, hour)
            )
