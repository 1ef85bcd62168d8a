"""What a member may open follows from what she bought, was given or subscribes to, and from nothing else."""

import asyncio
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from gynergy_app.db import as_member, as_service, elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import PAST_DUE_GRACE, Door, Right
from gynergy_app.domain.payments.kinds import AccessType, SubscriptionStatus
from gynergy_app.errors import Invalid
from gynergy_app.models.payments import Subscription
from gynergy_app.repositories import user_entitlements
from gynergy_app.services.payments import entitlements
from tests.features.payments.shop import DAY, MINUTE, NOW, access_of, buy, codes_of, redeem, rows


@pytest.fixture
async def desk(admin: UUID) -> Member:
    return Member(admin, "ruth@example.com", "Ruth", "", "UTC", is_admin=True)


async def decide(desk: Member, what: str, about: Member, *, now: datetime = NOW) -> None:
    async with as_member(desk.id) as db:
        await getattr(entitlements, what)(db, desk, about.id, "Agreed by telephone", now=now)


async def subscribe(member: Member, status: SubscriptionStatus, **said: Any) -> UUID:
    row = Subscription(
        user_id=member.id,
        stripe_subscription_id=f"sub_{uuid4().hex}",
        stripe_price_id="price_month",
        status=status,
        amount_cents=3_995,
        **said,
    )
    async with as_service() as db:
        db.add(row)
    return row.id


async def become(subscription_id: UUID, status: SubscriptionStatus, **said: Any) -> None:
    async with as_service() as db:
        row = await db.get(Subscription, subscription_id)
        assert row
        row.status = status
        for name, value in said.items():
            setattr(row, name, value)


async def test_an_admin_gives_access_with_a_reason_and_takes_it_back(
    desk: Member, friend: Member, owner_db: psycopg.AsyncConnection
):
    await decide(desk, "grant", friend)
    assert (await access_of(friend)).came_by is AccessType.admin_granted

    await decide(desk, "close", friend, now=NOW + MINUTE)
    theirs = await access_of(friend)
    assert (theirs.challenge(NOW), theirs.closed_reason) == (Door.closed, "Agreed by telephone")

    recorded = "select action, reason from audit_log where subject_user_id = %s order by created_at"
    assert await rows(owner_db, recorded, friend.id) == [
        ("access.granted", "Agreed by telephone"),
        ("access.closed", "Agreed by telephone"),
    ]


async def test_without_a_reason_nothing_is_decided(desk: Member, friend: Member):
    with pytest.raises(Invalid, match="give the reason"):
        async with as_member(desk.id) as db:
            await entitlements.grant(db, desk, friend.id, "  ", now=NOW)

    assert (await access_of(friend)).challenge(NOW) is Door.closed


async def test_a_no_outweighs_what_was_bought_before_it_and_nothing_bought_after(
    desk: Member, buyer: Member, run: UUID
):
    await buy(buyer, run)
    await decide(desk, "close", buyer, now=NOW + MINUTE)
    assert (await access_of(buyer)).challenge(NOW + MINUTE) is Door.closed

    await buy(buyer, run, now=NOW + 2 * MINUTE)

    hers = await access_of(buyer)
    assert (hers.challenge(NOW + 2 * MINUTE), hers.came_by) == (Door.open, AccessType.purchased)
    assert hers.closed_reason == ""


async def test_what_was_bought_is_not_made_less_by_what_was_given(desk: Member, buyer: Member, run: UUID):
    await buy(buyer, run)

    await decide(desk, "grant", buyer, now=NOW + MINUTE)

    assert (await access_of(buyer)).came_by is AccessType.purchased


@pytest.mark.parametrize("kind", ["purchased", "friend_code", "admin_granted", "won"])
async def test_no_word_grants_access_by_itself(friend: Member, kind: str):
    call = "select private.grant_challenge_access(:user, :kind, now())"

    async def grant(is_stepped_up: bool) -> None:
        async with as_member(friend.id) as db:
            asked = {"user": friend.id, "kind": kind}
            if not is_stepped_up:
                await (await db.connection()).execute(text(call), asked)
            async with elevated(db):
                await (await db.connection()).execute(text(call), asked)

    for is_stepped_up in (False, True):
        with pytest.raises(DBAPIError):
            await grant(is_stepped_up)
    assert (await access_of(friend)).challenge(NOW) is Door.closed


async def test_nobody_but_an_admin_closes_or_opens(buyer: Member, run: UUID):
    await buy(buyer, run)

    with pytest.raises(DBAPIError, match="Only an admin"):
        async with as_member(buyer.id) as db, elevated(db):
            await user_entitlements.close(db, buyer.id, "why not", NOW)

    assert (await access_of(buyer)).challenge(NOW) is Door.open


@pytest.mark.parametrize("status", SubscriptionStatus)
async def test_the_journal_follows_the_subscription(
    friend: Member, status: SubscriptionStatus, owner_db: psycopg.AsyncConnection
):
    subscription = await subscribe(friend, SubscriptionStatus.incomplete)
    assert (await access_of(friend)).journal(NOW) is Door.closed

    await become(subscription, status, past_due_since=NOW)

    hers = await access_of(friend)
    assert hers.subscription is status
    is_open = status in (SubscriptionStatus.trialing, SubscriptionStatus.active, SubscriptionStatus.past_due)
    assert hers.allows(Right.write, NOW) is is_open
    kept = "select has_journal_access, journal_subscription_id from user_entitlements where user_id = %s"
    assert await rows(owner_db, kept, friend.id) == [(is_open, subscription)], "she can still manage it"


async def test_seven_days_after_a_refused_card_writing_closes_and_a_new_card_opens_it(friend: Member):
    subscription = await subscribe(friend, SubscriptionStatus.active)
    await become(subscription, SubscriptionStatus.past_due, past_due_since=NOW)
    late = NOW + PAST_DUE_GRACE
    assert (await access_of(friend)).journal(late - MINUTE) is Door.grace
    assert (await access_of(friend)).journal(late) is Door.closed

    await become(subscription, SubscriptionStatus.active)

    hers = await access_of(friend)
    assert (hers.journal(late), hers.past_due_since) == (Door.open, None)


async def test_the_best_of_several_subscriptions_counts(friend: Member):
    ended = await subscribe(friend, SubscriptionStatus.active)
    await subscribe(friend, SubscriptionStatus.active)

    await become(ended, SubscriptionStatus.canceled)

    assert (await access_of(friend)).journal(NOW) is Door.open


async def test_the_challenge_and_the_journal_do_not_touch_each_other(buyer: Member, run: UUID):
    await buy(buyer, run)
    subscription = await subscribe(buyer, SubscriptionStatus.trialing)

    await become(subscription, SubscriptionStatus.canceled)

    hers = await access_of(buyer)
    assert (hers.challenge(NOW), hers.journal(NOW)) == (Door.open, Door.closed)


async def test_everything_at_once_leaves_what_all_of_it_says(
    desk: Member, buyer: Member, friend: Member, run: UUID
):
    await buy(buyer, run)
    code = (await codes_of(buyer))[0].code

    await asyncio.gather(
        redeem(friend, code),
        decide(desk, "grant", friend),
        subscribe(friend, SubscriptionStatus.active),
        subscribe(friend, SubscriptionStatus.canceled),
    )

    theirs = await access_of(friend)
    assert theirs.challenge(NOW) is theirs.journal(NOW) is Door.open


async def test_a_longer_grace_of_the_session_is_a_longer_access(
    buyer: Member, run: UUID, owner_db: psycopg.AsyncConnection
):
    await buy(buyer, run)
    before = (await access_of(buyer)).challenge_until

    await owner_db.execute(
        "update book_sessions set grace_period_end = grace_period_end + 10 where id = %s", [run]
    )

    after = (await access_of(buyer)).challenge_until
    assert before is not None
    assert after == before + 10 * DAY
