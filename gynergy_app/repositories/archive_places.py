"""Where the pages of an archive belong, and what their return must not set off."""

from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.programs import Action, Book, BookSession
from gynergy_app.repositories.book_sessions import Living, places_of, read_place

_OF_THIS_TRANSACTION = "xmin = pg_current_xact_id()::xid and user_id = :user_id"
# Only the constant above is put into these texts, never anything a person typed: so S608 is silenced.
_QUIET = [
    text(f"update notifications set read_at = :now where {_OF_THIS_TRANSACTION}"),  # noqa: S608
    text(f"update email_messages set status = 'cancelled' where {_OF_THIS_TRANSACTION}"),  # noqa: S608
    text(f"delete from push_messages where {_OF_THIS_TRANSACTION}"),  # noqa: S608
    text(
        f"update automation_events set processed = true, processed_at = :now where {_OF_THIS_TRANSACTION}"  # noqa: S608
    ),
]


async def find(
    db: AsyncSession, user_id: UUID, slug: str, start: date, *, only_personal: bool
) -> Living | None:
    """The session of this program and first day in which the member has a place."""
    query = (
        places_of(user_id)
        .where(Book.slug == slug, BookSession.start_date == start)
        .order_by(col(BookSession.is_personal), col(BookSession.id))
    )
    return await read_place(db, query.where(col(BookSession.is_personal)) if only_personal else query)


async def book_of(db: AsyncSession, slug: str) -> Book | None:
    return (await db.exec(select(Book).where(Book.slug == slug))).first()


async def is_action_of(db: AsyncSession, action_id: UUID, book_id: UUID) -> bool:
    query = select(Action.id).where(Action.id == action_id, Action.book_id == book_id)
    return (await db.exec(query)).first() is not None


async def keep_quiet(db: AsyncSession, user_id: UUID, now: object) -> None:
    """What this transaction would tell of days long past: read already, and sent nowhere."""
    connection = await db.connection()
    for statement in _QUIET:
        await connection.execute(statement, {"user_id": user_id, "now": now})
