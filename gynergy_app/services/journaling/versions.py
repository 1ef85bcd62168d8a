"""How visions and the life map read before: one version for each sitting, and every one can be brought back.

A version is kept when something is finished, when words that have rested are changed, and around a return to
an earlier one. What is typed in between belongs to the same sitting.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.journaling import Draft, VisionSubject, first_words
from gynergy_app.errors import NotFound
from gynergy_app.models.journaling import UserVision, VisionVersion
from gynergy_app.models.journey import Journey
from gynergy_app.repositories import vision_versions

A_SITTING = timedelta(minutes=10)
"""Words untouched for so long belong to an earlier sitting than the next change."""

Written = TypeVar("Written", bound=Draft)


class NoSuchVersion(NotFound):
    def __init__(self) -> None:
        super().__init__("This version is not here. Nothing was changed.")


@dataclass(frozen=True)
class Version:
    """One line of the list. `begins` are the first words of it, or nothing where only a picture changed."""

    id: UUID
    saved_at: datetime
    begins: str


@dataclass(frozen=True)
class Earlier:
    """A version as it read. `emblem` is the key of its picture, if it had one."""

    id: UUID
    saved_at: datetime
    draft: Draft
    emblem: str = ""


@dataclass(frozen=True)
class Desk:
    """Whose versions, and of what."""

    member: Member
    session_id: UUID
    subject: VisionSubject

    async def keep(
        self, db: AsyncSession, draft: Draft, revision: int, *, at: datetime, emblem: str | None = None
    ) -> None:
        """Keep this reading. The same revision twice is kept once."""
        version = VisionVersion(
            user_id=self.member.id,
            session_id=self.session_id,
            subject=self.subject,
            revision=revision,
            fields=draft.as_dict(),
            images=[emblem] if emblem else [],
            saved_at=at,
        )
        await vision_versions.add_once(db, version)

    async def list_before(
        self, db: AsyncSession, revision: int, *, without: Container[str] = ()
    ) -> tuple[Version, ...]:
        """The readings before this one, newest first. `without`: fields whose words are not to be shown."""
        rows = await vision_versions.list_before(db, self.session_id, self.member.id, self.subject, revision)
        return tuple(Version(row.id, row.saved_at, _begins(row.fields, without)) for row in rows)

    async def open(self, db: AsyncSession, version_id: UUID, draft_type: type[Draft]) -> Earlier:
        """Raises `NoSuchVersion`, also for somebody else's."""
        row = await vision_versions.find(db, self.session_id, self.member.id, self.subject, version_id)
        if row is None:
            raise NoSuchVersion
        return Earlier(row.id, row.saved_at, draft_type.of(row.fields), next(iter(row.images), ""))


def is_rested(row: UserVision | Journey, now: datetime) -> bool:
    """Whether the next change begins another sitting."""
    return row.revision > 0 and now - row.updated_at > A_SITTING


def _begins(fields: Mapping[str, Any], without: Container[str]) -> str:
    return first_words({name: text for name, text in fields.items() if name not in without})
