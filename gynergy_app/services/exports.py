"""Giving a member everything that is stored about her."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.errors import NotFound
from gynergy_app.models.accounts import User
from gynergy_app.repositories import catalog, users
from gynergy_app.repositories.stored_files import StoredFile
from gynergy_app.services import audit
from gynergy_app.services.archives import gathering
from gynergy_app.services.archives.writing import ArchiveWriter
from gynergy_app.services.audit import Act


class NobodyByThatAddress(NotFound):
    def __init__(self, email: str) -> None:
        super().__init__(f"Nobody here has the address {email}.")


async def archive_of(
    db: AsyncSession, email: str, archive: ArchiveWriter, *, now: datetime
) -> Sequence[StoredFile]:
    """The same archive that she could fetch herself, without its files: the answer is which they are.

    For a transaction of the service that began with `in_one_snapshot`.
    """
    user = await _find(db, email)
    await _write_down(db, user, now)
    return await gathering.add_words(db, user.id, archive, now=now)


async def everything_about(db: AsyncSession, email: str, *, now: datetime) -> dict[str, Any]:
    """All rows of the member with this address, by table. Only the service may ask: it reads her journals."""
    user = await _find(db, email)
    rows = await catalog.rows_of(db, user.id)
    await _write_down(db, user, now)
    return {
        "member": str(user.id),
        "exported_at": now.isoformat(),
        "tables": {k: v for k, v in rows.items() if v},
    }


async def _find(db: AsyncSession, email: str) -> User:
    user = await users.find_by_email(db, email)
    if user is None:
        raise NobodyByThatAddress(email)
    return user


async def _write_down(db: AsyncSession, user: User, now: datetime) -> None:
    """She can read that it was done."""
    await audit.record(db, None, Act.member_exported, subject_id=user.id, about=user.id, now=now)
