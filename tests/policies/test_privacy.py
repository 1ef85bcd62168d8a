"""What is a member's own stays her own. One may and one may not each."""

from datetime import UTC, date, datetime
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import as_member, as_visitor, elevated
from gynergy_app.domain.accounts import Role
from gynergy_app.domain.journaling import EntryType, JournalType
from gynergy_app.models import Journal, JournalEntry, PushSubscription, User, UserRole
from tests.policies.conftest import Circle

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PRIVATE = ("journals", "journal_entries", "action_logs", "user_visions", "meditations", "journey")


async def rows(db: AsyncSession, statement: str, **values: object) -> list[tuple]:
    result = await (await db.connection()).execute(text(statement), values)
    return [tuple(row) for row in result]


def page_of(circle: Circle, person: UUID) -> Journal:
    return Journal(
        session_id=circle.session,
        book_id=circle.book,
        user_id=person,
        entry_date=date(2026, 11, 20),
        journal_type=JournalType.evening,
        insight="Nobody reads this but me.",
    )


async def write(circle: Circle, person: UUID) -> Journal:
    page = page_of(circle, person)
    async with as_member(person) as db:
        db.add(page)
        db.add(JournalEntry(journal_id=page.id, entry_type=EntryType.gratitude, content=["The sea"]))
    return page


async def test_a_member_reads_what_she_wrote(circle: Circle):
    page = await write(circle, circle.ana)

    async with as_member(circle.ana) as db:
        found = (await db.exec(select(Journal.insight).where(Journal.id == page.id))).all()

    assert found == ["Nobody reads this but me."]


@pytest.mark.parametrize("reader", ["ben", "moderator", "admin", "stranger"])
@pytest.mark.parametrize("table", PRIVATE)
async def test_nobody_else_reads_it_not_even_stepped_up(circle: Circle, reader: str, table: str):
    await write(circle, circle.ana)

    async with as_member(getattr(circle, reader)) as db, elevated(db):
        assert await rows(db, f"select 1 from {table}") == []


async def test_a_visitor_may_not_even_ask(circle: Circle):
    async with as_visitor() as db:
        with pytest.raises(ProgrammingError, match="permission denied"):
            await rows(db, "select 1 from journals")


async def test_a_page_cannot_be_handed_to_somebody_else(circle: Circle):
    page = await write(circle, circle.ana)

    async with as_member(circle.ana) as db:
        with pytest.raises(ProgrammingError, match="row-level security"):
            await db.exec(update(Journal).where(col(Journal.id) == page.id).values(user_id=circle.ben))


async def test_a_page_cannot_be_written_in_somebody_elses_name(circle: Circle):
    with pytest.raises(ProgrammingError, match="row-level security"):
        await _add(circle.ben, page_of(circle, circle.ana))


async def test_a_page_cannot_be_written_in_a_run_one_has_no_place_in(circle: Circle):
    with pytest.raises(ProgrammingError, match="row-level security"):
        await _add(circle.stranger, page_of(circle, circle.stranger))


async def test_lines_cannot_be_slipped_onto_somebody_elses_page(circle: Circle):
    page = await write(circle, circle.ana)

    with pytest.raises(ProgrammingError, match="row-level security"):
        await _add(circle.ben, JournalEntry(journal_id=page.id, entry_type=EntryType.dream, content=["Boo"]))


async def test_a_device_cannot_be_registered_for_somebody_else(circle: Circle):
    device = PushSubscription(user_id=circle.ana, endpoint="https://push.example/1", p256dh="k", auth="a")

    with pytest.raises(ProgrammingError, match="row-level security"):
        await _add(circle.ben, device)


async def test_a_member_changes_her_name_but_not_her_address(circle: Circle):
    async with as_member(circle.ana) as db:
        await db.exec(update(User).where(col(User.id) == circle.ana).values(first_name="Anna"))
        with pytest.raises(ProgrammingError, match="permission denied"):
            await db.exec(update(User).where(col(User.id) == circle.ana).values(email="someone@example.com"))


async def test_nobody_makes_themselves_an_admin(circle: Circle):
    async with as_member(circle.ana) as db:
        with pytest.raises(ProgrammingError, match="row-level security"):
            async with elevated(db):
                await rows(db, "insert into user_roles (user_id, role) values (:id, 'admin')", id=circle.ana)


async def test_an_admin_appoints_only_stepped_up(circle: Circle):
    async with as_member(circle.admin) as db, elevated(db):
        db.add(UserRole(user_id=circle.ben, role=Role.admin))

    with pytest.raises(ProgrammingError, match="row-level security"):
        await _add(circle.admin, UserRole(user_id=circle.ana, role=Role.admin))


async def test_a_suspended_admin_is_an_admin_no_longer(circle: Circle, owner_db: psycopg.AsyncConnection):
    await owner_db.execute("update users set suspended_at = now() where id = %s", [circle.admin])

    async with as_member(circle.admin) as db:
        assert await rows(db, "select private.is_admin()") == [(False,)]


async def test_only_an_admin_suspends(circle: Circle):
    suspend = "select private.suspend_member(:who, 'Spam', :at)"

    async with as_member(circle.admin) as db, elevated(db):
        assert await rows(db, suspend, who=circle.ben, at=NOON) == [(True,)]
        assert await rows(db, suspend, who=circle.ben, at=NOON) == [(False,)]

    async with as_member(circle.ana) as db:
        with pytest.raises(DBAPIError, match="Only an admin suspends"):
            async with elevated(db):
                await rows(db, suspend, who=circle.moderator, at=NOON)


async def test_cohort_mates_know_each_other_by_name_only(circle: Circle):
    async with as_member(circle.ana) as db:
        found = await rows(db, "select * from member_directory order by first_name")

    assert [row[:2] for row in found] == [
        (circle.ana, "Ana"),
        (circle.ben, "Ben"),
        (circle.moderator, "Mo"),
    ]
    assert "@" not in str(found)


async def test_a_stranger_is_not_in_the_directory(circle: Circle):
    async with as_member(circle.stranger) as db:
        assert await rows(db, "select first_name from member_directory") == [("Sam",)]


async def test_admins_see_that_a_page_was_written_and_members_do_not(circle: Circle):
    page = await write(circle, circle.ana)
    async with as_member(circle.ana) as db:
        await db.exec(
            update(Journal).where(col(Journal.id) == page.id).values(is_completed=True, completed_at=NOON)
        )
    progress = "select * from private.member_progress(:who, :session)"

    async with as_member(circle.admin) as db:
        seen = await rows(db, progress, who=circle.ana, session=circle.session)
    async with as_member(circle.moderator) as db:
        unseen = await rows(db, progress, who=circle.ana, session=circle.session)

    assert seen == [(date(2026, 11, 20), False, True, False)]
    assert unseen == []


async def test_work_is_enqueued_by_the_product_and_only_what_is_listed(circle: Circle):
    async with as_member(circle.ana) as db:
        with pytest.raises(DBAPIError, match="enqueued by the product itself"):
            await rows(db, "select private.enqueue('send_mail', '{}')")
    async with as_member(circle.ana) as db:
        with pytest.raises(DBAPIError, match="No task of this name"):
            async with elevated(db):
                await rows(db, "select private.enqueue('drop_everything', '{}')")
    async with as_member(circle.ana) as db:
        with pytest.raises(ProgrammingError, match="permission denied"):
            await rows(db, "select 1 from jobs.procrastinate_jobs")


async def _add(person: UUID, row: object) -> None:
    async with as_member(person) as db:
        db.add(row)
