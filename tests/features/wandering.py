"""Somebody who keeps her days as she can: late, from elsewhere, with days left out, and never as planned."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import DAILY, Activity
from gynergy_app.domain.journaling import (
    EveningDraft,
    JournalType,
    MeditationDraft,
    MorningDraft,
    ShortDraft,
    VisionType,
    local_time,
)
from gynergy_app.errors import Conflict
from gynergy_app.services import kindness, travel
from gynergy_app.services.gamification import Completion
from gynergy_app.services.journaling import (
    challenges,
    gratitude_actions,
    meditations,
    pages,
    visions,
    weekly,
)
from tests.features.conftest import ACTION, EVENING, MORNING, START
from tests.features.visions import ALL_FOUR
from tests.features.weeks import CHALLENGE, REFLECTION

JOURNALS: dict[Activity, tuple[JournalType, MorningDraft | EveningDraft]] = {
    Activity.morning_journal: (JournalType.morning, MORNING),
    Activity.evening_journal: (JournalType.evening, EVENING),
}
TWO_LINES = ShortDraft(success="It rained.", insight="I rested.")
NIGHT, DAWN, NOON, DUSK = time(1, 30), time(7, 30), time(13), time(21)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """What one day of a journey holds. `belated` pages are written in the night after it."""

    pages: tuple[Activity, ...] = DAILY
    belated: tuple[Activity, ...] = ()
    flies_to: str | None = None
    lands_at: time = NOON
    mends: int = 0
    rewrites: bool = False
    keeps_its_week: bool = False
    vision: VisionType | None = None


Look = Callable[["Wanderer", str], Awaitable[None]]
"""Called with what she has just done."""


@dataclass
class Wanderer:
    """`look` is called after everything she does. `counted_at` is when her rows last changed a streak."""

    member: Member
    look: Look
    now: datetime
    counted_at: datetime
    last: Completion | None = None
    mended: set[date] = field(default_factory=set)

    @property
    def today(self) -> date:
        return local_time(self.now, self.member.timezone).date()

    async def live(self, day: Day) -> None:
        for hour, doings in (
            (DAWN, self._morning),
            (NOON, self._noon),
            (DUSK, self._evening),
            (NIGHT, self._night),
        ):
            if hour != NIGHT or day.belated:
                self._wait_until(hour)
                await doings(day)

    def _wait_until(self, hour: time) -> None:
        """The next time a clock beside her shows this hour."""
        zone = ZoneInfo(self.member.timezone)
        days = (self.today + n * ONE_DAY for n in range(3))
        moments = (datetime.combine(day, hour, zone).astimezone(self.now.tzinfo) for day in days)
        self.now = next(moment for moment in moments if moment > self.now)

    async def _morning(self, day: Day) -> None:
        if day.flies_to and day.lands_at == DAWN:
            await self.fly(day.flies_to)
        if Activity.morning_journal in day.pages:
            await self.finish(Activity.morning_journal, self.today)

    async def _noon(self, day: Day) -> None:
        if day.flies_to and day.lands_at == NOON:
            await self.fly(day.flies_to)
        if Activity.gratitude_action in day.pages:
            await self.finish(Activity.gratitude_action, self.today)
        if day.mends:
            await self.mend(self.today - day.mends * ONE_DAY)
        if day.keeps_its_week:
            await self.keep_week()

    async def _evening(self, day: Day) -> None:
        if Activity.evening_journal in day.pages:
            await self.finish(Activity.evening_journal, self.today)
        if day.rewrites:
            await self.rewrite(self.today)
            await self.rewrite(self.today - ONE_DAY)
        if day.vision:
            await self.see(day.vision)

    async def _night(self, day: Day) -> None:
        for activity in day.belated:
            await self.finish(activity, self.today - ONE_DAY)

    async def _show(self, deed: str) -> None:
        """No two things are done in the same moment."""
        await self.look(self, deed)
        self.now += timedelta(minutes=7)

    async def finish(self, activity: Activity, day: date) -> None:
        """A page that may be finished: today's, or yesterday's in the night."""
        with clock.travelling(to=self.now):
            done = await self._finish(activity, day)
        if not done.was_already and not done.is_practice:
            self.counted_at = self.now
        self.last = done
        await self._show(f"{activity} of {day}")

    async def _finish(self, activity: Activity, day: date) -> Completion:
        who, now = self.member, self.now
        async with as_member(who.id) as db:
            if activity is Activity.gratitude_action:
                opened = await gratitude_actions.open_action(db, who, now=now, day=day)
                return await gratitude_actions.finish(
                    db, who, ACTION, day=day, base_revision=opened.revision, now=now
                )
            kind, draft = JOURNALS[activity]
            page = await pages.open_page(db, who, kind, now=now, day=day)
            return await pages.finish(db, who, kind, draft, day=day, base_revision=page.revision, now=now)

    async def rewrite(self, day: date) -> None:
        """Other words and another mood on a page that is already finished, where there is one to change."""
        with clock.travelling(to=self.now):
            for kind, draft in JOURNALS.values():
                await self._rewrite(kind, draft, day)
        await self._show(f"rewrites {day}")

    async def _rewrite(self, kind: JournalType, draft: MorningDraft | EveningDraft, day: date) -> None:
        who, now = self.member, self.now
        async with as_member(who.id) as db:
            page = await pages.open_page(db, who, kind, now=now, day=day)
            if page.is_completed and page.is_editable:
                changed = replace(draft, mood_score=1 + page.revision % 10)
                keep = pages.finish if page.revision % 2 else pages.keep_draft
                await keep(db, who, kind, changed, day=day, base_revision=page.revision, now=now)

    async def mend(self, day: date) -> None:
        who, now = self.member, self.now
        with clock.travelling(to=now):
            try:
                async with as_member(who.id) as db:
                    await kindness.repair(db, who, day, TWO_LINES, now=now)
            except (kindness.NotRepairable, kindness.TodayComesFirst):
                pass
            else:
                self.counted_at = self.counted_at if day in self.mended else now
                self.mended.add(day)
        await self._show(f"mends {day}")

    async def fly(self, timezone: str) -> None:
        with clock.travelling(to=self.now):
            async with as_member(self.member.id) as db:
                await travel.change_timezone(db, self.member, timezone, now=self.now)
        if timezone != self.member.timezone:
            self.member = replace(self.member, timezone=timezone)
            self.counted_at = self.now
        await self._show(f"flies to {timezone}")

    async def keep_week(self) -> None:
        """All that a week asks for, as far as it is open."""
        for part in (self._reflect, self._take_up, self._sit):
            with clock.travelling(to=self.now):
                try:
                    done = await part()
                except Conflict:
                    done = None
            if done and not done.was_already:
                self.counted_at = self.now
            await self._show(part.__name__.strip("_"))

    async def _reflect(self) -> Completion:
        who, now = self.member, self.now
        async with as_member(who.id) as db:
            page = await weekly.open_page(db, who, now=now)
            return await weekly.finish(
                db, who, REFLECTION, day=page.sheet.day, base_revision=page.revision, now=now
            )

    async def _take_up(self) -> Completion:
        who, now = self.member, self.now
        async with as_member(who.id) as db:
            page = await challenges.open_challenge(db, who, now=now)
            return await challenges.finish(
                db, who, CHALLENGE, day=page.sheet.day, base_revision=page.revision, now=now
            )

    async def _sit(self) -> Completion | None:
        who, now = self.member, self.now
        async with as_member(who.id) as db:
            page = await meditations.open_page(db, who, now=now)
            sitting = MeditationDraft("The sea.")
            return await meditations.log(
                db, who, sitting, day=self.today, base_revision=page.revision, now=now
            )

    async def see(self, kind: VisionType) -> None:
        who, now = self.member, self.now
        with clock.travelling(to=now):
            async with as_member(who.id) as db:
                page = await visions.open_vision(db, who, kind, now=now)
                await visions.finish(db, who, kind, ALL_FOUR[kind], base_revision=page.revision, now=now)
        await self._show(f"finishes {kind}")


def sets_out(member: Member, look: Look) -> Wanderer:
    """At midnight of the first day, on her own clock."""
    begins = datetime.combine(START, time(), ZoneInfo(member.timezone)).astimezone(ZoneInfo("UTC"))
    return Wanderer(member, look, begins, begins)
