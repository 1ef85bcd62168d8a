"""One member lives all forty-five days in a browser, whose clock and the site's travel with her.

She misses two days and repairs one, flies from Los Angeles to Tokyo and back across the start of summer time,
and graduates. Whatever a screen counts is counted again in the database, by queries that know nothing of the
product.
"""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from playwright.async_api import Browser, BrowserContext, expect

from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.services import programs
from tests.journeys.conftest import NewPerson
from tests.journeys.site import Site, cookie_of
from tests.journeys.test_weeks import REFLECTION
from tests.journeys.test_whole_day import EVENING
from tests.journeys.travelling import TimeMachine
from tests.journeys.writer import Writer

FIRST = date(2026, 2, 9)
"""A Monday. Summer time begins in Los Angeles on 8 March, day 28, while she is in Tokyo, which knows none."""

HOME, AWAY = "America/Los_Angeles", "Asia/Tokyo"
LEAVES, RETURNS = 20, 33
WHOLE = {*range(1, 8), 45}
FROZEN, REPAIRED = 12, 16
REFLECTS = {9: 1, 23: 3}
"""On which days she looks back on a week, and on which."""

CHECKPOINTS = (9, 27, 45)

MOODS = {"morning": 6, "evening": 8}


@dataclass
class Traveller(Writer):
    """A writer who knows what day it is."""

    context: BrowserContext
    machine: TimeMachine
    db: psycopg.AsyncConnection
    zone: str = HOME

    def at(self, day: int, hour: int) -> datetime:
        wall = datetime.combine(FIRST + timedelta(days=day - 1), time(hour), ZoneInfo(self.zone))
        return wall.astimezone(UTC)

    async def live(self, day: int) -> None:
        await self._is_it(day, 9)
        await self.write_a_morning(day)
        if day in REFLECTS:
            await self.write_a_reflection()
        if day in WHOLE:
            await self._is_it(day, 13)
            await self.do_an_action()
            await self._is_it(day, 21)
            await self.write_an_evening()

    async def opens(self, path: str) -> None:
        """A page to write on; until it is asked for, the tab still shows what it showed the day before."""
        await self.go(path)
        await expect(self.page.locator("[data-mode]")).to_have_attribute("data-mode", "writing")

    async def _is_it(self, day: int, hour: int) -> None:
        self.machine.go_to(self.at(day, hour))
        await self.context.clock.set_system_time(self.at(day, hour))

    async def write_a_morning(self, day: int) -> None:
        await self.opens("/journal/morning")
        await self.write_morning()
        await self.write(
            "gratitudes.0", f"The lighthouse on day {day}" if day > 22 else f"The rain on day {day}"
        )
        await self._keep()

    async def do_an_action(self) -> None:
        await self.opens("/journal/gratitude-action")
        await self.choose("is_done", "yes")
        await self.write("reflection", "Lighter than I thought it would be.")
        await self._keep()

    async def write_an_evening(self) -> None:
        await self.opens("/journal/evening")
        for name, words in EVENING.items():
            await self.write(name, words)
        await self.choose("mood_score", str(MOODS["evening"]))
        await self._keep()

    async def write_a_reflection(self) -> None:
        await self.opens("/journal/weekly")
        for name, words in REFLECTION.items():
            await self.write(name, words)
        await self._keep()

    async def _keep(self) -> None:
        await self.keep_page()
        await expect(self.page.get_by_role("heading", name="Kept.")).to_be_visible()

    async def repairs_yesterday(self, today: int) -> None:
        await self._is_it(today, 10)
        await self.go("/today")
        await self.page.get_by_role("link", name=re.compile("two lines", re.IGNORECASE)).click()
        await self.write("success", "I called my mother.")
        await self.write("insight", "Short is better than nothing.")
        await self.keep_page()
        await expect(self.page.get_by_text("This day counts as kept.")).to_be_visible()

    async def flies(self, day: int, zone: str) -> None:
        """Late in the evening she lands, and says where she is."""
        await self._is_it(day, 22)
        await self.go("/me/preferences")
        await self.page.get_by_label("Time zone").select_option(zone)
        await expect(self.page.get_by_text(f"Your days now follow {zone.replace('_', ' ')}.")).to_be_visible()
        self.zone = zone

    async def go(self, path: str) -> None:
        await self.page.goto(f"{self.site.address}{path}")

    async def number(self, query: str, **given: object) -> int:
        found = await self.db.execute(query.encode(), {"me": self.member.id, **given})
        row = await found.fetchone()
        return (row and row[0]) or 0


@pytest.fixture
def machine(tmp_path: Path) -> TimeMachine:
    return TimeMachine(tmp_path)


@pytest.fixture
async def elsewhen(site: Site, machine: TimeMachine) -> AsyncIterator[Site]:
    """The same site in a web process of its own, whose time this test decides."""
    its_own = Site({**site.services, **machine.environment})
    its_own.supabase = site.supabase
    await its_own.start()
    yield its_own
    its_own.stop()


@pytest.fixture
async def mira(
    elsewhen: Site,
    machine: TimeMachine,
    browser: Browser,
    new_person: NewPerson,
    owner_db: psycopg.AsyncConnection,
) -> AsyncIterator[Traveller]:
    session_id = uuid4()
    await owner_db.execute(
        "insert into book_sessions (id, book_id, start_date, end_date, status, cohort_label)"
        " select %s, id, %s, %s, 'upcoming', 'Lighthouse' from books where slug = 'date-zero-gratitude'",
        [session_id, FIRST, FIRST + timedelta(days=44)],
    )
    person = await new_person("Mira", timezone=HOME)
    member = Member(person, f"{person}@example.com", "Mira", "", HOME)
    arrives = datetime.combine(FIRST, time(8), ZoneInfo(HOME)).astimezone(UTC)
    machine.go_to(arrives)
    async with as_member(person) as db:
        await programs.enroll(db, member, session_id, now=arrives)
    await owner_db.execute("update profile_settings set onboarded_at = now() where user_id = %s", [person])
    context = await browser.new_context(
        viewport={"width": 1280, "height": 844}, timezone_id=HOME, reduced_motion="reduce"
    )
    await context.add_cookies([await cookie_of(person, elsewhen)])  # pyright: ignore[reportArgumentType]
    yield Traveller(await context.new_page(), elsewhen, member, context, machine, owner_db)
    await context.close()


async def test_forty_five_days_are_lived_and_every_number_is_true(mira: Traveller):
    for day in range(1, 46):
        if day in (FROZEN, REPAIRED):
            continue
        await mira.live(day)
        if day == REPAIRED + 1:
            await mira.repairs_yesterday(day)
        if day == LEAVES:
            await mira.flies(day, AWAY)
        if day == RETURNS:
            await mira.flies(day, HOME)
        if day in CHECKPOINTS:
            await sees_what_the_database_holds(mira, day)


async def sees_what_the_database_holds(mira: Traveller, day: int) -> None:
    await _sees_her_points(mira)
    await _sees_her_badges(mira)
    await _sees_her_days(mira, day)
    await _sees_her_streak(mira, day)


async def _sees_her_points(mira: Traveller) -> None:
    total = await mira.number("select sum(final_points) from points_transactions where user_id = %(me)s")
    assert total > 0
    await mira.go("/points")
    await expect(mira.page.locator(".balance-total")).to_have_text(f"{total:,}")
    await mira.go("/leaderboard")
    await expect(mira.page.locator(".rank.is-me .rank-points")).to_have_text(f"{total:,} points")


async def _sees_her_badges(mira: Traveller) -> None:
    """Each shelf says how many of its badges she holds; together they are all there are."""
    held = await mira.number("select count(*) from user_badges where user_id = %(me)s")
    every = await mira.number("select count(*) from badges where %(me)s::uuid is not null")
    await mira.go("/badges")
    shelves = mira.page.locator("main section").get_by_text(re.compile(r"^\d+ of \d+$"))
    await expect(shelves.first).to_be_visible()
    counts = [tuple(map(int, said.split(" of "))) for said in await shelves.all_inner_texts()]
    assert (sum(have for have, _ in counts), sum(all_ for _, all_ in counts)) == (held, every)


async def _sees_her_days(mira: Traveller, day: int) -> None:
    written = await mira.number(
        "select count(distinct day) from (select entry_date as day from journals where user_id = %(me)s and"
        " is_completed and journal_type <> 'weekly' union select entry_date from action_logs"
        " where user_id = %(me)s and is_completed and action_type = 'gratitude' union"
        " select day from streak_events where user_id = %(me)s and kind = 'repair') d"
    )
    rest = await mira.number("select count(*) from streak_events where user_id = %(me)s and kind = 'freeze'")
    assert (written, rest) == (day - (day > FROZEN), int(day > FROZEN))
    await mira.go("/history")
    await expect(
        mira.page.get_by_text(re.compile(rf"Day {day}\. {_spelled(written)} days kept"))
    ).to_be_visible()
    await expect(mira.page.get_by_role("link", name=re.compile("a day of rest"))).to_have_count(rest)


async def _sees_her_streak(mira: Traveller, day: int) -> None:
    """Nothing was ever broken: every day was written, repaired, or held by a freeze that adds no length."""
    days = day - (day > FROZEN)
    cached = await mira.number("select morning_completion from session_enrollments where user_id = %(me)s")
    mornings = (
        "select count(*) from journals where user_id = %(me)s and journal_type = 'morning' and is_completed"
    )
    assert cached == await mira.number(mornings)
    await mira.go("/today")
    await expect(mira.page.get_by_text(f"{days}-day streak")).to_be_visible()


def _spelled(number: int) -> str:
    return "Nine" if number == 9 else str(number)
