"""Everything a refund of one purchase would touch, read before anything happens."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.domain.payments.access import Door
from gynergy_app.domain.payments.kinds import AccessType, PurchaseStatus, PurchaseType, RefundStatus
from gynergy_app.domain.payments.refunding import Balance, CodeStands, Invited, PlaceStands, Standing
from gynergy_app.domain.payments.sources import Opening, Run, Source, open_until, opening, without
from gynergy_app.domain.referrals import ReferralStatus
from gynergy_app.models.payments import Purchase
from gynergy_app.models.programs import BookSession
from gynergy_app.repositories import (
    book_sessions,
    friend_codes,
    members,
    profile_settings,
    purchases,
    referrals,
    user_entitlements,
    users,
)
from gynergy_app.services.payments import places
from gynergy_app.services.payments.codes import state_of

UNDER_WAY = (RefundStatus.pending, RefundStatus.requires_action)


async def read(db: AsyncSession, purchase: Purchase, *, now: datetime) -> Standing:
    balance = await balance_of(db, purchase)
    codes = await code_stands(db, purchase, now=now)
    has_seat = purchase.seat_held_until is not None
    if purchase.user_id is None:
        return Standing(balance, False, codes=codes, has_seat=has_seat, writes_to=purchase.email or "")
    access, remaining = await _openings(db, purchase, purchase.user_id, now)
    user = await users.get(db, purchase.user_id)
    return Standing(
        balance=balance,
        has_account=True,
        access=access,
        remaining=remaining,
        is_journal_open=(await user_entitlements.read(db, user.id)).journal(now) is not Door.closed,
        codes=codes,
        invited=await _invited(db, purchase),
        is_reminded=await _is_reminded(db, user.id, now),
        has_seat=has_seat,
        places=await _places(db, user.id, now),
        writes_to=user.email or purchase.email or "",
    )


async def balance_of(db: AsyncSession, purchase: Purchase) -> Balance:
    kept = await purchases.refunds_of(db, purchase.id)
    under_way = sum(amount for status, amount in kept if status in UNDER_WAY)
    has_payment = purchase.stripe_payment_intent_id is not None
    return Balance(
        purchase.status, purchase.amount_cents, purchase.amount_refunded_cents, under_way, has_payment
    )


async def code_stands(db: AsyncSession, purchase: Purchase, *, now: datetime) -> tuple[CodeStands, ...]:
    rows = await friend_codes.of_purchase(db, purchase.id)
    names = await users.names(db, [code.used_by_id for code in rows if code.used_by_id])
    return tuple(
        CodeStands(
            code.code,
            state_of(code, now),
            names.get(code.used_by_id, "") if code.used_by_id else "",
            str(code.used_by_id or ""),
        )
        for code in rows
    )


async def _openings(
    db: AsyncSession, purchase: Purchase, user_id: UUID, now: datetime
) -> tuple[Opening | None, Opening | None]:
    """What opens the challenge for her, and what would without this purchase; what is over opens nothing."""
    kept = await user_entitlements.find(db, user_id)
    closed_at = kept.challenge_closed_at if kept else None
    sources = [_source(each) for each in await purchases.of_member(db, user_id) if _counts(each)]
    if kept and kept.admin_granted_at:
        sources.append(Source(AccessType.admin_granted, kept.admin_granted_at))
    runs = await _runs(db, user_id, [source.session_id for source in sources if source.session_id])
    both = opening(sources, runs, closed_at), opening(without(sources, purchase.id), runs, closed_at)
    access, remaining = (each if each and each.is_open(now) else None for each in both)
    return access, remaining


def _counts(purchase: Purchase) -> bool:
    return purchase.status is PurchaseStatus.completed


def _source(purchase: Purchase) -> Source:
    is_bought = purchase.purchase_type is PurchaseType.challenge
    kind = AccessType.purchased if is_bought else AccessType.friend_code
    since = purchase.claimed_at or purchase.purchased_at or purchase.created_at
    return Source(kind, since, purchase.session_id, purchase.id)


async def _runs(db: AsyncSession, user_id: UUID, bought: list[UUID]) -> list[Run]:
    hers = [place.session for place in await members.places(db, user_id)]
    known = {session.id for session in hers}
    others = await book_sessions.named(db, [each for each in bought if each not in known])
    both = [(each, True) for each in hers] + [(each, False) for each in others]
    return [_run(session, is_hers) for session, is_hers in both if not session.is_personal]


def _run(session: BookSession, is_hers: bool) -> Run:
    until = open_until(session.end_date, session.grace_period_end)
    return Run(session.id, session.start_date, until, is_hers)


async def _invited(db: AsyncSession, purchase: Purchase) -> Invited | None:
    """Milestones that stand on this one invitation: one fewer, and they are not reached any more."""
    counted = await referrals.counted_for(db, purchase.id)
    if counted is None:
        return None
    names = await users.names(db, [counted.referrer_id])
    many = await referrals.count(db, counted.referrer_id, ReferralStatus.converted)
    reached = await referrals.milestones(db, counted.referrer_id)
    falling = tuple(
        (each.name, each.points_bonus)
        for each, hers, _ in reached
        if hers and each.referrals_required == many
    )
    return Invited(names.get(counted.referrer_id, ""), counted.points_awarded, falling)


async def _places(db: AsyncSession, user_id: UUID, now: datetime) -> tuple[PlaceStands, ...]:
    held = await places.held_by(db, user_id, now=now)
    return tuple(PlaceStands(each.name, each.has_written) for each in held)


async def _is_reminded(db: AsyncSession, user_id: UUID, now: datetime) -> bool:
    """Whether she lives a session just now, whose days she may be reminded of."""
    today = clock.day_in((await profile_settings.get(db, user_id)).timezone, now)
    sessions = [place.session for place in await members.places(db, user_id)]
    return any(session.start_date <= today <= session.end_date for session in sessions)
