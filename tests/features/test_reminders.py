"""Reminders as members get them: at their own times, once, and not when there is nothing to say."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlmodel import col, select

from gynergy_app import clock
from gynergy_app.db import as_service
from gynergy_app.domain.notifications import MailStatus, MailStream
from gynergy_app.jobs.reminders import sweep
from gynergy_app.jobs.send_mail import send_one
from gynergy_app.models.notifications import EmailMessage
from gynergy_app.services import reminders, unsubscribing
from tests.features.conftest import Living, NewLiving

Choose = Callable[..., Awaitable[None]]


@pytest.fixture
def choose(living: Living, owner_db: psycopg.AsyncConnection) -> Choose:
    """What the member of this test prefers: `await choose(morning_reminder_time="09:00")`."""

    async def prefer(**said: Any) -> None:
        for name, value in said.items():
            query = f"update profile_settings set {name} = %s where user_id = %s"
            await owner_db.execute(query, [value, living.member.id])  # pyright: ignore[reportArgumentType]

    return prefer


async def sweep_at(moment: datetime) -> None:
    with clock.travelling(to=moment):
        await sweep()


async def told(owner_db: psycopg.AsyncConnection, living: Living) -> list[str]:
    """The reminders behind her bell, oldest first: kind and programme day."""
    rows = await owner_db.execute(
        "select dedupe_key from notifications where user_id = %s and dedupe_key like 'reminder:%%'"
        " order by created_at",
        [living.member.id],
    )
    keys = [row[0].split(":") for row in await rows.fetchall()]
    days = {str(living.day(number)): number for number in range(-1, 48)}
    return [f"{kind} {days[day]}" for _, kind, _, day in keys]


async def mailed(living: Living) -> list[EmailMessage]:
    query = select(EmailMessage).where(EmailMessage.user_id == living.member.id)
    async with as_service() as db:
        return list((await db.exec(query.order_by(col(EmailMessage.created_at)))).all())


async def test_whose_place_was_taken_back_is_reminded_of_nothing(
    living: Living, choose: Choose, owner_db: psycopg.AsyncConnection
):
    await choose(morning_reminder_time="09:00")
    taken = "insert into user_entitlements (id, user_id) values (gen_random_uuid(), %s)"
    await owner_db.execute(f"{taken} on conflict (user_id) do nothing", [living.member.id])
    await sweep_at(living.at(3, 9, 1))
    assert await told(owner_db, living) == []

    journal = "update user_entitlements set has_journal_access = true where user_id = %s"
    await owner_db.execute(journal, [living.member.id])
    await sweep_at(living.at(4, 9, 1))
    assert await told(owner_db, living) == ["morning 4"]


async def test_a_reminder_comes_at_her_own_time_behind_the_bell_and_by_mail(
    new_living: NewLiving, owner_db: psycopg.AsyncConnection
):
    living = await new_living("Ana", timezone="America/Los_Angeles")

    await sweep_at(living.at(1, 6, 55))
    assert await told(owner_db, living) == []
    await sweep_at(living.at(1, 7))

    assert await told(owner_db, living) == ["morning 1"]
    [mail] = await mailed(living)
    assert (mail.template_key, mail.stream, mail.status) == (
        "morning_reminder",
        MailStream.marketing,
        "queued",
    )
    assert mail.dedupe_key == f"reminder:morning:{living.member.id}:{living.day(1)}"
    assert unsubscribing.read(mail.context["unsubscribe"].split("/")[-1]).user_id == living.member.id


async def test_two_workers_remind_each_member_once(new_living: NewLiving, owner_db: psycopg.AsyncConnection):
    crowd = [await new_living(f"Member{n}") for n in range(7)]

    with clock.travelling(to=crowd[0].at(1, 7, 5)):
        await asyncio.gather(*(sweep() for _ in range(4)))

    for living in crowd:
        assert await told(owner_db, living) == ["morning 1"]
        assert len(await mailed(living)) == 1


async def test_a_member_who_is_told_is_not_a_candidate_again(living: Living):
    at_seven = living.at(1, 7)

    async def is_asked_about(living: Living) -> bool:
        just_before = UUID(int=living.member.id.int - 1)
        async with as_service() as db:
            found = await reminders.candidates(db, after=just_before, now=at_seven)
        return living.member.id in found.candidates

    assert await is_asked_about(living)
    await sweep_at(at_seven)
    assert not await is_asked_about(living)


async def test_a_sweep_goes_on_from_batch_to_batch(
    new_living: NewLiving, owner_db: psycopg.AsyncConnection, monkeypatch: pytest.MonkeyPatch
):
    crowd = [await new_living(f"Member{n}") for n in range(5)]
    everybody = await (await owner_db.execute("select count(*) from profile_settings")).fetchone()
    assert everybody
    monkeypatch.setattr(reminders, "BATCH", everybody[0] // 5)

    await sweep_at(crowd[0].at(1, 7))

    assert [await told(owner_db, living) for living in crowd] == [["morning 1"]] * 5


async def test_a_page_already_written_needs_no_reminder(living: Living, owner_db: psycopg.AsyncConnection):
    await living.morning(1, hour=6)
    await sweep_at(living.at(1, 7))
    await living.evening(1, hour=19)
    await sweep_at(living.at(1, 20))

    assert await told(owner_db, living) == []


async def test_nothing_comes_before_the_first_day_after_the_last_or_in_quiet_hours(
    living: Living, choose: Choose, owner_db: psycopg.AsyncConnection
):
    await sweep_at(living.at(0, 7))
    await sweep_at(living.at(46, 7))
    await choose(quiet_to="07:30")
    await sweep_at(living.at(1, 7))

    assert await told(owner_db, living) == []


async def test_after_three_without_a_page_we_are_silent_until_the_next_page(
    living: Living, owner_db: psycopg.AsyncConnection
):
    for day in (1, 2, 3, 4):
        await sweep_at(living.at(day, 7))
        await sweep_at(living.at(day, 20))
    assert await told(owner_db, living) == ["morning 1", "evening 1", "morning 2"]

    await living.action(5)
    await sweep_at(living.at(5, 20))

    assert (await told(owner_db, living))[3:] == ["evening 5"]


async def test_a_streak_that_would_end_tonight_is_told_in_place_of_the_evening_reminder(
    living: Living, owner_db: psycopg.AsyncConnection
):
    for day in (1, 2, 4, 6):  # days 3 and 5 take both freezes
        await living.evening(day)

    await sweep_at(living.at(7, 20))
    await sweep_at(living.at(7, 20, 5))

    assert await told(owner_db, living) == ["streak_warning 7"]
    [mail] = await mailed(living)
    assert (mail.template_key, mail.context["streak_days"]) == ("streak_warning", 4)


async def test_a_freeze_that_is_left_or_a_page_of_the_day_needs_no_warning(
    living: Living, choose: Choose, owner_db: psycopg.AsyncConnection
):
    await choose(evening_reminder_enabled=False, morning_reminder_enabled=False)
    for day in (1, 2, 4):
        await living.evening(day)
    await sweep_at(living.at(5, 20))
    await living.evening(6)
    await living.action(7)
    await sweep_at(living.at(7, 20))

    assert await told(owner_db, living) == []


async def test_without_mail_the_bell_still_rings(
    living: Living, choose: Choose, owner_db: psycopg.AsyncConnection
):
    await choose(email_reminders_enabled=False)

    await sweep_at(living.at(1, 7))

    assert await told(owner_db, living) == ["morning 1"]
    assert await mailed(living) == []


async def test_nobody_who_is_suspended_is_reminded(living: Living, owner_db: psycopg.AsyncConnection):
    await owner_db.execute("update users set suspended_at = now() where id = %s", [living.member.id])

    await sweep_at(living.at(1, 7))

    assert await told(owner_db, living) == []


async def test_a_worker_that_comes_back_late_does_not_catch_up(
    living: Living, owner_db: psycopg.AsyncConnection
):
    await sweep_at(living.at(1, 8, 1))

    assert await told(owner_db, living) == []


async def test_a_mail_that_could_not_leave_within_the_hour_stays_here(living: Living):
    await sweep_at(living.at(1, 7))
    [mail] = await mailed(living)

    with clock.travelling(to=living.at(1, 8) + timedelta(seconds=1)):
        assert not await send_one(mail.id)

    [mail] = await mailed(living)
    assert mail.status == MailStatus.cancelled


async def test_one_members_trouble_keeps_nobody_else_waiting(
    new_living: NewLiving, owner_db: psycopg.AsyncConnection, caplog: pytest.LogCaptureFixture
):
    broken, sound = await new_living("Ana"), await new_living("Ben")
    await owner_db.execute(
        "insert into notifications (user_id, category, title, dedupe_key, created_at)"
        " values (%s, 'reminder', '', 'reminder:morning:x:not-a-day', %s)",
        [broken.member.id, broken.at(1, 6)],
    )

    await sweep_at(sound.at(1, 7))

    assert await told(owner_db, sound) == ["morning 1"]
    assert f"Member {broken.member.id} could not be reminded." in caplog.text


async def test_flying_back_over_the_date_line_brings_no_day_twice(
    new_living: NewLiving, owner_db: psycopg.AsyncConnection
):
    living = await new_living("Ana", timezone="Asia/Tokyo")
    await sweep_at(living.at(1, 7))
    await owner_db.execute(
        "update profile_settings set timezone = 'America/Los_Angeles' where user_id = %s", [living.member.id]
    )

    await sweep_at(living.at(1, 7) + timedelta(hours=17))

    assert await told(owner_db, living) == ["morning 1"]
