"""Inviting: counted once when somebody who came by a link has a place, and taken back with the place."""

import asyncio
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.types.json import Jsonb

from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.arrivals import Arrival
from gynergy_app.domain.payments.kinds import RefundStatus
from gynergy_app.services import programs, referrals
from gynergy_app.services.referrals import Inviting
from tests.features.payments.conftest import NewBuyer
from tests.features.payments.shop import (
    MINUTE,
    NOW,
    an_order,
    begin,
    buy,
    buy_as_guest,
    claim,
    codes_of,
    complete,
    give_back,
    one,
    paid,
    redeem,
    rows,
    told,
)


async def inviting(member: Member) -> Inviting:
    async with as_member(member.id) as db:
        return await referrals.read(db, member)


async def comes_by(member: Member, link: str) -> bool:
    async with as_member(member.id) as db:
        return await referrals.remember(db, member, link, now=NOW)


@pytest.fixture
async def host(new_buyer: NewBuyer) -> Member:
    return await new_buyer("Élodie")


async def a_guest_of(host: Member, new_buyer: NewBuyer, name: str = "Guest") -> Member:
    guest = await new_buyer(name)
    assert await comes_by(guest, (await inviting(host)).code)
    return guest


async def ledger(db: psycopg.AsyncConnection, member: Member) -> list[tuple]:
    query = (
        "select activity_type, final_points from points_transactions where user_id = %s"
        " order by earned_at, activity_type, final_points"
    )
    return list(await rows(db, query, member.id))


async def test_everybody_has_a_code_that_begins_like_her_name(host: Member, new_buyer: NewBuyer):
    codes = [(await inviting(host)).code, (await inviting(await new_buyer("李"))).code]

    assert [code[:-4] for code in codes] == ["ELOD-", "GYN-"]
    assert all(set(code[-4:]) <= set("23456789ABCDEFGHJKMNPQRSTUVWXYZ") for code in codes)


async def test_the_first_link_counts_and_only_one(host: Member, friend: Member, buyer: Member):
    assert await comes_by(friend, (await inviting(host)).code.lower())
    assert not await comes_by(friend, (await inviting(host)).code)
    assert not await comes_by(friend, (await inviting(buyer)).code)

    assert (await inviting(host)).on_the_way == 1
    assert (await inviting(buyer)).on_the_way == 0


async def test_ones_own_link_an_unknown_one_and_one_that_comes_too_late_count_for_nothing(
    host: Member, buyer: Member
):
    assert not await comes_by(host, (await inviting(host)).code)
    assert not await comes_by(host, "ELOD-2222")
    assert not await comes_by(host, "'; drop table referrals; --")
    await buy(buyer)
    assert not await comes_by(buyer, (await inviting(host)).code)


async def test_a_place_that_is_bought_brings_a_hundred_points_and_the_first_milestone(
    host: Member, new_buyer: NewBuyer, owner_db: psycopg.AsyncConnection
):
    guest = await a_guest_of(host, new_buyer)
    assert await ledger(owner_db, host) == []

    await buy(guest)

    assert await ledger(owner_db, host) == [("referral", 100), ("referral_milestone", 100)]
    mine = await inviting(host)
    assert (mine.joined, mine.on_the_way, mine.points, mine.ahead) == (1, 0, 100, 2)
    assert [step.needed for step in mine.steps if step.is_reached] == [1]
    badges = "select b.key from user_badges u join badges b on b.id = u.badge_id where u.user_id = %s"
    assert await rows(owner_db, badges, host.id) == [("referral-1",)]
    assert await told(owner_db, host) == ["New badge: Open Door", "Somebody you invited has a place"]


async def test_a_place_that_is_given_counts_as_one_that_is_bought(
    host: Member, buyer: Member, new_buyer: NewBuyer, run: UUID
):
    guest = await a_guest_of(host, new_buyer)
    await buy(buyer, run)

    await redeem(guest, (await codes_of(buyer))[0].code)

    assert (await inviting(host)).joined == 1


async def test_a_guest_brings_the_link_along_with_her_purchase(host: Member, new_buyer: NewBuyer):
    guest = await new_buyer("Guest")
    order = an_order(email=guest.email)
    link = (await inviting(host)).code
    checkout = await begin(None, type(order)(order.key, order.price, order.email, None, Arrival(link)))
    await complete(checkout.purchase_id)
    assert (await inviting(host)).joined == 0

    await claim(guest)

    assert (await inviting(host)).joined == 1


async def test_a_guest_who_bought_twice_brings_the_link_along(host: Member, new_buyer: NewBuyer):
    guest = await new_buyer("Guest")
    link = (await inviting(host)).code
    for _ in range(2):
        order = an_order(email=guest.email)
        checkout = await begin(None, type(order)(order.key, order.price, order.email, None, Arrival(link)))
        await complete(checkout.purchase_id)

    await claim(guest)

    assert (await inviting(host)).joined == 1


@pytest.mark.parametrize("is_told_before", [True, False])
async def test_of_two_places_one_may_go_and_it_does_not_matter_which_was_told_first(
    host: Member, new_buyer: NewBuyer, is_told_before: bool, owner_db: psycopg.AsyncConnection
):
    guest = await a_guest_of(host, new_buyer)
    first = await buy(guest)
    if is_told_before:
        await give_back(first, now=NOW + MINUTE)
    second = await buy_as_guest(guest.email)
    await claim(guest)
    if not is_told_before:
        await give_back(first, now=NOW + MINUTE)

    assert (await inviting(host)).joined == 1
    assert sum(points for _, points in await ledger(owner_db, host)) == 200
    await give_back(second, now=NOW + 2 * MINUTE)
    assert (await inviting(host)).joined == 0
    assert sum(points for _, points in await ledger(owner_db, host)) == 0


async def test_it_is_counted_once_however_often_and_however_much_is_bought(
    host: Member, new_buyer: NewBuyer, owner_db: psycopg.AsyncConnection
):
    guest = await a_guest_of(host, new_buyer)
    checkout = await begin(guest, an_order())
    payment = paid()

    await asyncio.gather(*(complete(checkout.purchase_id, payment) for _ in range(8)))
    await buy_as_guest(guest.email)
    await claim(guest)

    assert await ledger(owner_db, host) == [("referral", 100), ("referral_milestone", 100)]


async def test_many_guests_at_once_reach_each_milestone_once(
    host: Member, new_buyer: NewBuyer, owner_db: psycopg.AsyncConnection
):
    guests = [await a_guest_of(host, new_buyer, f"Guest{n}") for n in range(10)]

    await asyncio.gather(*map(buy, guests))

    expected = [("referral", 100)] * 10 + [
        ("referral_milestone", points) for points in (100, 250, 500, 1_000)
    ]
    assert sorted(await ledger(owner_db, host)) == sorted(expected)
    mine = await inviting(host)
    assert (mine.joined, mine.points, mine.ahead) == (10, 1_000, 25)
    reached = "select count(*) from user_referral_milestones where user_id = %s"
    assert await one(owner_db, reached, host.id) == 4


async def test_points_stand_in_the_session_the_host_lives(
    host: Member, new_buyer: NewBuyer, run: UUID, owner_db: psycopg.AsyncConnection
):
    async with as_member(host.id) as db:
        await programs.enroll(db, host, run, now=NOW)

    await buy(await a_guest_of(host, new_buyer))

    total = "select total from point_totals where session_id = %s and user_id = %s"
    assert await one(owner_db, total, run, host.id) == 200


async def test_a_refund_takes_back_what_it_brought_and_keeps_the_badge(
    host: Member, new_buyer: NewBuyer, owner_db: psycopg.AsyncConnection
):
    purchase_id = await buy(await a_guest_of(host, new_buyer))

    await give_back(purchase_id, now=NOW + MINUTE)

    assert await ledger(owner_db, host) == [
        ("referral", 100), ("referral_milestone", 100), ("referral", -100), ("referral_milestone", -100),
    ]  # fmt: skip
    mine = await inviting(host)
    assert (mine.joined, mine.points, mine.given_back) == (0, 0, 1)
    reasons = "select distinct reason from points_transactions where user_id = %s and reverses_id is not null"
    assert await one(owner_db, reasons, host.id) == "The place was refunded."
    assert await one(owner_db, "select count(*) from user_badges where user_id = %s", host.id) == 1


async def test_a_refund_that_fails_in_the_end_counts_again_and_each_time_once(
    host: Member, new_buyer: NewBuyer, owner_db: psycopg.AsyncConnection
):
    purchase_id = await buy(await a_guest_of(host, new_buyer))
    refund = f"re_{purchase_id}"
    for n, status in enumerate([RefundStatus.succeeded, RefundStatus.failed] * 2, start=1):
        for _ in range(2):
            await give_back(purchase_id, status=status, refund_id=refund, now=NOW + n * MINUTE)

    entries = await ledger(owner_db, host)
    assert sum(points for kind, points in entries if kind == "referral") == 100
    assert len(entries) == 10, "five rows each: given, taken, given, taken, given"
    assert (await inviting(host)).joined == 1


@pytest.mark.parametrize(
    ("hosts", "guests", "is_odd"),
    [
        ("ana.lee@gmail.com", "analee+two@googlemail.com", True),
        ("ana@example.com", "ana+friend@example.com", True),
        ("ana.lee@example.com", "analee@example.com", False),
        ("ana@example.com", "ana@example.org", False),
    ],
)
async def test_two_addresses_of_one_mailbox_wait_for_a_person(
    new_buyer: NewBuyer, hosts: str, guests: str, is_odd: bool
):
    unique = uuid4().hex[:10]
    host = await new_buyer("Ana", email=f"{unique}{hosts}")
    guest = await new_buyer("Other", email=f"{unique}{guests}")
    await comes_by(guest, (await inviting(host)).code)

    await buy(guest)

    mine = await inviting(host)
    assert (mine.joined, mine.on_the_way) == ((0, 1) if is_odd else (1, 0))


async def test_the_same_customer_card_or_device_waits_for_a_person(
    host: Member, new_buyer: NewBuyer, owner_db: psycopg.AsyncConnection
):
    customer, card, device = (uuid4().hex for _ in range(3))
    await owner_db.execute(
        "insert into purchases (user_id, amount_cents, stripe_customer_id, metadata) values (%s, 1, %s, %s)",
        [host.id, customer, Jsonb({"card": card})],
    )
    guests = {
        name: await a_guest_of(host, new_buyer, name) for name in ("Customer", "Card", "Device", "None")
    }
    for person in (host, guests["Device"]):
        await owner_db.execute(
            "insert into private.web_sessions (token_hash, user_id, refresh_token_encrypted,"
            " access_token_encrypted, access_expires_at, expires_at, ip, user_agent)"
            " values (%s, %s, '', '', now(), now(), '203.0.113.7', %s)",
            [person.id.bytes, person.id, device],
        )

    payments = {"Customer": paid(customer_id=customer), "Card": paid(card=card)}
    for name, guest in guests.items():
        checkout = await begin(guest, an_order())
        await complete(checkout.purchase_id, payments.get(name))

    query = (
        "select u.first_name, v.signals from referral_reviews v join referrals r on r.id = v.referral_id"
        " join users u on u.id = r.referred_id where r.referrer_id = %s order by 1"
    )
    assert await rows(owner_db, query, host.id) == [
        ("Card", ["same_card"]), ("Customer", ["same_customer"]), ("Device", ["same_device"]),
    ]  # fmt: skip
    assert (await inviting(host)).joined == 1


@pytest.mark.parametrize(("is_fine", "joined"), [(True, 1), (False, 0)])
async def test_a_person_decides_once(
    new_buyer: NewBuyer, admin: UUID, owner_db: psycopg.AsyncConnection, is_fine: bool, joined: int
):
    unique, desk = uuid4().hex[:10], Member(admin, "ruth@example.com", "Ruth", "", "UTC", is_admin=True)
    host = await new_buyer("Ana", email=f"{unique}@example.com")
    guest = await new_buyer("Twin", email=f"{unique}+twin@example.com")
    await comes_by(guest, (await inviting(host)).code)
    await buy(guest)
    query = (
        "select v.id from referral_reviews v join referrals r on r.id = v.referral_id"
        " where r.referred_id = %s"
    )
    [(review,)] = await rows(owner_db, query, guest.id)

    async def decide() -> bool:
        try:
            async with as_member(desk.id) as db:
                await referrals.decide(db, desk, review, is_fine=is_fine, reason="They are sisters", now=NOW)
        except referrals.DecidedAlready:
            return False
        return True

    assert sorted(await asyncio.gather(*(decide() for _ in range(5)))) == [False] * 4 + [True]
    assert (await inviting(host)).joined == joined
    assert sum(points for _, points in await ledger(owner_db, host)) == 200 * joined
    recorded = "select count(*) from audit_log where action = 'referral.decided' and subject_id = %s"
    assert await one(owner_db, recorded, review) == 1
