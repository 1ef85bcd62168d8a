"""A purchase's file in words."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gynergy_app import routes
from gynergy_app.domain.payments.kinds import PurchaseStatus, PurchaseType, RefundStatus
from gynergy_app.domain.payments.receipts import order_number
from gynergy_app.domain.payments.refunding import RefundReason
from gynergy_app.domain.payments.stripe_words import Disputed, money
from gynergy_app.domain.text import counted
from gynergy_app.services.desks.purchases import PurchaseFile
from gynergy_app.services.desks.timeline import Happening
from gynergy_app.state.admin.code_rows import CodeRow, code_rows
from gynergy_app.state.admin.money_words import (
    CAME_BY,
    DISPUTES,
    KINDS,
    failure_words,
    on_day,
    purchase_state,
    refund_state,
)
from gynergy_app.state.admin.timeline_view import TimelineRow, rows_of
from gynergy_app.state.admin.words import moment

UNDER_WAY = (RefundStatus.pending, RefundStatus.requires_action)


@dataclass(frozen=True)
class Fact:
    name: str
    value: str


@dataclass(frozen=True)
class RefundRow:
    when: str
    amount: str
    state: str
    kind: str
    by: str
    reason: str
    failure: str


@dataclass(frozen=True)
class DisputeRow:
    when: str
    amount: str
    state: str
    due: str


@dataclass(frozen=True)
class PurchaseView:
    """`is_moving`: something was asked for that has not happened yet, so the page looks again."""

    zone: str = "UTC"
    name: str = ""
    about: str = ""
    member_href: str = ""
    state: str = ""
    kind: str = ""
    can_give_back: bool = False
    obstacle: str = ""
    is_review: bool = False
    review: str = ""
    is_disputed: bool = False
    disputed: str = ""
    is_moving: bool = False
    moving: str = ""
    facts: list[Fact] = field(default_factory=list)
    codes: list[CodeRow] = field(default_factory=list)
    refunds: list[RefundRow] = field(default_factory=list)
    disputes: list[DisputeRow] = field(default_factory=list)
    timeline: list[TimelineRow] = field(default_factory=list)


def view_of(file: PurchaseFile, happened: list[Happening], zone: str, now: datetime) -> PurchaseView:
    purchase, balance = file.purchase, file.standing.balance
    state, kind = purchase_state(purchase.status, purchase.purchase_type)
    is_undecided = purchase.status is PurchaseStatus.review and not file.is_accepted
    return PurchaseView(
        zone=zone,
        name=buyer_of(file),
        about=_about(file, zone, now),
        member_href=routes.admin_member(str(purchase.user_id)) if purchase.user_id else "",
        state=state,
        kind=kind,
        can_give_back=not balance.obstacle and not (purchase.review_reason and file.is_accepted),
        obstacle=balance.obstacle,
        is_review=is_undecided and not balance.under_way,
        review=purchase.review_reason or "",
        is_disputed=purchase.status is PurchaseStatus.disputed,
        disputed=_disputed(file, zone, now),
        is_moving=bool(balance.under_way) or (file.is_accepted and purchase.status is PurchaseStatus.review),
        moving=_moving(file),
        facts=_facts(file, zone, now),
        codes=code_rows(file.codes, file.names, zone, now),
        refunds=[_refund_row(file, each, zone, now) for each in reversed(file.refunds)],
        disputes=[_dispute_row(file, each, zone, now) for each in file.disputes],
        timeline=rows_of(happened, zone, now),
    )


def buyer_of(file: PurchaseFile) -> str:
    """Who she is here; a guest is known by her address."""
    user_id = file.purchase.user_id
    return (file.names.get(user_id, "") if user_id else "") or file.buyer_email or "No longer known"


def _about(file: PurchaseFile, zone: str, now: datetime) -> str:
    purchase = file.purchase
    said = [f"Order {order_number(purchase.id)}", KINDS[purchase.purchase_type].lower()]
    if purchase.purchase_type is PurchaseType.challenge:
        said.append(money(purchase.amount_cents, purchase.currency))
    said.append(on_day(purchase.purchased_at or purchase.created_at, zone, now))
    if purchase.user_id is None:
        said.append("a guest" if file.buyer_email else "the account is gone")
    return " · ".join(said)


def _facts(file: PurchaseFile, zone: str, now: datetime) -> list[Fact]:
    purchase, balance = file.purchase, file.standing.balance
    access = file.standing.access
    facts = [Fact("Begun", moment(purchase.created_at, zone, now))]
    if purchase.purchased_at:
        facts.append(Fact("Paid", f"{_sum(file, balance.paid)}, {moment(purchase.purchased_at, zone, now)}"))
    if balance.back:
        facts.append(Fact("Gone back", _sum(file, balance.back)))
    if balance.under_way:
        facts.append(Fact("On its way back", _sum(file, balance.under_way)))
    facts.append(Fact("E-mail", file.buyer_email or "none"))
    if file.session:
        facts.append(Fact("Session", file.session))
    if file.came_with:
        giver = file.names.get(file.came_with.creator_id, "") if file.came_with.creator_id else ""
        facts.append(Fact("Code", f"{file.came_with.code}, from {giver or 'somebody who has left'}"))
    if file.standing.has_account:
        opened = CAME_BY[access.kind] if access else "closed"
        until = f" until {on_day(access.until, zone, now)}" if access and access.until else ""
        facts.append(Fact("Her challenge", f"{opened}{until}"))
    if purchase.attempt > 1:
        facts.append(Fact("Checkouts", counted(purchase.attempt, "time").capitalize()))
    facts.append(Fact("Order", str(purchase.id)))
    if purchase.stripe_payment_intent_id:
        facts.append(Fact("At Stripe", purchase.stripe_payment_intent_id))
    return facts


def _sum(file: PurchaseFile, cents: int) -> str:
    return money(cents, file.purchase.currency)


def _moving(file: PurchaseFile) -> str:
    if file.is_accepted and file.purchase.status is PurchaseStatus.review:
        return "Accepted. The place is being given."
    waiting = [each for each in file.refunds if each.status in UNDER_WAY]
    if not waiting:
        return ""
    amount = _sum(file, sum(each.amount_cents for each in waiting))
    if any(each.stripe_refund_id is None for each in waiting):
        return f"{amount} is asked for and not confirmed by Stripe yet. It is asked again until it answers."
    return f"{amount} is on its way. Nothing else changes before it has arrived."


def _refund_row(file: PurchaseFile, refund: Any, zone: str, now: datetime) -> RefundRow:
    state, kind = refund_state(refund.status, refund.stripe_refund_id)
    by = file.names.get(refund.requested_by, "") if refund.requested_by else ""
    reason = refund.reason or ""
    known = reason in set(RefundReason)
    return RefundRow(
        when=moment(refund.created_at, zone, now),
        amount=_sum(file, refund.amount_cents),
        state=state,
        kind=kind,
        by=by or "made at Stripe",
        reason=RefundReason(reason).words if known else reason.replace("_", " "),
        failure=failure_words(refund.failure or ""),
    )


def _dispute_row(file: PurchaseFile, dispute: Disputed, zone: str, now: datetime) -> DisputeRow:
    return DisputeRow(
        when=moment(dispute.created_at, zone, now),
        amount=f"{_sum(file, dispute.amount_cents)}, {dispute.reason.replace('_', ' ')}",
        state=DISPUTES.get(dispute.status, dispute.status),
        due=_due(dispute, zone, now),
    )


def _due(dispute: Disputed, zone: str, now: datetime) -> str:
    if not dispute.is_open or dispute.due_at is None:
        return ""
    over = ", which is over" if dispute.due_at <= now else ""
    return f"answer at Stripe by {moment(dispute.due_at, zone, now)}{over}"


def _disputed(file: PurchaseFile, zone: str, now: datetime) -> str:
    """Until when it can be answered, and what is frozen meanwhile."""
    if file.purchase.status is not PurchaseStatus.disputed:
        return ""
    opened = [each for each in file.disputes if each.is_open]
    due = next((_due(each, zone, now) for each in opened), "")
    frozen = counted(len([code for code in file.codes if code.revoked_by == "disputed"]), "code")
    access = file.standing.access
    door = f"stays open, {CAME_BY[access.kind]}" if access else "is closed"
    said = f"Until it is decided, her challenge {door} and {frozen} cannot be used."
    if not file.standing.has_account:
        said = "Until it is decided, it cannot be claimed for a place."
    return f"{due[0].upper()}{due[1:]}. {said}" if due else said
