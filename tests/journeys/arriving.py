"""Somebody nobody knows yet, and her first minutes: an account, a mail, a place."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
from playwright.async_api import Page, expect

from gynergy_app import clock
from gynergy_app.local import kept_mail
from gynergy_app.local.kept_mail import KeptMail
from tests import access
from tests.journeys.site import Site
from tests.supabase import SITE

PASSWORD = "a lamp on the sill"
ZONES = (
    "Europe/Lisbon",
    "America/New_York",
    "America/Los_Angeles",
    "Pacific/Auckland",
    "Asia/Tokyo",
    "Asia/Dhaka",
)


def zone_by_day() -> str:
    """A zone where it is neither early nor late now: no bonus before eight, no question about yesterday."""
    now = clock.now()
    return next(zone for zone in ZONES if 9 <= now.astimezone(ZoneInfo(zone)).hour < 22)


@dataclass
class Arrival:
    """A stranger in a browser of her own."""

    page: Page
    site: Site
    email: str

    @classmethod
    def at(cls, page: Page, site: Site, name: str = "mira") -> "Arrival":
        return cls(page, site, f"{name}.{uuid4().hex[:8]}@example.com")

    async def sign_up(self, first_name: str = "Mira") -> None:
        await self.go("/sign-up")
        await self.page.get_by_label("First name").fill(first_name)
        await self.page.get_by_label("E-mail").fill(self.email)
        await self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        await self.page.get_by_role("button", name="Make my account").click()
        await expect(self.page.get_by_text(self.email)).to_be_visible()

    async def follow_mail(self, button: str, *, count: int = 1) -> None:
        """Open the link of the newest mail and press its one button."""
        await self.page.goto(self.link_in(await self.mail(count)))
        await self.page.get_by_role("button", name=button).click()

    async def mail(self, count: int = 1) -> KeptMail:
        return (await kept_mail.wait_for(self.site.supabase.mails, to=self.email, count=count))[0]

    def link_in(self, mail: KeptMail) -> str:
        """Mails name the address of every test site; this one listens on a port of its own."""
        return mail.links[0].replace(SITE, self.site.address)

    async def is_given_access(self, db: psycopg.AsyncConnection, at: datetime | None = None) -> None:
        """By an admin, who asks nobody for money. Then she goes to choose her start."""
        found = await db.execute("select id from users where email = %s", [self.email])
        [[person]] = await found.fetchall()
        await access.grant(db, person, at)
        await self.go("/welcome")

    async def take_place(self, cohort: str) -> None:
        await self.page.get_by_text(f"{cohort} cohort").click()
        await self.page.get_by_role("button", name="Take my place").click()
        await expect(self.page).to_have_url(re.compile("/today$"))

    async def sign_in(self, password: str = PASSWORD) -> None:
        await self.go("/sign-in")
        await self.page.get_by_label("E-mail").fill(self.email)
        await self.page.get_by_label("Password", exact=True).fill(password)
        await self.page.get_by_role("button", name="Sign in", exact=True).click()

    async def go(self, path: str) -> None:
        await self.page.goto(f"{self.site.address}{path}")
