"""The page of a code: who gave it if she wishes it told, until when; and nothing to be learnt by guessing."""

from datetime import datetime
from time import perf_counter
from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import DBAPIError

from gynergy_app.db import as_member, as_visitor
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.codes import Refusal
from gynergy_app.errors import TooMany
from gynergy_app.repositories import friend_codes
from gynergy_app.services.payments import codes, redeeming
from gynergy_app.services.payments.redeeming import PER, PER_ACCOUNT, PER_ADDRESS, Invitation
from tests.features.conftest import START, NewRun
from tests.features.payments.conftest import NewBuyer
from tests.features.payments.shop import DAY, NOW, buy, codes_of, redeem


async def look(typed: str, member: Member | None = None, *, now: datetime = NOW) -> Invitation:
    door = as_member(member.id) if member else as_visitor()
    async with door as db:
        return await redeeming.look_at(db, typed, now=now)


async def lets_be_named(giver: Member, *, is_shown: bool) -> None:
    async with as_member(giver.id) as db:
        await codes.show_name(db, giver, is_shown=is_shown, now=NOW)


@pytest.fixture
async def given(buyer: Member, run: UUID) -> str:
    await buy(buyer, run)
    return (await codes_of(buyer))[0].code


async def test_a_stranger_sees_the_start_and_the_last_day_and_no_name(given: str, run: UUID):
    seen = await look(given.lower())

    assert seen.refusal is None
    assert (seen.code, seen.session_id, seen.label, seen.starts_on) == (given, run, "Aurora", START)
    assert seen.valid_until == NOW + 90 * DAY
    assert seen.giver == ""


async def test_the_giver_is_named_by_her_first_name_as_long_as_she_wishes(buyer: Member, given: str):
    await lets_be_named(buyer, is_shown=True)
    assert (await look(given)).giver == "Ana"
    async with as_member(buyer.id) as db:
        assert await codes.shows_name(db, buyer)

    await lets_be_named(buyer, is_shown=False)
    assert (await look(given)).giver == ""
    await lets_be_named(buyer, is_shown=True)
    assert (await look(given)).giver == "Ana"


async def test_what_a_code_is_not_good_for_is_said(
    buyer: Member, friend: Member, given: str, new_buyer: NewBuyer
):
    assert (await look(given, buyer)).refusal is Refusal.own
    assert (await look(given, now=NOW + 91 * DAY)).refusal is Refusal.expired
    assert (await look("FRIEND-222222")).refusal is Refusal.unknown
    assert (await look("FRIEND-22222O")).refusal is Refusal.misread
    await redeem(friend, given)
    used = await look(given, await new_buyer("Carla"))
    assert used == Invitation(given, Refusal.used), "and nothing else about it"


async def test_a_full_cohort_is_said_before_anything_is_tried(buyer: Member, new_run: NewRun):
    await buy(buyer, await new_run(places=1))
    code = (await codes_of(buyer))[0].code

    assert (await look(code)).is_full


async def test_after_day_nine_the_start_is_free_to_choose(given: str):
    seen = await look(given, now=NOW + 20 * DAY)

    assert seen.refusal is None
    assert (seen.session_id, seen.starts_on) == (None, None)


async def test_without_the_step_up_nobody_looks_at_a_code(given: str):
    with pytest.raises(DBAPIError, match="by the product itself"):
        async with as_visitor() as db:
            await friend_codes.look_at(db, given, NOW)
    with pytest.raises(DBAPIError, match="by the product itself"):
        async with as_visitor() as db:
            await friend_codes.look_at(db, "FRIEND-222222", NOW)


async def test_without_the_step_up_nobody_redeems(given: str, friend: Member):
    with pytest.raises(DBAPIError, match="by the product itself"):
        async with as_member(friend.id) as db:
            await friend_codes.redeem(db, given, friend.id, None, NOW)


@pytest.mark.parametrize(("is_known", "cap"), [(True, PER_ACCOUNT), (False, PER_ADDRESS)])
async def test_guessing_ends_after_a_few_tries(
    friend: Member, is_known: bool, cap: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(redeeming, "PACE", 0.0)
    address, member = str(uuid4()), friend if is_known else None

    async def guess(now: datetime = NOW) -> None:
        async with redeeming.a_try(member, address, now=now):
            pass

    for _ in range(cap):
        await guess()
    with pytest.raises(TooMany, match="a few times an hour"):
        await guess()
    await guess(NOW + PER)


async def test_an_answer_takes_as_long_for_any_code(given: str, buyer: Member, friend: Member):
    async def seconds(typed: str, member: Member | None) -> float:
        begun = perf_counter()
        async with redeeming.a_try(member, str(uuid4()), now=NOW):
            await look(typed, member)
        return perf_counter() - begun

    asked = [(given, None), ("FRIEND-222222", None), ("FRIEND-22222O", None), (given, buyer), (given, friend)]
    taken = [min([await seconds(typed, member) for _ in range(2)]) for typed, member in asked]

    assert min(taken) >= redeeming.PACE
    assert max(taken) - min(taken) < redeeming.PACE / 4
