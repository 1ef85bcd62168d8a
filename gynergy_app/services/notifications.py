"""The bell: what a member was told, each cause once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.notifications import Notice
from gynergy_app.models.notifications import Notification
from gynergy_app.repositories import notifications
from gynergy_app.repositories.notifications import Key


def tell(db: AsyncSession, member: Member, notice: Notice, *, href: str, now: datetime) -> None:
    """Call while stepped up, in the transaction that caused it."""
    db.add(_line(member.id, notice, href, now))


async def tell_once(db: AsyncSession, member: Member, notice: Notice, *, href: str, now: datetime) -> bool:
    """For causes that may come twice: whether this was the first time. For the product itself to call."""
    return await notifications.add_once(db, _line(member.id, notice, href, now))


async def tell_another(db: AsyncSession, user_id: UUID, notice: Notice, *, href: str, now: datetime) -> bool:
    """As `tell_once`, to somebody whom the caller's act concerns. Call while stepped up."""
    return await notifications.add_once_for_another(db, _line(user_id, notice, href, now))


def _line(user_id: UUID, notice: Notice, href: str, now: datetime) -> Notification:
    return Notification(
        user_id=user_id,
        category=notice.category,
        title=notice.title,
        body=notice.body,
        href=href,
        dedupe_key=notice.dedupe_key,
        created_at=now,
    )


async def read_all(db: AsyncSession, member: Member, *, now: datetime) -> None:
    """Everything told so far has been seen."""
    await notifications.mark_read(db, member.id, now)


@dataclass(frozen=True)
class Page:
    """Newest first. `next_key` leads to the earlier ones; None: there are none."""

    lines: Sequence[Notification]
    next_key: Key | None


async def page(db: AsyncSession, member: Member, *, before: Key | None = None, size: int = 30) -> Page:
    """The lines before that key, or the newest."""
    found = await notifications.list_before(db, member.id, before, size + 1)
    lines = found[:size]
    has_more = len(found) > size
    return Page(lines, (lines[-1].created_at, lines[-1].id) if has_more else None)
