"""Each of the 36 badges is lived through the services: once so that it is earned, once so that it is not."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.gamification import DAILY, Activity, parse
from gynergy_app.domain.journaling import CELLS, LifeMapDraft, VisionType
from gynergy_app.services.gamification import shelf
from gynergy_app.services.gamification.shelf import ShelfBadge
from tests.features.cheering import Cheering
from tests.features.conftest import EVENING, Living, NewLiving
from tests.features.sharing import Sharing
from tests.features.visions import WHOLE_MAP, Visionary
from tests.features.weeks import Weeks
from tests.rules import catalogue

MORNING_PAGE, EVENING_PAGE, ACTION_PAGE = DAILY
BADGES = {badge.key: badge for badge in catalogue.badges()}

MIDNIGHT = 24


@dataclass
class Life:
    """One member and what she may do with her days."""

    living: Living
    owner_db: psycopg.AsyncConnection
    new_living: NewLiving
    last_day: int = 1

    async def pages(self, activity: Activity, days: Iterable[int], hour: int | None = None) -> None:
        write = {
            MORNING_PAGE: self.living.morning,
            EVENING_PAGE: self.living.evening,
            ACTION_PAGE: self.living.action,
        }[activity]
        for day in days:
            await (write(day) if hour is None else write(day, hour=hour))
            self.last_day = max(self.last_day, day + (hour or 0) // MIDNIGHT)

    async def whole(self, days: Iterable[int]) -> None:
        for day in days:
            for activity in (MORNING_PAGE, ACTION_PAGE, EVENING_PAGE):
                await self.pages(activity, [day])

    async def moods(self, *scores: int) -> None:
        for day, score in enumerate(scores, start=1):
            await self.living.evening(day, draft=replace(EVENING, mood_score=score))
            self.last_day = day

    async def reflections(self, *weeks: int) -> None:
        for week in weeks:
            await Weeks(self.living).reflect(week, on=7 * week)
            self.last_day = 7 * week

    async def visions(self, *kinds: VisionType) -> None:
        for kind in kinds:
            await Visionary(self.living).finish(kind)
        self.last_day = 3

    async def life_map(self, draft: LifeMapDraft) -> None:
        await Visionary(self.living).end_sitting(draft)
        self.last_day = 3

    async def encourage(self, days: Iterable[int]) -> None:
        """The same cohort-mate, once on each of these days."""
        mate = await self.new_living("Ben")
        for day in days:
            await Cheering(self.living, self.owner_db).send(mate, self.living.at(day, 20))
            self.last_day = day

    async def shares(self, days: Iterable[int]) -> None:
        """Each day's action, done and then told to the cohort."""
        for day in days:
            await self.living.action(day)
            await Sharing(self.living).share(day)
            self.last_day = max(self.last_day, day)

    async def badges(self) -> dict[str, ShelfBadge]:
        who, now = self.living.member, self.living.at(self.last_day, 23)
        async with as_member(who.id) as db:
            found = await shelf.open(db, who, now=now)
        assert found is not None
        return {badge.key: badge for badge in found.badges}


Way = Callable[[Life], Awaitable[None]]


def rows(activity: Activity, days: Iterable[int], hour: int | None = None) -> Way:
    chosen = tuple(days)
    return lambda life: life.pages(activity, chosen, hour)


def whole(*spans: range) -> Way:
    return lambda life: life.whole(day for span in spans for day in span)


def both(*ways: Way) -> Way:
    async def one_after_the_other(life: Life) -> None:
        for way in ways:
            await way(life)

    return one_after_the_other


def moods(*scores: int) -> Way:
    return lambda life: life.moods(*scores)


def reflections(*weeks: int) -> Way:
    return lambda life: life.reflections(*weeks)


def visions(*kinds: VisionType) -> Way:
    return lambda life: life.visions(*kinds)


def life_map(draft: LifeMapDraft) -> Way:
    return lambda life: life.life_map(draft)


def encourage(*days: int) -> Way:
    return lambda life: life.encourage(days)


def shares(days: Iterable[int]) -> Way:
    chosen = tuple(days)
    return lambda life: life.shares(chosen)


def days(first: int, last: int) -> range:
    return range(first, last + 1)


ALL_BUT_ONE_PANEL = LifeMapDraft.of({name: "A word." for name in list(CELLS)[:-1]})
LIVED: dict[str, tuple[Way, Way]] = {
    "morning-streak-7": (rows(MORNING_PAGE, days(1, 7)), rows(MORNING_PAGE, days(1, 6))),
    "evening-streak-7": (rows(EVENING_PAGE, days(1, 7)), rows(MORNING_PAGE, days(1, 7))),
    "gratitude-streak-7": (rows(ACTION_PAGE, days(1, 7)), rows(ACTION_PAGE, [1, 2, 3, 4, 8, 9, 10, 11])),
    "weekly-streak-4": (reflections(1, 2, 3, 4), reflections(1, 2, 4, 5)),
    "first-morning": (rows(MORNING_PAGE, [1]), rows(EVENING_PAGE, [1])),
    "first-evening": (rows(EVENING_PAGE, [1]), rows(MORNING_PAGE, [1])),
    "first-dga": (rows(ACTION_PAGE, [1]), rows(MORNING_PAGE, [1])),
    "perfect-day": (
        whole(days(1, 1)),
        both(rows(MORNING_PAGE, [1]), rows(EVENING_PAGE, [1]), rows(ACTION_PAGE, [2])),
    ),
    "perfect-week": (whole(days(1, 7)), whole(days(2, 8))),
    "vision-complete": (visions(*VisionType), visions(*list(VisionType)[:3])),
    "journey-complete": (life_map(WHOLE_MAP), life_map(ALL_BUT_ONE_PANEL)),
    "graduate": (rows(MORNING_PAGE, days(10, 45)), rows(MORNING_PAGE, days(11, 45))),
    "early-bird": (rows(MORNING_PAGE, [1], hour=6), rows(MORNING_PAGE, [1], hour=7)),
    "dawn-patrol": (rows(MORNING_PAGE, days(1, 5), hour=6), rows(MORNING_PAGE, days(1, 4), hour=6)),
    "sunrise-specialist": (rows(MORNING_PAGE, days(1, 15), hour=6), rows(MORNING_PAGE, days(1, 14), hour=6)),
    "speed-demon": (
        both(rows(MORNING_PAGE, [1], hour=11), rows(ACTION_PAGE, [1], hour=11)),
        both(rows(MORNING_PAGE, [1], hour=11), rows(ACTION_PAGE, [1], hour=12)),
    ),
    "night-journaler": (rows(EVENING_PAGE, [1], hour=MIDNIGHT), rows(EVENING_PAGE, [1], hour=MIDNIGHT + 1)),
    "first-share": (shares([1]), rows(ACTION_PAGE, [1])),
    "joy-spreader": (shares(days(1, 5)), shares(days(1, 4))),
    "ambassador": (shares(days(1, 15)), shares(days(1, 14))),
    "milestone-1": (rows(MORNING_PAGE, [9]), rows(MORNING_PAGE, [8])),
    "milestone-2": (rows(MORNING_PAGE, [18]), rows(MORNING_PAGE, [17])),
    "milestone-3": (rows(MORNING_PAGE, [27]), rows(MORNING_PAGE, [26])),
    "milestone-4": (rows(MORNING_PAGE, [36]), rows(MORNING_PAGE, [35])),
    "milestone-5": (rows(MORNING_PAGE, [45]), rows(MORNING_PAGE, [44])),
    "comeback-kid": (rows(MORNING_PAGE, [1, 5]), rows(MORNING_PAGE, [1, 4])),
    "weekend-warrior": (whole(days(6, 7)), whole(days(7, 7), days(13, 13))),
    "encourager": (encourage(*days(1, 5)), encourage(1, 1, 2, 3, 4)),
    "community-pillar": (encourage(*days(1, 10)), encourage(*days(1, 9), 9)),
    "mood-improver": (moods(1, 2, 3, 4, 5, 6), moods(1, 2, 3, 4, 5, 5)),
}


IN_A_ROW = {
    "combined-streak-7": 7,
    "combined-streak-14": 14,
    "combined-streak-21": 21,
    "combined-streak-30": 30,
    "combined-streak-45": 45,
    "habit-milestone-66": 66,
}
"""Badges for whole days that follow one another: all of them lie on one way."""


@pytest.fixture
async def life(new_living: NewLiving, owner_db: psycopg.AsyncConnection) -> Life:
    return Life(await new_living(), owner_db, new_living)


def test_every_badge_is_lived():
    assert len(BADGES) == 36
    assert sorted([*LIVED, *IN_A_ROW]) == sorted(BADGES)


@pytest.mark.parametrize("key", LIVED)
async def test_it_is_earned(life: Life, key: str):
    earns, _ = LIVED[key]

    await earns(life)

    badge = (await life.badges())[key]
    assert badge.held is not None
    assert badge.held.since == life.living.day(life.last_day)
    assert badge.progress.percent == 100
    assert await rewards_of(life, key) == [BADGES[key].points]


@pytest.mark.parametrize("key", LIVED)
async def test_close_to_it_is_not_enough(life: Life, key: str):
    _, comes_close = LIVED[key]

    await comes_close(life)

    badge = (await life.badges())[key]
    assert badge.held is None
    assert badge.progress.have < badge.progress.need
    assert await rewards_of(life, key) == []


async def test_whole_days_in_a_row_earn_each_badge_on_its_very_day(life: Life):
    came: dict[str, int] = {}
    for day in days(1, 66):
        for completion in await life.living.whole_day(day):
            came |= {badge.key: day for badge in completion.badges}

    assert {key: day for key, day in came.items() if key in IN_A_ROW} == IN_A_ROW
    for key in IN_A_ROW:
        assert await rewards_of(life, key) == [BADGES[key].points]


async def test_every_badge_says_what_its_condition_says(life: Life):
    await life.whole([1])

    shown = await life.badges()

    assert {key: badge.words for key, badge in shown.items()} == {
        key: parse(badge.condition).words for key, badge in BADGES.items()
    }
    in_figures = {key: badge.progress.words for key, badge in shown.items() if badge.held is None}
    for key, length in IN_A_ROW.items():
        assert in_figures[key] == f"1 of {length} full days"


async def test_another_condition_is_said_shown_and_asked_for(life: Life):
    ask = "update badges set unlock_condition = jsonb_set(unlock_condition, '{count}', %s) where key = %s"
    key = "morning-streak-7"
    await life.owner_db.execute(ask, ["2", key])
    try:
        await life.pages(MORNING_PAGE, [1])
        before = (await life.badges())[key]
        await life.pages(MORNING_PAGE, [2])
        after = (await life.badges())[key]
    finally:
        await life.owner_db.execute(ask, ["7", key])

    assert before.words == "Finish the morning journal two days in a row."
    assert (before.progress.words, before.held) == ("1 of 2 mornings", None)
    assert after.held is not None


async def rewards_of(life: Life, key: str) -> list[int]:
    """What the ledger gave for this badge."""
    query = "select final_points from points_transactions where user_id = %s and metadata ->> 'key' = %s"
    found = await life.owner_db.execute(query, [life.living.member.id, key])
    return [row[0] for row in await found.fetchall()]
