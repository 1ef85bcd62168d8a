"""The ledger worked out anew from its sources: it agrees with what services wrote, and a tampered row shows."""

from datetime import datetime
from uuid import UUID

from gynergy_app.db import as_member, as_service
from gynergy_app.domain.journaling import ShortDraft
from gynergy_app.services import kindness, travel
from gynergy_app.services.gamification import recompute
from gynergy_app.services.gamification.recompute import Difference
from tests.features.conftest import Living, as_somebody


async def differences(*users: UUID, now: datetime) -> list[Difference]:
    async with as_service() as db:
        law = await recompute.read_law(db)
        return (await recompute.check(db, law, sorted(users), now=now)).differences


async def test_what_the_services_wrote_is_what_its_sources_make(living: Living):
    for day in range(1, 17):
        if day not in (4, 11):
            await living.morning(day, hour=7 if day % 2 else 9)
            if day % 3:
                await living.action(day)
            await living.evening(day)

    assert await differences(living.member.id, now=living.at(17, 12)) == []


async def test_a_repair_is_understood_although_it_keeps_no_hour(living: Living):
    for day in (1, 2, 3, 5):
        await living.morning(day)
    async with as_member(living.member.id) as db:
        lines = ShortDraft(success="It rained.", insight="I rested.")
        await kindness.repair(db, living.member, living.day(4), lines, now=living.at(5, 10))
    for day in (5, 6):
        await living.evening(day)
    for day in (6, 7, 8, 9):
        await living.morning(day, hour=22)

    assert await differences(living.member.id, now=living.at(10, 12)) == []


async def test_a_flight_over_the_date_line_changes_nothing(living: Living):
    for day in (1, 2, 3):
        await living.whole_day(day)
    async with as_member(living.member.id) as db:
        await travel.change_timezone(db, living.member, "Pacific/Auckland", now=living.at(4, 13))
    living.member = as_somebody(living.member.id, "Pacific/Auckland")
    for day in (5, 6, 7, 8, 9):
        await living.whole_day(day)

    assert await differences(living.member.id, now=living.at(10, 12)) == []
