"""Flying across the date line with a streak: what the member is told, and what the database keeps."""

from dataclasses import replace

import psycopg
import pytest

from gynergy_app.db import as_member
from gynergy_app.errors import Invalid
from gynergy_app.services import today, travel
from gynergy_app.services.today import Today
from tests.features.conftest import Living, NewLiving

HONOLULU, AUCKLAND = "Pacific/Honolulu", "Pacific/Auckland"


async def test_a_flight_over_the_date_line_takes_no_streak(
    new_living: NewLiving, owner_db: psycopg.AsyncConnection
):
    ana = await new_living("Ana", timezone=HONOLULU)
    for day in (1, 2, 3):
        await ana.morning(day)
    await fly(ana, AUCKLAND, day=4, hour=10)  # In Auckland it is day 5 already: day 4 was never over.

    landed = there(ana, AUCKLAND)
    kept = await landed.morning(5)

    assert kept.streak_days == 4
    assert await crossings(owner_db, ana) == [ana.day(4)]
    assert (await seen_on(landed, day=5)).freezes_left == 2


async def test_a_day_the_journey_took_was_not_missed_and_needs_no_repair(new_living: NewLiving):
    ana = await new_living("Ana", timezone=HONOLULU)
    await ana.morning(1)
    await fly(ana, AUCKLAND, day=2, hour=10)
    landed = there(ana, AUCKLAND)
    await landed.morning(3)

    seen = await seen_on(landed, day=3)

    assert seen.missed_yesterday is None
    assert seen.repair is None


async def test_flying_back_makes_no_second_day(new_living: NewLiving):
    ana = await new_living("Ana", timezone=AUCKLAND)
    await ana.morning(1)
    await ana.morning(2)
    await fly(ana, HONOLULU, day=3, hour=10)  # It is day 2 again, and its page is written.

    landed = there(ana, HONOLULU)
    again = await landed.morning(2, hour=12, base=1)

    assert again.was_already
    assert (await seen_on(landed, day=2)).streak_days == 2


async def test_a_second_flight_soon_after_holds_nothing(
    new_living: NewLiving, owner_db: psycopg.AsyncConnection
):
    ana = await new_living("Ana", timezone=HONOLULU)
    await ana.morning(1)
    await fly(ana, AUCKLAND, day=2, hour=10)
    landed = there(ana, AUCKLAND)
    await landed.morning(3)
    await fly(landed, HONOLULU, day=4, hour=10)
    await fly(there(ana, HONOLULU), AUCKLAND, day=4, hour=10)

    assert await crossings(owner_db, ana) == [ana.day(2)]


async def test_a_written_day_is_never_crossed_out(new_living: NewLiving, owner_db: psycopg.AsyncConnection):
    ana = await new_living("Ana", timezone=HONOLULU)
    await ana.morning(1)
    await ana.morning(2)

    await fly(ana, AUCKLAND, day=2, hour=10)

    assert await crossings(owner_db, ana) == []
    assert (await there(ana, AUCKLAND).morning(3)).streak_days == 3


async def test_the_counters_follow_her_to_another_day(
    new_living: NewLiving, owner_db: psycopg.AsyncConnection
):
    ana = await new_living("Ana", timezone=HONOLULU)
    await ana.morning(1)
    await ana.evening(2)  # The morning of day 2 is empty, and in Auckland that day is over.

    await fly(ana, AUCKLAND, day=2, hour=22)

    found = await owner_db.execute(
        "select morning_streak, evening_streak from session_enrollments where user_id = %s", [ana.member.id]
    )
    assert await found.fetchone() == (0, 1)


async def test_a_zone_nobody_knows_changes_nothing(new_living: NewLiving, owner_db: psycopg.AsyncConnection):
    ana = await new_living("Ana", timezone=HONOLULU)

    with pytest.raises(Invalid) as refused:
        await fly(ana, "Atlantis/Deep", day=1, hour=10)

    assert set(refused.value.problems) == {"timezone"}
    found = await owner_db.execute(
        "select timezone from profile_settings where user_id = %s", [ana.member.id]
    )
    assert await found.fetchone() == (HONOLULU,)


def there(living: Living, timezone: str) -> Living:
    """The same member, counted on another clock."""
    return Living(replace(living.member, timezone=timezone), living.session_id)


async def fly(living: Living, timezone: str, *, day: int, hour: int) -> None:
    async with as_member(living.member.id) as db:
        await travel.change_timezone(db, living.member, timezone, now=living.at(day, hour))


async def crossings(owner_db: psycopg.AsyncConnection, living: Living) -> list[object]:
    query = "select day from streak_events where user_id = %s and kind = 'crossing' order by day"
    return [row[0] for row in await (await owner_db.execute(query, [living.member.id])).fetchall()]


async def seen_on(living: Living, day: int) -> Today:
    """What Today says at one o'clock."""
    async with as_member(living.member.id) as db:
        view = await today.read(db, living.member, now=living.at(day, 13))
    assert view is not None
    return view
