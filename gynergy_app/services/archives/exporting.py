"""One wish for an archive, from the press of a button to the file that is gone again.

ask ─► waiting ─► making ─► ready ─► expired
                     └────► failed
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import ArchiveStatus, Member
from gynergy_app.domain.accounts.archives import LASTS, TAKES_AT_MOST, UNDER_WAY
from gynergy_app.domain.notifications.account_notices import archive_failed_notice, archive_ready_notice
from gynergy_app.emails.account_letters import ArchiveReady
from gynergy_app.errors import Conflict, NotFound
from gynergy_app.models.accounts import DataExport
from gynergy_app.repositories import data_exports, jobs, profile_settings, users
from gynergy_app.routes import DATA
from gynergy_app.services import mail, notifications
from gynergy_app.services.archives.writing import Made

TOOK_TOO_LONG = "It took too long and was given up."


class AlreadyUnderWay(Conflict):
    def __init__(self) -> None:
        super().__init__("Your archive is being made already. One at a time is enough.")


class ArchiveGone(NotFound):
    def __init__(self) -> None:
        super().__init__("This archive is not here any more. You can ask for a new one under Your data.")


@dataclass(frozen=True)
class Making:
    """An archive a worker has taken up."""

    id: UUID
    user_id: UUID

    @property
    def key(self) -> str:
        return f"{self.user_id}/{self.id}.zip"


async def ask(db: AsyncSession, member: Member, *, now: datetime) -> DataExport:
    """Write the wish down together with the job that fulfils it. Raises `AlreadyUnderWay`."""
    await data_exports.hold(db, member.id)
    if await data_exports.under_way(db, member.id):
        raise AlreadyUnderWay
    wish = DataExport(user_id=member.id, created_at=now, updated_at=now)
    async with elevated(db):
        db.add(wish)
        await jobs.enqueue(db, "make_export", export_id=str(wish.id))
    return wish


@dataclass(frozen=True)
class Wish:
    """How the last wish is getting on."""

    id: UUID
    status: ArchiveStatus
    error: str
    size_bytes: int
    sha256: str
    ready_at: datetime | None
    expires_at: datetime | None


async def latest(db: AsyncSession, member: Member) -> Wish | None:
    row = await data_exports.latest(db, member.id)
    if row is None:
        return None
    return Wish(
        id=row.id,
        status=row.status,
        error=row.error or "",
        size_bytes=row.size_bytes or 0,
        sha256=row.sha256 or "",
        ready_at=row.ready_at,
        expires_at=row.expires_at,
    )


async def fetchable(db: AsyncSession, export_id: UUID, *, now: datetime) -> DataExport:
    """The caller's own archive, while it can be fetched. Raises `ArchiveGone`."""
    wish = await data_exports.find(db, export_id)
    if wish is None or wish.status != ArchiveStatus.ready or not wish.expires_at or wish.expires_at <= now:
        raise ArchiveGone
    return wish


async def take_up(db: AsyncSession, export_id: UUID) -> Making | None:
    """For the worker. None when there is nothing left to do; a wish whose worker died is taken up again."""
    wish = await data_exports.find(db, export_id, lock=True)
    if wish is None or wish.status not in UNDER_WAY:
        return None
    wish.status = ArchiveStatus.making
    db.add(wish)
    return Making(wish.id, wish.user_id)


async def hand_over(db: AsyncSession, making: Making, made: Made, *, now: datetime) -> None:
    """The file is where it can be fetched: say so, by the bell and by mail. Twice says it once."""
    wish = await data_exports.find(db, making.id, lock=True)
    if wish is None or wish.status not in UNDER_WAY:
        return
    wish.status, wish.error, wish.object_key = ArchiveStatus.ready, None, making.key
    wish.size_bytes, wish.sha256 = made.size, made.sha256
    wish.ready_at, wish.expires_at = now, now + LASTS
    db.add(wish)
    member = await _owner(db, making.user_id)
    await notifications.tell_once(db, member, archive_ready_notice(wish.id), href=DATA, now=now)
    if member.email:
        letter = ArchiveReady(member.first_name, wish.expires_at, member.timezone)
        await mail.enqueue(
            db,
            letter,
            to=member.email,
            user_id=member.id,
            dedupe_key=f"archive:{wish.id}",
            now=now,
            expires_at=wish.expires_at,
        )


async def give_up(db: AsyncSession, export_id: UUID, reason: str, *, now: datetime) -> None:
    """Say truthfully that it was not made. The member may ask again at once."""
    wish = await data_exports.find(db, export_id, lock=True)
    if wish is None or wish.status not in UNDER_WAY:
        return
    wish.status, wish.error = ArchiveStatus.failed, reason
    db.add(wish)
    member = await _owner(db, wish.user_id)
    await notifications.tell_once(db, member, archive_failed_notice(wish.id), href=DATA, now=now)


async def over(db: AsyncSession, *, now: datetime) -> list[Making]:
    """Archives whose time has passed, with what may be left of them in the storage."""
    rows = await data_exports.over(db, now=now, lost_before=now - TAKES_AT_MOST)
    return [Making(row.id, row.user_id) for row in rows]


async def close(db: AsyncSession, export_id: UUID, *, now: datetime) -> None:
    """Its file is removed."""
    wish = await data_exports.find(db, export_id, lock=True)
    if wish and wish.status in UNDER_WAY:
        await give_up(db, export_id, TOOK_TOO_LONG, now=now)
    elif wish and wish.status == ArchiveStatus.ready:
        wish.status, wish.object_key = ArchiveStatus.expired, None
        db.add(wish)


async def _owner(db: AsyncSession, user_id: UUID) -> Member:
    user, chosen = await users.get(db, user_id), await profile_settings.get(db, user_id)
    return Member(user_id, user.email or "", user.first_name, user.last_name, chosen.timezone)
