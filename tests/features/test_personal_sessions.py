"""Whoever keeps a journal of her own always has days to live, one session at a time, and lives them alone."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gynergy_app import clock
from gynergy_app.db import as_member, as_service
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import JournalType
from gynergy_app.domain.payments.access import PAST_DUE_GRACE
from gynergy_app.domain.payments.kinds import SubscriptionStatus
from gynergy_app.jobs import lifecycle as job
from gynergy_app.models.payments import Subscription
from gynergy_app.services import personal_sessions, programs
from gynergy_app.services.journaling import pages
from tests.features.conftest import MORNING, Living, as_somebody

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
NewSubscriber = Callable[..., Awaitable[Member]]


@pytest.fixture
async def new_subscriber(new_person: Callable[..., Awaitable[UUID]]) -> NewSubscriber:
    """Somebody whose journal is open, and who has no session: `await new_subscriber("Asia/Tokyo")`."""

    async def subscribe(
        timezone: str = "UTC", status: SubscriptionStatus = SubscriptionStatus.active
    ) -> Member:
        member = as_somebody(await new_person("Iris", timezone=timezone), timezone, "Iris")
        await give_journal(member, status)
        return member

    return subscribe


async def give_journal(
    member: Member,
    status: SubscriptionStatus = SubscriptionStatus.active,
    past_due_since: datetime | None = None,
) -> None:
    async with as_service() as db:
        db.add(
            Subscription(
                user_id=member.id,
                stripe_subscription_id=f"sub_{uuid4().hex}",
                stripe_price_id="price_month",
                status=status,
                amount_cents=3_995,
                past_due_since=past_due_since,
            )
        )


async def become(db: psycopg.AsyncConnection, member: Member, status: str) -> None:
    await db.execute("update subscriptions set status = %s where user_id = %s", [status, member.id])


async def begin(member: Member, now: datetime = NOON) -> UUID | None:
    async with as_service() as db:
        return await personal_sessions.begin(db, member, now=now)


async def sweep_at(moment: datetime) -> job.Swept:
    with clock.travelling(moment):
        return await job.sweep()


async def own_days(db: psycopg.AsyncConnection, member: Member) -> list[tuple[date, date]]:
    """First and last day of each session of her own, oldest first."""
    query = """
        select s.start_date, s.end_date from book_sessions s
        join session_enrollments e on e.session_id = s.id and e.user_id = s.owner_user_id
        where s.owner_user_id = %s and s.is_personal order by s.start_date
    """
    return await (await db.execute(query, [member.id])).fetchall()  # pyright: ignore[reportReturnType]


@pytest.mark.parametrize(
    ("timezone", "first"),
    [
        ("UTC", date(2026, 3, 10)),
        ("Pacific/Kiritimati", date(2026, 3, 11)),
        ("Etc/GMT+12", date(2026, 3, 10)),
        ("Pacific/Auckland", date(2026, 3, 11)),
    ],
)
async def test_they_begin_on_her_own_day_and_last_forty_five(
    new_subscriber: NewSubscriber, owner_db: psycopg.AsyncConnection, timezone: str, first: date
):
    iris = await new_subscriber(timezone)

    await begin(iris)

    assert await own_days(owner_db, iris) == [(first, first + 44 * DAY)]


async def test_fifteen_who_ask_at_once_begin_one(
    new_subscriber: NewSubscriber, owner_db: psycopg.AsyncConnection
):
    iris = await new_subscriber()

    await asyncio.gather(*(begin(iris) for _ in range(15)), sweep_at(NOON))

    assert len(await own_days(owner_db, iris)) == 1
    assert await begin(iris) is None


async def test_she_may_begin_her_own_through_her_own_door_and_nobody_elses(
    new_subscriber: NewSubscriber, owner_db: psycopg.AsyncConnection
):
    iris, other = await new_subscriber(), await new_subscriber()

    async with as_member(iris.id) as db:
        assert await personal_sessions.begin(db, iris, now=NOON)
    async with as_member(iris.id) as db:
        assert await personal_sessions.begin(db, other, now=NOON) is None

    assert len(await own_days(owner_db, iris)) == 1
    assert await own_days(owner_db, other) == []


@pytest.mark.parametrize(
    "status",
    [
        SubscriptionStatus.canceled,
        SubscriptionStatus.unpaid,
        SubscriptionStatus.paused,
        SubscriptionStatus.incomplete,
        SubscriptionStatus.incomplete_expired,
    ],
)
async def test_a_closed_journal_begins_nothing(
    new_subscriber: NewSubscriber, owner_db: psycopg.AsyncConnection, status: SubscriptionStatus
):
    iris = await new_subscriber(status=status)

    assert await begin(iris) is None
    await sweep_at(NOON)

    assert await own_days(owner_db, iris) == []


async def test_a_refused_card_begins_days_for_a_week_and_then_no_more(
    new_subscriber: NewSubscriber, owner_db: psycopg.AsyncConnection
):
    iris = await new_subscriber(status=SubscriptionStatus.past_due)
    since = "update subscriptions set past_due_since = %s where user_id = %s"
    await owner_db.execute(since, [NOON - PAST_DUE_GRACE, iris.id])
    assert await begin(iris) is None

    await owner_db.execute(since, [NOON - PAST_DUE_GRACE + timedelta(seconds=1), iris.id])
    assert await begin(iris)


async def test_a_session_shared_with_others_is_hers_until_its_grace_is_over(
    living: Living, owner_db: psycopg.AsyncConnection
):
    await give_journal(living.member)

    for day in (-5, 1, 45, 46, 75):
        assert await begin(living.member, living.at(day, 12)) is None
    assert await own_days(owner_db, living.member) == []

    assert await begin(living.member, living.at(76, 0))
    assert await own_days(owner_db, living.member) == [(living.day(76), living.day(120))]


async def test_the_next_days_follow_the_last_while_the_journal_is_open(
    new_subscriber: NewSubscriber, owner_db: psycopg.AsyncConnection
):
    iris = await new_subscriber("America/New_York")
    await begin(iris)
    last = date(2026, 3, 10) + 44 * DAY
    midnight = datetime.combine(last + DAY, datetime.min.time(), ZoneInfo(iris.timezone)).astimezone(UTC)

    await sweep_at(midnight - timedelta(minutes=1))
    assert len(await own_days(owner_db, iris)) == 1
    for _ in range(2):
        await sweep_at(midnight)
    assert await own_days(owner_db, iris) == [
        (date(2026, 3, 10), last),
        (last + DAY, last + 45 * DAY),
    ]

    told = "select title from notifications where user_id = %s"
    titles = [title for (title,) in await (await owner_db.execute(told, [iris.id])).fetchall()]
    assert titles == ["Your next 45 days have begun"]


async def test_after_the_journal_has_closed_nothing_follows(
    new_subscriber: NewSubscriber, owner_db: psycopg.AsyncConnection
):
    iris = await new_subscriber()
    await begin(iris)
    await become(owner_db, iris, "canceled")

    for days in (45, 46, 90, 200):
        await sweep_at(NOON + days * DAY)

    assert len(await own_days(owner_db, iris)) == 1
    query = "select count(*) from notifications where user_id = %s"
    assert await (await owner_db.execute(query, [iris.id])).fetchone() == (0,)


async def test_she_writes_in_them_and_graduates_from_nothing(
    new_subscriber: NewSubscriber, owner_db: psycopg.AsyncConnection
):
    iris = await new_subscriber()
    await begin(iris)
    last = NOON + 44 * DAY
    async with as_member(iris.id) as db:
        completion = await pages.finish(
            db, iris, JournalType.morning, MORNING, day=last.date(), base_revision=0, now=last
        )
        place = await programs.current_enrollment(db, iris, now=last)

    await sweep_at(last)

    assert completion.award is not None
    assert place is not None
    assert (place.day, place.is_personal, place.cohort_id) == (45, True, None)
    query = "select count(*) from session_enrollments where user_id = %s and graduated_at is not null"
    assert await (await owner_db.execute(query, [iris.id])).fetchone() == (0,)


async def test_a_start_with_others_takes_the_place_of_her_own_days_when_it_comes(
    new_subscriber: NewSubscriber, new_run: Callable[..., Awaitable[UUID]]
):
    iris = await new_subscriber()
    await begin(iris)
    shared = await new_run(start=date(2026, 3, 20))
    async with as_member(iris.id) as db:
        await programs.enroll(db, iris, shared, now=NOON)

    async with as_member(iris.id) as db:
        before = await programs.current_enrollment(db, iris, now=NOON + 9 * DAY)
        after = await programs.current_enrollment(db, iris, now=NOON + 10 * DAY)

    assert before is not None
    assert after is not None
    assert (before.is_personal, after.session_id) == (True, shared)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    zone=st.sampled_from(
        ["Pacific/Kiritimati", "Asia/Kathmandu", "Europe/Lisbon", "America/St_Johns", "Etc/GMT+12"]
    ),
    hours=st.lists(st.integers(min_value=1, max_value=24 * 60), min_size=1, max_size=6),
)
async def test_whenever_somebody_looks_her_days_are_one_unbroken_line(
    new_subscriber: NewSubscriber, owner_db: psycopg.AsyncConnection, zone: str, hours: list[int]
):
    """However long the worker was away: no two sessions share a day, and today is in the last."""
    iris = await new_subscriber(zone)
    moment = NOON
    for wait in hours:
        moment += timedelta(hours=wait)
        await asyncio.gather(begin(iris, moment), begin(iris, moment))

    days = await own_days(owner_db, iris)
    assert all(ended < began for (_, ended), (began, _) in pairwise(days))
    today = clock.day_in(zone, moment)
    assert days[-1][0] <= today <= days[-1][1]
