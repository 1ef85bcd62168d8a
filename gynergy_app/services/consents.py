"""What a member agreed to, in which wording, since when, and what she took back.

Agreements at sign-up travel with it and are written down by the database in the same moment. Whoever comes
from another house's sign-in agrees on our page before leaving for it, and is written down on coming back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.accounts.consents import CURRENT, ConsentKind, agreed_at_the_door
from gynergy_app.models.accounts import Consent
from gynergy_app.repositories import consents, profile_settings, users

AT_THE_DOOR = frozenset(CURRENT)


@dataclass(frozen=True)
class Agreement:
    """`is_on` is whether it holds now. `version` is the day its wording was written, where it has one."""

    kind: ConsentKind
    is_on: bool
    version: str = ""
    since: datetime | None = None


NEWLY_ARRIVED = timedelta(minutes=10)


async def of_member(db: AsyncSession, member: Member) -> Sequence[Agreement]:
    rows = await consents.of_member(db, member.id)
    chosen = await profile_settings.get(db, member.id)
    agreed = [
        Agreement(ConsentKind(row.kind), row.withdrawn_at is None, row.version, row.given_at)
        for row in rows
        if row.kind in AT_THE_DOOR
    ]
    said = next((row for row in rows if row.kind == ConsentKind.reminder_mail), None)
    since = (said.withdrawn_at or said.given_at) if said else None
    return [
        *agreed,
        Agreement(ConsentKind.reminder_mail, chosen.email_reminders_enabled, since=since),
        *[_said(row) for row in rows if row.kind == ConsentKind.friend_code_name],
    ]


def _said(row: Consent) -> Agreement:
    """What can be given and taken back at any time, as it was said last."""
    is_on = row.withdrawn_at is None
    return Agreement(ConsentKind(row.kind), is_on, since=row.withdrawn_at or row.given_at)


async def agree_on_arrival(db: AsyncSession, user_id: UUID, *, now: datetime) -> None:
    """Write down what somebody agreed to on the way to another house; nothing for those who came before."""
    user = await users.get(db, user_id)
    if now - user.created_at > NEWLY_ARRIVED:
        return
    for kind, version in agreed_at_the_door().items():
        await consents.give(db, user_id, kind, version, now)
