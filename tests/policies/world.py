"""Two cohorts and everyone who might look: made once for the whole matrix, by the database's owner."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

import psycopg

PEOPLE = ("owner", "mate", "moderator", "stranger", "admin")


@dataclass(frozen=True)
class World:
    """`owner`, `mate` and `moderator` share a cohort, `stranger` lives in another, `admin` in none."""

    book: UUID
    session: UUID
    cohort: UUID
    other_session: UUID
    people: dict[str, UUID] = field(default_factory=lambda: {name: uuid4() for name in PEOPLE})


def make_world(db: psycopg.Connection) -> World:
    world = World(book=uuid4(), session=uuid4(), cohort=uuid4(), other_session=uuid4())
    for name, person in world.people.items():
        db.execute(
            "insert into auth.users (id, email) values (%s, %s)", [person, f"{name}.{person}@example.com"]
        )
    db.execute("insert into user_roles (user_id, role) values (%s, 'admin')", [world.people["admin"]])
    db.execute(
        "insert into books (id, slug, name, short_name) values (%s, %s, 'A book', 'Book')",
        [world.book, f"book-{world.book}"],
    )
    for session in (world.session, world.other_session):
        db.execute(
            "insert into book_sessions (id, book_id, start_date, end_date)"
            " values (%s, %s, '2026-11-02', '2026-12-16')",
            [session, world.book],
        )
    db.execute("update cohorts set id = %s where session_id = %s", [world.cohort, world.session])
    for name in ("owner", "mate", "moderator"):
        _join(db, world, world.session, name)
    _join(db, world, world.other_session, "stranger")
    _write(db, world)
    return world


def _write(db: psycopg.Connection, world: World) -> None:
    """The owner has written in her session: some rules speak of places nobody wrote in."""
    db.execute(
        "insert into meditations (id, user_id, session_id, entry_date) values (%s, %s, %s, '2026-11-02')",
        [uuid4(), world.people["owner"], world.session],
    )


def _join(db: psycopg.Connection, world: World, session: UUID, name: str) -> None:
    db.execute(
        "insert into session_enrollments (user_id, book_id, session_id, enrollment_date)"
        " values (%s, %s, %s, '2026-11-02')",
        [world.people[name], world.book, session],
    )
    db.execute(
        "insert into cohort_memberships (cohort_id, user_id, role)"
        " select id, %s, %s from cohorts where session_id = %s",
        [world.people[name], "moderator" if name == "moderator" else "member", session],
    )
