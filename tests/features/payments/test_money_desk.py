"""The payments desk: every figure is what one counts by hand, whatever has happened to the money."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from psycopg.types.json import Jsonb

from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.codes import CodeState
from gynergy_app.domain.payments.figures import Period, Step, Takings, last_days
from gynergy_app.domain.payments.kinds import SubscriptionStatus
from gynergy_app.domain.payments.listing import SubscriptionFilter
from gynergy_app.repositories.money_figures import Codes, Places, Waiting
from gynergy_app.services.desks import money, subscriptions
from gynergy_app.services.desks.money import Money
from gynergy_app.state.admin.payments_view import view_of
from tests.features.payments.conftest import NewBuyer
from tests.features.payments.shop import one, rows

FULL = 99_700
ZONES = ("UTC", "Asia/Tokyo", "America/New_York")
NOW = datetime(2019, 6, 1, 12, tzinfo=UTC)
"""Far from every other test: what is counted here was sold here."""


def at(month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(2019, month, day, hour, minute, tzinfo=UTC)


def march(zone: str = "UTC") -> Period:
    return Period(date(2019, 3, 1), date(2019, 3, 31), zone)


class Ledger:
    """Writes rows of money as they would have come to be in time."""

    def __init__(self, db: psycopg.AsyncConnection) -> None:
        self.db = db

    async def sold(self, moment: datetime | None, cents: int = FULL, **said: Any) -> UUID:
        purchase = {
            "id": uuid4(),
            "purchase_type": "challenge",
            "status": "completed",
            "amount_cents": cents,
            "currency": "usd",
            "purchased_at": moment,
            "created_at": moment or at(3, 15),
            "metadata": Jsonb(said.pop("details", {})),
            **said,
        }
        names = ", ".join(purchase)
        places = ", ".join(["%s"] * len(purchase))
        await self.db.execute(
            f"insert into purchases ({names}) values ({places})",  # pyright: ignore[reportArgumentType]
            list(purchase.values()),
        )
        return purchase["id"]

    async def back(self, purchase_id: UUID, moment: datetime, cents: int, status: str = "succeeded") -> None:
        await self.db.execute(
            "insert into refunds (purchase_id, stripe_refund_id, amount_cents, status, created_at)"
            " values (%s, %s, %s, %s, %s)",
            [purchase_id, f"re_{uuid4().hex}", cents, status, moment],
        )

    async def renewed(
        self, subscription_id: UUID, moment: datetime, cents: int = 3995, kind: str = "paid"
    ) -> None:
        await self.db.execute(
            "insert into subscription_payments (id, subscription_id, kind, stripe_id, amount_cents, currency,"
            " happened_at) select %s, id, %s, %s, %s, currency, %s from subscriptions where id = %s",
            [uuid4(), kind, f"x_{uuid4().hex}", cents, moment, subscription_id],
        )

    async def subscribed(self, status: str, interval: str = "month", **said: Any) -> UUID:
        row = {
            "id": uuid4(),
            "stripe_subscription_id": f"sub_{uuid4().hex}",
            "stripe_price_id": "price",
            "status": status,
        }
        row |= {"status": status, "interval": interval, "amount_cents": 3995, "currency": "usd", **said}
        names, places = ", ".join(row), ", ".join(["%s"] * len(row))
        await self.db.execute(
            f"insert into subscriptions ({names}) values ({places})",  # pyright: ignore[reportArgumentType]
            list(row.values()),
        )
        return cast(UUID, row["id"])


@pytest.fixture
async def ledger(owner_db: psycopg.AsyncConnection) -> Ledger:
    """What an earlier test sold in this year is gone."""
    await owner_db.execute("delete from friend_codes where created_at < '2020-01-01'")
    await owner_db.execute("delete from purchases where created_at < '2020-01-01'")
    await owner_db.execute("delete from subscriptions where stripe_price_id = 'price'")
    return Ledger(owner_db)


@pytest.fixture
async def spring(ledger: Ledger, new_buyer: NewBuyer) -> Ledger:
    """Everything that can happen to money, around the edges of March in three zones."""
    ana, ben = await new_buyer("Ana"), await new_buyer("Ben")
    await ledger.sold(at(2, 28, 23, 30), user_id=ana.id)
    await ledger.sold(at(3, 31, 15, 30))
    await ledger.sold(at(3, 1, 2, 30), 49_850)
    partly = await ledger.sold(at(3, 10), amount_refunded_cents=20_000)
    await ledger.back(partly, at(3, 12, 23, 30), 20_000)
    await ledger.back(partly, at(3, 13), 5_000, "failed")
    await ledger.back(partly, at(3, 14), 1_000, "pending")
    later = await ledger.sold(
        at(3, 20), status="refunded", refunded_at=at(4, 1, 1), amount_refunded_cents=FULL
    )
    await ledger.back(later, at(4, 1, 1), FULL)
    earlier = await ledger.sold(at(1, 10), status="refunded", refunded_at=at(3, 5))
    await ledger.back(earlier, at(3, 5), FULL)
    await ledger.sold(at(3, 21), status="disputed", disputed_at=at(3, 24))
    lost = await ledger.sold(
        at(3, 22), status="refunded", refunded_at=at(3, 28), details={"dispute_lost": True}
    )
    await ledger.back(lost, at(3, 25), 10_000)
    await ledger.sold(at(3, 16), 0, purchase_type="challenge_friend_code", user_id=ben.id)
    abroad = await ledger.sold(at(3, 17), 199_400, currency="eur")
    await ledger.back(abroad, at(3, 18), 400)
    for status in ("pending", "expired", "failed", "review"):
        await ledger.sold(None, status=status)
    return ledger


async def read(admin: UUID, period: Period, step: Step = Step.day, currency: str = "usd") -> Money:
    async with as_member(admin) as db:
        return await money.read(db, period, step, currency=currency, now=NOW)


IN = "{0} >= %(begins)s and {0} < %(ends)s"
PAID = f"status in ('completed', 'refunded', 'disputed') and {IN.format('purchased_at')}"
BOUGHT = f"select count(*) from purchases where purchase_type = 'challenge' and {PAID}"
RENEWED = (
    "select {} from subscription_payments where amount_cents > 0 and currency = 'usd'"
    f" and {IN.format('happened_at')}"
)
BY_HAND = {
    "takings.bought": f"{BOUGHT} and currency = 'usd'",
    "takings.gross_cents": f"select coalesce(sum(amount_cents), 0) from purchases"
    f" where purchase_type = 'challenge' and currency = 'usd' and {PAID}",
    "takings.back_cents": f"""
        select (
            select coalesce(sum(r.amount_cents), 0) from refunds r join purchases p on p.id = r.purchase_id
            where r.status = 'succeeded' and p.currency = 'usd' and {IN.format("r.created_at")}
        ) + (
            select coalesce(sum(p.amount_cents), 0) from purchases p
            where p.metadata ? 'dispute_lost' and p.currency = 'usd' and {IN.format("p.refunded_at")}
        ) - (
            select coalesce(sum(r.amount_cents), 0) from refunds r join purchases p on p.id = r.purchase_id
            where r.status = 'succeeded' and p.metadata ? 'dispute_lost' and {IN.format("p.refunded_at")}
        )""",
    "takings.renewals": f"{RENEWED.format('count(*)')} and kind = 'paid'",
    "takings.renewed_cents": f"{RENEWED.format('coalesce(sum(amount_cents), 0)')} and kind = 'paid'",
    "takings.renewed_back_cents": f"{RENEWED.format('coalesce(sum(amount_cents), 0)')} and kind = 'back'",
    "places.bought": BOUGHT,
    "places.refunded": f"{BOUGHT} and status = 'refunded'",
    "places.nobodys": f"{BOUGHT} and user_id is null",
    "places.given": "select count(*) from purchases"
    f" where purchase_type = 'challenge_friend_code' and {PAID}",
    "codes.made": f"select count(*) from friend_codes where {IN.format('created_at')}",
    **{
        f"codes.{state}": "select count(*) from friend_codes c where private.state_of_code(c, %(now)s)"
        f" = '{state}' and {IN.format('created_at')}"
        for state in ("used", "open", "expired", "revoked")
    },
    "trials.ended": "select count(*) from subscriptions where trial_end <= %(now)s"
    f" and {IN.format('trial_end')}",
    "trials.active": "select count(*) from subscriptions where status = 'active' and trial_end <= %(now)s"
    f" and {IN.format('trial_end')}",
    "recurring.month_cents": "select round(sum(case interval when 'month' then amount_cents else"
    " amount_cents / 12.0 end)) from subscriptions where status = 'active' and currency = 'usd'",
    "recurring.year_cents": "select sum(case interval when 'month' then amount_cents * 12 else"
    " amount_cents end) from subscriptions where status = 'active' and currency = 'usd'",
}


@pytest.mark.parametrize("zone", ZONES)
async def test_every_figure_is_what_one_counts_by_hand(
    zone: str, admin: UUID, spring: Ledger, owner_db: psycopg.AsyncConnection
):
    for status, interval in (
        ("active", "month"),
        ("active", "year"),
        ("trialing", "month"),
        ("past_due", "year"),
    ):
        await spring.subscribed(status, interval, trial_end=at(3, 31, 23, 30))
    await spring.subscribed("active", currency="eur", cancel_at_period_end=True)

    kept = await spring.subscribed("active", "year")
    for moment in (at(2, 28, 23, 30), at(3, 1, 2, 30), at(3, 31, 15, 30)):
        await spring.renewed(kept, moment)
    await spring.renewed(kept, at(3, 15), 0)
    await spring.renewed(kept, at(3, 20), 2_000, "back")
    await spring.renewed(await spring.subscribed("active", currency="eur"), at(3, 9))

    seen = await read(admin, march(zone))

    midnight = datetime(2019, 3, 1, tzinfo=ZoneInfo(zone))
    said = {"begins": midnight, "ends": datetime(2019, 4, 1, tzinfo=ZoneInfo(zone)), "now": NOW}
    for name, query in BY_HAND.items():
        part, field = name.split(".")
        row = await (await owner_db.execute(query, said)).fetchone()  # pyright: ignore[reportArgumentType]
        assert row == (getattr(getattr(seen, part), field),), name
    for status in SubscriptionStatus:
        count = await one(owner_db, "select count(*) from subscriptions where status = %s", status.value)
        assert sum(each.count for each in seen.subscriptions if each.status is status) == count


@pytest.mark.parametrize(
    ("zone", "gross", "back"),
    [
        ("UTC", 5 * FULL + 49_850, 20_000 + FULL + FULL),
        ("Asia/Tokyo", 5 * FULL + 49_850, 20_000 + FULL + FULL),
        ("America/New_York", 5 * FULL, 20_000 + FULL + FULL + FULL),
    ],
)
async def test_a_day_ends_where_its_zone_says(zone: str, gross: int, back: int, admin: UUID, spring: Ledger):
    seen = await read(admin, march(zone))

    assert (seen.takings.gross_cents, seen.takings.back_cents) == (gross, back)
    firsts = {"UTC": 49_850, "Asia/Tokyo": FULL + 49_850, "America/New_York": 0}
    assert seen.stretches[0].gross_cents == firsts[zone]


async def test_what_subscriptions_brought_is_a_line_of_its_own_and_leads_to_its_rows(
    admin: UUID, ledger: Ledger
):
    kept, other = await ledger.subscribed("active"), await ledger.subscribed("canceled")
    for subscription, day in ((kept, 3), (kept, 31), (other, 17)):
        await ledger.renewed(subscription, at(3, day))
    await ledger.renewed(other, at(3, 18), 3995, "back")
    await ledger.renewed(await ledger.subscribed("active"), at(4, 2))
    await ledger.sold(at(3, 10))

    seen = await read(admin, march(), Step.week)

    money_in = seen.takings
    assert (money_in.gross_cents, money_in.renewals, money_in.renewed_cents) == (FULL, 3, 3 * 3995)
    assert money_in.net_cents == FULL + 2 * 3995
    assert sum(each.renewed_cents for each in seen.stretches) == money_in.renewed_cents
    figures = {each.label: each for each in view_of(seen, Step.week).figures}
    shown, gone = figures["Paid for subscriptions"], figures["Gone back"]
    assert (shown.value, gone.value, figures["Net"].value) == ("$119.85", "$39.95", "$1,076.90")
    assert gone.definition.startswith("$0 of the challenge and $39.95 of subscriptions.")
    assert gone.also_href == shown.href
    asked = SubscriptionFilter.read(dict(parse_qsl(urlsplit(shown.href).query)))
    async with as_member(admin) as db:
        found = await subscriptions.search(db, asked)
        [sums] = await subscriptions.add_up(db, asked)
    assert {each.id for each in found.subscriptions} == {kept, other}
    assert (sums.invoices, sums.paid_cents, sums.back_cents) == (3, 3 * 3995, 3995)


async def test_money_of_two_currencies_is_never_added_up(admin: UUID, spring: Ledger):
    seen, abroad = await read(admin, march()), await read(admin, march(), currency="eur")

    assert [(each.currency, each.purchases) for each in seen.currencies] == [("usd", 6), ("eur", 1)]
    assert abroad.takings == Takings(date(2019, 3, 1), 1, 199_400, 400)
    assert (await read(admin, march(), currency="xxx")).currency == "usd"


async def test_places_and_codes_stand_in_one_state_each(
    admin: UUID, ledger: Ledger, new_buyer: NewBuyer, owner_db: psycopg.AsyncConnection
):
    ana, ben, chidi = [await new_buyer(name) for name in ("Ana", "Ben", "Chidi")]
    for buyer in (ana, ben):
        await ledger.sold(at(3, 10), user_id=buyer.id)
    made = "select id from friend_codes where creator_id = any (%s) order by code"
    [used, revoked, open_until_july, expired] = [
        row_id for (row_id,) in await rows(owner_db, made, [ana.id, ben.id])
    ]
    await owner_db.execute("update friend_codes set used_at = %s, used_by_id = %s where id = %s",
                           [at(3, 12), chidi.id, used])  # fmt: skip
    await owner_db.execute("update friend_codes set is_active = false, revoked_at = %s, revoked_by = 'giver'"
                           " where id = %s", [at(3, 13), revoked])  # fmt: skip
    for code, ends in ((open_until_july, at(7, 1)), (expired, at(5, 1))):
        await owner_db.execute("update friend_codes set expires_at = %s where id = %s", [ends, code])

    seen = await read(admin, march())

    assert seen.codes == Codes(made=4, used=1, open=1, expired=1, revoked=1)
    assert seen.places == Places(bought=2, refunded=0, nobodys=0, given=0)
    async with as_member(admin) as db:
        for state, code in ((CodeState.used, used), (CodeState.open, open_until_july)):
            [found] = (await money.list_codes(db, march(), state, now=NOW)).codes
            assert (found.id, found.state) == (code, state)
        [found] = (await money.list_codes(db, march(), CodeState.used, now=NOW)).codes
    assert (found.friend_id, found.friend_name) == (chidi.id, "Chidi")
    assert found.giver_id in (ana.id, ben.id)


async def test_codes_come_a_page_at_a_time_and_none_twice(admin: UUID, ledger: Ledger, new_buyer: NewBuyer):
    buyer = await new_buyer("Ana")
    for n in range(money.CODES_AT_ONCE):
        await ledger.sold(at(3, 2) + timedelta(minutes=n // 5), user_id=buyer.id)
    seen, before = [], None

    async with as_member(admin) as db:
        while True:
            found = await money.list_codes(db, march(), None, now=NOW, before=before)
            seen += [code.id for code in found.codes]
            before = found.last
            if before is None:
                break

    assert len(seen) == len(set(seen)) == 2 * money.CODES_AT_ONCE


async def test_before_anything_was_sold_nothing_is_invented(admin: UUID, ledger: Ledger):
    seen = await read(admin, Period(date(2018, 1, 1), date(2018, 1, 31)))

    assert seen.takings == Takings(date(2018, 1, 1))
    assert (seen.places.bought, seen.codes.made, seen.currencies) == (0, 0, ())
    assert len(seen.stretches) == 31


async def test_whoever_is_no_admin_counts_her_own_at_most(buyer: Member, spring: Ledger):
    async with as_member(buyer.id) as db:
        seen = await money.read(db, march(), Step.day, now=NOW)

    assert (seen.takings.gross_cents, seen.places.bought, seen.codes.made) == (0, 0, 0)
    assert seen.subscriptions == ()


async def test_the_overview_counts_the_last_thirty_days(
    admin: UUID, spring: Ledger, owner_db: psycopg.AsyncConnection
):
    now = at(3, 31, 20)
    period = last_days(30, date(2019, 3, 31), "UTC")

    async with as_member(admin) as db:
        short = await money.read_in_short(db, "UTC", now=now)

    assert short.takings == (await read(admin, period)).takings
    assert short.period == period
    reviews = await one(owner_db, "select count(*) from purchases where status = 'review'")
    assert short.waiting.reviews == reviews


async def test_a_refund_that_failed_waits_for_a_person_until_another_one_is_made(admin: UUID, ledger: Ledger):
    async def waiting() -> Waiting:
        async with as_member(admin) as db:
            return (await money.read_in_short(db, "UTC", now=NOW)).waiting

    before = await waiting()
    sold = await ledger.sold(at(3, 10))
    await ledger.back(sold, at(3, 11), FULL, "failed")
    meanwhile = await waiting()
    await ledger.back(sold, at(3, 12), FULL, "pending")

    assert meanwhile.refunds == before.refunds + 1
    assert meanwhile.refund_purchase_id == sold
    assert await waiting() == before
