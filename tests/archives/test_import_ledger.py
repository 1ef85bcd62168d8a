"""A member's own archive brings her ledger along as it was, and working it out anew finds nothing amiss."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from gynergy_app.db import as_member, as_service
from gynergy_app.domain.accounts import Member
from gynergy_app.services.desks import by_hand, gamification
from gynergy_app.services.gamification import recompute
from gynergy_app.services.gamification.recompute import Difference
from tests.archives.bringing import become, bring, content_of
from tests.archives.conftest import archive_of
from tests.conftest import NewPerson
from tests.features.conftest import Living, NewLiving, as_somebody

Db = psycopg.AsyncConnection


async def differences(living: Living) -> list[Difference]:
    async with as_service() as db:
        law = await recompute.read_law(db)
        return (await recompute.check(db, law, [living.member.id], now=living.at(60, 12))).differences


@pytest.fixture
async def carla(new_person: NewPerson) -> Member:
    return as_somebody(await new_person("Carla", is_admin=True), first_name="Carla")


@pytest.fixture
async def lived(living: Living, carla: Member, back_as_it_was: None) -> AsyncIterator[Living]:
    """Nine days with early mornings and a streak, and a band that was changed afterwards."""
    for day in range(1, 10):
        await living.morning(day, hour=7)
        await living.action(day)
        await living.evening(day)
    async with as_member(carla.id) as db:
        desk = await gamification.read(db, now=living.at(20, 9))
        [band] = [line.row.id for line in desk.bands if line.band.shortest == 7]
        typed = (await gamification.typed_band(db, band)).typed()
        await gamification.change_band(db, carla, band, {**typed, "multiplier": "1.4"}, now=living.at(20, 9))
    yield living
    async with as_member(carla.id) as db:
        await gamification.change_band(db, carla, band, typed, now=living.at(21, 9))


async def test_a_ledger_comes_along_as_it_was_wherever_its_owner_is_now(
    lived: Living, new_living: NewLiving, owner_db: Db, tmp_path: Path
):
    fresh, before = await new_living("Ana", timezone="Pacific/Auckland"), await archive_of(lived)
    await become(owner_db, fresh, lived)
    assert await differences(lived) == []

    await bring(fresh, before, tmp_path)

    assert content_of(await archive_of(fresh)) == content_of(before)
    assert await differences(fresh) == []


@pytest.mark.parametrize("timezone", ["UTC", "Pacific/Auckland"])
async def test_pages_of_somebody_else_earn_what_they_did_on_their_day(
    timezone: str, lived: Living, new_living: NewLiving, tmp_path: Path
):
    archive, ben = await archive_of(lived), await new_living("Ben", timezone=timezone)

    await bring(ben, archive, tmp_path)

    assert await differences(ben) == []


async def test_lines_an_admin_wrote_come_along_with_those_that_took_them_back(
    living: Living, carla: Member, new_living: NewLiving, owner_db: Db, tmp_path: Path
):
    await living.whole_day(1)
    async with as_member(carla.id) as db:
        for points in ("40", "7"):
            typed = {"points": points, "reason": "For the reading circle."}
            await by_hand.award(db, carla, living.member.id, typed, uuid4(), now=living.at(2, 9))
        [wrong] = [given.row.id for given in await by_hand.given(db) if given.row.final_points == 7]
        await by_hand.take_back(db, carla, wrong, "Counted twice.", now=living.at(3, 9))
    fresh, before = await new_living("Ana"), await archive_of(living)
    await become(owner_db, fresh, living)

    await bring(fresh, before, tmp_path)
    await bring(fresh, before, tmp_path)

    assert content_of(await archive_of(fresh)) == content_of(before)
    assert await differences(fresh) == []
