"""What a careful visitor checks on any page: contrast, names, headings, small screens and large type."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

PHONE, DESK, SMALLEST, ZOOMED = 390, 1440, 320, 640
"""Widths in CSS pixels. A desk at 200 % has the width of `ZOOMED`."""

Theme = Literal["dark", "light"]
THEMES: tuple[Theme, ...] = ("dark", "light")

_RUN = "() => axe.run(document, {resultTypes: ['violations']})"
_OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
_CUT = """() => [...document.querySelectorAll('a:not(.point), button, summary, label, .tag')]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && e.clientWidth > 0)
    .filter(e => e.scrollWidth > e.clientWidth + 2).map(e => e.innerText.trim())"""
_MOVING = """() => document.getAnimations()
    .filter(a => a.playState === 'running' && a.effect.getComputedTiming().duration > 20)
    .map(a => `${a.animationName ?? a.transitionProperty} of ${a.effect.target?.className}`)"""
_FIRST_STOP = (
    "() => [document.activeElement.className, document.activeElement.getAttribute('href')].join(' ')"
)


@cache
def _axe() -> str:
    return Axe().axe_script


async def violations(page: Page) -> list[str]:
    """What axe has to say, a line for each element."""
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(_axe())
    found: dict[str, Any] = await page.evaluate(_RUN)
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@dataclass
class Inspection:
    """One page, opened. `problems` says everything that is wrong with it."""

    page: Page
    problems: list[str]

    async def of_everything(self, on_a_phone: Theme) -> None:
        """A desk is looked at in the other theme than the phone: a width changes places, a theme colours."""
        await self.of_its_frame()
        await self.of_theme(PHONE, on_a_phone)
        await self.of_theme(DESK, "light" if on_a_phone == "dark" else "dark")
        await self.of_room()

    async def of_theme(self, width: int, theme: Theme) -> None:
        await self.page.set_viewport_size({"width": width, "height": 900})
        await self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        self.problems += [f"{width} px, {theme}: {line}" for line in await violations(self.page)]

    async def of_room(self) -> None:
        """Nothing is pushed out of sight at 320 px, at 200 % zoom, and with type twice as large.

        Then the words on what one presses must still fit, too.
        """
        for width in (SMALLEST, ZOOMED):
            await self.page.set_viewport_size({"width": width, "height": 900})
            await self._overflow(f"at {width} px")
        await self.page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
        for width in (DESK, PHONE):
            await self.page.set_viewport_size({"width": width, "height": 900})
            where = f"at {width} px with type twice as large"
            await self._overflow(where)
            self.problems += [f"{words!r} is cut {where}" for words in await self.page.evaluate(_CUT)]

    async def of_its_frame(self) -> None:
        """One h1, a title, a skip link first, and nothing that moves for those who asked for rest."""
        headings = await self.page.locator("h1").count()
        if headings != 1:
            self.problems.append(f"{headings} h1")
        if not (await self.page.title()).endswith("GYNERGY"):
            self.problems.append(f"the title is {await self.page.title()!r}")
        moving = await self.page.evaluate(_MOVING)
        self.problems += [f"moves under reduced motion: {each}" for each in moving]
        await self.page.evaluate("() => document.activeElement.blur()")
        await self.page.keyboard.press("Tab")
        first = await self.page.evaluate(_FIRST_STOP)
        if first != "skip #main":
            self.problems.append(f"the first stop is {first!r}, not the skip link")

    async def _overflow(self, where: str) -> None:
        if (pixels := await self.page.evaluate(_OVERFLOW)) > 0:
            self.problems.append(f"{pixels} px too wide {where}")
