"""Everything that is stored about a member, and nothing about anybody else."""

import json
from uuid import UUID

import psycopg
import pytest

from gynergy_app import clock
from gynergy_app.db import as_member, as_service
from gynergy_app.repositories import audit_log
from gynergy_app.repositories.catalog import Reference, ownership
from gynergy_app.services import exports
from tests.conftest import NewPerson


async def address_of(db: psycopg.AsyncConnection, person: UUID) -> str:
    row = await (await db.execute("select email from users where id = %s", [person])).fetchone()
    assert row
    return row[0]


async def test_a_member_is_given_all_her_rows_and_no_one_elses(
    ana: UUID, ben: UUID, owner_db: psycopg.AsyncConnection
):
    for person, words in ((ana, "A quiet morning"), (ben, "Not for Ana")):
        await owner_db.execute(
            "insert into notifications (user_id, category, title, body, dedupe_key)"
            " values (%s, 'system', 'Note', %s, 'export-test')",
            [person, words],
        )

    async with as_service() as db:
        export = await exports.everything_about(db, await address_of(owner_db, ana), now=clock.now())

    said = json.dumps(export, ensure_ascii=False)
    assert "A quiet morning" in said
    assert "Not for Ana" not in said
    assert str(ben) not in said
    assert [row["id"] for row in export["tables"]["users"]] == [str(ana)]
    assert len(export["tables"]["profile_settings"]) == 1


async def test_keys_and_tokens_are_not_part_of_it(ana: UUID, owner_db: psycopg.AsyncConnection):
    await owner_db.execute(
        "insert into private.web_sessions (token_hash, user_id, refresh_token_encrypted,"
        " access_token_encrypted, access_expires_at, expires_at)"
        " values (%s, %s, 'refresh', 'access', now(), now())",
        [ana.bytes, ana],
    )

    async with as_service() as db:
        export = await exports.everything_about(db, await address_of(owner_db, ana), now=clock.now())

    [session] = export["tables"]["private.web_sessions"]
    assert not {"token_hash", "refresh_token_encrypted", "access_token_encrypted"} & session.keys()


async def test_what_an_admin_did_to_others_is_theirs(
    admin: UUID, ben: UUID, owner_db: psycopg.AsyncConnection
):
    await owner_db.execute(
        "insert into audit_log (actor_id, action, subject_type, subject_id, subject_user_id)"
        " values (%s, 'suspend', 'member', %s, %s)",
        [admin, ben, ben],
    )

    async with as_service() as db:
        hers = await exports.everything_about(db, await address_of(owner_db, admin), now=clock.now())
        his = await exports.everything_about(db, await address_of(owner_db, ben), now=clock.now())

    assert "audit_log" not in hers["tables"]
    assert [row["action"] for row in his["tables"]["audit_log"]] == ["suspend"]


async def test_every_table_that_dies_with_a_member_is_exported(owner_db: psycopg.AsyncConnection):
    """A table that deletes rows with their owner and is missing here would be forgotten silently."""
    rows = await (
        await owner_db.execute(
            "select distinct conrelid::regclass::text from pg_constraint"
            " where contype = 'f' and confrelid = 'users'::regclass and confdeltype = 'c'"
        )
    ).fetchall()
    async with as_service() as db:
        found = await exports.catalog.owned_tables(db)

    assert {row[0] for row in rows} - set(found) == set()
    assert "journal_entries" in found


async def test_an_unknown_address_is_said(new_person: NewPerson):
    async with as_service() as db:
        with pytest.raises(exports.NobodyByThatAddress, match="nobody@example"):
            await exports.everything_about(db, "nobody@example.com", now=clock.now())


def test_a_row_is_hers_through_a_row_of_hers_and_not_through_a_mention():
    references = [
        Reference("pages", "users", ("user_id",), ("id",), True),
        Reference("lines", "pages", ("page_id",), ("id",), True),
        Reference("books", "users", ("admin_id",), ("id",), False),
        Reference("chapters", "books", ("book_id",), ("id",), True),
    ]

    conditions = ownership(references)

    assert set(conditions) == {"users", "pages", "lines"}
    assert conditions["lines"] == (
        "(page_id) in (select id from pages where (user_id) in (select id from users where id = :user))"
    )


async def test_she_can_read_that_the_operator_did_it(ana: UUID, owner_db: psycopg.AsyncConnection):
    async with as_service() as db:
        await exports.everything_about(db, await address_of(owner_db, ana), now=clock.now())

    async with as_member(ana) as db:
        [access] = await audit_log.staff_access_to_caller(db, 10)
    assert (access.action, access.role, access.first_name) == ("member.exported", "operator", "")
