"""A stranger lives one whole day, and every number she is shown is what the ledger holds."""

import re
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from playwright.async_api import Browser, Page, expect

from gynergy_app import clock
from tests.journeys.arriving import Arrival, zone_by_day
from tests.journeys.site import Site
from tests.journeys.writer import MORNING
from tests.look.inspecting import violations

EVENING = {
    "insight": "I listened more than I spoke.",
    "insight_impact": "Tomorrow I can begin there.",
    "success": "The letter went out.",
    "changes": "Put the phone away at ten.",
    **{f"dreams.{n}": f"I am rested, line {n + 1}." for n in range(5)},
}


class Ledger:
    """What the database holds of one member, asked without the product's help."""

    def __init__(self, db: psycopg.AsyncConnection, email: str) -> None:
        self._db, self._email = db, email

    async def number(self, query: str) -> int:
        rows = await self.rows(query)
        return rows[0][0] or 0

    async def rows(self, query: str) -> list[tuple[Any, ...]]:
        me = "(select id from auth.users where email = %(email)s)"
        found = await self._db.execute(query.replace("$me", me).encode(), {"email": self._email})
        return await found.fetchall()

    async def points_of(self, activity: str) -> int:
        return await self.number(
            "select sum(final_points) from points_transactions"
            f" where user_id = $me and activity_type = '{activity}'"
        )

    async def total(self) -> int:
        return await self.number("select sum(final_points) from points_transactions where user_id = $me")

    async def badges(self) -> set[str]:
        query = "select b.name from user_badges u join badges b on b.id = u.badge_id where u.user_id = $me"
        return {row[0] for row in await self.rows(query)}


@pytest.fixture(params=[390, 1440])
async def page(request: pytest.FixtureRequest, browser: Browser) -> AsyncIterator[Page]:
    """A browser nobody has used, on a phone and on a desk, in a zone where it is day."""
    width = request.param
    context = await browser.new_context(
        viewport={"width": width, "height": 844}, timezone_id=zone_by_day(), reduced_motion="reduce"
    )
    yield await context.new_page()
    await context.close()


@pytest.fixture
async def cohort(owner_db: psycopg.AsyncConnection) -> str:
    """A session that began two days ago, by the name of its cohort."""
    label = f"Cedar {uuid4().hex[:6]}"
    start = clock.day_in(zone_by_day(), clock.now()) - timedelta(days=2)
    await owner_db.execute(
        "insert into book_sessions (id, book_id, start_date, end_date, status, cohort_label)"
        " select %s, id, %s, %s, 'active', %s from books where slug = 'date-zero-gratitude'",
        [uuid4(), start, start + timedelta(days=44), label],
    )
    return label


async def test_a_stranger_lives_one_whole_day(
    page: Page, site: Site, cohort: str, owner_db: psycopg.AsyncConnection
):
    mira = Arrival.at(page, site)
    ledger = Ledger(owner_db, mira.email)

    await mira.sign_up()
    await mira.follow_mail("Open my account")
    await expect(page.get_by_role("heading", name="Your forty-five days begin with a place")).to_be_visible()
    await mira.is_given_access(owner_db)
    await expect(page.get_by_role("heading", name="Before your first page")).to_be_visible()
    await expect(page.locator("[name=timezone]")).to_have_value(zone_by_day())
    await mira.take_place(cohort)
    await expect(page.get_by_role("heading", level=1)).to_contain_text("3")

    await page.get_by_role("link", name="Write this morning").click()
    await _answer(page, "Morning journal", MORNING, {"mood_score": "7"})
    await _sees_celebration(page, ledger, "morning_journal")
    await page.get_by_role("link", name="Open today’s action").click()
    await _answer(
        page, "Gratitude action", {"reflection": "Lighter than I thought it would be."}, {"is_done": "yes"}
    )
    await _sees_celebration(page, ledger, "gratitude_action")
    await page.get_by_role("link", name="Write this evening").click()
    await _answer(page, "Evening journal", EVENING, {"mood_score": "8"})
    await _sees_celebration(page, ledger, "evening_journal")
    await expect(
        page.get_by_text("All three pages are written. Nothing is left to do today.")
    ).to_be_visible()
    await page.get_by_role("dialog").get_by_role("link", name="Back to Today").click()

    await _sees_a_finished_day(page, ledger)
    await _sees_the_same_everywhere(mira, ledger, cohort)


async def _answer(page: Page, title: str, lines: Mapping[str, str], choices: Mapping[str, str]) -> None:
    """Fill what is in sight and keep the page. On a phone the questions come one at a time."""
    await expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    await expect(page.locator("[data-mode]")).not_to_have_attribute("data-mode", "opening")
    keep = page.get_by_role("button", name="Keep this page")
    while True:
        for name, value in choices.items():
            option = page.locator(f"[name='{name}'][value='{value}']")
            if await option.is_visible():
                await option.check()
        for name, text in lines.items():
            field = page.locator(f"[name='{name}']")
            if await field.is_visible():
                await field.fill(text)
        if await keep.is_visible():
            await keep.click()
            return
        await page.get_by_role("button", name="Next", exact=True).click()


async def _sees_celebration(page: Page, ledger: Ledger, activity: str) -> None:
    """What is celebrated is what was stored, and "Why" adds up to it."""
    await expect(page.get_by_role("heading", name="Kept.")).to_be_visible()
    points = await ledger.points_of(activity)
    assert points > 0
    await page.get_by_role("button", name=f"Why {points}?").click()
    why = page.get_by_role("dialog", name=f"Why {points}?")
    await expect(why.locator(".total dd")).to_contain_text(str(points))
    assert await violations(page) == []
    await why.get_by_role("button", name="Close").click()
    shown = await page.locator("section[aria-label^='New badge: ']").evaluate_all(
        "found => found.map(each => each.getAttribute('aria-label').replace('New badge: ', ''))"
    )
    assert set(shown) <= await ledger.badges()


async def _sees_a_finished_day(page: Page, ledger: Ledger) -> None:
    await expect(page.get_by_role("heading", name="What you kept today")).to_be_attached()
    await expect(page.get_by_text("1-day streak")).to_be_visible()
    tally = page.locator(".tally .points")
    for place, activity in enumerate(("morning_journal", "gratitude_action", "evening_journal")):
        await expect(tally.nth(place)).to_have_text(str(await ledger.points_of(activity)))
    await expect(page.get_by_text("The letter went out.")).to_be_visible()


async def _sees_the_same_everywhere(mira: Arrival, ledger: Ledger, cohort: str) -> None:
    page, total = mira.page, await ledger.total()
    await mira.go("/points")
    await expect(page.locator(".balance-total")).to_have_text(f"{total:,}")
    amounts = await page.locator(".tx-amount").all_inner_texts()
    assert sum(int(amount) for amount in amounts) == total

    await mira.go("/leaderboard")
    await expect(page.get_by_role("heading", name=f"{cohort}, by points")).to_be_visible()
    await expect(page.locator(".rank.is-me .rank-points")).to_have_text(f"{total:,} points")

    await mira.go("/badges")
    for name in await ledger.badges():
        await expect(page.get_by_role("button", name=name).first).to_be_visible()

    await mira.go("/history")
    await expect(
        page.get_by_role("link", name=re.compile("^Day 3, .*: three pages of three"))
    ).to_be_visible()

    await mira.go("/notifications")
    told = await ledger.number("select count(*) from notifications where user_id = $me")
    await expect(page.locator("main li")).to_have_count(told)
