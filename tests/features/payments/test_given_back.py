"""What follows from money given back: what was announced, what comes back, what a person decides."""

import asyncio
from uuid import UUID

import psycopg

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Door
from gynergy_app.domain.payments.codes import CodeState
from gynergy_app.domain.payments.refunding import Consequences, consequences
from gynergy_app.errors import Conflict, Invalid
from gynergy_app.jobs import refunds as sending
from gynergy_app.services import referrals
from gynergy_app.services.payments import reviewing
from gynergy_app.services.payments.giving_back import CannotGiveBack
from gynergy_app.state.admin.money_words import failure_words
from tests.features.payments.conftest import NewBuyer
from tests.features.payments.giving import (
    WHOLE,
    a_wish,
    ask,
    at_stripe,
    bought,
    charge_at,
    kept,
    read,
)
from tests.features.payments.peer import Shop
from tests.features.payments.shop import (
    access_of,
    an_order,
    begin,
    codes_of,
    complete,
    one,
    redeem,
    rows,
)
from tests.features.payments.test_webhooks_purchases import OPEN, letters
from tests.features.payments.test_webhooks_purchases import standing as stands

# -- What was announced is what happens ---------------------------------------------------------------------


async def announced(admin: Member, purchase_id: UUID, amount: int = WHOLE) -> Consequences:
    return consequences(await read(admin, purchase_id), amount)


async def test_exactly_the_announced_consequences_happen(
    shop: Shop, new_buyer: NewBuyer, carla: Member, run: UUID, owner_db: psycopg.AsyncConnection
):
    """A buyer who was invited, with one code used and one open, in a session that is full of days to come."""
    now = clock.now()
    giver, buyer, tom = await new_buyer("Ruth"), await new_buyer("Maya"), await new_buyer("Tom")
    link = await one(owner_db, "select code from referral_codes where user_id = %s", giver.id)
    async with as_member(buyer.id) as db:
        assert await referrals.remember(db, buyer, str(link), now=now)
    purchase_id = await bought(shop, buyer, owner_db)
    used, unused = (code.code for code in await codes_of(buyer, now=now))
    await redeem(tom, used, now=now)
    points = await total(owner_db, giver)

    sheet = await announced(carla, purchase_id)

    assert (sheet.is_whole, sheet.closes, sheet.letter) == (True, True, True)
    assert {fate.code.code: (fate.stops, fate.code.redeemer) for fate in sheet.codes} == {
        unused: (True, ""), used: (False, "Tom"),
    }  # fmt: skip
    assert sheet.invited
    assert (sheet.invited.name, sheet.invited.points) == ("Ruth", 100)

    await ask(carla, purchase_id)
    await sending.send_due()
    await shop.catch_up()

    assert (await access_of(buyer)).challenge(now) is Door.closed
    states = {code.code: code.state for code in await codes_of(buyer, now=now)}
    assert states == {unused: CodeState.revoked, used: CodeState.used}
    assert (await access_of(tom)).challenge(now) is Door.open
    assert points - await total(owner_db, giver) == sheet.invited.total
    assert (await letters(owner_db, buyer.email)).count("refund_made") == 1


async def total(db: psycopg.AsyncConnection, member: Member) -> int:
    query = "select coalesce(sum(final_points), 0)::integer from points_transactions where user_id = %s"
    found = await one(db, query, member.id)
    assert isinstance(found, int)
    return found


async def test_what_else_opens_the_challenge_is_announced_and_keeps_it_open(
    shop: Shop, buyer: Member, friend: Member, carla: Member, owner_db: psycopg.AsyncConnection
):
    now = clock.now()
    await bought(shop, buyer, owner_db)
    await redeem(friend, (await codes_of(buyer, now=now))[0].code, now=now)
    second = await begin(friend, an_order(email=friend.email), is_meant=True, now=now)
    await complete(second.purchase_id, now=now)

    sheet = await announced(carla, second.purchase_id)

    assert sheet.remaining
    assert (sheet.closes, sheet.remaining.kind.value) == (False, "friend_code")
    await owner_db.execute("update purchases set status = 'refunded' where id = %s", [second.purchase_id])
    theirs = await access_of(friend)
    assert theirs.came_by == sheet.remaining.kind
    assert theirs.challenge_until == sheet.remaining.until


async def test_a_guest_who_gets_everything_back_gives_her_seat_to_the_next(
    shop: Shop, carla: Member, run: UUID, owner_db: psycopg.AsyncConnection
):
    email = "back.to.guest@example.com"
    starts = "update book_sessions set start_date = current_date, end_date = current_date + 44 where id = %s"
    await owner_db.execute(starts, [run])
    await shop.buy(None, run, email=email)
    await shop.catch_up()
    purchase_id = await one(owner_db, "select id from purchases where email = %s", email)
    assert isinstance(purchase_id, UUID)
    sheet = await announced(carla, purchase_id)
    assert (sheet.seat_is_freed, sheet.codes, sheet.access) == (True, (), None)

    await ask(carla, purchase_id)
    await sending.send_due()

    query = "select status, seat_held_until is null from purchases where id = %s"
    assert await rows(owner_db, query, purchase_id) == [("refunded", True)]
    assert (await letters(owner_db, email)).count("refund_made") == 1


# -- What comes back, and what a person decides -------------------------------------------------------------


async def test_a_refund_that_fails_later_restores_what_it_took(
    shop: Shop, buyer: Member, carla: Member, owner_db: psycopg.AsyncConnection
):
    purchase_id = await bought(shop, buyer, owner_db)
    await ask(carla, purchase_id)
    await sending.send_due()
    [made] = await at_stripe(shop, owner_db, purchase_id)

    await shop.stripe.operate(f"refunds/{made.id}/fail")
    await shop.catch_up()

    assert await stands(owner_db, buyer) == OPEN
    assert await kept(owner_db, purchase_id) == [(WHOLE, "failed", True)]
    why = await one(owner_db, "select failure from refunds where purchase_id = %s", purchase_id)
    assert failure_words(str(why)) == "The card has expired or was cancelled."
    balance = (await read(carla, purchase_id)).balance
    assert (balance.left, balance.obstacle) == (WHOLE, "")


async def test_while_a_bank_asks_for_the_money_nothing_can_be_given_back(
    shop: Shop, buyer: Member, carla: Member, owner_db: psycopg.AsyncConnection
):
    purchase_id = await bought(shop, buyer, owner_db)
    await shop.stripe.operate(f"charges/{await charge_at(shop, owner_db, purchase_id)}/dispute")
    await shop.catch_up()

    assert isinstance(await ask(carla, purchase_id), CannotGiveBack)

    [noted] = await one(owner_db, "select metadata -> 'disputes' from purchases where id = %s", purchase_id)  # pyright: ignore[reportGeneralTypeIssues]
    assert (noted["status"], noted["reason"], noted["due_at"] is not None) == (
        "needs_response", "fraudulent", True,
    )  # fmt: skip
    await shop.stripe.operate(f"disputes/{noted['dispute_id']}/win")
    await shop.catch_up()
    assert await stands(owner_db, buyer) == OPEN


async def undecided(shop: Shop, buyer: Member) -> UUID:
    checkout = await shop.begin(buyer)
    await shop.pay(checkout)
    await shop.stripe.operate(f"checkouts/{checkout.url}/tamper", how="amount")
    await shop.catch_up()
    return checkout.purchase_id


async def accept(admin: Member, purchase_id: UUID, reason: str = "The old price was agreed.") -> str:
    try:
        async with as_member(admin.id) as db:
            await reviewing.accept(db, admin, purchase_id, reason, now=clock.now())
    except (Conflict, Invalid) as refused:
        return type(refused).__name__
    return "accepted"


async def test_what_was_paid_wrongly_counts_once_a_person_says_so(
    shop: Shop, buyer: Member, carla: Member, owner_db: psycopg.AsyncConnection
):
    purchase_id = await undecided(shop, buyer)
    assert await accept(carla, purchase_id, " ") == "Invalid"

    answers = await asyncio.gather(*(accept(carla, purchase_id) for _ in range(5)))
    assert sorted(answers) == [*["DecidedAlready"] * 4, "accepted"]
    refused = await ask(carla, purchase_id, a_wish(WHOLE // 2))
    assert isinstance(refused, reviewing.DecidedAlready)
    assert await stands(owner_db, buyer) == ("review", Door.closed, 0)

    await asyncio.gather(*(sending.accept_purchase(str(purchase_id)) for _ in range(3)))
    assert await stands(owner_db, buyer) == OPEN
    assert sorted(await letters(owner_db, buyer.email)) == ["friend_codes", "purchase_made"]
    await shop.catch_up()
    assert await stands(owner_db, buyer) == OPEN


async def test_what_was_paid_wrongly_and_is_sent_back_never_opened_anything(
    shop: Shop, buyer: Member, carla: Member, owner_db: psycopg.AsyncConnection
):
    purchase_id = await undecided(shop, buyer)

    assert isinstance(await ask(carla, purchase_id, a_wish(100)), Invalid)
    assert isinstance(await ask(carla, purchase_id, a_wish(WHOLE // 2)), UUID)
    assert await accept(carla, purchase_id) == "DecidedAlready"
    await sending.send_due()

    assert await stands(owner_db, buyer) == ("refunded", Door.closed, 0)
    assert await letters(owner_db, buyer.email) == ["payment_returned"]
    [made] = await at_stripe(shop, owner_db, purchase_id)
    await shop.stripe.operate(f"refunds/{made.id}/fail")
    await shop.catch_up()
    assert await stands(owner_db, buyer) == ("review", Door.closed, 0), "nobody has said that it counts"


async def test_nobody_decides_about_what_is_settled(
    shop: Shop, buyer: Member, carla: Member, owner_db: psycopg.AsyncConnection
):
    purchase_id = await bought(shop, buyer, owner_db)

    assert await accept(carla, purchase_id) == "DecidedAlready"


async def test_the_record_says_who_asked_why_and_what_was_to_change(
    shop: Shop, buyer: Member, carla: Member, owner_db: psycopg.AsyncConnection
):
    purchase_id = await bought(shop, buyer, owner_db)

    await ask(carla, purchase_id)

    query = "select actor_id, subject_user_id, reason, before, after from audit_log where subject_id = %s"
    [(actor, about, reason, before, after)] = await rows(owner_db, query, purchase_id)
    assert (actor, about, reason) == (carla.id, buyer.id, "Asked for by the buyer. She wrote on day 4.")
    assert (before["access"], before["given_back"]) == ("purchased", "$0.00")
    assert (after["access"], after["given_back"], after["amount"]) == ("closed", "$997.00", "$997.00")
    assert after["codes_stopping"].count("FRIEND-") == 2
