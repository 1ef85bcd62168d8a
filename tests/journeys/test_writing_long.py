"""What is too long to save is said where it is, and nothing of it is cut."""

from playwright.async_api import expect

from tests.journeys.conftest import NewWriter, Stored
from tests.journeys.writer import DREAM, Writer


async def test_ten_thousand_characters_and_every_script_are_kept(new_writer: NewWriter, stored: Stored):
    ana = await (await new_writer()).open()
    long = ("Ünïcödé 🌙👩🏽‍🌾 שלום مرحبا 你好 " * 400)[:9_990].rstrip()

    await ana.write(DREAM, long)
    await ana.sees_saved()

    assert await stored(ana.member) == [long]


async def test_a_text_that_is_too_long_is_named_and_nothing_is_cut(new_writer: NewWriter, stored: Stored):
    ana = await (await new_writer()).open()

    await ana.write(DREAM, "a" * 10_001)

    await expect(ana.page.get_by_text("This is 10,001 characters long")).to_be_visible()
    await ana.sees_state("Too long to save")
    await ana.write(DREAM, "a" * 10_000)
    await ana.sees_saved()
    assert await stored(ana.member) == ["a" * 10_000]


async def test_on_a_phone_a_text_that_is_too_long_is_not_walked_past(new_writer: NewWriter):
    ana = await (await new_writer(width=390)).open()
    await ana.write(DREAM, "word " * 2_400)

    await ana.page.get_by_role("button", name="Next").click()

    await sees_why_it_is_refused(ana)
    await expect(ana.page.get_by_text("1 of 6")).to_be_visible()


async def test_a_refused_finish_leads_to_the_sentence_about_it(new_writer: NewWriter):
    ana = await (await new_writer(width=390)).open()
    await ana.write(DREAM, "word " * 2_400)
    await ana.page.get_by_role("button", name="Question 6 of 6").click()
    await ana.sees_state("Too long to save")
    await expect(ana.page.get_by_text("6 of 6")).to_be_visible()

    await ana.keep_page()

    await sees_why_it_is_refused(ana)


async def test_a_list_that_is_too_long_is_named_in_the_line_that_is(new_writer: NewWriter):
    ana = await (await new_writer(width=390)).open()
    await ana.page.get_by_role("button", name="Question 2 of 6").click()
    await ana.write("affirmations.1", "word " * 2_400)

    await ana.page.get_by_role("button", name="Next").click()

    await sees_why_it_is_refused(ana, "affirmations.1")


async def test_letters_that_a_browser_counts_twice_are_not_too_long(new_writer: NewWriter):
    ana = await (await new_writer(width=390)).open()
    await ana.write(DREAM, "\N{CRESCENT MOON}" * 6_000)

    await ana.page.get_by_role("button", name="Next").click()

    await expect(ana.page.get_by_text("2 of 6")).to_be_visible()
    await ana.sees_saved()


async def sees_why_it_is_refused(writer: Writer, name: str = DREAM) -> None:
    """The cursor is in the field, and the sentence it is described by can be read."""
    field, said = writer.page.locator(f"[name='{name}']"), f"{name.split('.')[0]}-problem"
    await expect(field).to_be_focused()
    await expect(field).to_have_attribute("aria-describedby", said)
    await expect(writer.page.locator(f"#{said}")).to_contain_text("characters long")
    await expect(writer.page.locator(f"#{said}")).to_be_in_viewport(ratio=1)
    await writer.sees_state("Too long to save")
