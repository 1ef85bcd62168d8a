"""On a phone a page is turned question by question: with the bar, the keyboard and the browser."""

import re

from playwright.async_api import expect

from tests.journeys.conftest import NewWriter
from tests.journeys.writer import DREAM, MORNING, Writer


async def test_an_evening_says_where_it_is_asked_that_a_word_more_belongs_to_it(new_writer: NewWriter):
    ana = await (await new_writer(width=390)).open("/journal/evening")

    await expect(ana.page.get_by_text("One thought, and a word on what it changes for you.")).to_be_visible()
    await expect(ana.page.get_by_label("A word is enough.")).to_be_visible()


async def test_on_a_phone_an_open_answer_is_turned_to(new_writer: NewWriter):
    ana = await (await new_writer(width=390)).open()
    await ana.page.get_by_role("button", name="Question 6 of 6").click()
    await ana.choose("mood_score", "7")

    await ana.keep_page()

    await expect(ana.page.get_by_text("Five short lines belong here.")).to_be_visible()
    await expect(ana.page.locator("[name='affirmations.0']")).to_be_focused()


async def test_a_phone_page_is_written_with_the_keyboard_alone(new_writer: NewWriter):
    ana = await (await new_writer(width=390)).open()
    keys = ana.page.keyboard
    await ana.page.locator(f"[name='{DREAM}']").focus()
    await keys.press("Control+Enter")
    for line in ["I am here."] * 5 + ["The rain"] * 3 + ["A walk"] * 3:
        await keys.type(line)
        await keys.press("Enter")
    await keys.type("Slowly.")
    await keys.press("Control+Enter")
    await keys.press("Space")
    await keys.press("Tab")
    await keys.type("Good coffee.")
    await keys.press("Control+Enter")

    await expect(ana.page.get_by_role("heading", name="Kept.")).to_be_focused()
    await keys.press("Escape")
    await expect(ana.page.get_by_text("Kept on")).to_be_visible()


async def test_the_browsers_own_arrows_turn_the_questions_and_leave_before_the_first(new_writer: NewWriter):
    ana = await from_today(await new_writer(width=390))
    await ana.write(DREAM, "A house with one more room.")
    for _ in range(3):
        await turn(ana)
    await sees_question(ana, 4)

    await ana.page.go_back()
    await sees_question(ana, 3)
    await ana.page.go_forward()
    await sees_question(ana, 4)
    await ana.page.get_by_role("button", name="Back", exact=True).click()
    await sees_question(ana, 3)
    for question in (2, 1):
        await ana.page.go_back()
        await sees_question(ana, question)
    await ana.sees(DREAM, "A house with one more room.")
    await ana.page.go_back()

    await expect(ana.page).to_have_url(re.compile("/today$"))


async def test_a_question_jumped_to_leads_back_to_where_one_was(new_writer: NewWriter):
    ana = await (await new_writer(width=390)).open()
    await turn(ana)
    await ana.page.get_by_role("button", name="Question 6 of 6").click()
    await sees_question(ana, 6)

    await ana.page.get_by_role("button", name="Question 1 of 6").click()
    await sees_question(ana, 1)
    await ana.page.go_forward()
    await sees_question(ana, 2)
    await ana.page.go_forward()
    await sees_question(ana, 6)
    await ana.page.go_back()

    await sees_question(ana, 2)


async def test_a_page_loaded_again_opens_at_the_question_it_was_left_at(new_writer: NewWriter):
    ana = await (await new_writer(width=390)).open()
    await turn(ana)
    await turn(ana)
    await ana.write("gratitudes.0", "The rain")

    await ana.page.reload()

    await sees_question(ana, 3)
    await ana.sees("gratitudes.0", "The rain")
    await ana.page.go_back()
    await sees_question(ana, 2)


async def test_after_a_page_is_kept_back_leads_to_where_one_came_from(new_writer: NewWriter):
    ana = await from_today(await new_writer(width=390))
    for name, text in MORNING.items():
        field = ana.page.locator(f"[name='{name}']")
        while not await field.is_visible():
            await turn(ana)
        await field.fill(text)
    await ana.choose("mood_score", "7")
    await ana.keep_page()
    await ana.page.get_by_role("button", name="Stay on this page").click()
    await expect(ana.page.get_by_text("Kept on")).to_be_visible()

    await ana.page.go_back()

    await expect(ana.page).to_have_url(re.compile("/today$"))


async def test_every_lamp_of_the_mood_takes_a_press(new_writer: NewWriter):
    ana = await new_writer(width=390)
    await ana.open("/journal/evening")
    for _ in range(5):
        await turn(ana)
    for mood in range(1, 11):
        await ana.page.locator(".mood label").nth(mood - 1).click()
        await expect(ana.page.locator(f"[name=mood_score][value='{mood}']")).to_be_checked()

    await ana.sees_saved()
    await expect(ana.page.locator("[name=mood_score][value='10']")).to_be_checked()


async def from_today(writer: Writer) -> Writer:
    """Opens this morning's page as most do: from Today."""
    await writer.page.goto(f"{writer.site.address}/today")
    await writer.page.locator("a[href='/journal/morning']").first.click()
    await expect(writer.page.locator("[data-mode]")).to_have_attribute("data-mode", "writing")
    return writer


async def turn(writer: Writer) -> None:
    """Press "Next" and see the question after this one, with the browser's place for it."""
    at = int((await writer.page.locator(".writing-bar .label").inner_text()).split(" of ")[0].split()[-1])
    await writer.page.get_by_role("button", name="Next", exact=True).click()
    await sees_question(writer, at + 1)


async def sees_question(writer: Writer, number: int) -> None:
    await expect(writer.page.get_by_text(f"{number} of 6")).to_be_visible()
    await expect(writer.page.locator(f"[data-question='{number}']")).to_be_visible()
