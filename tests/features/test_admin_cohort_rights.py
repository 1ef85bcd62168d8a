"""What nobody may do to a cohort: not a moderator, not a member, and not even an admin."""

from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm.exc import StaleDataError

from gynergy_app.db import as_member, elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.cohorts import CohortRole
from gynergy_app.repositories import cohorts as kept
from gynergy_app.services.desks import cohort_people
from gynergy_app.services.desks.cohorts import NoSuchCohort, NotInCohort
from tests.features.cohorts import cohort_of, one
from tests.features.conftest import Living, NewLiving

WHY = "She asked for it by mail."


@pytest.fixture
async def here(owner_db: psycopg.AsyncConnection, run: UUID) -> UUID:
    return await cohort_of(owner_db, run)


@pytest.mark.parametrize("role", list(CohortRole)[1:])
async def test_neither_a_moderator_nor_a_member_does_any_of_it(
    role: CohortRole, new_living: NewLiving, here: UUID, owner_db: psycopg.AsyncConnection
):
    me, mate = await new_living("Ana"), await new_living("Ben")
    await owner_db.execute("update cohort_memberships set role = %s where user_id = %s", [role, me.member.id])

    async with as_member(me.member.id) as db:
        assert await kept.find_listed(db, here, at=me.at(2, 9)) is None
        assert await kept.members(db, here, size=10) == []
        assert await kept.kept_days(db, here, [mate.member.id]) == {mate.member.id: []}
        assert await kept.has_written(db, mate.member.id, me.session_id) is True

    with pytest.raises(StaleDataError):
        await promote(me, here, me.member.id)
    assert await one(owner_db, "select role from cohort_memberships where user_id = %s", me.member.id) == (
        role,
    )
    for act in (cohort_people.remove, cohort_people.dismiss):
        with pytest.raises((NotInCohort, NoSuchCohort)):
            await as_if_admin(act, me, here, mate.member.id)


async def promote(who: Living, cohort_id: UUID, user_id: UUID) -> None:
    """As an injected statement would, even with the step-up."""
    async with as_member(who.member.id) as db, elevated(db):
        membership = await kept.membership(db, cohort_id, user_id)
        assert membership
        membership.role = CohortRole.member if membership.role != CohortRole.member else CohortRole.moderator
        db.add(membership)


async def as_if_admin(act: Any, who: Living, cohort_id: UUID, user_id: UUID) -> None:
    async with as_member(who.member.id) as db:
        await act(db, who.member, cohort_id, user_id, WHY, now=who.at(2, 9))


async def test_even_an_admin_takes_no_place_that_was_written_in(
    carla: Member, living: Living, owner_db: psycopg.AsyncConnection
):
    await living.morning(1)

    async with as_member(carla.id) as db, elevated(db):
        await kept.give_back_place(db, living.member.id, living.session_id)

    query = "select count(*) from session_enrollments where user_id = %s"
    assert await one(owner_db, query, living.member.id) == (1,)


async def test_an_admin_makes_nobody_an_admin_of_a_cohort(carla: Member, living: Living, here: UUID):
    async def appoint() -> None:
        async with as_member(carla.id) as db, elevated(db):
            membership = await kept.membership(db, here, living.member.id)
            assert membership
            membership.role = CohortRole.admin
            db.add(membership)

    with pytest.raises(ProgrammingError, match="row-level security"):
        await appoint()
