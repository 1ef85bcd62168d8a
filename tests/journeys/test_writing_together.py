"""One page in two places at once: nothing is lost, and the member decides."""

from playwright.async_api import expect

from tests.journeys.conftest import NewWriter, Stored
from tests.journeys.writer import DREAM

COVERED = """(() => {
  const open = document.querySelector(".clash-open").getBoundingClientRect();
  const isUnder = (box) => box.height && box.bottom > open.top && box.top < open.bottom;
  const parts = document.querySelectorAll("[data-paper] :is(button, textarea, input), .write-foot");
  return [...parts].filter((part) => isUnder(part.getBoundingClientRect())).map((part) => part.outerHTML);
})()"""
"""What the way back to the two versions lies over."""


async def test_two_tabs_write_different_answers_and_both_stay(new_writer: NewWriter):
    here = await (await new_writer()).open()
    there = await (await new_writer(member=here.member, context=here.page.context)).open()

    await here.write(DREAM, "A dream.")
    await there.write("mantra", "Slowly.")

    await here.sees("mantra", "Slowly.")
    await there.sees(DREAM, "A dream.")
    await here.sees_saved()
    await there.sees_saved()


async def test_two_devices_write_the_same_answer_and_the_member_decides(
    new_writer: NewWriter, stored: Stored
):
    phone = await (await new_writer(width=390)).open()
    desk = await (await new_writer(member=phone.member)).open()
    await desk.write(DREAM, "From the desk.")
    await desk.sees_saved()

    await phone.write(DREAM, "From the phone.")

    asked = phone.page.get_by_role("dialog", name="Written in two places")
    await expect(asked.get_by_text("From the desk.")).to_be_visible()
    await expect(asked.get_by_text("From the phone.")).to_be_visible()
    await asked.get_by_role("button", name="Keep both").click()
    await phone.sees_saved()
    assert await stored(phone.member) == ["From the phone.\nFrom the desk."]


async def test_keeping_an_undecided_page_asks_again_and_keeps_nothing(new_writer: NewWriter, stored: Stored):
    phone = await (await new_writer(width=390)).open()
    desk = await (await new_writer(member=phone.member)).open()
    await desk.write(DREAM, "From the desk.")
    await desk.sees_saved()
    await phone.write(DREAM, "From the phone.")
    asked = phone.page.get_by_role("dialog", name="Written in two places")

    await asked.get_by_role("button", name="Decide later").click()
    await expect(asked).to_be_hidden()
    await phone.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    assert await phone.page.evaluate(COVERED) == []
    await phone.page.locator("[data-paper]").evaluate("form => form.requestSubmit()")

    await expect(asked).to_be_visible()
    await phone.page.keyboard.press("Escape")
    await expect(asked).to_be_hidden()
    await phone.page.get_by_role("button", name="Compare the two versions").click()
    await expect(asked).to_be_visible()
    assert await stored(phone.member) == ["From the desk."]


async def test_finishing_goes_on_when_another_device_wrote_something_else(
    new_writer: NewWriter, stored: Stored
):
    phone = await (await new_writer()).open()
    desk = await (await new_writer(member=phone.member)).open()
    await phone.write_morning()
    await phone.sees_saved()
    await desk.write(DREAM, "From the desk.")
    await desk.sees_saved()

    await phone.keep_page()

    await expect(phone.page.get_by_role("heading", name="Kept.")).to_be_visible()
    assert await stored(phone.member) == ["From the desk."]


async def test_an_undecided_answer_is_asked_again_after_a_restart(new_writer: NewWriter, stored: Stored):
    phone = await (await new_writer()).open()
    desk = await (await new_writer(member=phone.member)).open()
    await desk.write(DREAM, "From the desk.")
    await desk.sees_saved()
    await phone.write(DREAM, "From the phone.")
    await expect(phone.page.get_by_role("dialog", name="Written in two places")).to_be_visible()
    await phone.page.close()

    again = await (await new_writer(member=phone.member, context=phone.page.context)).open()

    asked = again.page.get_by_role("dialog", name="Written in two places")
    await expect(asked).to_be_visible()
    assert await stored(phone.member) == ["From the desk."]
    await asked.get_by_role("button", name="Keep theirs").click()
    await again.sees(DREAM, "From the desk.")


async def test_what_is_undecided_is_asked_once_however_often_the_page_is_opened(
    new_writer: NewWriter, stored: Stored
):
    phone = await (await new_writer()).open()
    desk = await (await new_writer(member=phone.member)).open()
    await desk.write(DREAM, "From the desk.")
    await desk.sees_saved()
    await phone.write(DREAM, "From the phone.")
    asked = phone.page.get_by_role("dialog", name="Written in two places")
    for _ in range(3):
        await expect(asked).to_be_visible()
        await phone.open()

    await asked.get_by_role("button", name="Keep both").click()

    await phone.sees_saved()
    await expect(asked).to_be_hidden()
    assert await stored(phone.member) == ["From the phone.\nFrom the desk."]
    assert await phone.device_holds() == []


async def test_two_versions_that_no_server_has_outlive_a_restart_before_they_are_decided(
    new_writer: NewWriter, stored: Stored
):
    first = await (await new_writer()).open()
    context = first.page.context
    second = await (await new_writer(member=first.member, context=context)).open()
    await context.set_offline(True)
    await first.write(DREAM, "Written first.")
    await first.sees_state("On this device")
    await second.write(DREAM, "Written second.")
    await second.sees_state("On this device")
    await first.page.close()
    await second.page.close()
    await context.set_offline(False)

    again = await (await new_writer(member=first.member, context=context)).open()
    asked = again.page.get_by_role("dialog", name="Written in two places")
    await expect(asked).to_be_visible()
    await again.open()

    await expect(asked.get_by_text("Written first.")).to_be_visible()
    await asked.get_by_role("button", name="Keep both").click()
    await again.sees_saved()
    assert await stored(first.member) == ["Written second.\nWritten first."]
    assert await again.device_holds() == []
