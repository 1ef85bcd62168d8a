"""The overview: every figure is what one counts by hand."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.services import programs
from gynergy_app.services.desks import overview
from gynergy_app.services.desks.overview import Overview
from tests.conftest import NewPerson
from tests.features.conftest import Living, NewLiving, NewRun, as_somebody

ZONE = "Asia/Tokyo"


@pytest.fixture
async def carla(new_person: NewPerson) -> Member:
    person = await new_person("Carla", "Winter", is_admin=True, timezone=ZONE)
    return as_somebody(person, ZONE, "Carla")


async def _read(carla: Member, now: datetime) -> Overview:
    async with as_member(carla.id) as db:
        return await overview.read(db, carla, now=now)


@pytest.fixture
async def eight_days(new_living: NewLiving) -> Living:
    """Pages on both sides of each edge that counting knows: midnight in Tokyo, and seven days of it."""
    ana = await new_living("Ana")
    await ana.whole_day(1)
    await ana.morning(2, hour=14)
    await ana.morning(8, hour=14)
    await ana.action(8, hour=16)
    return ana


COUNTED = {
    "members": "select count(*) from users",
    "suspended": "select count(*) from users where suspended_at is not null",
    "without_address": "select count(*) from users where is_anonymous",
    "running_sessions": "select count(*) from book_sessions where %(today)s between start_date and end_date",
    "enrolled": "select count(distinct user_id) from session_enrollments where session_id in"
    " (select id from book_sessions where %(today)s between start_date and end_date)",
    "pages_today": "select count(*) from (select completed_at from journals union all select completed_at"
    " from action_logs) p where completed_at >= %(midnight)s and completed_at <= %(now)s",
    "pages_this_week": "select count(*) from (select completed_at from journals union all select completed_at"
    " from action_logs) p where completed_at >= %(week_ago)s and completed_at <= %(now)s",
    "writers_this_week": "select count(distinct user_id) from (select user_id, completed_at from journals"
    " union all select user_id, completed_at from action_logs) p"
    " where completed_at >= %(week_ago)s and completed_at <= %(now)s",
    "waiting": "select count(*) from waitlist w join book_sessions b on b.id = w.session_id"
    " where b.end_date >= %(today)s",
    "queues": "select count(distinct session_id) from waitlist w join book_sessions b on b.id = w.session_id"
    " where b.end_date >= %(today)s",
}


@pytest.mark.parametrize("hour", [14, 15, 16, 23])
async def test_every_figure_is_what_one_counts_by_hand(
    hour: int, carla: Member, eight_days: Living, new_person: NewPerson, owner_db: psycopg.AsyncConnection
):
    await new_person("Guest", is_anonymous=True)
    now = eight_days.at(8, hour, 30)

    figures = (await _read(carla, now)).figures

    midnight = now.astimezone(ZoneInfo(ZONE)).replace(hour=0, minute=0, second=0)
    said = {
        "now": now,
        "today": midnight.date(),
        "midnight": midnight,
        "week_ago": midnight - timedelta(days=6),
    }
    for name, query in COUNTED.items():
        row = await (await owner_db.execute(query, said)).fetchone()  # pyright: ignore[reportArgumentType]
        assert row == (getattr(figures, name),), name
    assert figures.pages_this_week >= 2


async def test_the_chart_adds_up_and_leaves_no_day_out(carla: Member, eight_days: Living):
    now = eight_days.at(8, 23)

    seen = await _read(carla, now)

    days = [day for day, _ in seen.pages_by_day]
    assert days == [days[0] + timedelta(days=n) for n in range(overview.CHART_DAYS)]
    assert days[-1] == seen.today
    assert seen.pages_by_day[-1][1] == seen.figures.pages_today
    assert sum(pages for _, pages in seen.pages_by_day[-7:]) == seen.figures.pages_this_week


async def test_a_full_session_with_a_queue_needs_someone(
    carla: Member, new_run: NewRun, new_person: NewPerson
):
    session_id, free = await new_run(places=1), await new_run(places=5)
    now = datetime(2026, 3, 3, 9, tzinfo=UTC)
    first, second, third = [as_somebody(await new_person(name)) for name in ("Ana", "Ben", "Chidi")]
    async with as_member(first.id) as db:
        await programs.enroll(db, first, session_id, now=now)
    for person in (second, third):
        async with as_member(person.id) as db:
            await programs.join_waitlist(db, person, session_id, now=now)
    async with as_member(third.id) as db:
        await programs.join_waitlist(db, third, free, now=now)

    seen = await _read(carla, now)

    ours = [(queue.places, queue.waiting) for queue in seen.queues if queue.label == "Aurora"]
    assert (1, 2) in ours
    assert (5, 1) not in ours


async def test_mails_that_did_not_arrive_need_someone(
    carla: Member, ana: UUID, owner_db: psycopg.AsyncConnection
):
    now = datetime(2026, 3, 3, 9, tzinfo=UTC)
    before = (await _read(carla, now)).mail
    rows = [
        ("failed", now - timedelta(days=1), now),
        ("unknown", now - timedelta(days=6), now),
        ("failed", now - timedelta(days=8), now),
        ("queued", now, now - timedelta(minutes=11)),
        ("queued", now, now - timedelta(minutes=9)),
        ("sent", now, now - timedelta(hours=1)),
    ]
    for n, (status, updated_at, due_at) in enumerate(rows):
        await owner_db.execute(
            "insert into email_messages (dedupe_key, user_id, to_email, template_key, status, updated_at,"
            " next_attempt_at) values (%s, %s, 'ana@example.com', 'welcome', %s, %s, %s)",
            [f"overview:{ana}:{n}", ana, status, updated_at, due_at],
        )

    mail = (await _read(carla, now)).mail

    assert (mail.failed - before.failed, mail.people - before.people) == (2, 1)
    assert mail.late - before.late == 1
