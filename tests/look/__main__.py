"""`python -m tests.look`: photographs of every page into var/look/.

    python -m tests.look                        everything, at the address the settings name
    python -m tests.look --only ana --only today   what has one of these words in its name
    python -m tests.look --at http://localhost:3100

Each page is opened once by each person who may see it, and photographed at two widths in two themes. What a
console or the network complained about is printed, and makes the command fail.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, async_playwright
from playwright.async_api import Error as BrowserError

from gynergy_app.settings import ROOT
from tests.checks import browser as chromium
from tests.look.inspecting import THEMES
from tests.look.site import a_site
from tests.look.visiting import QUIET, NoSuchPage, Visit, path_of, sign_in
from tests.people import VISITORS, pages_for

FOLDER = ROOT / "var" / "look"
WIDTHS = (390, 1440)
TABS = 3
"""Open side by side; more only wait for each other on a small machine."""


@dataclass(frozen=True)
class Subject:
    """One page for one person."""

    who: str
    route: str

    @property
    def name(self) -> str:
        place = self.route.strip("/").replace("/", "-").replace("[", "").replace("]", "") or "home"
        return f"{place}--{self.who}"


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.look", description="Photograph every page.")
    parser.add_argument("--at", default="", help="the site's address")
    parser.add_argument("--only", action="append", default=[], help="a word of the names wanted")
    asked = parser.parse_args(words)
    with a_site(asked.at) as address:
        troubles = asyncio.run(_look(address, _subjects(asked.only)))
    for trouble in troubles:
        print(trouble, file=sys.stderr)
    shots = len(list(FOLDER.glob("*.png")))
    print(f"{shots} photographs in {FOLDER.relative_to(ROOT)}, {len(troubles)} complaints.")
    return 1 if troubles else 0


def _subjects(only: Sequence[str]) -> list[Subject]:
    found = [Subject(name, page.ROUTE) for name, who in VISITORS.items() for page in pages_for(who)]
    return [each for each in found if not only or any(word in each.name for word in only)]


async def _look(address: str, subjects: Sequence[Subject]) -> list[str]:
    _empty(FOLDER)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium.quick(), args=list(QUIET))
        contexts = {who: await _context(browser, address, who) for who in {each.who for each in subjects}}
        turns = asyncio.Semaphore(TABS)
        found = await asyncio.gather(
            *(_photograph(contexts[each.who], address, each, turns) for each in subjects)
        )
        await browser.close()
    return [trouble for troubles in found for trouble in troubles]


async def _context(browser: Browser, address: str, who: str) -> BrowserContext:
    context = await browser.new_context(viewport={"width": WIDTHS[0], "height": 844}, reduced_motion="reduce")
    if person := VISITORS[who]:
        await sign_in(context, address, person)
    return context


async def _photograph(
    context: BrowserContext, address: str, subject: Subject, turns: asyncio.Semaphore
) -> list[str]:
    async def visit() -> Visit:
        return Visit(await context.new_page(), address)

    async with turns:
        try:
            path = await path_of(subject.route, visit)
        except NoSuchPage:
            return []
        opened = await visit()
        try:
            await opened.open(path)
            await _take(opened, FOLDER / subject.name)
        except BrowserError as error:
            opened.troubles.append(str(error).splitlines()[0])
        finally:
            await opened.page.close()
    return [f"{subject.name}: {trouble}" for trouble in dict.fromkeys(opened.troubles)]


async def _take(opened: Visit, stem: Path) -> None:
    for width in WIDTHS:
        await opened.page.set_viewport_size({"width": width, "height": 844 if width < 600 else 900})
        for theme in THEMES:
            await opened.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            await opened.page.screenshot(path=f"{stem}--{width}-{theme}.png", full_page=True)


def _empty(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        with suppress(FileNotFoundError):
            old.unlink()


if __name__ == "__main__":
    sys.exit(main())
