"""Words between two members of a cohort, each read by the two of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.encouragements import EncouragementKind, said
from gynergy_app.models.encouragements import Encouragement

_MAY = text("select private.may_encourage(:recipient_id, :cohort_id)")
_FOR_ME = text("select * from private.words_for_me(:before_at, :before_id, :size)")

Key = tuple[datetime, UUID]
"""Where a page of words ends: several may come at the same instant, so the id is part of it."""


@dataclass(frozen=True)
class Received:
    """What somebody sent. No `picture` of whoever is not in a cohort of the caller's any more."""

    id: UUID
    sender_id: UUID
    name: str
    picture: str
    words: str
    at: datetime

    @property
    def key(self) -> Key:
        return (self.at, self.id)


async def find(db: AsyncSession, encouragement_id: UUID) -> Encouragement | None:
    return (await db.exec(select(Encouragement).where(Encouragement.id == encouragement_id))).first()


async def may_send(db: AsyncSession, recipient_id: UUID, cohort_id: UUID) -> bool:
    """Both in this cohort now, none of them blocked by the other, and the recipient takes words."""
    asked = {"recipient_id": recipient_id, "cohort_id": cohort_id}
    return bool((await (await db.connection()).execute(_MAY, asked)).scalar())


async def list_received(db: AsyncSession, before: Key | None, size: int) -> list[Received]:
    """What was sent to the caller, the newest first."""
    at, last = before or (None, None)
    rows = await (await db.connection()).execute(_FOR_ME, {"before_at": at, "before_id": last, "size": size})
    return [
        Received(
            row.id,
            row.sender_id,
            f"{row.first_name} {row.last_name}".strip(),
            row.profile_image or "",
            said(EncouragementKind(row.message_type), row.custom_message),
            row.created_at,
        )
        for row in rows
    ]
