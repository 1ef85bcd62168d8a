"""From the front door to a kept page and back out, without a pointer."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from playwright.async_api import Browser, Page, expect

from gynergy_app import clock
from tests import access
from tests.journeys.arriving import zone_by_day
from tests.journeys.conftest import NewWriter
from tests.journeys.site import Site
from tests.journeys.writer import MORNING
from tests.supabase import PASSWORD, an_address

MOST_STOPS = 80
"""Further than this nobody should have to go."""
_HERE = """() => {
    const here = document.activeElement;
    if (here === document.body) return '';
    return here.name || here.getAttribute('aria-label') || here.innerText?.trim() || here.tagName;
}"""


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(
        viewport={"width": 1280, "height": 844}, timezone_id=zone_by_day(), reduced_motion="reduce"
    )
    yield await context.new_page()
    await context.close()


@pytest.fixture
async def cohort(owner_db: psycopg.AsyncConnection) -> str:
    label, start = f"Juniper {uuid4().hex[:6]}", clock.day_in(zone_by_day(), clock.now())
    await owner_db.execute(
        "insert into book_sessions (id, book_id, start_date, end_date, status, cohort_label)"
        " select %s, id, %s, %s, 'active', %s from books where slug = 'date-zero-gratitude'",
        [uuid4(), start, start + timedelta(days=44), label],
    )
    return label


async def test_a_morning_is_kept_with_the_keyboard_alone(
    page: Page, site: Site, cohort: str, owner_db: psycopg.AsyncConnection
):
    keys, email = page.keyboard, an_address("mira")
    await site.supabase.confirmed(email, first_name="Mira", timezone=zone_by_day())
    found = await owner_db.execute("select id from users where email = %s", [email])
    await access.grant(owner_db, (await found.fetchall())[0][0])

    await page.goto(f"{site.address}/sign-in")
    await tab_to(page, "email")
    await keys.type(email)
    await tab_to(page, "password")
    await keys.type(PASSWORD)
    await keys.press("Enter")

    await expect(page.get_by_role("heading", name="Before your first page")).to_be_visible()
    await expect(page.get_by_text(f"{cohort} cohort")).to_be_visible()
    await tab_to(page, "start")
    await arrow_to(page, f"{cohort} cohort")
    await tab_to(page, "Take my place")
    await keys.press("Enter")

    await expect(page.get_by_role("link", name="Write this morning")).to_be_visible()
    await tab_to(page, "Write this morning")
    await keys.press("Enter")
    await expect(page.get_by_role("heading", name="Morning journal", level=1)).to_be_focused()
    await expect(page.locator("[data-mode]")).not_to_have_attribute("data-mode", "opening")
    for name in (name for name in MORNING if name != "mood_contribution"):
        await tab_to(page, name)
        await keys.type(MORNING[name])
    await tab_to(page, "mood_score")
    await keys.press("Space")
    await tab_to(page, "mood_contribution")
    await keys.type(MORNING["mood_contribution"])
    await tab_to(page, "Keep this page")
    await keys.press("Enter")

    await expect(page.get_by_role("heading", name="Kept.")).to_be_focused()
    found = await owner_db.execute(
        "select count(*) from journals j join auth.users u on u.id = j.user_id"
        " where u.email = %s and j.is_completed",
        [email],
    )
    assert await found.fetchone() == (1,)
    await keys.press("Escape")
    await expect(page.get_by_role("heading", name="Kept.")).to_be_hidden()

    await keys.press("Control+k")
    await expect(page.get_by_role("combobox", name="Find a place or an action")).to_be_focused()
    await keys.type("points")
    await keys.press("Enter")
    await expect(page.get_by_role("heading", name="Points", level=1)).to_be_focused()
    await tab_to(page, "Your account:")
    await keys.press("Enter")
    await tab_to(page, "Sign out")
    await keys.press("Enter")
    await expect(page).not_to_have_url(re.compile("/points"))


async def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus stands where it should, and can be seen there."""
    passed: list[str] = []
    for _ in range(MOST_STOPS):
        await page.keyboard.press("Tab")
        passed.append(await page.evaluate(_HERE))
        if name in passed[-1].splitlines():
            assert await page.evaluate("() => document.activeElement.matches(':focus-visible')")
            return
    raise AssertionError(f"{name!r} is not among the stops {passed}")


async def arrow_to(page: Page, label: str) -> None:
    """Walk along a group of radios until the one with this label is chosen."""
    chosen = "() => document.querySelector('[name=start]:checked')?.closest('label').innerText ?? ''"
    for _ in range(MOST_STOPS):
        if label in await page.evaluate(chosen):
            return
        await page.keyboard.press("ArrowDown")
    raise AssertionError(f"{label!r} cannot be reached with the arrow keys.")


async def test_a_milestone_takes_the_focus_before_the_rest_has_it(new_writer: NewWriter):
    ana = await (await new_writer(day=9)).open()
    await ana.write_morning()
    await ana.keep_page()

    shown = ana.page.get_by_role("dialog")
    await expect(shown.get_by_role("group", name="Day 9: Basecamp")).to_be_focused()
    await expect(shown.get_by_role("heading", name="Kept.")).to_be_focused()
    await ana.page.keyboard.press("Escape")
    await expect(ana.page.get_by_role("heading", level=1)).to_be_focused()
