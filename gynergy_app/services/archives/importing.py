"""One archive on its way back in: taken from its owner, read by a worker, and told of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import ArchiveStatus, Member
from gynergy_app.domain.accounts.archives import TAKES_AT_MOST, UNDER_WAY
from gynergy_app.domain.notifications.account_notices import archive_refused_notice, archive_restored_notice
from gynergy_app.errors import Conflict
from gynergy_app.models.accounts import DataImport
from gynergy_app.repositories import data_exports, data_imports, jobs, profile_settings, users
from gynergy_app.routes import DATA
from gynergy_app.services import notifications
from gynergy_app.services.archives.restoring import Restored

TAKEN = "Your archive arrived and is being read."
"""What its owner is told at once; from then on its row says how it is getting on."""


class AlreadyReading(Conflict):
    def __init__(self) -> None:
        super().__init__("An archive of yours is being read already. One at a time is enough.")


@dataclass(frozen=True)
class Reading:
    """An archive a worker has taken up."""

    id: UUID
    member: Member

    @property
    def key(self) -> str:
        return key_of(self.member.id, self.id)


def key_of(user_id: UUID, import_id: UUID) -> str:
    return f"{user_id}/in-{import_id}.zip"


def new_id() -> UUID:
    """Chosen before the row, because the file goes first."""
    return uuid4()


async def take(db: AsyncSession, member: Member, import_id: UUID, *, now: datetime) -> None:
    """The file is in its place: write that down together with the job that reads it."""
    await data_exports.hold(db, member.id)
    if await data_imports.under_way(db, member.id):
        raise AlreadyReading
    key = key_of(member.id, import_id)
    row = DataImport(id=import_id, user_id=member.id, object_key=key, created_at=now, updated_at=now)
    async with elevated(db):
        db.add(row)
        await jobs.enqueue(db, "restore_archive", import_id=str(import_id))


async def require_room(db: AsyncSession, member: Member) -> None:
    """Before anything is sent anywhere. Raises `AlreadyReading`."""
    if await data_imports.under_way(db, member.id):
        raise AlreadyReading


@dataclass(frozen=True)
class Brought:
    """How the archive she brought last is getting on; `told` says what came back of it."""

    status: ArchiveStatus
    error: str
    told: str


async def latest(db: AsyncSession, member: Member) -> Brought | None:
    row = await data_imports.latest(db, member.id)
    return Brought(row.status, row.error or "", told(row.restored)) if row else None


async def take_up(db: AsyncSession, import_id: UUID) -> Reading | None:
    row = await data_imports.find(db, import_id, lock=True)
    if row is None or row.status not in UNDER_WAY:
        return None
    row.status = ArchiveStatus.making
    db.add(row)
    user, chosen = await users.get(db, row.user_id), await profile_settings.get(db, row.user_id)
    member = Member(
        user.id,
        user.email or "",
        user.first_name,
        user.last_name,
        chosen.timezone,
        is_anonymous=user.is_anonymous,
    )
    return Reading(row.id, member)


async def settle(db: AsyncSession, reading: Reading, restored: Restored, *, now: datetime) -> None:
    """In the transaction that restored it."""
    row = await data_imports.find(db, reading.id, lock=True)
    if row is None:
        return
    row.status, row.error, row.restored = ArchiveStatus.ready, None, restored.as_dict()
    row.object_key = None
    db.add(row)
    notice = archive_restored_notice(row.id, restored.told())
    await notifications.tell_once(db, reading.member, notice, href=DATA, now=now)


async def refuse(db: AsyncSession, import_id: UUID, sentence: str, *, now: datetime) -> None:
    row = await data_imports.find(db, import_id, lock=True)
    if row is None or row.status not in UNDER_WAY:
        return
    row.status, row.error, row.object_key = ArchiveStatus.failed, sentence, None
    db.add(row)
    user = await users.get(db, row.user_id)
    member = Member(user.id, user.email or "", user.first_name, user.last_name, "UTC")
    notice = archive_refused_notice(row.id, sentence)
    await notifications.tell_once(db, member, notice, href=DATA, now=now)


async def lost(db: AsyncSession, *, now: datetime) -> list[tuple[UUID, str]]:
    """Those whose worker never came back, with the file each left behind."""
    rows = await data_imports.lost(db, now - TAKES_AT_MOST)
    return [(row.id, key_of(row.user_id, row.id)) for row in rows]


def told(restored: Mapping[str, Any]) -> str:
    """
    >>> told({"pages": 2, "kept": 1})
    '2 pages came back. 1 page written here already stayed as it was.'
    """
    return Restored(int(restored.get("pages", 0)), int(restored.get("kept", 0))).told()
