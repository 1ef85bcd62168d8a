"""What follows from money given back: what was announced, what comes back, what a person decides."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import JournalType
from gynergy_app.domain.payments.access import Door
from gynergy_app.domain.payments.codes import CodeState
from gynergy_app.domain.payments.refunding import Consequences, PlaceStands, consequences
from gynergy_app.errors import Conflict, Invalid
from gynergy_app.jobs import refunds as sending
from gynergy_app.services import programs, referrals
from gynergy_app.services.desks import timeline
from gynergy_app.services.journaling import pages
from gynergy_app.services.payments import entitlements, reviewing
from gynergy_app.services.payments.giving_back import CannotGiveBack
from gynergy_app.state.admin.money_words import failure_words
from tests.features.conftest import EVENING, NewRun
from tests.features.payments.conftest import NewBuyer
from tests.features.payments.giving import (
    WHOLE,
    a_wish,
    ask,
    at_stripe,
    bought,
    charge_at,
    kept,
    purchase_of,
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
    told,
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


# -- A place in a session -----------------------------------------------------------------------------------

HAS_PLACE = """select (select count(*) from session_enrollments where session_id = %s and user_id = %s),
    (select count(*) from cohort_memberships m join cohorts c on c.id = m.cohort_id
     where c.session_id = %s and m.user_id = %s)"""
SITS, GONE = [(1, 1)], [(0, 0)]


async def sits(db: psycopg.AsyncConnection, session_id: UUID, member: Member) -> Sequence[tuple]:
    return await rows(db, HAS_PLACE, session_id, member.id, session_id, member.id)


async def bought_into(shop: Shop, buyer: Member, session_id: UUID, db: psycopg.AsyncConnection) -> UUID:
    await shop.buy(buyer, session_id)
    await shop.catch_up()
    assert await sits(db, session_id, buyer) == SITS
    return await purchase_of(db, buyer)


async def queue_for(member: Member, session_id: UUID) -> None:
    async with as_member(member.id) as db:
        await programs.join_waitlist(db, member, session_id, now=clock.now())


async def give_all_back(shop: Shop, carla: Member, purchase_id: UUID) -> None:
    await ask(carla, purchase_id)
    await sending.send_due()
    await shop.catch_up()


@pytest.mark.parametrize("has_written", [False, True])
async def test_an_empty_place_goes_to_the_next_and_one_she_wrote_in_stays_hers(
    has_written: bool, shop: Shop, buyer: Member, friend: Member, carla: Member, new_run: NewRun,
    owner_db: psycopg.AsyncConnection,
):  # fmt: skip
    now = clock.now()
    session_id = await new_run(places=1, start=now.date())
    purchase_id = await bought_into(shop, buyer, session_id, owner_db)
    await queue_for(friend, session_id)
    if has_written:
        async with as_member(buyer.id) as db:
            kind, day = JournalType.evening, now.date()
            await pages.finish(db, buyer, kind, EVENING, day=day, base_revision=0, now=now)

    sheet = await announced(carla, purchase_id)
    assert sheet.places == (PlaceStands("Aurora", has_written),)
    await give_all_back(shop, carla, purchase_id)

    assert await sits(owner_db, session_id, buyer) == (SITS if has_written else GONE)
    assert await told(owner_db, friend) == ([] if has_written else ["A place is open in Aurora"])


@pytest.mark.parametrize("is_faster", [False, True])
async def test_money_that_comes_back_brings_her_place_again_or_says_that_it_is_lost(
    is_faster: bool, shop: Shop, buyer: Member, friend: Member, carla: Member, new_run: NewRun,
    owner_db: psycopg.AsyncConnection,
):  # fmt: skip
    """She chose her start after she had bought: the purchase remembers which one it was."""
    session_id = await new_run(places=1, start=clock.now().date())
    purchase_id = await bought(shop, buyer, owner_db)
    assert await takes(buyer, session_id)
    await give_all_back(shop, carla, purchase_id)
    assert await sits(owner_db, session_id, buyer) == GONE
    if is_faster:
        assert await takes(friend, session_id)

    [made] = await at_stripe(shop, owner_db, purchase_id)
    await shop.stripe.operate(f"refunds/{made.id}/fail")
    await shop.catch_up()

    assert await sits(owner_db, session_id, buyer) == (GONE if is_faster else SITS)
    lost = "select status, metadata ? 'seat_lost' from purchases where id = %s"
    assert await rows(owner_db, lost, purchase_id) == [("completed", is_faster)]


async def takes(member: Member, session_id: UUID) -> bool:
    async with as_member(member.id) as db:
        return (await programs.enroll(db, member, session_id, now=clock.now())).session_id == session_id


async def test_what_else_opens_the_challenge_keeps_the_place(
    shop: Shop, buyer: Member, carla: Member, new_run: NewRun, owner_db: psycopg.AsyncConnection
):
    session_id = await new_run(places=1, start=clock.now().date())
    purchase_id = await bought_into(shop, buyer, session_id, owner_db)
    async with as_member(carla.id) as db:
        await entitlements.grant(db, carla, buyer.id, "She helps us.", now=clock.now())

    assert (await announced(carla, purchase_id)).places == ()
    await give_all_back(shop, carla, purchase_id)

    assert await sits(owner_db, session_id, buyer) == SITS


async def test_a_lost_dispute_frees_an_empty_place_too(
    shop: Shop, buyer: Member, carla: Member, new_run: NewRun, owner_db: psycopg.AsyncConnection
):
    session_id = await new_run(places=1, start=clock.now().date())
    purchase_id = await bought_into(shop, buyer, session_id, owner_db)
    await shop.stripe.operate(f"charges/{await charge_at(shop, owner_db, purchase_id)}/dispute")
    await shop.catch_up()
    assert await sits(owner_db, session_id, buyer) == SITS, "nothing is decided yet"

    intent = await one(owner_db, "select stripe_payment_intent_id from purchases where id = %s", purchase_id)
    [dispute] = (await shop.stripe.v1.disputes.list_async({"payment_intent": intent})).data
    await shop.stripe.operate(f"disputes/{dispute.id}/lose")
    await shop.catch_up()

    assert await sits(owner_db, session_id, buyer) == GONE


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
    await give_all_back(shop, carla, purchase_id)
    assert await stands(owner_db, buyer) == ("refunded", Door.closed, 0)


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


async def test_the_codes_of_what_was_paid_wrongly_are_as_old_as_the_word_that_it_counts(
    shop: Shop, buyer: Member, carla: Member, owner_db: psycopg.AsyncConnection
):
    purchase_id = await undecided(shop, buyer)
    paid = "update purchases set purchased_at = purchased_at - interval '40 days' where id = %s returning id"
    await rows(owner_db, paid, purchase_id)
    before = clock.now()

    await accept(carla, purchase_id)
    await sending.accept_purchase(str(purchase_id))

    codes = "select created_at, expires_at - created_at from friend_codes where purchase_id = %s"
    for made_at, lasts in await rows(owner_db, codes, purchase_id):
        assert made_at >= before
        assert lasts == timedelta(days=90)
    async with as_member(carla.id) as db:
        told = await timeline.of_member(db, buyer.id, now=clock.now())
    [made] = [each for each in told if each.step is timeline.Step.codes_made]
    assert made.at >= before


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
