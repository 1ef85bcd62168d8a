"""Letters that follow from how money stands. Each is promised once, in the transaction that gives cause."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.payments.access import PAST_DUE_GRACE
from gynergy_app.domain.payments.kinds import Interval, PurchaseStatus, RefundStatus, SubscriptionStatus
from gynergy_app.domain.payments.paying import Refunded
from gynergy_app.domain.payments.receipts import order_number
from gynergy_app.domain.payments.stripe_words import Object, money, recovery_url
from gynergy_app.emails import money_letters
from gynergy_app.emails.letters import Letter
from gynergy_app.models.payments import Purchase, Subscription
from gynergy_app.repositories import friend_codes, purchases
from gynergy_app.routes import PRICING
from gynergy_app.services import mail
from gynergy_app.services.payments import arriving
from gynergy_app.settings import settings

TRIAL_REMINDER = timedelta(days=3, hours=12)
"""Stripe reminds three days before; a little more, because its clock and ours are two."""

JUST_BEGUN = timedelta(days=7)
"""How late the word that a subscription began may come: Stripe tries for three days to tell of it."""


async def purchase_made(db: AsyncSession, purchase_id: UUID, *, now: datetime) -> None:
    purchase = await purchases.find(db, purchase_id)
    if purchase is None:
        return
    buyer = await _buyer(db, purchase)
    letter = money_letters.PurchaseMade(
        first_name=buyer.first_name if buyer else "",
        order=order_number(purchase.id),
        amount=money(purchase.amount_cents, purchase.currency),
        email=purchase.email or "",
        is_guest=buyer is None,
        refund_rule=settings.refund_rule,
    )
    await _to_buyer(db, purchase, buyer, letter, f"purchase:{purchase.id}", now)


async def codes_made(db: AsyncSession, purchase: Purchase, *, now: datetime) -> None:
    """The codes of a purchase, once it is paid and somebody's. Call again after a guest has claimed it."""
    if purchase.status is not PurchaseStatus.completed or purchase.user_id is None:
        return
    codes = await friend_codes.of_purchase(db, purchase.id)
    buyer = await _buyer(db, purchase)
    if not codes or buyer is None:
        return
    letter = money_letters.FriendCodes(
        buyer.first_name, [code.code for code in codes], codes[0].expires_at, buyer.timezone
    )
    await _to_buyer(db, purchase, buyer, letter, f"friend-codes:{purchase.id}", now)


async def payment_did_not_come(
    db: AsyncSession, purchase_id: UUID, checkout_id: str, *, now: datetime
) -> None:
    purchase = await purchases.find(db, purchase_id)
    if purchase is None or purchase.status is not PurchaseStatus.failed:
        return
    buyer = await _buyer(db, purchase)
    amount = money(purchase.amount_cents, purchase.currency)
    letter = money_letters.PaymentDidNotCome(buyer.first_name if buyer else "", amount)
    await _to_buyer(db, purchase, buyer, letter, f"purchase-failed:{checkout_id}", now)


async def checkout_expired(db: AsyncSession, purchase_id: UUID, session: Object, *, now: datetime) -> None:
    """Once for a purchase, not to somebody who has a place by now. For the worker, who sees all of them."""
    purchase = await purchases.find(db, purchase_id)
    if purchase is None or purchase.status is not PurchaseStatus.expired:
        return
    if await purchases.has_bought(db, purchase.user_id, purchase.email):
        return
    buyer = await _buyer(db, purchase)
    letter = money_letters.CheckoutExpired(
        first_name=buyer.first_name if buyer else "",
        amount=money(purchase.amount_cents, purchase.currency),
        had_seat=purchase.session_id is not None,
        resume=recovery_url(session) or PRICING,
    )
    await _to_buyer(db, purchase, buyer, letter, f"checkout-expired:{purchase.id}", now)


async def money_back(
    db: AsyncSession, purchase: Purchase, refunds: Sequence[Refunded], *, now: datetime
) -> None:
    """A word about every refund that has arrived or did not."""
    buyer = await _buyer(db, purchase)
    name = buyer.first_name if buyer else ""
    is_whole = purchase.status is PurchaseStatus.refunded
    for refund in refunds:
        amount = money(refund.amount_cents, purchase.currency)
        if refund.status is RefundStatus.succeeded:
            letter = back_letter(purchase, name, amount, is_whole=is_whole)
        elif refund.status is RefundStatus.failed:
            letter = money_letters.RefundFailed(name, amount)
        else:
            continue
        key = f"refund-{refund.status}:{refund.refund_id}"
        await _to_buyer(db, purchase, buyer, letter, key, now)


def back_letter(purchase: Purchase, name: str, amount: str, *, is_whole: bool) -> Letter:
    """What she reads when this has arrived. A payment nobody took for a place gave none to give back."""
    if purchase.review_reason:
        return money_letters.PaymentReturned(name, amount)
    return money_letters.RefundMade(name, amount, is_whole)


async def subscription_turns(db: AsyncSession, subscription: Subscription, *, now: datetime) -> None:
    """What its member should know about how it stands."""
    ends_at, trial_end = subscription.current_period_end, subscription.trial_end
    status = subscription.status
    if status is SubscriptionStatus.canceled:
        await _to_subscriber(db, subscription, "ended", subscription.stripe_subscription_id, now)
    elif status in (SubscriptionStatus.active, SubscriptionStatus.trialing) and ends_at:
        if now - subscription.created_at <= JUST_BEGUN and not subscription.cancel_at_period_end:
            await _to_subscriber(db, subscription, "begun", subscription.stripe_subscription_id, now)
        if subscription.cancel_at_period_end:
            await _to_subscriber(db, subscription, "ending", f"{ends_at:%Y%m%d}", now)
        elif trial_end and status is SubscriptionStatus.trialing and trial_end - now <= TRIAL_REMINDER:
            await _to_subscriber(db, subscription, "trial", f"{trial_end:%Y%m%d}", now)


async def _to_subscriber(
    db: AsyncSession, subscription: Subscription, what: str, which: str, now: datetime
) -> None:
    member = await _member(db, subscription.user_id)
    if member is None or not member.email:
        return
    name, zone = member.first_name, member.timezone
    letter: Letter = money_letters.SubscriptionEnded(name)
    if what == "ending":
        letter = money_letters.SubscriptionEnding(name, subscription.current_period_end or now, zone)
    elif what == "trial":
        amount = money(subscription.amount_cents, subscription.currency)
        ends_at = subscription.trial_end or now
        letter = money_letters.TrialEnding(name, amount, subscription.interval, ends_at, zone)
    elif what == "begun":
        letter = _begun(subscription, name, zone, now)
    key = f"subscription-{what}:{subscription.stripe_subscription_id}:{which}"
    await mail.enqueue(db, letter, to=member.email, user_id=member.id, dedupe_key=key, now=now)


def _begun(subscription: Subscription, name: str, zone: str, now: datetime) -> Letter:
    is_trial = subscription.status is SubscriptionStatus.trialing
    return money_letters.SubscriptionBegun(
        first_name=name,
        amount=money(subscription.amount_cents, subscription.currency),
        interval=subscription.interval,
        trial_ends_at=subscription.trial_end if is_trial else None,
        renews_at=subscription.current_period_end or now,
        timezone=zone,
    )


async def payment_failed(
    db: AsyncSession, subscription: Subscription, invoice: Object, *, now: datetime
) -> None:
    """Once for each time the card was tried in vain, while it is still owed."""
    is_owed = invoice["status"] == "open" and invoice["attempt_count"] > 0
    if not is_owed or subscription.status is not SubscriptionStatus.past_due:
        return
    member = await _member(db, subscription.user_id)
    if member is None or not member.email:
        return
    letter = money_letters.RenewalFailed(
        first_name=member.first_name,
        amount=money(invoice["amount_remaining"], invoice["currency"]),
        closes_at=(subscription.past_due_since or now) + PAST_DUE_GRACE,
        timezone=member.timezone,
    )
    key = f"renewal-failed:{invoice['id']}:{invoice['attempt_count']}"
    await mail.enqueue(db, letter, to=member.email, user_id=member.id, dedupe_key=key, now=now)


async def renewal_coming(
    db: AsyncSession, subscription: Subscription, announced: Object, *, now: datetime
) -> None:
    """Before a year is paid again: once, while it is still going to be. A month renews without a word."""
    ends_at = subscription.current_period_end
    goes_on = subscription.status is SubscriptionStatus.active and not subscription.cancel_at_period_end
    if subscription.interval is not Interval.year or not goes_on or ends_at is None or ends_at <= now:
        return
    member = await _member(db, subscription.user_id)
    if member is None or not member.email:
        return
    amount = money(announced["amount_due"], announced["currency"])
    letter = money_letters.RenewalComing(member.first_name, amount, ends_at, member.timezone)
    key = f"renewal-coming:{subscription.stripe_subscription_id}:{ends_at:%Y%m%d}"
    await mail.enqueue(db, letter, to=member.email, user_id=member.id, dedupe_key=key, now=now)


async def card_expires(
    db: AsyncSession, user_id: UUID, card_id: str, last_four: str, month: int, year: int, *, now: datetime
) -> None:
    member = await _member(db, user_id)
    if member is None or not member.email:
        return
    letter = money_letters.CardExpires(member.first_name, last_four, f"{date(year, month, 1):%B %Y}")
    key = f"card-expires:{card_id}:{year}-{month:02}"
    await mail.enqueue(db, letter, to=member.email, user_id=member.id, dedupe_key=key, now=now)


async def _member(db: AsyncSession, user_id: UUID | None) -> Member | None:
    return await arriving.member_of(db, user_id) if user_id else None


async def _buyer(db: AsyncSession, purchase: Purchase) -> Member | None:
    return await _member(db, purchase.user_id)


async def _to_buyer(
    db: AsyncSession, purchase: Purchase, buyer: Member | None, letter: Letter, key: str, now: datetime
) -> None:
    """To her own address, or the one she gave when she paid without an account."""
    address = (buyer.email if buyer else "") or purchase.email
    if address:
        await mail.enqueue(db, letter, to=address, user_id=purchase.user_id, dedupe_key=key, now=now)
