"""Leaving: asked for by its owner only, undone while it can be, and then nothing is left anywhere."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.exc import DBAPIError

from gynergy_app import clock
from gynergy_app.db import as_member, as_service, elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.accounts.archives import TIME_TO_UNDO
from gynergy_app.domain.notifications.account_notices import archive_failed_notice
from gynergy_app.emails.account_letters import ArchiveReady
from gynergy_app.integrations import supabase_auth, supabase_files
from gynergy_app.jobs import archives
from gynergy_app.jobs import deletion as job
from gynergy_app.repositories import leaving
from gynergy_app.services import accounts, audit, consents, deletion, mail, notifications, programs
from gynergy_app.services.audit import Act
from tests.archives.conftest import ask_for_archive, put_picture
from tests.conftest import NewPerson
from tests.features.conftest import Living, NewLiving, NewRun
from tests.supabase import Supabase

SCHEMAS = ("public", "private", "jobs", "auth", "storage")


async def places_naming(db: psycopg.AsyncConnection, words: list[str]) -> list[str]:
    """Every column of every table, whatever its type, in which one of these words stands."""
    columns = await (
        await db.execute(
            "select n.nspname, c.relname, a.attname from pg_attribute a"
            " join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')"
            " join pg_namespace n on n.oid = c.relnamespace"
            " where n.nspname = any(%s) and a.attnum > 0 and not a.attisdropped",
            [list(SCHEMAS)],
        )
    ).fetchall()
    assert len(columns) > 400, "the catalog was read"
    named = []
    for schema, table, column in columns:
        query = sql.SQL("select count(*) from {} t where lower(t.{}::text) like any(%s)").format(
            sql.Identifier(schema, table), sql.Identifier(column)
        )
        found = await (await db.execute(query, [[f"%{word.lower()}%" for word in words]])).fetchone()
        if found and found[0]:
            named.append(f"{schema}.{table}.{column}")
    return named


@dataclass
class Leaver:
    living: Living
    words: list[str]

    @property
    def id(self) -> UUID:
        return self.living.member.id


@pytest.fixture
async def leaver(
    new_living: NewLiving, owner_db: psycopg.AsyncConnection, admin: UUID, tmp_path: Path
) -> Leaver:
    """Somebody who has left a trace in every place we know how to leave one in."""
    living = await new_living("Leonie")
    address = f"leonie.{living.member.id.hex[:12]}@example.com"
    await owner_db.execute("update auth.users set email = %s where id = %s", [address, living.member.id])
    living.member = Member(living.member.id, address, "Leonie", "", "UTC")
    for day in (1, 2, 3):
        await living.whole_day(day)
    await put_picture(owner_db, living, tmp_path, "leaving-photo", 1)
    await archives.make((await ask_for_archive(living)).id)
    await _leave_traces(owner_db, living.member, admin)
    return Leaver(living, [str(living.member.id), living.member.id.hex, address])


async def _leave_traces(db: psycopg.AsyncConnection, who: Member, admin: UUID) -> None:
    now, ruth = clock.now(), Member(admin, "ruth@example.com", "Ruth", "", "UTC")
    async with as_member(admin) as desk:
        await audit.record(
            desk, ruth, Act.member_suspended, subject_id=who.id, about=who.id,
            reason=f"Wrote to {who.email}", before={"email": who.email}, after={"who": who.id}, now=now,
        )  # fmt: skip
        await audit.record(
            desk,
            ruth,
            Act.book_changed,
            subject_id=admin,
            reason=f"Asked for by {who.email.upper()}",
            now=now,
        )
    async with as_service() as product:
        letter = ArchiveReady("Leonie", now, "UTC")
        await mail.enqueue(
            product, letter, to=who.email.upper(), user_id=None, dedupe_key=f"t:{now}", now=now
        )
        await consents.agree_on_arrival(product, who.id, now=now)
        await notifications.tell_once(product, who, archive_failed_notice(1), href="/", now=now)
    statements: list[tuple[str, list[object]]] = [
        (
            "insert into email_suppressions (email, stream, reason) values (%s, 'marketing', 'left')",
            [who.email],
        ),
        ("insert into automation_events (event_type, email) values ('asked', %s)", [who.email]),
        (
            "insert into private.rate_limits (key, hits, window_ends_at) values (%s, 1, now())",
            [f"picture:{who.id}"],
        ),
        (
            "insert into auth.audit_log_entries (payload)"
            " values (json_build_object('actor_username', %s::text))",
            [who.email],
        ),
        (
            "insert into auth.flow_state (user_id, provider_type, authentication_method)"
            " values (%s, 'x', 'y')",
            [who.id],
        ),
        (
            "insert into private.web_sessions (token_hash, user_id, refresh_token_encrypted,"
            " access_token_encrypted, access_expires_at, expires_at) values (%s, %s, '', '', now(), now())",
            [who.id.bytes, who.id],
        ),
        (
            "insert into push_subscriptions (user_id, endpoint, p256dh, auth) values (%s, %s, 'k', 'a')",
            [who.id, f"https://push.example/{who.id}"],
        ),
    ]
    for statement, values in statements:
        await db.execute(statement, values)  # pyright: ignore[reportArgumentType] - our own text


async def asks_to_leave(who: Member) -> None:
    async with as_member(who.id) as db:
        await deletion.ask(db, who, now=clock.now())


def when_the_time_has_come():
    return clock.travelling(clock.now() + TIME_TO_UNDO + timedelta(minutes=1))


async def test_afterwards_the_id_and_the_address_stand_nowhere(
    leaver: Leaver, owner_db: psycopg.AsyncConnection, running: Supabase
):
    await asks_to_leave(leaver.living.member)
    before = await places_naming(owner_db, leaver.words)
    assert {"public.users.id", "storage.objects.name", "auth.users.email", "public.audit_log.reason"} <= set(
        before
    )

    with when_the_time_has_come():
        assert await job.delete(leaver.id)

    assert await places_naming(owner_db, leaver.words) == []


@pytest.mark.parametrize(("starts_in", "is_told"), [(3, True), (-20, False)])
async def test_her_place_is_offered_to_whoever_waits_for_it_while_anybody_may_join(
    leaver: Leaver,
    starts_in: int,
    is_told: bool,
    new_run: NewRun,
    new_person: NewPerson,
    owner_db: psycopg.AsyncConnection,
):
    on_the_day = clock.now() + TIME_TO_UNDO
    full = await new_run(places=1, start=(on_the_day + timedelta(days=starts_in)).date())
    member = Member(await new_person("Ben"), "ben@example.com", "Ben", "", "UTC")
    await owner_db.execute(
        "insert into session_enrollments (id, user_id, book_id, session_id, enrollment_date)"
        " select gen_random_uuid(), %s, book_id, id, start_date from book_sessions where id = %s",
        [leaver.id, full],
    )
    async with as_member(member.id) as db:
        await programs.join_waitlist(db, member, full, now=clock.now())
    await asks_to_leave(leaver.living.member)

    with when_the_time_has_come():
        await job.delete(leaver.id)

    query = "select title from notifications where user_id = %s"
    told = await (await owner_db.execute(query, [member.id])).fetchall()
    assert bool(told) is is_told


async def test_the_files_themselves_are_gone(leaver: Leaver, tmp_path_factory: pytest.TempPathFactory):
    key = f"{leaver.id}/leaving-photo.webp"
    assert [piece async for piece in supabase_files.read(supabase_files.MEDIA, key)]
    await asks_to_leave(leaver.living.member)

    with when_the_time_has_come():
        await job.delete(leaver.id)

    left = [path for path in tmp_path_factory.getbasetemp().rglob("*") if str(leaver.id) in str(path)]
    assert [path for path in left if path.is_file()] == []


@pytest.mark.parametrize("falls_at", ["files", "account"])
async def test_a_deletion_that_is_interrupted_is_finished_by_the_next_run(
    leaver: Leaver, owner_db: psycopg.AsyncConnection, monkeypatch: pytest.MonkeyPatch, falls_at: str
):
    await asks_to_leave(leaver.living.member)

    async def fall(*_: object, **__: object) -> None:
        raise RuntimeError("the power failed")

    with when_the_time_has_come():
        with monkeypatch.context() as interrupted:
            place = (supabase_files, "remove") if falls_at == "files" else (supabase_auth, "delete_account")
            interrupted.setattr(*place, fall)
            await job.delete_due()
        assert await places_naming(owner_db, [str(leaver.id)])
        await job.delete_due()

    assert await places_naming(owner_db, leaver.words) == []


async def test_an_account_removed_already_at_the_auth_service_counts_as_done(leaver: Leaver):
    await supabase_auth.delete_account(leaver.id)
    await supabase_auth.delete_account(leaver.id)


async def test_nothing_is_deleted_before_its_day(leaver: Leaver, owner_db: psycopg.AsyncConnection):
    await asks_to_leave(leaver.living.member)

    with clock.travelling(clock.now() + TIME_TO_UNDO - timedelta(minutes=1)):
        assert await job.delete(leaver.id) is False

    assert await (await owner_db.execute("select 1 from users where id = %s", [leaver.id])).fetchone()


async def test_whoever_stays_is_not_deleted(leaver: Leaver, owner_db: psycopg.AsyncConnection):
    member = leaver.living.member
    await asks_to_leave(member)
    async with as_member(member.id) as db:
        await deletion.stay(db, member, now=clock.now())

    with when_the_time_has_come():
        assert await job.delete(leaver.id) is False
        async with as_member(member.id) as db:
            assert await accounts.admit(db, member.id, now=clock.now()) is None
            with pytest.raises(deletion.TooLateToStay):
                await deletion.stay(db, member, now=clock.now())


async def test_asking_twice_keeps_the_first_day_and_writes_one_mail(
    living: Living, owner_db: psycopg.AsyncConnection
):
    async with as_member(living.member.id) as db:
        first = await deletion.ask(db, living.member, now=clock.now())
    async with as_member(living.member.id) as db:
        second = await deletion.ask(db, living.member, now=clock.now() + timedelta(days=3))

    assert second == first
    count = await (
        await owner_db.execute(
            "select count(*) from email_messages where user_id = %s and template_key = 'leaving_asked'",
            [living.member.id],
        )
    ).fetchone()
    assert count == (1,)


async def test_once_the_day_has_come_it_cannot_be_taken_back_and_nobody_signs_in(living: Living):
    await asks_to_leave(living.member)

    with when_the_time_has_come():
        async with as_member(living.member.id) as db:
            with pytest.raises(deletion.TooLateToStay):
                await deletion.stay(db, living.member, now=clock.now())
            with pytest.raises(accounts.AccountEnding, match="being deleted"):
                await accounts.admit(db, living.member.id, now=clock.now())


async def test_an_admin_stays_until_somebody_dismisses_her(admin: UUID):
    ruth = Member(admin, "ruth@example.com", "Ruth", "", "UTC", is_admin=True)

    async with as_member(admin) as db:
        with pytest.raises(deletion.AdminsStay):
            await deletion.ask(db, ruth, now=clock.now())


async def test_nobody_asks_without_stepping_up_and_nobody_for_somebody_else(living: Living, ben: UUID):
    async with as_member(living.member.id) as db:
        with pytest.raises(DBAPIError, match="on her own pages only"):
            await leaving.ask(db, clock.now())
    async with as_member(ben) as db, elevated(db):
        await leaving.ask(db, clock.now())
    async with as_service() as db:
        assert living.member.id not in await leaving.due(db, clock.now() + timedelta(days=60))


async def test_what_admins_did_stays_in_the_record_without_her(
    leaver: Leaver, admin: UUID, owner_db: psycopg.AsyncConnection
):
    await asks_to_leave(leaver.living.member)

    with when_the_time_has_come():
        await job.delete(leaver.id)

    rows = await (
        await owner_db.execute(
            "select action, subject_id, subject_user_id, reason, before, after from audit_log"
            " where actor_id = %s order by action",
            [admin],
        )
    ).fetchall()
    assert [row[0] for row in rows] == ["book.changed", "member.suspended"]
    assert rows[1][1:] == (None, None, None, None, None)


@pytest.mark.parametrize("typed", ["", "delete", "yes", "delete everything now"])
def test_the_words_have_to_be_typed(typed: str):
    with pytest.raises(deletion.Invalid, match="delete everything"):
        deletion.require_confirmation(typed)


@pytest.mark.parametrize("typed", ["delete everything", " Delete  Everything "])
def test_how_they_are_typed_is_not_a_test(typed: str):
    deletion.require_confirmation(typed)
