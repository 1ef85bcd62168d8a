"""Which files the storage service keeps for whom. Its rows are read here and changed by the service only."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

_OF_MEMBER = text("""
    select bucket_id, name from storage.objects
    where (storage.foldername(name))[1] = :user_id and (cast(:bucket as text) is null or bucket_id = :bucket)
    order by bucket_id, name
    limit :most
""")


@dataclass(frozen=True)
class StoredFile:
    bucket: str
    key: str


async def of_member(
    db: AsyncSession, user_id: UUID, *, bucket: str | None = None, most: int = 100_000
) -> Sequence[StoredFile]:
    """The files in her folder, of one bucket or of all."""
    asked = {"user_id": str(user_id), "bucket": bucket, "most": most}
    rows = await (await db.connection()).execute(_OF_MEMBER, asked)
    return [StoredFile(row.bucket_id, row.name) for row in rows]
