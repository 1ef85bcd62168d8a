"""A member at her desk: what she types, presses and sees."""

import re
from dataclasses import dataclass

import psycopg
from playwright.async_api import Page, expect

from gynergy_app.domain.accounts import Member
from tests.journeys.site import Site

DREAM = "captured_essence"
MORNING = {
    **{f"affirmations.{n}": f"I am here, line {n + 1}." for n in range(5)},
    **{f"gratitudes.{n}": text for n, text in enumerate(("The rain", "My sister's call", "Warm bread"))},
    **{f"excitements.{n}": text for n, text in enumerate(("A walk", "Soup", "An early night"))},
    "mantra": "Slowly, and then it is done.",
    "mood_contribution": "A slow start and good coffee.",
}


@dataclass
class Writer:
    page: Page
    site: Site
    member: Member

    async def open(self, path: str = "/journal/morning") -> "Writer":
        await self.page.goto(f"{self.site.address}{path}")
        opened = expect(self.page.locator("[data-mode]"))
        await opened.not_to_have_attribute("data-mode", "opening", timeout=20_000)
        return self

    async def write(self, name: str, text: str) -> None:
        await self.page.locator(f"[name='{name}']").fill(text)

    async def write_morning(self) -> None:
        for name, text in MORNING.items():
            await self.write(name, text)
        await self.choose("mood_score", "7")

    async def choose(self, name: str, value: str) -> None:
        await self.page.locator(f"[name='{name}'][value='{value}']").check()

    async def keep_page(self) -> None:
        await self.page.get_by_role("button", name="Keep this page").click()

    async def sees(self, name: str, text: str) -> None:
        await expect(self.page.locator(f"[name='{name}']")).to_have_value(text)

    async def sees_state(self, words: str | re.Pattern[str]) -> None:
        await expect(self.page.locator(".writing-bar [role=status]")).to_have_text(words, timeout=20_000)

    async def sees_saved(self) -> None:
        await self.sees_state(re.compile(r"Saved \d\d:\d\d"))

    async def device_holds(self) -> list[str]:
        """Every word this browser keeps for a page."""
        return await self.page.evaluate(
            "Object.keys(localStorage).filter(k => k.startsWith('gynergy.draft.')).map(k => localStorage[k])"
        )


async def points(owner_db: psycopg.AsyncConnection, member: Member) -> list[tuple[str, int]]:
    """What pages earned; badges beside them depend on the hour."""
    found = await owner_db.execute(
        "select activity_type, base_points from points_transactions"
        " where user_id = %s and source_type = 'page'",
        [member.id],
    )
    return [tuple(row) for row in await found.fetchall()]
