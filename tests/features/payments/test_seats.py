"""A seat is kept while somebody pays, goes to exactly one person, and is offered again when it is free."""

import asyncio
from datetime import datetime
from uuid import UUID

import psycopg
import pytest

from gynergy_app.db import as_member, as_service
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Right
from gynergy_app.domain.payments.kinds import PurchaseStatus, RefundStatus
from gynergy_app.domain.payments.seats import BANK_TAKES, CHECKOUT_LASTS
from gynergy_app.errors import GynergyError
from gynergy_app.services import programs
from gynergy_app.services.payments import purchases, seats
from gynergy_app.services.payments.purchases import Checkout
from gynergy_app.services.programs import AlreadyEnrolled, SessionFull
from tests.features.conftest import NewRun
from tests.features.payments.conftest import NewBuyer
from tests.features.payments.shop import (
    DAY,
    MINUTE,
    NOW,
    access_of,
    an_order,
    at_once,
    begin,
    buy,
    buy_as_guest,
    claim,
    complete,
    give_back,
    one,
    rows,
    told,
)

OVER = NOW + CHECKOUT_LASTS + 11 * MINUTE
OPEN_TITLE = "A place is open in Aurora"
LETTERS = """select args from jobs.procrastinate_jobs
             where task_name = 'write_of_open_place' and args ->> 'session_id' = %s"""


async def try_to_begin(member: Member | None, session_id: UUID) -> Checkout | GynergyError:
    try:
        return await begin(member, an_order(session_id))
    except GynergyError as refused:
        return refused


async def end(checkout: Checkout, kind: str = "expire") -> None:
    async with as_service() as db:
        await getattr(purchases, kind)(db, checkout.purchase_id, f"cs_{checkout.attempt}", now=NOW)


async def let_go(now: datetime = OVER) -> list[UUID]:
    async with as_service() as db:
        return await seats.let_go(db, now=now)


async def enrolls(member: Member, session_id: UUID) -> bool:
    try:
        async with as_member(member.id) as db:
            await programs.enroll(db, member, session_id, now=NOW)
    except SessionFull:
        return False
    return True


async def waits(member: Member, session_id: UUID, *, since: datetime = NOW) -> int:
    async with as_member(member.id) as db:
        return await programs.join_waitlist(db, member, session_id, now=since)


async def test_forty_buyers_and_seven_seats(
    new_run: NewRun, new_buyer: NewBuyer, owner_db: psycopg.AsyncConnection
):
    session_id = await new_run(places=7)
    people = [await new_buyer(f"Person{n}") if n % 2 else None for n in range(40)]

    answers = await at_once(try_to_begin(person, session_id) for person in people)

    checkouts = [answer for answer in answers if isinstance(answer, Checkout)]
    assert len(checkouts) == 7
    assert sum(isinstance(answer, SessionFull) for answer in answers) == 33
    await asyncio.gather(*(complete(checkout.purchase_id) for checkout in checkouts))
    assert await seats_and_places(owner_db, session_id) == 7
    assert not await enrolls(await new_buyer("Late"), session_id)


async def seats_and_places(db: psycopg.AsyncConnection, session_id: UUID) -> object:
    return await one(
        db,
        "select (select count(*) from session_enrollments where session_id = %s)"
        " + (select count(*) from purchases where session_id = %s and seat_held_until is not null)",
        session_id, session_id,
    )  # fmt: skip


async def test_buyers_and_people_who_join_otherwise_share_the_same_seats(
    new_run: NewRun, new_buyer: NewBuyer, owner_db: psycopg.AsyncConnection
):
    session_id = await new_run(places=5)
    people = [await new_buyer(f"Person{n}") for n in range(20)]

    await asyncio.gather(
        *(try_to_begin(person, session_id) for person in people[::2]),
        *(enrolls(person, session_id) for person in people[1::2]),
    )

    assert await seats_and_places(owner_db, session_id) == 5


async def test_a_seat_somebody_pays_for_is_shown_as_taken_to_everybody_else(
    new_run: NewRun, buyer: Member, friend: Member
):
    session_id = await new_run(places=1)
    await begin(buyer, an_order(session_id))

    left = {}
    for person in (buyer, friend):
        async with as_member(person.id) as db:
            offers = await programs.open_sessions(db, person, now=NOW)
        left[person.first_name] = next(o.places_left for o in offers if o.session_id == session_id)

    assert left == {"Ana": 1, "Ben": 0}


async def test_who_pays_for_a_seat_may_take_it_otherwise_and_keeps_none_beside_it(
    new_run: NewRun, buyer: Member, owner_db: psycopg.AsyncConnection
):
    session_id = await new_run(places=1)
    await begin(buyer, an_order(session_id))

    assert await enrolls(buyer, session_id)

    assert await seats_and_places(owner_db, session_id) == 1


@pytest.mark.parametrize("kind", ["expire", "fail"])
async def test_a_checkout_that_ends_gives_its_seat_back_and_the_queue_hears_of_it_once(
    new_run: NewRun, buyer: Member, new_buyer: NewBuyer, owner_db: psycopg.AsyncConnection, kind: str
):
    session_id = await new_run(places=1)
    checkout = await begin(buyer, an_order(session_id))
    first, second = await new_buyer("First"), await new_buyer("Second")
    await waits(first, session_id)
    await waits(second, session_id, since=NOW + MINUTE)

    for _ in range(3):
        await end(checkout, kind)

    assert await told(owner_db, first) == [OPEN_TITLE]
    assert await told(owner_db, second) == [], "there is one place, and she is the second"
    assert await enrolls(second, session_id)


async def test_who_has_her_place_waits_no_longer_and_the_next_one_is_told(
    new_run: NewRun, new_buyer: NewBuyer, owner_db: psycopg.AsyncConnection
):
    session_id = await new_run(places=1)
    first, second = await new_buyer("First"), await new_buyer("Second")
    await waits(first, session_id)
    await waits(second, session_id, since=NOW + MINUTE)

    await buy(first, session_id)

    assert await waits(second, session_id) == 1
    await owner_db.execute("update book_sessions set max_enrollments = 2 where id = %s", [session_id])
    async with as_service() as db:
        await seats.tell_queue(db, [session_id], cause="a second place", now=NOW)
    assert await told(owner_db, first) == []
    assert await told(owner_db, second) == [OPEN_TITLE]
    with pytest.raises(AlreadyEnrolled):
        await waits(first, session_id)


async def test_a_seat_whose_time_is_over_is_free_for_the_next_buyer_at_once(
    new_run: NewRun, buyer: Member, friend: Member
):
    session_id = await new_run(places=1)
    await begin(buyer, an_order(session_id))
    assert isinstance(await try_to_begin(friend, session_id), SessionFull)

    assert (await begin(friend, an_order(session_id), now=OVER)).attempt == 1


async def test_the_worker_lets_go_of_seats_and_tells_the_queue(
    new_run: NewRun, buyer: Member, friend: Member, owner_db: psycopg.AsyncConnection
):
    session_id = await new_run(places=1)
    await begin(buyer, an_order(session_id))
    await waits(friend, session_id)

    assert session_id not in await let_go(NOW + CHECKOUT_LASTS)
    assert session_id in await let_go()
    assert session_id not in await let_go()

    assert await told(owner_db, friend) == [OPEN_TITLE]


async def test_a_payment_that_comes_after_the_seat_was_given_away_is_a_place_without_a_session(
    new_run: NewRun, buyer: Member, friend: Member, owner_db: psycopg.AsyncConnection
):
    session_id = await new_run(places=1)
    late = await begin(buyer, an_order(session_id))
    await let_go()
    await begin(friend, an_order(session_id), now=OVER)

    assert await complete(late.purchase_id, now=OVER) is PurchaseStatus.completed

    hers = await access_of(buyer)
    assert hers.allows(Right.write, OVER)
    query = "select metadata ->> 'seat_lost', seat_held_until from purchases where id = %s"
    assert await rows(owner_db, query, late.purchase_id) == [("true", None)]
    assert await seats_and_places(owner_db, session_id) == 1


async def test_a_bank_that_takes_days_keeps_the_seat_meanwhile(
    new_run: NewRun, buyer: Member, friend: Member
):
    session_id = await new_run(places=1, start=(NOW + 20 * DAY).date())
    checkout = await begin(buyer, an_order(session_id))
    async with as_service() as db:
        await purchases.await_bank(db, checkout.purchase_id, now=NOW)

    assert session_id not in await let_go(NOW + BANK_TAKES - MINUTE)
    assert isinstance(await try_to_begin(friend, session_id), SessionFull)
    assert session_id in await let_go(NOW + BANK_TAKES)


async def test_however_often_it_is_asked_a_bank_has_its_days_once(
    new_run: NewRun, buyer: Member, owner_db: psycopg.AsyncConnection
):
    session_id = await new_run(places=1, start=(NOW + 20 * DAY).date())
    checkout = await begin(buyer, an_order(session_id))
    for asked_at in (NOW, NOW + DAY, NOW + 9 * DAY):
        async with as_service() as db:
            await purchases.await_bank(db, checkout.purchase_id, now=asked_at)

    assert session_id in await let_go(NOW + BANK_TAKES)


async def test_a_guest_who_is_refunded_gives_her_seat_to_the_queue(
    new_run: NewRun, friend: Member, owner_db: psycopg.AsyncConnection
):
    session_id = await new_run(places=1)
    purchase_id = await buy_as_guest("guest.of.seats@example.com", session_id)
    await waits(friend, session_id)

    await give_back(purchase_id, now=NOW + MINUTE)

    assert await told(owner_db, friend) == [OPEN_TITLE]
    assert await enrolls(friend, session_id)


async def test_a_refund_that_fails_finds_the_seat_again_or_says_that_it_is_lost(
    new_run: NewRun, friend: Member, owner_db: psycopg.AsyncConnection
):
    kept = "select seat_held_until is not null, metadata ? 'seat_lost' from purchases where id = %s"
    for is_faster in (False, True):
        session_id = await new_run(places=1)
        purchase_id = await buy_as_guest(f"guest.{is_faster}@example.com", session_id)
        refund = f"re_{purchase_id}"
        await give_back(purchase_id, refund_id=refund, now=NOW + MINUTE)
        if is_faster:
            await enrolls(friend, session_id)

        await give_back(purchase_id, status=RefundStatus.failed, refund_id=refund, now=NOW + 2 * MINUTE)

        assert await rows(owner_db, kept, purchase_id) == [(not is_faster, is_faster)]


async def test_a_guests_paid_seat_waits_until_nobody_may_join_any_more(
    new_run: NewRun, new_buyer: NewBuyer, friend: Member, owner_db: psycopg.AsyncConnection
):
    session_id = await new_run(places=1)
    guest = await new_buyer("Guest")
    await buy_as_guest(guest.email, session_id)

    assert session_id not in await let_go(NOW + 7 * DAY)
    assert not await enrolls(friend, session_id)

    await claim(guest)
    assert (await access_of(guest)).challenge_session_id == session_id
    assert await seats_and_places(owner_db, session_id) == 1


async def test_another_session_is_another_seat_and_the_first_is_free(
    new_run: NewRun, buyer: Member, friend: Member, owner_db: psycopg.AsyncConnection
):
    first, second = await new_run(places=1), await new_run(places=1)
    await begin(buyer, an_order(first))
    await waits(friend, first)

    await begin(buyer, an_order(second))

    assert [await seats_and_places(owner_db, run) for run in (first, second)] == [0, 1]
    assert await told(owner_db, friend) == [OPEN_TITLE]


async def test_an_open_place_leads_to_where_she_can_have_it(
    new_run: NewRun, new_buyer: NewBuyer, owner_db: psycopg.AsyncConnection
):
    """Who has access takes it. Who has not paid buys it: where places are taken is closed to her."""
    run = await new_run(places=2, start=NOW.date())
    taken = [await begin(None, an_order(run)) for _ in range(2)]
    paid_for, unpaid = await new_buyer("Ben"), await new_buyer("Dev")
    await buy(paid_for)
    for person in (paid_for, unpaid):
        await waits(person, run)

    for checkout in taken:
        await end(checkout)
    async with as_service() as db:
        for person in (paid_for, unpaid):
            await seats.write_to(db, person.id, run, "once", now=NOW)

    notices = "select href, body from notifications where user_id = %s and title = %s"
    letter = """select (context ->> 'has_access')::boolean from email_messages
                where template_key = 'place_open' and user_id = %s"""
    next_one = "You are next in the queue. It goes to whoever"
    told = {*await rows(owner_db, notices, paid_for.id, OPEN_TITLE)}
    assert told == {("/welcome", f"{next_one} takes it first.")}
    told = {*await rows(owner_db, notices, unpaid.id, OPEN_TITLE)}
    assert told == {("/pricing", f"{next_one} buys it first.")}
    assert await one(owner_db, letter, paid_for.id) is True
    assert await one(owner_db, letter, unpaid.id) is False


async def test_whoever_waits_gets_a_letter_as_well_once_and_only_while_she_waits(
    new_run: NewRun, new_buyer: NewBuyer, owner_db: psycopg.AsyncConnection
):
    run = await new_run(places=1)
    waiting, gone = await new_buyer("Ben"), await new_buyer("Dev")
    checkout = await begin(None, an_order(run))
    await waits(waiting, run)
    await end(checkout)
    [job] = await rows(owner_db, LETTERS, str(run))

    async with as_service() as db:
        await seats.write_to(db, waiting.id, run, "again", now=NOW)
        await seats.write_to(db, waiting.id, run, "again", now=NOW)
        await seats.write_to(db, gone.id, run, "again", now=NOW)

    assert job[0]["user_id"] == str(waiting.id)
    query = "select user_id, context ->> 'first_name' from email_messages where template_key = 'place_open'"
    mine = f"{query} and user_id in (%s, %s)"
    assert await rows(owner_db, mine, waiting.id, gone.id) == [(waiting.id, "Ben")]
