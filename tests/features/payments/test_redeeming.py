"""Using a friend's code: one person, once, in the giver's cohort; and what is said when it opens nothing."""

import asyncio
from datetime import datetime
from uuid import UUID

import psycopg

from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Door
from gynergy_app.domain.payments.codes import CodeState, Refusal
from gynergy_app.domain.payments.kinds import AccessType
from gynergy_app.services import programs
from gynergy_app.services.payments import codes
from gynergy_app.services.payments.redeeming import Redeemed
from tests.features.conftest import NewRun
from tests.features.payments.conftest import NewBuyer
from tests.features.payments.shop import (
    DAY,
    NOW,
    access_of,
    at_once,
    buy,
    codes_of,
    one,
    redeem,
    rows,
    told,
)


async def a_code(giver: Member, session_id: UUID | None = None, *, now: datetime = NOW) -> str:
    await buy(giver, session_id, now=now)
    return (await codes_of(giver))[0].code


async def session_of(member: Member) -> UUID | None:
    async with as_member(member.id) as db:
        enrolled = await programs.current_enrollment(db, member, now=NOW)
    return enrolled.session_id if enrolled else None


async def test_a_friend_gets_access_and_a_place_in_the_givers_cohort(
    buyer: Member, friend: Member, run: UUID, owner_db: psycopg.AsyncConnection
):
    code = await a_code(buyer, run)

    place = await redeem(friend, f" {code.lower().replace('-', ' ')} ")

    assert isinstance(place, Redeemed)
    assert place.session_id == run == await session_of(friend)
    theirs = await access_of(friend)
    assert (theirs.came_by, theirs.challenge_session_id) == (AccessType.friend_code, run)
    assert await codes_of(friend) == [], "a place that was given brings no codes to give"
    assert [used.state for used in await codes_of(buyer)] == [CodeState.used, CodeState.open]
    assert await told(owner_db, buyer) == [f"Your code {code} was used"]
    bought = "select amount_cents, purchase_type from purchases where user_id = %s"
    assert await rows(owner_db, bought, friend.id) == [(0, "challenge_friend_code")]


async def test_a_hundred_try_one_code_and_one_has_it(
    buyer: Member, new_buyer: NewBuyer, run: UUID, owner_db: psycopg.AsyncConnection
):
    code = await a_code(buyer, run)
    people = [await new_buyer(f"Friend{n}") for n in range(100)]

    answers = await at_once(redeem(person, code) for person in people)

    assert sum(isinstance(answer, Redeemed) for answer in answers) == 1
    assert answers.count(Refusal.used) == 99
    enrolled = "select count(*) from session_enrollments where session_id = %s and user_id = any(%s)"
    assert await one(owner_db, enrolled, run, [person.id for person in people]) == 1
    opened = "select count(*) from user_entitlements where has_challenge_access and user_id = any(%s)"
    assert await one(owner_db, opened, [person.id for person in people]) == 1
    assert len(await told(owner_db, buyer)) == 1


async def test_one_person_tries_many_codes_at_once_and_spends_one(
    buyer: Member, friend: Member, new_buyer: NewBuyer, run: UUID, owner_db: psycopg.AsyncConnection
):
    givers = [buyer, *[await new_buyer(f"Giver{n}") for n in range(4)]]
    given = [await a_code(giver, run) for giver in givers]

    answers = await asyncio.gather(*(redeem(friend, code) for code in given))

    assert sum(isinstance(answer, Redeemed) for answer in answers) == 1
    spent = "select count(*) from friend_codes where used_by_id = %s"
    assert await one(owner_db, spent, friend.id) == 1


async def test_ones_own_code_is_for_somebody_else(buyer: Member, run: UUID):
    assert await redeem(buyer, await a_code(buyer, run)) is Refusal.own


async def test_a_used_code_says_so(buyer: Member, friend: Member, new_buyer: NewBuyer, run: UUID):
    code = await a_code(buyer, run)
    await redeem(friend, code)

    assert await redeem(await new_buyer("Carla"), code) is Refusal.used
    assert await redeem(friend, code) is Refusal.used


async def test_a_code_ends_after_ninety_days(buyer: Member, friend: Member, run: UUID):
    code = await a_code(buyer, run)

    assert await redeem(friend, code, now=NOW + 90 * DAY) is Refusal.expired
    assert [c.state for c in await codes_of(buyer, now=NOW + 90 * DAY)] == [CodeState.expired] * 2


async def test_a_code_that_was_taken_back_opens_nothing(buyer: Member, friend: Member, run: UUID):
    code = await a_code(buyer, run)
    await take_back(buyer, (await codes_of(buyer))[0].id)

    assert await redeem(friend, code) is Refusal.revoked
    assert [c.state for c in await codes_of(buyer)] == [CodeState.revoked, CodeState.open]


async def take_back(giver: Member, code_id: UUID) -> bool:
    try:
        async with as_member(giver.id) as db:
            await codes.revoke(db, giver, code_id, now=NOW)
    except codes.CodeIsGone:
        return False
    return True


async def test_a_code_is_taken_back_by_its_giver_while_unused_and_by_nobody_else(
    buyer: Member, friend: Member, run: UUID
):
    code = await a_code(buyer, run)
    first, second = await codes_of(buyer)
    await redeem(friend, code)

    assert not await take_back(buyer, first.id), "it is used"
    assert not await take_back(friend, second.id), "it is not hers"
    assert await take_back(buyer, second.id)
    assert not await take_back(buyer, second.id)


async def test_taking_back_and_using_at_once_leaves_one_of_them(buyer: Member, friend: Member, run: UUID):
    code = await a_code(buyer, run)
    [mine, _] = await codes_of(buyer)

    answer, was_taken_back = await asyncio.gather(redeem(friend, code), take_back(buyer, mine.id))

    assert isinstance(answer, Redeemed) is not was_taken_back


async def test_nobody_knows_a_code_that_was_never_made(friend: Member):
    assert await redeem(friend, "FRIEND-222222") is Refusal.unknown
    assert await redeem(friend, "FRIEND-ABC23O") is Refusal.misread
    assert await redeem(friend, "") is Refusal.unknown


async def test_who_has_access_keeps_the_code_unspent(
    buyer: Member, friend: Member, new_buyer: NewBuyer, run: UUID
):
    code = await a_code(buyer, run)
    await buy(friend, run)

    assert await redeem(friend, code) is Refusal.has_access

    assert (await access_of(friend)).came_by is AccessType.purchased
    assert isinstance(await redeem(await new_buyer("Carla"), code), Redeemed)


async def test_each_person_can_use_one_code(buyer: Member, friend: Member, run: UUID):
    await a_code(buyer, run)
    first, second = await codes_of(buyer)
    await redeem(friend, first.code)

    assert await redeem(friend, second.code) is Refusal.has_access
    assert await redeem(friend, second.code, now=NOW + 80 * DAY) is Refusal.redeemed_before


async def test_a_full_cohort_leaves_the_code_unspent_and_another_start_can_be_chosen(
    buyer: Member, friend: Member, new_run: NewRun, owner_db: psycopg.AsyncConnection
):
    full, other = await new_run(places=1), await new_run()
    code = await a_code(buyer, full)

    assert await redeem(friend, code) is Refusal.cohort_full
    assert (await access_of(friend)).challenge(NOW) is Door.closed
    assert [c.state for c in await codes_of(buyer)] == [CodeState.open] * 2

    place = await redeem(friend, code, session_id=other)
    assert isinstance(place, Redeemed)
    assert place.session_id == other


async def test_two_codes_for_the_last_place_and_one_of_them_stays_unspent(
    buyer: Member, new_run: NewRun, new_buyer: NewBuyer
):
    session_id = await new_run(places=2)
    await buy(buyer, session_id)
    given = [code.code for code in await codes_of(buyer)]
    people = [await new_buyer("Ben"), await new_buyer("Carla")]

    answers = await asyncio.gather(*map(redeem, people, given))

    assert sorted(type(answer).__name__ for answer in answers) == ["Redeemed", "Refusal"]
    assert Refusal.cohort_full in answers
    assert sorted(code.state for code in await codes_of(buyer)) == [CodeState.open, CodeState.used]


async def test_who_lives_a_session_already_stays_in_it(
    buyer: Member, friend: Member, new_run: NewRun, run: UUID
):
    hers = await new_run()
    async with as_member(friend.id) as db:
        await programs.enroll(db, friend, hers, now=NOW)
    code = await a_code(buyer, run)

    place = await redeem(friend, code)

    assert isinstance(place, Redeemed)
    assert await session_of(friend) == hers
    assert (await access_of(friend)).challenge_session_id == hers
