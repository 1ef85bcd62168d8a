"""Giving a member everything that is stored about her."""

from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.errors import NotFound
from gynergy_app.repositories import catalog, users


class NobodyByThatAddress(NotFound):
    def __init__(self, email: str) -> None:
        super().__init__(f"Nobody here has the address {email}.")


async def everything_about(db: AsyncSession, email: str, *, now: datetime) -> dict[str, Any]:
    """All rows of the member with this address, by table. Only the service may ask: it reads her journals."""
    user = await users.find_by_email(db, email)
    if user is None:
        raise NobodyByThatAddress(email)
    rows = await catalog.rows_of(db, user.id)
    return {
        "member": str(user.id),
        "exported_at": now.isoformat(),
        "tables": {k: v for k, v in rows.items() if v},
    }
