"""The line of places on a phone fades out only where it goes on."""

from playwright.async_api import Locator, expect

from tests.journeys.conftest import NewWriter

FADES = "bar => [bar.style.getPropertyValue('--before'), bar.style.getPropertyValue('--after')]"


async def test_the_line_of_places_fades_where_it_goes_on(new_writer: NewWriter):
    ana = await new_writer(width=320)
    await ana.page.goto(f"{ana.site.address}/history")
    bar = ana.page.locator(".subnav")
    await expect(bar.locator("[aria-current]")).to_be_visible()
    assert await bar.evaluate(FADES) == ["0px", "24px"]

    await _scroll_to_end(bar)

    assert await bar.evaluate(FADES) == ["24px", "0px"]


async def _scroll_to_end(bar: Locator) -> None:
    """The event comes with the next frame that is drawn."""
    await bar.evaluate(
        "bar => new Promise((drawn) => {"
        " bar.addEventListener('scroll', () => requestAnimationFrame(drawn), { once: true });"
        " bar.scrollLeft = bar.scrollWidth; })"
    )
