"""The line of places on a phone fades out only where it goes on."""

import re

from playwright.async_api import expect

from tests.journeys.conftest import NewWriter


async def test_the_line_of_places_fades_where_it_goes_on(new_writer: NewWriter):
    ana = await new_writer(width=320)
    await ana.page.goto(f"{ana.site.address}/history")
    bar = ana.page.locator(".subnav")

    await expect(bar).to_have_attribute("style", _fading("0px", "24px"))
    await bar.evaluate("bar => { bar.scrollLeft = bar.scrollWidth; }")
    await expect(bar).to_have_attribute("style", _fading("24px", "0px"))


def _fading(before: str, after: str) -> re.Pattern[str]:
    return re.compile(f"--before: {before};.*--after: {after}")
