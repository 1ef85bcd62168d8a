"""How somebody first came: kept by her browser alone, until she makes an account or buys; then with that.

Nobody who does neither is written down anywhere.
"""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain import arrivals
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.arrivals import LASTS, NOWHERE, Arrival
from gynergy_app.repositories import users
from gynergy_app.services import cookies, referrals

COOKIE = "gynergy_ref"
LASTS_SECONDS = int(LASTS.total_seconds())


def of_browser(cookie_header: str, now: datetime) -> Arrival:
    """`NOWHERE` for a browser that remembers nothing. What it says is its owner's to change."""
    return arrivals.read(cookies.read(cookie_header, COOKIE)).as_of(now)


async def remember(db: AsyncSession, member: Member, arrival: Arrival, *, now: datetime) -> None:
    """She has an account from now on."""
    if arrival == NOWHERE or member.is_anonymous:
        return
    await referrals.remember(db, member, arrival.code, now=now)
    if arrival.at:
        async with elevated(db):
            await users.remember_arrival(db, arrival.page, arrival.at)
