"""What somebody paid leaves with her in her archive, and stays in the books without her."""

from collections.abc import Sequence
from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.jobs import deletion as job
from gynergy_app.services import deletion
from tests.archives.conftest import archive_of
from tests.archives.test_deletion import places_naming, when_the_time_has_come
from tests.conftest import NewPerson
from tests.features.conftest import Living, NewLiving
from tests.features.payments.conftest import peer, shop
from tests.supabase import Supabase

__all__ = ["peer", "shop"]

pytestmark = pytest.mark.usefixtures("shop")
"""Whoever leaves is asked about at Stripe, which knows nothing of those in here."""


async def ask(db: psycopg.AsyncConnection, query: str, *values: object) -> Sequence[tuple]:
    return await (await db.execute(query, values)).fetchall()  # pyright: ignore[reportArgumentType] - our own text


@pytest.fixture
async def buyer(new_living: NewLiving, new_person: NewPerson, owner_db: psycopg.AsyncConnection) -> Living:
    """She bought, got a part back, gave one code away, subscribed, invited, and is named by Stripe."""
    living = await new_living("Odile")
    who, friend = living.member.id, await new_person("Friend")
    address, customer = f"odile.{who.hex[:12]}@example.com", f"cus_{who.hex}"
    await owner_db.execute("update auth.users set email = %s where id = %s", [address, who])
    living.member = Member(who, address, "Odile", "", "UTC")
    [(purchase,)] = await ask(
        owner_db,
        "insert into purchases (user_id, email, status, amount_cents, amount_refunded_cents,"
        " stripe_customer_id, stripe_payment_intent_id, session_id, purchased_at, metadata, referral_code)"
        " values (%s, %s, 'completed', 99700, 5000, %s, %s, %s, now(), %s, 'ANA-2345') returning id",
        who, address.upper(), customer, f"pi_{who.hex[:8]}", living.session_id, Jsonb({"card": address}),
    )  # fmt: skip
    await ask(
        owner_db,
        "insert into refunds (purchase_id, amount_cents, status, reason)"
        " values (%s, 5000, 'succeeded', %s) returning id",
        purchase, f"Asked for by {address}",
    )  # fmt: skip
    await ask(
        owner_db,
        "update friend_codes set used_by_id = %s, used_at = now()"
        " where id = (select id from friend_codes where creator_id = %s limit 1) returning id",
        friend, who,
    )  # fmt: skip
    await ask(
        owner_db,
        "insert into subscriptions (user_id, stripe_subscription_id, stripe_customer_id, stripe_price_id,"
        " status, amount_cents) values (%s, %s, %s, 'price_month', 'active', 3995) returning id",
        who, f"sub_{who.hex[:8]}", customer,
    )  # fmt: skip
    await ask(
        owner_db,
        "insert into referrals (referrer_id, referred_id) values (%s, %s) returning id", who, friend,
    )  # fmt: skip
    for named in (address.title(), str(who), customer):
        await ask(
            owner_db,
            "insert into webhook_events (event_id, event_type, payload, error_message)"
            " values (gen_random_uuid()::text, 'customer.updated', %s, %s) returning id",
            Jsonb({"data": {"object": {"about": named}}}), f"{named} was not understood",
        )  # fmt: skip
    return living


async def leave(living: Living) -> None:
    async with as_member(living.member.id) as db:
        await deletion.ask(db, living.member, now=clock.now())
    with when_the_time_has_come():
        assert await job.delete(living.member.id)


async def test_her_archive_holds_what_she_bought_gave_and_subscribed_to(buyer: Living, running: Supabase):
    archive = await archive_of(buyer)

    tables = archive.json("data.json")["tables"]
    assert [row["amount_cents"] for row in tables["purchases"]] == [99_700]
    assert [row["amount_cents"] for row in tables["subscriptions"]] == [3_995]
    assert len(tables["friend_codes"]) == 2
    assert not any("used_by_id" in row for row in tables["friend_codes"]), (
        "who came is not hers to take along"
    )
    assert [row["amount_cents"] for row in tables["refunds"]] == [5_000]
    assert [row["code"] for row in tables["referral_codes"]]
    assert [row["has_challenge_access"] for row in tables["user_entitlements"]] == [True]


async def test_the_books_keep_the_amounts_and_nothing_of_her(
    buyer: Living, owner_db: psycopg.AsyncConnection, running: Supabase
):
    who = buyer.member.id
    words = [str(who), who.hex, buyer.member.email, f"cus_{who.hex}"]
    assert {"public.purchases.email", "public.webhook_events.payload"} <= set(
        await places_naming(owner_db, words)
    )

    await leave(buyer)

    assert await places_naming(owner_db, words) == []
    kept = await ask(
        owner_db,
        "select p.user_id, p.email, p.status, p.amount_cents, p.amount_refunded_cents, p.metadata,"
        " r.amount_cents from purchases p join refunds r on r.purchase_id = p.id"
        " where p.stripe_payment_intent_id = %s",
        f"pi_{who.hex[:8]}",
    )
    assert kept == [(None, None, "completed", 99_700, 5_000, {}, 5_000)]
    subscribed = "select user_id, status, amount_cents from subscriptions where stripe_subscription_id = %s"
    assert await ask(owner_db, subscribed, f"sub_{who.hex[:8]}") == [(None, "active", 3_995)]


async def test_a_place_given_away_stays_with_the_friend_and_the_other_code_goes_on(
    buyer: Living, owner_db: psycopg.AsyncConnection, running: Supabase
):
    codes = (
        "select id, used_by_id is not null, is_active from friend_codes where {} order by used_at nulls last"
    )
    before = await ask(owner_db, codes.format("creator_id = %s"), buyer.member.id)

    await leave(buyer)

    ids: list[UUID] = [row[0] for row in before]
    after = await ask(owner_db, codes.format("id = any(%s) and creator_id is null"), ids)
    assert after == before == [(ids[0], True, True), (ids[1], False, True)]


async def test_who_used_a_code_can_leave_and_the_code_stays_used(
    buyer: Living, owner_db: psycopg.AsyncConnection
):
    used = "select id, used_by_id from friend_codes where creator_id = %s and used_at is not null"
    [(code, friend)] = await ask(owner_db, used, buyer.member.id)

    await owner_db.execute("delete from auth.users where id = %s", [friend])

    assert await ask(owner_db, used, buyer.member.id) == [(code, None)]
