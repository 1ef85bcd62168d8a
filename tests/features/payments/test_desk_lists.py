"""The lists of the money desks: their pages, their sums and their days are those of the rows."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.kinds import SOLD, PurchaseStatus
from gynergy_app.domain.payments.listing import Moment, PurchaseFilter
from gynergy_app.repositories.desk_purchases import Sums
from gynergy_app.services.desks import purchases
from tests.features.conftest import as_somebody

LATE = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)
"""Still March in London in winter time, and April in Berlin."""


class World:
    """Purchases that only this test has: each holds the mark in its address."""

    def __init__(self, db: psycopg.AsyncConnection, admin: Member) -> None:
        self.db, self.admin, self.mark = db, admin, uuid4().hex[:10]

    async def sold(self, status: str = "completed", cents: int = 99_700, **said: object) -> UUID:
        purchase_id, at = uuid4(), said.pop("at", LATE)
        values = {
            "id": purchase_id, "status": status, "amount_cents": cents, "currency": "usd", "created_at": at,
            "purchased_at": None if status in ("pending", "failed", "expired") else at,
            "email": f"{uuid4().hex[:6]}.{self.mark}@example.com", **said,
        }  # fmt: skip
        names = ", ".join(values)
        places = ", ".join(["%s"] * len(values))
        query = f"insert into purchases ({names}) values ({places})"
        await self.db.execute(query, list(values.values()))  # pyright: ignore[reportArgumentType] - our own text
        return purchase_id

    async def back(
        self, purchase_id: UUID, cents: int, status: str = "succeeded", at: datetime = LATE
    ) -> None:
        await self.db.execute(
            "insert into refunds (id, purchase_id, amount_cents, status, created_at, stripe_refund_id)"
            " values (gen_random_uuid(), %s, %s, %s, %s, %s)",
            [purchase_id, cents, status, at, f"re_{uuid4().hex}"],
        )

    async def listed(self, **said: object) -> list[UUID]:
        asked = PurchaseFilter(search=self.mark, **said)  # pyright: ignore[reportArgumentType]
        found: list[UUID] = []
        async with as_member(self.admin.id) as db:
            page = await purchases.search(db, asked)
            found += [row.id for row in page.purchases]
            while page.last:
                page = await purchases.search(db, asked, after=page.last)
                found += [row.id for row in page.purchases]
            every = [row.id async for row in purchases.every(db, asked)]
        assert every == found, "the file holds what the pages hold"
        return found

    async def sums(self, **said: object) -> list[Sums]:
        asked = PurchaseFilter(search=self.mark, **said)  # pyright: ignore[reportArgumentType]
        async with as_member(self.admin.id) as db:
            return await purchases.add_up(db, asked)


@pytest.fixture
def world(owner_db: psycopg.AsyncConnection, admin: UUID) -> World:
    return World(owner_db, as_somebody(admin, first_name="Ruth"))


async def test_every_row_stands_on_one_page_also_of_those_begun_at_one_moment(world: World):
    many = {await world.sold() for _ in range(60)}

    found = await world.listed()

    assert len(found) == 60
    assert set(found) == many


@pytest.mark.parametrize(
    ("zone", "month", "is_in"),
    [("UTC", 3, True), ("UTC", 4, False), ("Europe/Berlin", 3, False), ("Europe/Berlin", 4, True)],
)
async def test_a_day_is_a_day_of_the_zone_that_is_named(world: World, zone: str, month: int, is_in: bool):
    purchase_id = await world.sold()
    first, last = date(2026, month, 1), date(2026, month, 31 if month == 3 else 30)

    found = await world.listed(by=Moment.purchased, first=first, last=last, zone=zone)

    assert (purchase_id in found) is is_in


async def test_the_sums_are_those_of_the_rows_and_never_of_two_currencies(world: World):
    kept, part = await world.sold(), await world.sold()
    whole = await world.sold("refunded", amount_refunded_cents=99_700, refunded_at=LATE)
    await world.sold("pending")
    await world.sold("review", 49_850)
    await world.sold(currency="eur", cents=90_000)
    await world.back(part, 10_000)
    await world.db.execute("update purchases set amount_refunded_cents = 10000 where id = %s", [part])
    await world.back(whole, 99_700)
    await world.back(kept, 5_000, "failed")

    assert await world.sums() == [
        Sums("usd", 5, 348_950, 109_700, undecided_cents=49_850), Sums("eur", 1, 90_000, 0),
    ]  # fmt: skip
    assert await world.sums(by=Moment.purchased) == [
        Sums("usd", 4, 348_950, 109_700, undecided_cents=49_850), Sums("eur", 1, 90_000, 0),
    ]  # fmt: skip
    assert await world.sums(by=Moment.purchased, statuses=SOLD) == [
        Sums("usd", 3, 299_100, 109_700), Sums("eur", 1, 90_000, 0),
    ]  # fmt: skip
    assert await world.sums(by=Moment.refunded) == [Sums("usd", 2, 199_400, 109_700)]
    assert await world.sums(statuses=(PurchaseStatus.completed,)) == [
        Sums("usd", 2, 199_400, 10_000), Sums("eur", 1, 90_000, 0),
    ]  # fmt: skip


async def test_what_went_back_counts_on_the_day_it_did(world: World):
    sold = await world.sold(at=datetime(2026, 1, 5, tzinfo=UTC))
    for day, cents in ((3, 10_000), (20, 20_000)):
        await world.back(sold, cents, at=datetime(2026, 2, day, tzinfo=UTC))
    lost = await world.sold(
        "refunded", 50_000, refunded_at=datetime(2026, 2, 20, tzinfo=UTC), metadata='{"dispute_lost": true}'
    )
    await world.back(lost, 20_000, at=datetime(2026, 1, 30, tzinfo=UTC))
    late = {"first": date(2026, 2, 15), "last": date(2026, 2, 28), "by": Moment.refunded}

    assert set(await world.listed(**late)) == {sold, lost}
    assert await world.sums(**late) == [Sums("usd", 2, 149_700, 50_000)]


async def test_somebody_who_is_no_admin_finds_nothing_of_others(world: World, ben: UUID):
    await world.sold()
    world.admin = as_somebody(ben)

    assert await world.listed() == []
    assert await world.sums() == []


async def test_a_search_is_taken_word_for_word(world: World):
    purchase_id = await world.sold(email=f"o'hara_100%.{world.mark}@example.com")
    await world.sold()

    async with as_member(world.admin.id) as db:
        for typed in (f"o'hara_100%.{world.mark}", f"%.{world.mark}", f"0%.{world.mark}"):
            found = await purchases.search(db, PurchaseFilter(search=typed))
            assert [row.id for row in found.purchases] == [purchase_id], typed
        assert (await purchases.search(db, PurchaseFilter(search="' or 1=1 --"))).purchases == ()
