"""The handlers of the payments desks: what a period shows, what a second admin is told, what stays typed."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import psycopg
import pytest
from reflex.istate.data import ReflexURL, RouterData

from gynergy_app import routes
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.figures import figure as money_words
from gynergy_app.domain.payments.figures import share
from gynergy_app.domain.payments.listing import PurchaseFilter, SubscriptionFilter
from gynergy_app.domain.referrals import Signal
from gynergy_app.services.desks import purchases, subscriptions
from gynergy_app.state.admin.codes import CodesState
from gynergy_app.state.admin.invitations import FINE, InvitationsState
from gynergy_app.state.admin.overview import OverviewState
from gynergy_app.state.admin.payments import OWN, PaymentsState
from tests.state.conftest import AScreen, call

NOW = datetime(2017, 3, 31, 20, tzinfo=UTC)


def at_address(screen: Any, address: str) -> None:
    screen.router = RouterData(url=ReflexURL(f"http://localhost:3000{address}"))


def asked(href: str) -> dict[str, str]:
    return {name: value for name, [value] in parse_qs(urlsplit(href).query).items()}


@pytest.fixture
async def sold(ana: UUID, owner_db: psycopg.AsyncConnection) -> None:
    """Two places on the tenth, one of which went back on the twentieth, and one late on the last evening.

    What was paid on the twelfth waits for a person: it is no figure yet.
    """
    await owner_db.execute("delete from friend_codes where created_at < '2018-01-01'")
    await owner_db.execute("delete from purchases where created_at < '2018-01-01'")
    for moment, status in (
        ("2017-03-10", "completed"),
        ("2017-03-10", "refunded"),
        ("2017-03-12", "review"),
        ("2017-03-31 19:30", "completed"),
    ):
        purchase = uuid4()
        await owner_db.execute(
            "insert into purchases (id, user_id, status, amount_cents, purchased_at, created_at, refunded_at)"
            " values (%s, %s, %s, 99700, %s, %s, %s)",
            [purchase, ana, status, moment, moment, "2017-03-20" if status == "refunded" else None],
        )
        if status == "refunded":
            await owner_db.execute(
                "insert into refunds (purchase_id, amount_cents, status, created_at)"
                " values (%s, 99700, 'succeeded', '2017-03-20')",
                [purchase],
            )


@pytest.fixture
async def subscribed(owner_db: psycopg.AsyncConnection) -> AsyncIterator[None]:
    """An invoice in the middle of the month, and a part of it that went back."""
    row_id = uuid4()
    await owner_db.execute(
        "insert into subscriptions (id, stripe_subscription_id, stripe_price_id, status, amount_cents)"
        " values (%s, %s, 'price_2017', 'canceled', 3995)",
        [row_id, f"sub_{row_id.hex}"],
    )
    for kind, cents, day in (("paid", 3995, "2017-03-15"), ("back", 1000, "2017-03-16")):
        await owner_db.execute(
            "insert into subscription_payments (id, subscription_id, kind, stripe_id, amount_cents,"
            " happened_at) values (gen_random_uuid(), %s, %s, %s, %s, %s)",
            [row_id, kind, f"{kind}_{row_id.hex}", cents, day],
        )
    yield
    await owner_db.execute("delete from subscriptions where id = %s", [row_id])


async def test_the_desk_opens_with_thirty_days_and_each_figure_leads_to_its_rows(
    sold: None, carla: Member, a_screen: AScreen
):
    screen = await a_screen(PaymentsState)

    await call(PaymentsState.open, screen, carla, NOW)

    view = screen.view
    assert view.says == "2 – 31 March 2017, days of UTC, counted today 20:00."
    figures = {one.label: one for one in view.figures}
    assert [figures[name].value for name in ("Paid", "Gone back", "Net")] == ["$2,991", "$997", "$1,994"]
    assert figures["Refund rate"].value == "33.3 %"
    assert "one of three purchases" in figures["Refund rate"].definition
    days = {"from": "2017-03-02", "to": "2017-03-31", "zone": "UTC"}
    assert asked(figures["Paid"].href) == {
        "by": "purchased", "status": "completed,refunded,disputed", "type": "challenge", **days,
    }  # fmt: skip
    assert asked(figures["Gone back"].href) == {"by": "refunded", "type": "challenge", **days}
    assert urlsplit(figures["Gone back"].also_href).path == routes.ADMIN_SUBSCRIPTIONS
    assert asked(figures["Gone back"].also_href) == days
    assert asked(figures["Refund rate"].href)["status"] == "refunded"
    assert urlsplit(figures["Paid"].href).path == routes.ADMIN_PURCHASES
    assert asked(view.recurring[0].href) == {"status": "active"}
    assert asked(view.csv) == {"step": "day", "currency": "usd", **days}
    assert all(one.definition for one in (*view.figures, *view.recurring))


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
async def test_every_figure_equals_the_rows_it_leads_to(
    sold: None, subscribed: None, zone: str, carla: Member, a_screen: AScreen
):
    screen = await a_screen(PaymentsState)
    at_address(screen, f"{routes.ADMIN_PAYMENTS}?from=2017-03-01&to=2017-03-31&zone={zone}")
    await call(PaymentsState.open, screen, carla, NOW)
    figures = {one.label: one for one in screen.view.figures}

    async def rows_behind(href: str) -> tuple[int, int, int]:
        async with as_member(carla.id) as db:
            sums = await purchases.add_up(db, PurchaseFilter.read(asked(href), "UTC"))
        return (
            sum(each.purchases for each in sums),
            sum(each.paid_cents for each in sums),
            sum(each.back_cents for each in sums),
        )

    bought, paid, _ = await rows_behind(figures["Paid"].href)
    _, _, back = await rows_behind(figures["Gone back"].href)
    refunded, _, _ = await rows_behind(figures["Refund rate"].href)
    given, _, _ = await rows_behind(figures["Places by friend code"].href)
    assert figures["Paid"].value == money_words(paid, "usd")
    asked_also = SubscriptionFilter.read(asked(figures["Gone back"].also_href))
    async with as_member(carla.id) as db:
        renewed = await subscriptions.add_up(db, asked_also)
    also_back = sum(each.back_cents for each in renewed)
    assert also_back == 1000
    assert figures["Gone back"].value == money_words(back + also_back, "usd")
    again = sum(each.paid_cents for each in renewed)
    assert figures["Paid for subscriptions"].value == money_words(again, "usd")
    assert figures["Net"].value == money_words(paid + again - back - also_back, "usd")
    assert figures["Refund rate"].value == share(refunded, bought)
    assert figures["Places bought"].value == str(bought)
    assert figures["Places by friend code"].value == str(given)
    for row in screen.view.stretches:
        if row.href:
            count, cents, _ = await rows_behind(row.href)
            assert (row.bought, row.paid) == (str(count), money_words(cents, "usd"))


async def test_a_zone_moves_the_edge_of_a_day(sold: None, carla: Member, a_screen: AScreen):
    screen = await a_screen(PaymentsState)
    await call(PaymentsState.open, screen, carla, NOW)

    await call(PaymentsState.choose_zone, screen, carla, NOW, "Asia/Tokyo")

    assert "days of Asia/Tokyo" in screen.view.says
    assert screen.view.stretches[-1].label == "1 Apr"
    assert screen.view.stretches[-1].paid == "$997"
    await call(PaymentsState.choose_zone, screen, carla, NOW, "Mars/Olympus")
    assert screen.zone == "UTC"


async def test_days_of_ones_own_are_shown_or_said_to_be_none(sold: None, carla: Member, a_screen: AScreen):
    screen = await a_screen(PaymentsState)
    await call(PaymentsState.open, screen, carla, NOW)
    await call(PaymentsState.choose_preset, screen, carla, NOW, OWN)

    await call(PaymentsState.choose_days, screen, carla, NOW, {"first": "2017-03-10", "last": "2017-03-10"})
    assert screen.view.figures[0].value == "$1,994"
    for form in ({"first": "2017-03-11", "last": "2017-03-10"}, {"first": "x"}, {}):
        await call(PaymentsState.choose_days, screen, carla, NOW, form)
        assert screen.problem
        assert screen.view.figures[0].value == "$1,994"


async def test_none_of_the_purchases_went_back(sold: None, carla: Member, a_screen: AScreen):
    screen = await a_screen(PaymentsState)
    at_address(screen, f"{routes.ADMIN_PAYMENTS}?from=2017-03-31&to=2017-03-31&zone=UTC")

    await call(PaymentsState.open, screen, carla, NOW)

    [rate] = [one for one in screen.view.figures if one.label == "Refund rate"]
    assert (rate.value, rate.definition[:40]) == ("0 %", "In any currency: none of one purchase pa")


async def test_what_cannot_be_drawn_by_day_is_drawn_by_week_and_says_so(
    sold: None, carla: Member, a_screen: AScreen
):
    screen = await a_screen(PaymentsState)
    await call(PaymentsState.open, screen, carla, NOW)

    await call(PaymentsState.choose_preset, screen, carla, NOW, "365")

    assert screen.view.step_note.startswith("By week:")
    assert len(screen.view.stretches) <= 100
    assert len(screen.view.chart.points) == len(screen.view.stretches)
    await call(PaymentsState.choose_step, screen, carla, NOW, "month")
    assert [row.label for row in screen.view.stretches][-1] == "Mar 2017"
    await call(PaymentsState.choose_step, screen, carla, NOW, "century")
    assert screen.step == "month"


async def test_a_period_in_the_address_is_opened(sold: None, carla: Member, a_screen: AScreen):
    screen = await a_screen(PaymentsState)
    at_address(screen, f"{routes.ADMIN_PAYMENTS}?from=2017-03-20&to=2017-03-20&zone=UTC&step=week")

    await call(PaymentsState.open, screen, carla, NOW)

    assert (screen.preset, screen.step) == (OWN, "week")
    assert [one.value for one in screen.view.figures[:4]] == ["$0", "$997", "$0", "−$997"]


async def test_codes_are_listed_by_their_state(sold: None, carla: Member, a_screen: AScreen):
    screen = await a_screen(PaymentsState)
    await call(PaymentsState.open, screen, carla, NOW)
    codes = await screen.get_state(CodesState)

    await call(CodesState.open, codes, carla, NOW)
    assert len(codes.rows) == 4
    assert {row.giver for row in codes.rows} == {"Ana Silva"}
    await call(CodesState.choose, codes, carla, NOW, "used")
    assert codes.rows == []
    await call(CodesState.choose, codes, carla, NOW, "stolen")
    assert codes.shown == "used"


@pytest.fixture
async def review(ana: UUID, ben: UUID, owner_db: psycopg.AsyncConnection) -> UUID:
    """Ana invited Ben, who has a place, from the same device."""
    purchase, referral, row_id = uuid4(), uuid4(), uuid4()
    await owner_db.execute(
        "insert into purchases (id, user_id, status, amount_cents, purchased_at) values"
        " (%s, %s, 'completed', 99700, now())",
        [purchase, ben],
    )
    await owner_db.execute(
        "insert into referrals (id, referrer_id, referred_id) values (%s, %s, %s)", [referral, ana, ben]
    )
    await owner_db.execute(
        "insert into referral_reviews (id, referral_id, purchase_id, signals) values (%s, %s, %s, %s)",
        [row_id, referral, purchase, ["same_device"]],
    )
    return row_id


async def test_two_admins_decide_about_an_invitation_once(
    review: UUID, carla: Member, ruth: Member, ana: UUID, a_screen: AScreen, owner_db: psycopg.AsyncConnection
):
    screens = [(await a_screen(InvitationsState), who) for who in (carla, ruth)]
    for screen, who in screens:
        await call(InvitationsState.open, screen, who, NOW)
        [row] = [row for row in screen.waiting if row.id == str(review)]
        assert (row.host, row.guest) == ("Ana Silva", "Ben Okafor")
        assert row.signals == [Signal.same_device.words]
        assert "same internet address" in row.signals[0]
        await call(InvitationsState.ask, screen, who, NOW, row.id, FINE)
        assert "Ana Silva gets 100 points for inviting Ben Okafor" in screen.question.consequence

    said = [
        str(await call(InvitationsState.decide, screen, who, NOW, {"reason": f"Known to {who.first_name}"}))
        for screen, who in screens
    ]

    assert "It counts now" in said[0]
    assert "decided about this invitation already" in said[1]
    for screen, _ in screens:
        assert screen.question.act == ""
        [row] = [row for row in screen.decided if row.id == str(review)]
        assert (row.state, row.reason, row.by) == ("Counts", "Known to Carla", "Carla Winter")
    points = (
        "select sum(final_points) from points_transactions where user_id = %s and activity_type = 'referral'"
    )
    assert await (await owner_db.execute(points, [ana])).fetchone() == (100,)


async def test_a_decision_without_a_reason_asks_for_it(review: UUID, carla: Member, a_screen: AScreen):
    screen = await a_screen(InvitationsState)
    await call(InvitationsState.open, screen, carla, NOW)
    await call(InvitationsState.ask, screen, carla, NOW, str(review), FINE)

    await call(InvitationsState.decide, screen, carla, NOW, {})

    assert screen.problems["reason"]
    assert screen.question.act == FINE


async def test_the_overview_says_what_of_money_waits_and_where(
    dead_letter: UUID, review: UUID, carla: Member, a_screen: AScreen
):
    screen = await a_screen(OverviewState)

    await call(OverviewState.open, screen, carla, NOW)

    needs = {need.href: need for need in screen.view.needs}
    assert "could not be followed" in needs[routes.ADMIN_INBOX].title
    assert "to decide" in needs[routes.ADMIN_INVITATIONS].title
    assert [one.href for one in screen.view.money] == [
        routes.ADMIN_PAYMENTS,
        f"{routes.ADMIN_SUBSCRIPTIONS}?status=active",
        routes.ADMIN_PAYMENTS,
    ]
