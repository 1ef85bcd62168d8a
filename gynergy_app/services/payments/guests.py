"""Who buys without an account is known by her browser alone: it keeps the number of her purchase, sealed.

The first click has no such cookie yet. Its purchase is named by what is the same for every click of one
browser within a while, so that a double click, or two tabs, make one.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.models.payments import Purchase
from gynergy_app.repositories import purchases
from gynergy_app.services import cookies, sealed

COOKIE = "gynergy_order"
LASTS = timedelta(days=30)
A_WHILE = timedelta(minutes=10)
MOST_IN_A_WHILE = 5
"""Places one guest buys on purpose, one after the other."""


def seal(purchase_id: UUID) -> str:
    return sealed.seal(COOKIE, str(purchase_id))


def named_in(cookie_header: str) -> UUID | None:
    """The purchase this browser began."""
    said = sealed.unseal(COOKIE, cookies.read(cookie_header, COOKIE), seconds=int(LASTS.total_seconds()))
    return UUID(said) if said else None


def keys(email: str, address: str, browser: str, now: datetime) -> Iterator[UUID]:
    """What her next purchases are called."""
    since = int(now.timestamp() // A_WHILE.total_seconds())
    for count in range(MOST_IN_A_WHILE):
        message = "\n".join((email, address, browser, str(since), str(count)))
        digest = sha256(sealed.signature(COOKIE, message).encode()).digest()
        yield UUID(bytes=digest[:16], version=4)


async def find(db: AsyncSession, purchase_id: UUID | None) -> Purchase | None:
    """A guest's purchase while it is nobody else's. Call as a visitor, or as whoever has signed in since."""
    if purchase_id is None:
        return None
    async with elevated(db):
        return await purchases.find(db, purchase_id)
