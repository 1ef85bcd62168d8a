"""A vision and a life map in a browser: written, changed, brought back, and filled in by keyboard."""

import psycopg
from playwright.async_api import Page, expect

from tests.journeys.conftest import NewWriter
from tests.journeys.writer import Writer


async def keep_vision(ana: Writer, text: str) -> None:
    await ana.write("mantra", text)
    await ana.sees_saved()
    await ana.page.get_by_role("button", name="Keep").last.click()
    await ana.page.get_by_role("button", name="Stay on this page").click()


async def test_a_vision_is_kept_changed_and_brought_back(
    new_writer: NewWriter, owner_db: psycopg.AsyncConnection
):
    ana = await (await new_writer(day=4)).open("/visions/mantra")
    await ana.write("mantra", "Slowly, and then")
    await ana.sees_saved()
    await ana.open("/visions/mantra")
    await ana.sees("mantra", "Slowly, and then")
    await keep_vision(ana, "Slowly, and then it is done.")

    heading = ana.page.get_by_role("heading", name="Mantra", level=1)
    await ana.page.get_by_role("button", name="Edit").click()
    await expect(heading).to_be_focused()
    await keep_vision(ana, "Faster, always faster.")
    await ana.page.get_by_role("button", name="Slowly, and then it is done.").click()
    await ana.page.get_by_role("button", name="Bring this version back").click()

    kept = ana.page.locator(".in-reading").get_by_text("Slowly, and then it is done.")
    await expect(kept).to_be_visible()
    await expect(ana.page.get_by_role("button", name="Faster, always faster.")).to_be_visible()
    await expect(heading).to_be_focused()
    earned = await owner_db.execute(
        "select final_points from points_transactions where user_id = %s and activity_type = 'vision'",
        [ana.member.id],
    )
    assert await earned.fetchall() == [(20,)]


async def tab_to(page: Page, label: str) -> None:
    """Press Tab until the cursor stands in this field, as somebody without a mouse does."""
    for _ in range(60):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.getAttribute('aria-label')") == label:
            return
    raise AssertionError(f"{label} is not reached by Tab")


async def test_the_map_is_filled_picked_and_hidden_by_keyboard(new_writer: NewWriter):
    ana = await (await new_writer(day=4)).open("/life-map")
    page, keys = ana.page, ana.page.keyboard
    await tab_to(page, "Love and partnership: How it is now")
    await keys.type("We talk in the evenings.")
    await tab_to(page, "Love and partnership: Why it matters")
    await keys.type("Home is a person.")
    await ana.sees_saved()

    drawing = page.get_by_role("img", name="now and vision 5 words, why and strategy 4 words")
    await expect(drawing).to_be_visible()
    row = page.get_by_role("row", name="Love and partnership")
    await expect(row).to_contain_text("Now and vision: 5 words. Why and strategy: 4 words.")

    await page.get_by_role("button", name="Money", exact=True).press("Enter")
    await expect(row).to_be_hidden()
    await page.get_by_role("button", name="The other seven areas").press("Enter")
    await page.get_by_role("button", name="Hide Love and partnership").press("Enter")
    await expect(page.get_by_label("Love and partnership: How it is now")).to_be_hidden()
    await page.get_by_role("button", name="Show for now: Love and partnership").press("Enter")
    await expect(page.get_by_label("Love and partnership: How it is now")).to_be_visible()
    await ana.open("/life-map")
    await expect(page.get_by_label("Love and partnership: How it is now")).to_be_hidden()
    await page.get_by_role("button", name="Show for now: Love and partnership").press("Enter")
    await ana.sees("romantic_relationship_situation", "We talk in the evenings.")
