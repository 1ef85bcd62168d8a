"""Looking at a code on somebody's behalf: counted, paced, and through her own door."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime

from gynergy_app.db import AsyncSession, as_member, as_visitor
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import Door
from gynergy_app.domain.payments.codes import Refusal
from gynergy_app.domain.payments.offers import Sold
from gynergy_app.services import programs
from gynergy_app.services.payments import arriving, prices, redeeming
from gynergy_app.services.payments.redeeming import Invitation
from gynergy_app.services.programs import OpenSession

UNUSABLE_FOR_HER = (Refusal.used, Refusal.has_access, Refusal.redeemed_before)
"""What a code also answers to whoever has used it herself."""


@dataclass(frozen=True)
class Looked:
    """What a code says to this person. `is_hers`: she has her place by it already.

    `offers` are the starts she can choose from with it; none where the giver's cohort takes her in, or where
    she lives a session already.
    """

    invitation: Invitation
    is_hers: bool = False
    lives_a_session: bool = False
    offers: tuple[OpenSession, ...] = ()


async def look(who: Member | None, address: str, typed: str, *, now: datetime) -> Looked:
    """Raises `TooMany`."""
    async with redeeming.a_try(who, address, now=now), _door(who) as db:
        invitation = await redeeming.look_at(db, typed, now=now)
        if who is None:
            return Looked(invitation)
        return await _for_member(db, who, typed, _as_it_is_for(who, invitation, now), now)


async def price_words() -> str:
    """What such a place costs. Asked before the code is looked at: how long it took says nothing about it."""
    return (await prices.shown())[Sold.challenge].words


def _door(who: Member | None) -> AbstractAsyncContextManager[AsyncSession]:
    return as_member(who.id) if who else as_visitor()


def _as_it_is_for(who: Member, invitation: Invitation, now: datetime) -> Invitation:
    """Whoever has access is told before she tries."""
    if invitation.refusal is None and who.entitlement.challenge(now) is Door.open:
        return replace(invitation, refusal=Refusal.has_access)
    return invitation


async def _for_member(
    db: AsyncSession, who: Member, typed: str, invitation: Invitation, now: datetime
) -> Looked:
    if invitation.refusal:
        is_hers = invitation.refusal in UNUSABLE_FOR_HER and await redeeming.own_place(db, typed) is not None
        return Looked(invitation, is_hers=is_hers)
    if await arriving.lives_a_session(db, who, now=now):
        return Looked(invitation, lives_a_session=True)
    if invitation.session_id and not invitation.is_full:
        return Looked(invitation)
    offers = await programs.open_sessions(db, who, now=now)
    return Looked(invitation, offers=tuple(offer for offer in offers if not offer.is_full))
