"""What one member bought, gave, and subscribes to, for her page at the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.models.payments import FriendCode, Purchase, Subscription
from gynergy_app.repositories import friend_codes, purchases, subscriptions, users


@dataclass(frozen=True)
class MemberMoney:
    """The newest first; `names` are of whoever used one of her codes."""

    purchases: Sequence[Purchase]
    codes: Sequence[FriendCode]
    subscriptions: Sequence[Subscription]
    names: dict[UUID, str]


async def read(db: AsyncSession, user_id: UUID) -> MemberMoney:
    codes = await friend_codes.of_member(db, user_id)
    return MemberMoney(
        purchases=await purchases.of_member(db, user_id),
        codes=codes,
        subscriptions=await subscriptions.of_member(db, user_id),
        names=await users.names(db, {code.used_by_id for code in codes if code.used_by_id}),
    )
