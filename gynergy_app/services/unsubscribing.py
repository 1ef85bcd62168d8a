"""Links that switch one reminder off, without signing in and for as long as mails are kept.

A link names its member and its reminder and is signed. It can do nothing but switch that reminder off, so it
needs no end: whoever finds an old mail may still leave.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import DigestFrequency
from gynergy_app.domain.notifications import Reminder
from gynergy_app.errors import NotFound
from gynergy_app.repositories import profile_settings
from gynergy_app.services.sealed import is_signed, signature

PURPOSE = "unsubscribe"

OFF: dict[Reminder, dict[str, bool | DigestFrequency]] = {
    Reminder.morning: {"morning_reminder_enabled": False},
    Reminder.evening: {"evening_reminder_enabled": False},
    Reminder.streak_warning: {"streak_warning_enabled": False},
    Reminder.weekly_digest: {"email_digest_frequency": DigestFrequency.never},
}
"""What is written into a member's choices to switch each reminder off."""


class LinkNotWhole(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "This link is not whole. Please copy all of it from the mail, "
            "or sign in and switch the reminder off in Preferences."
        )


@dataclass(frozen=True)
class WayOut:
    """What a link is about: one reminder of one member."""

    user_id: UUID
    reminder: Reminder


def token(user_id: UUID, reminder: Reminder) -> str:
    message = f"{user_id.hex}.{reminder}"
    return f"{message}.{signature(PURPOSE, message)}"


def read(token: str) -> WayOut:
    """Raises `LinkNotWhole` for anything we did not write ourselves."""
    message, _, given = token.rpartition(".")
    if not is_signed(PURPOSE, message, given):
        raise LinkNotWhole
    user, _, reminder = message.partition(".")
    return WayOut(UUID(user), Reminder(reminder))


async def leave(db: AsyncSession, way_out: WayOut) -> None:
    """Switch the reminder off. Again, or for an account that is gone, it changes nothing."""
    await profile_settings.change(db, way_out.user_id, OFF[way_out.reminder])
