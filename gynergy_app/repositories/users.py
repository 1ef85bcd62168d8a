"""Questions about people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Theme
from gynergy_app.models.accounts import ProfileSettings, User
from gynergy_app.models.cohorts import Cohort, CohortMembership
from gynergy_app.models.notifications import Notification

_REMEMBER_ARRIVAL = text("select private.remember_arrival(:page, :at)")

MOST_UNREAD_COUNTED = 100
"""The bell says "99+"; nobody waits for an exact number beyond."""


async def names(db: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """What those of them are called whom the caller may see."""
    if not ids:
        return {}
    rows = (await db.exec(select(User).where(col(User.id).in_(ids)))).all()
    return {user.id: f"{user.first_name} {user.last_name}".strip() or user.email or "Guest" for user in rows}


@dataclass(frozen=True)
class Portrait:
    """What the frame around every page shows of the member it is drawn for."""

    name: str
    picture: str
    cohort_name: str
    unread: int
    is_onboarded: bool
    theme: Theme
    shortcuts_enabled: bool
    deletes_at: datetime | None


async def find_portrait(db: AsyncSession, user_id: UUID) -> Portrait | None:
    """One statement, because every page asks it."""
    cohort = (
        select(Cohort.name)
        .join(CohortMembership, col(CohortMembership.cohort_id) == col(Cohort.id))
        .where(CohortMembership.user_id == user_id)
        .order_by(col(Cohort.start_date).desc())
        .limit(1)
        .scalar_subquery()
    )
    unread = (
        select(Notification.id)
        .where(Notification.user_id == user_id, col(Notification.read_at).is_(None))
        .limit(MOST_UNREAD_COUNTED)
        .subquery()
    )
    count = select(func.count()).select_from(unread).scalar_subquery()
    query = (
        select(User, ProfileSettings, cohort, count)
        .outerjoin(ProfileSettings, col(ProfileSettings.user_id) == col(User.id))
        .where(User.id == user_id)
    )
    row = (await db.exec(query)).first()
    return _portrait(*row) if row else None


def _portrait(user: User, settings: ProfileSettings | None, cohort: str | None, unread: int) -> Portrait:
    return Portrait(
        name=f"{user.first_name} {user.last_name}".strip(),
        picture=user.profile_image or "",
        cohort_name=cohort or "",
        unread=unread,
        is_onboarded=bool(settings and settings.onboarded_at),
        theme=settings.theme if settings else Theme.system,
        shortcuts_enabled=settings.shortcuts_enabled if settings else True,
        deletes_at=user.deletes_at,
    )


async def get(db: AsyncSession, user_id: UUID) -> User:
    return (await db.exec(select(User).where(User.id == user_id))).one()


async def find(db: AsyncSession, user_id: UUID) -> User | None:
    """None also for somebody the caller may not see."""
    return (await db.exec(select(User).where(User.id == user_id))).first()


async def find_by_email(db: AsyncSession, email: str) -> User | None:
    return (await db.exec(select(User).where(User.email_lower == email.strip().lower()))).first()


async def remember_arrival(db: AsyncSession, page: str, at: datetime) -> None:
    """Of the caller, if it was before she had an account. The first stays. Call while stepped up."""
    await (await db.connection()).execute(_REMEMBER_ARRIVAL, {"page": page, "at": at})


async def is_known_picture(db: AsyncSession, key: str) -> bool:
    """Whether somebody the caller shares a cohort with shows this picture."""
    query = text("select exists (select from member_directory where profile_image = :key)")
    return bool((await (await db.connection()).execute(query, {"key": key})).scalar())
