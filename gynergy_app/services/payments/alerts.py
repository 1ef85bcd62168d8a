"""What concerns everybody's money and wants a person: a line behind the bell of every admin, once."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.notifications import Notice
from gynergy_app.domain.notifications.money_alerts import dead_event_alert, money_alert
from gynergy_app.repositories import user_roles
from gynergy_app.routes import ADMIN, ADMIN_INBOX, admin_purchase
from gynergy_app.services import notifications


async def tell_admins(
    db: AsyncSession, key: str, what: str, *, purchase_id: UUID | None = None, now: datetime
) -> None:
    """For the worker. The line says what happened and nobody's name; it leads to the purchase it is about."""
    href = admin_purchase(str(purchase_id)) if purchase_id else ADMIN
    await _tell(db, money_alert(what, key), href, now)


async def tell_of_dead_event(db: AsyncSession, row_id: UUID, *, now: datetime) -> None:
    await _tell(db, dead_event_alert(row_id, now.date()), ADMIN_INBOX, now)


async def _tell(db: AsyncSession, notice: Notice, href: str, now: datetime) -> None:
    for admin_id in await user_roles.admins(db):
        await notifications.tell_another(db, admin_id, notice, href=href, now=now)
