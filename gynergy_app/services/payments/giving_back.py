"""Money given back from the desk: asked for there, sent by the worker, followed up like any other refund.

    request ─► a row, pending ─► send ─► known to Stripe ─► refunds.apply, as for every refund
                     ▲             │
                     └─────────────┘ Stripe was away: the same key again, a minute later
                                   └─► failed: Stripe will not take it; admins are told

The row is there before Stripe is asked. Whatever became of an answer that was lost, the refund bears the id
of its row, so it is looked for before it is asked for again.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification_drafts import REASON_LIMIT
from gynergy_app.domain.payments.kinds import RefundStatus
from gynergy_app.domain.payments.refunding import (
    Consequences,
    RefundReason,
    Standing,
    amount_problem,
    consequences,
)
from gynergy_app.domain.payments.stripe_words import PURCHASE_ID, REFUND_ID, money, our_id
from gynergy_app.domain.text import tidy_line
from gynergy_app.emails.render import Rendered, render
from gynergy_app.errors import Conflict, Invalid
from gynergy_app.integrations import stripe_billing
from gynergy_app.integrations.stripe_billing import NotAtStripe, Object, PaymentsRefused
from gynergy_app.models.payments import Purchase, Refund
from gynergy_app.repositories import jobs, purchases, webhook_events
from gynergy_app.services import audit
from gynergy_app.services.audit import Act
from gynergy_app.services.payments import alerts, mailing, reviewing, standing
from gynergy_app.services.payments.purchases import NoSuchPurchase

log = logging.getLogger(__name__)
TASK = "send_refund"
LONGEST_FAILURE = 300


class CannotGiveBack(Conflict):
    """The sentence says why."""


class MoneyHasMoved(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "Money of this purchase has moved meanwhile. Nothing was asked for. Please look again."
        )


@dataclass(frozen=True)
class Wish:
    """What a sheet asks for. `gone` is what had gone back when it was drawn: else it is not true any more."""

    amount: int
    gone: int
    reason: RefundReason
    note: str = ""


@dataclass(frozen=True)
class Outgoing:
    """A refund that Stripe is to be asked for, with everything that makes its request."""

    id: UUID
    purchase_id: UUID
    intent_id: str
    checkout_id: str | None
    amount: int
    reason: str | None

    @property
    def key(self) -> str:
        return f"refund:{self.id}"

    @property
    def params(self) -> dict[str, Any]:
        named = {REFUND_ID: str(self.id), PURCHASE_ID: str(self.purchase_id)}
        reason = {"reason": self.reason} if self.reason else {}
        return {"payment_intent": self.intent_id, "amount": self.amount, "metadata": named, **reason}


# -- At the desk --------------------------------------------------------------------------------------------


async def request(db: AsyncSession, admin: Member, purchase_id: UUID, wish: Wish, *, now: datetime) -> UUID:
    """Write down that this is to go back, and wake the worker. Of two admins at once, one has asked.

    Raises `CannotGiveBack`, `MoneyHasMoved` for a sheet that is not true any more, `Invalid` for the amount.
    """
    await webhook_events.hold_subject(db, f"purchase:{purchase_id}")
    purchase = await purchases.find(db, purchase_id)
    if purchase is None:
        raise NoSuchPurchase
    stands = await standing.read(db, purchase, now=now)
    await _may_go_back(db, purchase, stands, wish)
    row = Refund(
        id=uuid4(),
        purchase_id=purchase.id,
        amount_cents=wish.amount,
        reason=wish.reason,
        requested_by=admin.id,
        created_at=now,
    )
    async with elevated(db):
        db.add(row)
        await db.flush()
        await jobs.enqueue(db, TASK, refund_id=str(row.id))
    follows = consequences(stands, wish.amount)
    await _record(db, admin, purchase, row, wish, follows, now)
    return row.id


async def _may_go_back(db: AsyncSession, purchase: Purchase, stands: Standing, wish: Wish) -> None:
    if stands.balance.gone != wish.gone:
        raise MoneyHasMoved
    if obstacle := stands.balance.obstacle:
        raise CannotGiveBack(obstacle)
    if problem := amount_problem(stands.balance, wish.amount):
        raise Invalid({"amount": problem})
    if await reviewing.is_decided(db, purchase.id) and purchase.review_reason:
        raise reviewing.DecidedAlready


async def _record(
    db: AsyncSession,
    admin: Member,
    purchase: Purchase,
    row: Refund,
    wish: Wish,
    follows: Consequences,
    now: datetime,
) -> None:
    """What was announced is what is written down: the sheet, before and after."""
    note = tidy_line(wish.note)[:REASON_LIMIT]
    said = f"{wish.reason.words}. {note}" if note else wish.reason.words
    before = {"given_back": money(purchase.amount_refunded_cents, purchase.currency)}
    after: dict[str, Any] = {
        "amount": money(wish.amount, purchase.currency),
        "given_back": money(purchase.amount_refunded_cents + wish.amount, purchase.currency),
        "refund": row.id,
    }
    if follows.changes_access:
        before["access"] = str(follows.access.kind) if follows.access else "none"
        after["access"] = str(follows.remaining.kind) if follows.remaining else "closed"
    if stopping := [fate.code.code for fate in follows.codes if fate.stops]:
        after["codes_stopping"] = " and ".join(stopping)
    await audit.record(
        db, admin, Act.purchase_refund_requested,
        subject_id=purchase.id, about=purchase.user_id, reason=said, before=before, after=after, now=now,
    )  # fmt: skip


def preview(purchase: Purchase, name: str, amount: int, *, is_whole: bool) -> Rendered:
    """The letter that will go out when this has arrived, word for word."""
    letter = mailing.back_letter(purchase, name, money(amount, purchase.currency), is_whole=is_whole)
    return render(letter.template_key, letter.context)


# -- By the worker ------------------------------------------------------------------------------------------


async def unsent(db: AsyncSession) -> Sequence[UUID]:
    return await purchases.unsent_refunds(db)


async def find_outgoing(db: AsyncSession, refund_id: UUID) -> Outgoing | None:
    """None for one that Stripe knows already, or that is over."""
    row = await db.get(Refund, refund_id)
    if row is None or row.stripe_refund_id or row.status is not RefundStatus.pending:
        return None
    purchase = await purchases.find(db, row.purchase_id)
    if purchase is None or purchase.stripe_payment_intent_id is None:
        return None
    return Outgoing(
        row.id,
        purchase.id,
        purchase.stripe_payment_intent_id,
        purchase.stripe_checkout_session_id,
        row.amount_cents,
        row.reason,
    )


@dataclass(frozen=True)
class Answer:
    """The refund as Stripe has it, or why Stripe will never have it."""

    made: Object | None = None
    failure: str = ""


async def send(outgoing: Outgoing) -> Answer:
    """The refund at Stripe, made now or before. Opens no door."""
    try:
        for made in await stripe_billing.list_all("refund", {"payment_intent": outgoing.intent_id}):
            if our_id(made, REFUND_ID) == outgoing.id:
                return Answer(made)
        return Answer(await stripe_billing.create_refund(outgoing.params, outgoing.key))
    except PaymentsRefused as refused:
        return Answer(failure=refused.why[:LONGEST_FAILURE])
    except NotAtStripe:
        return Answer(failure="Stripe does not know the payment of this purchase.")


async def keep_answer(db: AsyncSession, outgoing: Outgoing, answer: Answer, *, now: datetime) -> None:
    """Whatever an event has told meanwhile is not written over."""
    await webhook_events.hold_subject(db, f"purchase:{outgoing.purchase_id}")
    row = await db.get(Refund, outgoing.id, with_for_update=True, populate_existing=True)
    if row is None or row.stripe_refund_id or row.status is not RefundStatus.pending:
        return
    if answer.made:
        row.stripe_refund_id = answer.made["id"]
    else:
        row.status, row.failure = RefundStatus.failed, answer.failure
        log.error("Stripe refused refund %s of purchase %s.", outgoing.id, outgoing.purchase_id)
        words, key = "The payment service did not take a refund", f"refund-refused:{outgoing.id}"
        await alerts.tell_admins(db, key, words, purchase_id=outgoing.purchase_id, now=now)
    await db.flush()
