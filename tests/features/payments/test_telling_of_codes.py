"""Who hears of a friend code by mail: its giver, once, and a name only if it may be said; and its user."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import psycopg
import pytest

from gynergy_app import clock
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.jobs import friend_codes as job
from gynergy_app.services.payments import codes, redeeming
from gynergy_app.services.payments.redeeming import Redeemed
from tests.features.payments.conftest import NewBuyer
from tests.features.payments.shop import DAY, NOW, buy, codes_of, one, redeem, rows

LAST_WEEK = NOW + 83 * DAY
"""Noon, a week before codes of today end."""


@pytest.fixture
async def given(buyer: Member, run: UUID) -> str:
    await buy(buyer, run)
    return (await codes_of(buyer))[0].code


async def mails(db: psycopg.AsyncConnection, member: Member, letter: str) -> list[dict]:
    query = "select context from email_messages where user_id = %s and template_key = %s order by created_at"
    return [context for (context,) in await rows(db, query, member.id, letter)]


async def use(friend: Member, code: str, *, is_named: bool) -> None:
    async with as_member(friend.id) as db:
        await redeeming.redeem(db, friend, code, now=NOW, is_named=is_named)


async def told_by_the_worker(db: psycopg.AsyncConnection, code: str) -> None:
    """Do what the redemption asked for, as often as a queue may have it done."""
    query = (
        "select j.args from jobs.procrastinate_jobs j"
        " join friend_codes c on c.id::text = j.args ->> 'code_id'"
        " where j.task_name = 'tell_giver' and c.code = %s"
    )
    [(asked,)] = await rows(db, query, code)
    await asyncio.gather(*(job.tell_giver(**asked) for _ in range(3)))
    await job.tell_giver(**asked)


@pytest.mark.parametrize(("is_named", "redeemer"), [(True, "Ben"), (False, "")])
async def test_the_giver_hears_once_and_a_name_only_if_it_may_be_said(
    buyer: Member,
    friend: Member,
    given: str,
    owner_db: psycopg.AsyncConnection,
    is_named: bool,
    redeemer: str,
):
    await use(friend, given, is_named=is_named)
    await told_by_the_worker(owner_db, given)

    [letter] = await mails(owner_db, buyer, "friend_code_used")
    assert (letter["code"], letter["redeemer"]) == (given, redeemer)
    behind_the_bell = "select body, href from notifications where user_id = %s and title like 'Your code%%'"
    [(body, href)] = await rows(owner_db, behind_the_bell, buyer.id)
    assert body == f"{redeemer or 'Somebody you gave it to'} has a place now."
    assert href == "/me/codes"


async def test_whoever_used_it_is_told_where_her_days_begin(
    friend: Member, given: str, owner_db: psycopg.AsyncConnection
):
    await redeem(friend, given)
    await redeem(friend, given)

    [letter] = await mails(owner_db, friend, "place_given")
    assert letter == {"first_name": "Ben", "cohort": "Aurora", "day_one": "2026-03-02", "has_begun": True}


async def test_without_a_start_she_is_led_to_choose_one(
    buyer: Member, friend: Member, owner_db: psycopg.AsyncConnection
):
    late = datetime(2031, 3, 3, 12, tzinfo=NOW.tzinfo)
    await buy(buyer, now=late)
    code = (await codes_of(buyer, now=late))[0].code

    assert isinstance(await redeem(friend, code, now=late), Redeemed)

    [letter] = await mails(owner_db, friend, "place_given")
    assert (letter["cohort"], letter["day_one"]) == ("", None)


async def test_what_is_refused_is_told_to_nobody(
    buyer: Member, given: str, owner_db: psycopg.AsyncConnection
):
    await redeem(buyer, given)

    assert await mails(owner_db, buyer, "place_given") == []
    asked = (
        "select count(*) from jobs.procrastinate_jobs j"
        " join friend_codes c on c.id::text = j.args ->> 'code_id'"
        " where j.task_name = 'tell_giver' and c.code = %s"
    )
    assert await one(owner_db, asked, given) == 0


class TestBeforeCodesEnd:
    async def test_a_giver_is_told_once_of_all_that_end_together(
        self, buyer: Member, given: str, owner_db: psycopg.AsyncConnection
    ):
        await self.sweep(LAST_WEEK - DAY)
        assert await mails(owner_db, buyer, "friend_codes_ending") == []

        await self.sweep(LAST_WEEK)
        await self.sweep(LAST_WEEK + timedelta(hours=1))
        await self.sweep(LAST_WEEK + DAY)

        [letter] = await mails(owner_db, buyer, "friend_codes_ending")
        assert sorted(letter["codes"]) == sorted(code.code for code in await codes_of(buyer))

    async def test_two_workers_tell_her_once(
        self, buyer: Member, given: str, owner_db: psycopg.AsyncConnection
    ):
        await asyncio.gather(*(self.sweep(LAST_WEEK) for _ in range(3)))

        assert len(await mails(owner_db, buyer, "friend_codes_ending")) == 1

    async def test_used_and_taken_back_codes_are_not_named(
        self, buyer: Member, friend: Member, given: str, owner_db: psycopg.AsyncConnection
    ):
        await redeem(friend, given)
        await self.sweep(LAST_WEEK)
        [letter] = await mails(owner_db, buyer, "friend_codes_ending")
        assert letter["codes"] == [(await codes_of(buyer))[1].code]

    async def test_of_codes_that_were_all_taken_back_nothing_is_said(
        self, buyer: Member, given: str, owner_db: psycopg.AsyncConnection
    ):
        for code in await codes_of(buyer):
            async with as_member(buyer.id) as db:
                await codes.revoke(db, buyer, code.id, now=NOW)

        await self.sweep(LAST_WEEK)

        assert await mails(owner_db, buyer, "friend_codes_ending") == []

    async def test_nobody_is_told_at_night(self, new_buyer: NewBuyer, owner_db: psycopg.AsyncConnection):
        kiritimati = await new_buyer("Ana", timezone="Pacific/Kiritimati")  # noon in UTC is two at night
        await buy(kiritimati)

        await self.sweep(LAST_WEEK)
        assert await mails(owner_db, kiritimati, "friend_codes_ending") == []
        await self.sweep(LAST_WEEK + timedelta(hours=8))
        assert len(await mails(owner_db, kiritimati, "friend_codes_ending")) == 1

    async def sweep(self, at: datetime) -> None:
        with clock.travelling(at):
            await job.sweep()


async def test_whoever_comes_back_with_her_code_has_her_place_and_others_learn_nothing(
    buyer: Member, friend: Member, new_buyer: NewBuyer, given: str, run: UUID
):
    assert await own_place(friend, given) is None
    place = await redeem(friend, given)

    assert await own_place(friend, f" {given.lower()} ") == place
    assert await own_place(buyer, given) is None
    assert await own_place(await new_buyer("Carla"), given) is None


async def own_place(member: Member, code: str) -> Redeemed | None:
    async with as_member(member.id) as db:
        return await redeeming.own_place(db, code)
