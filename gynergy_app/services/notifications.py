"""The bell: what a member was told, each cause once."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.notifications import Notice
from gynergy_app.models.notifications import Notification
from gynergy_app.repositories import notifications


def tell(db: AsyncSession, member: Member, notice: Notice, *, href: str, now: datetime) -> None:
    """Call while stepped up, in the transaction that caused it."""
    db.add(
        Notification(
            user_id=member.id,
            category=notice.category,
            title=notice.title,
            body=notice.body,
            href=href,
            dedupe_key=notice.dedupe_key,
            created_at=now,
        )
    )


async def read_all(db: AsyncSession, member: Member, *, now: datetime) -> None:
    """Everything told so far has been seen."""
    await notifications.mark_read(db, member.id, now)


async def page(
    db: AsyncSession, member: Member, *, before: datetime | None = None, size: int = 30
) -> Sequence[Notification]:
    """Newest first, older than `before`."""
    return await notifications.list_before(db, member.id, before, size)
