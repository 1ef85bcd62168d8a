"""The browsers a member lets show her reminders."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.errors import Conflict, Invalid
from gynergy_app.integrations import vapid, web_push
from gynergy_app.integrations.web_push import Address as Address
from gynergy_app.models.notifications import PushSubscription
from gynergy_app.repositories import push_subscriptions

MOST = 10


def key() -> str:
    """What a browser subscribes with; empty where this installation sends nothing to devices."""
    return vapid.public_key()


async def of_member(db: AsyncSession, member: Member) -> Sequence[PushSubscription]:
    """The newest first."""
    return await push_subscriptions.of_member(db, member.id)


async def add(
    db: AsyncSession, member: Member, address: Address, user_agent: str | None, *, now: datetime
) -> None:
    """Let this browser show reminders. Raises `Invalid` for what no browser would say.

    Twice is once. The browser that was added longest ago makes room when there are too many.
    """
    if problem := web_push.problem_with(address):
        raise Invalid({"device": problem})
    keys = {"p256dh": address.p256dh, "auth": address.auth}
    if await push_subscriptions.change(db, member.id, address.endpoint, keys):
        return
    for oldest in (await push_subscriptions.of_member(db, member.id))[MOST - 1 :]:
        await push_subscriptions.remove(db, member.id, oldest.id)
    device = PushSubscription(
        user_id=member.id,
        endpoint=address.endpoint,
        p256dh=address.p256dh,
        auth=address.auth,
        user_agent=user_agent,
        created_at=now,
    )
    if not await push_subscriptions.add(db, device):
        raise Conflict("This browser shows somebody else's reminders. Switch it off there first.")


async def move(db: AsyncSession, member: Member, old_endpoint: str, address: Address) -> None:
    """A browser's push service gave it a new address. One we do not know stays unknown."""
    if problem := web_push.problem_with(address):
        raise Invalid({"device": problem})
    moved = {"endpoint": address.endpoint, "p256dh": address.p256dh, "auth": address.auth}
    await push_subscriptions.change(db, member.id, old_endpoint, moved)


async def remove(db: AsyncSession, member: Member, device_id: UUID) -> None:
    """Show nothing there any more."""
    await push_subscriptions.remove(db, member.id, device_id)


async def remove_all(db: AsyncSession, member: Member) -> None:
    await push_subscriptions.remove(db, member.id)
