"""The doors to the database, pushed at, crowded and slammed."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import db as doors
from gynergy_app.db import as_member, as_service, as_visitor, elevated
from gynergy_app.domain.notifications import NotificationCategory
from gynergy_app.models import Notification
from gynergy_app.settings import settings

WHO = text(
    "select current_user::text, auth.uid(), current_setting('gynergy.step_up', true), private.stepped_up()"
)


async def who(db: AsyncSession) -> tuple[str, UUID | None, bool]:
    role, user_id, secret, is_stepped_up = (await (await db.connection()).execute(WHO)).one()
    assert bool(secret) == is_stepped_up
    return role, user_id, is_stepped_up


@pytest.fixture
async def small_pool(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[AsyncEngine]:
    """Five connections for everybody, and nobody waits in vain."""
    url = doors.driver_url(settings.database_url.get_secret_value())
    engine = create_async_engine(url, pool_size=5, max_overflow=0, pool_timeout=60)
    monkeypatch.setattr(doors, "web_engine", lambda: engine)
    yield engine
    await engine.dispose()


async def test_everyone_comes_in_as_themselves():
    member = uuid4()

    async with as_member(member) as db:
        assert await who(db) == ("authenticated", member, False)
    async with as_visitor() as db:
        role, user_id, _ = (
            await (await db.connection()).execute(text("select current_user, auth.uid(), 1"))
        ).one()
        assert (role, user_id) == ("anon", None)
    async with as_service() as db:
        role = (await (await db.connection()).execute(text("select current_user"))).scalar()
        assert role == "service_role"


async def test_nobody_comes_in_without_a_principal():
    async with AsyncSession(doors.web_engine()) as db:
        with pytest.raises(RuntimeError, match="needs a principal"):
            await db.connection()


async def test_a_bare_connection_of_the_web_may_nothing():
    async with doors.web_engine().connect() as connection:
        assert (await connection.execute(text("select current_user"))).scalar() == "app_web"
        with pytest.raises(ProgrammingError, match="permission denied"):
            await connection.execute(text("select * from journals"))


@pytest.mark.parametrize(
    "statement", ["set role service_role", "set session authorization postgres", "set role postgres"]
)
async def test_the_web_cannot_become_more_than_it_is(ana: UUID, statement: str):
    async with as_member(ana) as db:
        with pytest.raises(ProgrammingError, match="permission denied"):
            await (await db.connection()).execute(text(statement))


async def test_an_injected_reset_of_the_role_gains_nothing(ana: UUID):
    async with as_member(ana) as db:
        connection = await db.connection()
        await connection.execute(text("reset role"))
        with pytest.raises(ProgrammingError, match="permission denied"):
            await connection.execute(text("select * from users"))


@pytest.mark.parametrize("guess", ["", "guess", "\\x00", "null", "A step-up secret that only the tests know"])
async def test_only_the_secret_steps_up(ana: UUID, guess: str):
    async with as_member(ana) as db:
        connection = await db.connection()
        await connection.execute(text("select set_config('gynergy.step_up', :guess, true)"), {"guess": guess})

        assert (await connection.execute(text("select private.stepped_up()"))).scalar() is False


async def test_the_hash_of_the_secret_cannot_be_read(ana: UUID):
    async with as_member(ana) as db:
        with pytest.raises(ProgrammingError, match="permission denied"):
            async with elevated(db):
                await (await db.connection()).execute(text("select hash from private.step_up"))


async def test_stepping_up_ends_with_the_block_and_keeps_the_role(ana: UUID):
    async with as_member(ana) as db:
        async with elevated(db):
            assert await who(db) == ("authenticated", ana, True)
        assert await who(db) == ("authenticated", ana, False)


async def test_stepping_up_ends_when_the_block_raises(ana: UUID):
    async with as_member(ana) as db:
        with pytest.raises(ZeroDivisionError):
            async with elevated(db):
                _ = 1 / 0
        assert await who(db) == ("authenticated", ana, False)


async def test_stepping_up_ends_when_a_savepoint_breaks(ana: UUID):
    async with as_member(ana) as db:
        with pytest.raises(DBAPIError):
            async with elevated(db), db.begin_nested():
                await (await db.connection()).execute(text("select 1 / 0"))
        assert await who(db) == ("authenticated", ana, False)


async def test_the_error_that_broke_a_transaction_is_the_one_we_hear(ana: UUID):
    with pytest.raises(DBAPIError, match="division by zero"):
        async with as_member(ana) as db, elevated(db):
            await (await db.connection()).execute(text("select 1 / 0"))


async def test_a_row_the_database_refused_is_the_error_we_hear(ana: UUID):
    def told() -> Notification:
        return Notification(
            user_id=ana, category=NotificationCategory.system, title="Hello", dedupe_key="once"
        )

    async with as_member(ana) as db, elevated(db):
        db.add(told())

    async def tell_again() -> None:
        async with as_member(ana) as db, elevated(db):
            db.add(told())
            await db.flush()

    with pytest.raises(IntegrityError, match="uq_notifications_user_id_dedupe_key"):
        await tell_again()


async def test_an_error_never_repeats_what_was_written(ana: UUID):
    async with as_member(ana) as db:
        with pytest.raises(DBAPIError) as caught:
            await (await db.connection()).execute(
                text("select 1 / 0, :words"), {"words": "my most private thought"}
            )
        await db.rollback()

    assert "private thought" not in str(caught.value)


async def test_what_was_not_flushed_is_not_written_later_without_the_step(ana: UUID):
    with pytest.raises(ProgrammingError, match="row-level security"):
        async with as_member(ana) as db:
            db.add(
                Notification(user_id=ana, category=NotificationCategory.system, title="No", dedupe_key="no")
            )


async def test_stepping_up_inside_stepping_up_ends_once(ana: UUID):
    async with as_member(ana) as db, elevated(db):
        async with elevated(db):
            pass
        assert await who(db) == ("authenticated", ana, True)


async def one_visit(member: UUID, temper: random.Random) -> None:
    """A transaction that steps up, fails in Python or SQL, or takes its time. It knows itself throughout."""
    async with as_member(member) as db:
        assert await who(db) == ("authenticated", member, False)
        mood = temper.random()
        if mood < 0.3:
            async with elevated(db):
                assert await who(db) == ("authenticated", member, True)
                if mood < 0.1:
                    raise KeyError("changed her mind")
                if mood < 0.2:
                    await (await db.connection()).execute(text("select 1 / 0"))
        elif mood < 0.4:
            async with db.begin_nested():
                await (await db.connection()).execute(text("select set_config('role', 'anon', true)"))
                raise KeyError("and back to the savepoint")
        else:
            await (await db.connection()).execute(text("select pg_sleep(:s)"), {"s": temper.random() / 50})
        assert await who(db) == ("authenticated", member, False)


async def test_no_visit_leaks_into_the_next(small_pool: AsyncEngine):
    """Forty at a time through five connections, a quarter of them cancelled at any moment."""
    temper = random.Random(20261122)
    gate = asyncio.Semaphore(40)

    async def visit() -> None:
        async with gate:
            task = asyncio.create_task(one_visit(uuid4(), temper))
            if temper.random() < 0.25:
                asyncio.get_running_loop().call_later(temper.random() / 20, task.cancel)
            with suppress(KeyError, DBAPIError, asyncio.CancelledError):
                await task

    await asyncio.gather(*(visit() for _ in range(400)))

    async with small_pool.connect() as one, small_pool.connect() as two, small_pool.connect() as three:
        for connection in (one, two, three):
            left = await connection.execute(
                text(
                    "select current_user::text, nullif(current_setting('request.jwt.claims', true), ''),"
                    " nullif(current_setting('gynergy.step_up', true), '')"
                )
            )
            assert left.one() == ("app_web", None, None)


async def test_two_visits_at_once_see_only_themselves(ana: UUID, ben: UUID):
    async def names_seen(member: UUID) -> list[str]:
        async with as_member(member) as db:
            await asyncio.sleep(0)
            return list(
                (await (await db.connection()).execute(text("select first_name from users"))).scalars()
            )

    seen = await asyncio.gather(*(names_seen(person) for _ in range(10) for person in (ana, ben)))

    assert seen == [["Ana"], ["Ben"]] * 10
