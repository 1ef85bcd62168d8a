"""What concerns everybody's money and wants a person: a line behind the bell of every admin, once."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.notifications.money_alerts import money_alert
from gynergy_app.repositories import user_roles
from gynergy_app.routes import ADMIN
from gynergy_app.services import notifications


async def tell_admins(db: AsyncSession, key: str, what: str, *, now: datetime) -> None:
    """For the worker. The line says what happened and nobody's name."""
    for admin_id in await user_roles.admins(db):
        await notifications.tell_another(db, admin_id, money_alert(what, key), href=ADMIN, now=now)
