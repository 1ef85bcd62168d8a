"""One person from the first click to today: that it happened and when. Of pages only that they were kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.domain.payments.kinds import PurchaseStatus, PurchaseType, SubscriptionMoney
from gynergy_app.domain.payments.stripe_words import Disputed
from gynergy_app.domain.payments.turns import Terms, Turn, Turned
from gynergy_app.domain.programs import MILESTONE_DAYS, date_of, programme_day
from gynergy_app.models.accounts import User
from gynergy_app.models.payments import FriendCode, Purchase, Refund, Subscription, SubscriptionPayment
from gynergy_app.repositories import (
    audit_log,
    friend_codes,
    members,
    points_transactions,
    profile_settings,
    purchases,
    referrals,
    subscription_payments,
    subscriptions,
    users,
)
from gynergy_app.repositories.audit_log import Recorded
from gynergy_app.repositories.members import Mailed, Place
from gynergy_app.services.gamification.keeping import PAGE
from gynergy_app.services.payments import refunds

MAILS_SHOWN = 100
ACTS_SHOWN = 100


class Step(StrEnum):
    """What can happen to somebody here."""

    came = "came"
    joined = "joined"
    invited = "invited"
    began_to_pay = "began_to_pay"
    did_not_pay = "did_not_pay"
    paid = "paid"
    given = "given"
    claimed = "claimed"
    codes_made = "codes_made"
    code_used = "code_used"
    code_taken_back = "code_taken_back"
    refund = "refund"
    refunded = "refunded"
    disputed = "disputed"
    subscribed = "subscribed"
    trial_ended = "trial_ended"
    invoice_paid = "invoice_paid"
    invoice_back = "invoice_back"
    past_due = "past_due"
    switched = "switched"
    mended = "mended"
    cancelled = "cancelled"
    resumed = "resumed"
    ended = "ended"
    enrolled = "enrolled"
    milestone = "milestone"
    graduated = "graduated"
    mail = "mail"
    staff = "staff"


@dataclass(frozen=True)
class Happening:
    """`about` is the row it is told from. `is_day`: the hour means nothing."""

    at: datetime
    step: Step
    about: Any = None
    names: tuple[str, ...] = ()
    number: int = 0
    is_day: bool = False
    links: tuple[str, ...] = ()


async def of_member(db: AsyncSession, user_id: UUID, *, now: datetime) -> list[Happening]:
    """Everything known about a member, the latest first."""
    user = await users.find(db, user_id)
    if user is None:
        return []
    bought = await purchases.of_member(db, user_id)
    zone = (await profile_settings.get(db, user_id)).timezone
    acts = await audit_log.about_member(db, user_id, ACTS_SHOWN)
    happened = [
        *_came([user, *bought]),
        Happening(user.created_at, Step.joined),
        *await _invitation(db, user_id),
        *await _money(db, bought),
        *_turns(await members.subscription_turns(db, user_id), await subscriptions.of_member(db, user_id)),
        *_invoices(await subscription_payments.of_member(db, user_id)),
        *await _days(db, user_id, await members.places(db, user_id), zone, now),
        *_mails(await members.mails(db, user_id, MAILS_SHOWN)),
        *await _mails_as_a_guest(db, bought),
        *_acts(acts),
    ]
    return _latest_first(happened)


async def of_guest(db: AsyncSession, purchase: Purchase) -> list[Happening]:
    """Of somebody without an account: what she bought with this address, and what was sent to it."""
    bought = await purchases.of_guest(db, purchase.email) if purchase.email else [purchase]
    mails = await members.mails_to(db, purchase.email, MAILS_SHOWN) if purchase.email else []
    acts = await audit_log.about_things(db, [each.id for each in bought], ACTS_SHOWN)
    return _latest_first([*_came(bought), *await _money(db, bought), *_mails(mails), *_acts(acts)])


def _latest_first(happened: Iterable[Happening]) -> list[Happening]:
    """Of two at one moment the one that follows from the other stands above it."""
    return sorted(happened, key=lambda each: each.at)[::-1]


def _came(rows: Sequence[User | Purchase]) -> Iterator[Happening]:
    """The first click, as her browser knew it when she made an account or bought without one."""
    known = [(row.came_at, row.came_to) for row in rows if row.came_at]
    if known:
        at, page = min(known, key=lambda each: each[0])
        yield Happening(at, Step.came, page)


async def _invitation(db: AsyncSession, user_id: UUID) -> list[Happening]:
    came = await referrals.about(db, user_id)
    if came is None:
        return []
    names = await users.names(db, [came.referrer_id])
    name = names.get(came.referrer_id, "")
    return [Happening(came.created_at, Step.invited, came, (name,), links=(str(came.referrer_id),))]


async def _money(db: AsyncSession, bought: Sequence[Purchase]) -> list[Happening]:
    happened: list[Happening] = []
    for purchase in bought:
        if purchase.purchase_type is PurchaseType.challenge_friend_code:
            happened.append(await _given(db, purchase))
            continue
        happened += _buying(purchase)
        happened += await _codes(db, await friend_codes.of_purchase(db, purchase.id))
        happened += await _backs(db, purchase, await purchases.list_refunds(db, purchase.id))
    return happened


async def _given(db: AsyncSession, purchase: Purchase) -> Happening:
    code_id = purchase.details.get("friend_code_id")
    code = await friend_codes.find(db, UUID(code_id)) if code_id else None
    giver = code.creator_id if code else None
    name = (await users.names(db, [giver])).get(giver, "") if giver else ""
    links = (str(giver),) if giver else ()
    return Happening(purchase.created_at, Step.given, code, (name,), links=links)


def _buying(purchase: Purchase) -> Iterator[Happening]:
    yield Happening(purchase.created_at, Step.began_to_pay, purchase, number=purchase.attempt)
    if purchase.status in (PurchaseStatus.failed, PurchaseStatus.expired):
        yield Happening(purchase.updated_at, Step.did_not_pay, purchase)
    if purchase.purchased_at:
        yield Happening(purchase.purchased_at, Step.paid, purchase)
    if purchase.claimed_at:
        yield Happening(purchase.claimed_at, Step.claimed, purchase)


async def _codes(db: AsyncSession, codes: Sequence[FriendCode]) -> list[Happening]:
    if not codes:
        return []
    names = await users.names(db, [code.used_by_id for code in codes if code.used_by_id])
    happened = [Happening(codes[0].created_at, Step.codes_made, number=len(codes))]
    for code in codes:
        if code.used_at:
            name = names.get(code.used_by_id, "") if code.used_by_id else ""
            links = (str(code.used_by_id),) if code.used_by_id else ()
            happened.append(Happening(code.used_at, Step.code_used, code, (name,), links=links))
        if code.revoked_at:
            happened.append(Happening(code.revoked_at, Step.code_taken_back, code))
    return happened


async def _backs(db: AsyncSession, purchase: Purchase, asked: Sequence[Refund]) -> list[Happening]:
    names = await users.names(db, [refund.requested_by for refund in asked if refund.requested_by])
    happened = []
    for refund in asked:
        name = names.get(refund.requested_by, "") if refund.requested_by else ""
        about = (refund, purchase)
        happened.append(Happening(refund.created_at, Step.refund, about, (name,)))
    if purchase.refunded_at:
        happened.append(Happening(purchase.refunded_at, Step.refunded, purchase))
    for kept in purchase.details.get(refunds.DISPUTES, ()):
        dispute = Disputed.read(kept)
        happened.append(Happening(dispute.created_at, Step.disputed, (dispute, purchase)))
    return happened


def _turns(told: Sequence[Turned], rows: Sequence[Subscription]) -> Iterator[Happening]:
    """Of a subscription begun before turns were kept its row says how it was begun, and how it ended."""
    yield from (Happening(each.at, Step(each.turn), each) for each in told)
    kept = {(each.stripe_id, each.turn) for each in told}
    for row in rows:
        if (row.stripe_subscription_id, Turn.subscribed) in kept:
            continue
        terms = Terms(row.status, row.amount_cents, row.currency, row.interval)
        moments = (
            (row.created_at, Turn.subscribed),
            (row.canceled_at, Turn.cancelled),
            (row.ended_at, Turn.ended),
        )
        for at, turn in moments:
            if at and (row.stripe_subscription_id, turn) not in kept:
                yield Happening(at, Step(turn), Turned(turn, at, row.stripe_subscription_id, terms))


def _invoices(moved: Sequence[SubscriptionPayment]) -> Iterator[Happening]:
    steps = {SubscriptionMoney.paid: Step.invoice_paid, SubscriptionMoney.back: Step.invoice_back}
    return (Happening(each.happened_at, steps[each.kind], each) for each in moved)


async def _days(
    db: AsyncSession, user_id: UUID, places: Sequence[Place], zone: str, now: datetime
) -> list[Happening]:
    happened = []
    for place in places:
        happened.append(Happening(place.enrolled_at, Step.enrolled, place))
        if place.graduated_at:
            happened.append(Happening(place.graduated_at, Step.graduated, place))
        pages = await members.pages_by_day(db, user_id, place.session.id)
        earned = await points_transactions.first_of_days(db, place.session.id, user_id, PAGE)
        happened += _milestones({day for _, day in pages}, earned, place, zone, now)
    return happened


def _milestones(
    kept: set[date], earned: Mapping[date, datetime], place: Place, zone: str, now: datetime
) -> Iterator[Happening]:
    """A milestone is reached by writing on its day or later; with how many days were kept by then.

    When the page came is known by what it earned. Of one that earned nothing only the day is known.
    """
    start = place.session.start_date
    counted = {programme_day(start, day) for day in kept}
    today = programme_day(start, clock.day_in(zone, now))
    for day in MILESTONE_DAYS:
        reached = min((each for each in counted if each >= day), default=None)
        if reached is None or reached > today:
            continue
        on = date_of(start, reached)
        at = earned.get(on) or datetime.combine(on, time(), ZoneInfo(zone))
        by_then = len([each for each in counted if 1 <= each <= reached])
        yield Happening(at, Step.milestone, (day, by_then, reached), is_day=on not in earned)


def _mails(mails: Sequence[Mailed]) -> Iterator[Happening]:
    return (Happening(mail.sent_at or mail.created_at, Step.mail, mail) for mail in mails)


async def _mails_as_a_guest(db: AsyncSession, bought: Sequence[Purchase]) -> list[Happening]:
    """What went to the addresses she bought with before she had an account."""
    addresses = {each.email.lower() for each in bought if each.claimed_at and each.email}
    return [
        each for address in addresses for each in _mails(await members.mails_to(db, address, MAILS_SHOWN))
    ]


def _acts(acts: Sequence[Recorded]) -> Iterator[Happening]:
    return (Happening(act.row.created_at, Step.staff, act) for act in acts)
