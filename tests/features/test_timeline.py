"""The story of a member on the desk: each thing at its moment, whatever is known of that."""

from uuid import UUID

import psycopg

from gynergy_app.db import as_member
from gynergy_app.services.desks import timeline
from gynergy_app.services.desks.timeline import Happening, Step
from gynergy_app.state.admin.timeline_view import rows_of
from tests.features.conftest import Living


async def told(admin: UUID, living: Living, day: int, hour: int) -> list[Happening]:
    async with as_member(admin) as db:
        return await timeline.of_member(db, living.member.id, now=living.at(day, hour))


async def milestone_of(admin: UUID, living: Living) -> tuple[Happening, str]:
    [reached] = [each for each in await told(admin, living, 9, 20) if each.step is Step.milestone]
    [row] = rows_of([reached], "UTC", living.at(9, 20))
    return reached, row.when


async def test_a_milestone_stands_at_the_moment_its_page_came(admin: UUID, living: Living):
    await living.morning(9, hour=9)
    await living.evening(9, hour=19)

    reached, when = await milestone_of(admin, living)

    assert (reached.at, when) == (living.at(9, 9), "Today 09:00")


async def test_one_whose_moment_nobody_knows_stands_below_all_of_its_day(
    admin: UUID, living: Living, owner_db: psycopg.AsyncConnection
):
    await owner_db.execute(
        "insert into journals (user_id, book_id, session_id, journal_type, entry_date, is_completed,"
        " completed_at) select %s, book_id, id, 'morning', %s, true, now() from book_sessions where id = %s",
        [living.member.id, living.day(9), living.session_id],
    )

    reached, when = await milestone_of(admin, living)

    assert (reached.at, when) == (living.at(9, 0), "Today")
    [row] = rows_of([reached], "UTC", living.at(10, 20))
    assert row.when == "Yesterday"
