"""The weekly look back: its numbers are those of the database, and each week is told once."""

import asyncio
from datetime import datetime
from typing import Any

import psycopg
import pytest
from sqlmodel import select

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.jobs.reminders import sweep
from gynergy_app.models.notifications import EmailMessage
from gynergy_app.services import unsubscribing
from tests.features.conftest import Living, NewLiving

COUNTED = """
    select (select count(distinct entry_date) from (
                select entry_date from journals where {mine} and is_completed
                union select entry_date from action_logs where {mine} and is_completed) d),
           (select count(*) from journals where {mine} and journal_type = 'morning' and is_completed),
           (select count(*) from journals where {mine} and journal_type = 'evening' and is_completed),
           (select count(*) from action_logs where {mine} and action_type = 'gratitude' and is_completed),
           (select coalesce(sum(final_points), 0) from points_transactions
            where user_id = %(who)s and earned_on between %(first)s and %(last)s)
""".format(mine="user_id = %(who)s and entry_date between %(first)s and %(last)s")
WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven"]


async def sweep_at(moment: datetime) -> None:
    with clock.travelling(to=moment):
        await sweep()


async def told(owner_db: psycopg.AsyncConnection, living: Living) -> list[tuple[str, str]]:
    rows = await owner_db.execute(
        "select title, body from notifications where user_id = %s"
        " and dedupe_key like 'reminder:weekly_digest:%%' order by created_at",
        [living.member.id],
    )
    return [(title, body) for title, body in await rows.fetchall()]


async def mailed(living: Living) -> list[EmailMessage]:
    query = select(EmailMessage).where(
        EmailMessage.user_id == living.member.id, EmailMessage.template_key == "weekly_digest"
    )
    async with as_service() as db:
        return list((await db.exec(query)).all())


async def counted(owner_db: psycopg.AsyncConnection, living: Living, first: int, last: int) -> list[Any]:
    days = {"who": living.member.id, "first": living.day(first), "last": living.day(last)}
    row = await (await owner_db.execute(COUNTED, days)).fetchone()  # pyright: ignore[reportArgumentType]
    assert row
    return [int(number) for number in row]


@pytest.mark.parametrize("timezone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
async def test_the_numbers_of_a_week_are_those_of_the_database(
    new_living: NewLiving, owner_db: psycopg.AsyncConnection, timezone: str
):
    living = await new_living("Ana", timezone=timezone)
    await living.whole_day(1)
    for day in (2, 4, 7):
        await living.evening(day)
    await living.action(5)
    await living.morning(8, hour=6)  # belongs to the next week

    await sweep_at(living.at(8, 7))

    days, mornings, evenings, actions, points = await counted(owner_db, living, 1, 7)
    assert (days, mornings, evenings, actions) == (5, 1, 4, 2)
    assert await told(owner_db, living) == [
        (
            f"Week 1: {WORDS[days]} of seven days kept",
            f"One morning, {WORDS[evenings]} evenings and {WORDS[actions]} gratitude actions."
            f" {points} points came with the week.",
        )
    ]
    [mail] = await mailed(living)
    assert mail.context["points"] == points
    assert unsubscribing.read(mail.context["unsubscribe"].split("/")[-1]).reminder == "weekly_digest"


async def test_two_workers_tell_a_week_once(new_living: NewLiving, owner_db: psycopg.AsyncConnection):
    crowd = [await new_living(f"Member{n}") for n in range(5)]
    for living in crowd:
        await living.evening(7)

    with clock.travelling(to=crowd[0].at(8, 7, 5)):
        await asyncio.gather(*(sweep() for _ in range(4)))

    for living in crowd:
        assert len(await told(owner_db, living)) == len(await mailed(living)) == 1


async def test_a_look_back_takes_the_place_of_the_morning_reminder(
    living: Living, owner_db: psycopg.AsyncConnection
):
    await living.evening(7)

    await sweep_at(living.at(8, 7))
    await sweep_at(living.at(8, 7, 10))

    rows = await owner_db.execute(
        "select count(*) from notifications where user_id = %s and dedupe_key like 'reminder:%%'",
        [living.member.id],
    )
    assert await rows.fetchone() == (1,)


async def test_who_wants_only_the_look_back_gets_it_and_no_morning_reminder(
    living: Living, owner_db: psycopg.AsyncConnection
):
    await owner_db.execute(
        "update profile_settings set morning_reminder_enabled = false, email_digest_frequency = 'weekly'"
        " where user_id = %s",
        [living.member.id],
    )
    await living.evening(7)

    await sweep_at(living.at(7, 7))
    await sweep_at(living.at(8, 7))

    assert len(await told(owner_db, living)) == 1


async def test_who_does_not_want_it_or_wrote_nothing_hears_nothing(
    new_living: NewLiving, owner_db: psycopg.AsyncConnection
):
    unwilling, silent = await new_living("Ana"), await new_living("Ben")
    await owner_db.execute(
        "update profile_settings set email_digest_frequency = 'never' where user_id = %s",
        [unwilling.member.id],
    )
    await unwilling.evening(7)

    await sweep_at(silent.at(8, 7))

    assert await told(owner_db, unwilling) == await told(owner_db, silent) == []


async def test_after_three_without_an_answer_no_week_is_looked_back_on(
    living: Living, owner_db: psycopg.AsyncConnection
):
    await living.evening(8)
    for day, hour in ((9, 7), (9, 20), (10, 7)):
        await sweep_at(living.at(day, hour))

    await sweep_at(living.at(15, 7))

    assert await told(owner_db, living) == []
