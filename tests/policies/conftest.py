"""A cohort for tests that read as sentences."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import psycopg
import pytest

from gynergy_app.local.postgres import Cluster
from tests.conftest import NewPerson

NewRun = Callable[..., Awaitable[tuple[UUID, UUID]]]
Join = Callable[..., Awaitable[None]]


@dataclass(frozen=True)
class Circle:
    """Ana, Ben and their moderator live one run, the stranger lives another, the admin lives none."""

    book: UUID
    session: UUID
    cohort: UUID
    ana: UUID
    ben: UUID
    moderator: UUID
    stranger: UUID
    admin: UUID


@pytest.fixture(autouse=True, scope="module")
async def _no_badge_is_left(cluster: Cluster, database_name: str) -> AsyncIterator[None]:
    """A row the matrix adds to the shelf asks for nothing anybody could earn; other tests read the shelf."""
    yield
    async with await psycopg.AsyncConnection.connect(cluster.url(database_name), autocommit=True) as owner:
        await owner.execute("delete from badges where unlock_condition = '{}'")


@pytest.fixture
async def book(owner_db: psycopg.AsyncConnection) -> UUID:
    book = uuid4()
    await owner_db.execute(
        "insert into books (id, slug, name, short_name) values (%s, %s, 'A book', 'Book')", [book, str(book)]
    )
    return book


@pytest.fixture
async def new_run(owner_db: psycopg.AsyncConnection, book: UUID) -> NewRun:
    """A book session and the cohort that came with it."""

    async def make(*, places: int | None = None, starts: str = "2026-11-02") -> tuple[UUID, UUID]:
        session = uuid4()
        await owner_db.execute(
            "insert into book_sessions (id, book_id, start_date, end_date, max_enrollments)"
            " values (%s, %s, %s::date, %s::date + 44, %s)",
            [session, book, starts, starts, places],
        )
        found = await owner_db.execute("select id from cohorts where session_id = %s", [session])
        row = await found.fetchone()
        assert row
        return session, row[0]

    return make


@pytest.fixture
async def join(owner_db: psycopg.AsyncConnection, book: UUID) -> Join:
    async def enter(person: UUID, session: UUID, *, role: str = "member") -> None:
        await owner_db.execute(
            "insert into session_enrollments (user_id, book_id, session_id, enrollment_date)"
            " values (%s, %s, %s, '2026-11-02')",
            [person, book, session],
        )
        await owner_db.execute(
            "insert into cohort_memberships (cohort_id, user_id, role)"
            " select id, %s, %s from cohorts where session_id = %s",
            [person, role, session],
        )

    return enter


@pytest.fixture
async def circle(
    new_person: NewPerson, new_run: NewRun, join: Join, book: UUID, ana: UUID, ben: UUID, admin: UUID
) -> Circle:
    moderator, stranger = await new_person("Mo"), await new_person("Sam")
    session, cohort = await new_run()
    elsewhere, _ = await new_run()
    await join(ana, session)
    await join(ben, session)
    await join(moderator, session, role="moderator")
    await join(stranger, elsewhere)
    return Circle(book, session, cohort, ana, ben, moderator, stranger, admin)
