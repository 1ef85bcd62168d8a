"""What of money waits for a person, said on the overview: who is harmed first, then where to look."""

from dataclasses import dataclass
from datetime import datetime

from gynergy_app import routes
from gynergy_app.domain.payments.kinds import PurchaseStatus
from gynergy_app.domain.text import counted
from gynergy_app.repositories.money_figures import Waiting
from gynergy_app.state.admin.words import moment_within


@dataclass(frozen=True)
class Need:
    """Something that waits for a person: who is harmed first, then where to look."""

    symbol: str
    title: str
    words: str
    action: str = ""
    href: str = ""


def money_needs(waiting: Waiting, zone: str, now: datetime) -> list[Need]:
    found = (
        _dead(waiting, zone, now) if waiting.dead_events else None,
        _reviews(waiting.reviews) if waiting.reviews else None,
        _refunds(waiting) if waiting.refunds else None,
        _disputes(waiting.disputes) if waiting.disputes else None,
        _invitations(waiting.invitations) if waiting.invitations else None,
    )
    return [need for need in found if need]


def _dead(waiting: Waiting, zone: str, now: datetime) -> Need:
    since = f"since {moment_within(waiting.dead_since, zone, now)}. " if waiting.dead_since else ""
    return Need(
        "alert",
        f"{counted(waiting.dead_events, 'payment event').capitalize()} could not be followed",
        f"Given up {since}The inbox says who waits for it, or that nobody does.",
        "Look",
        routes.ADMIN_INBOX,
    )


def _reviews(count: int) -> Need:
    verb = "is" if count == 1 else "are"
    return Need(
        "alert",
        f"{counted(count, 'payment').capitalize()} {verb} not what was asked for",
        "Somebody paid another price and has no place until a person decides.",
        "Decide",
        routes.where(routes.ADMIN_PURCHASES, status=PurchaseStatus.review, by="created"),
    )


def _refunds(waiting: Waiting) -> Need:
    return Need(
        "alert",
        f"{counted(waiting.refunds, 'refund').capitalize()} did not arrive",
        "Somebody waits for money. Stripe says what it needs, and another refund can be made.",
        "Open" if waiting.refunds == 1 else "Open the oldest",
        routes.admin_purchase(str(waiting.refund_purchase_id)),
    )


def _disputes(count: int) -> Need:
    verb = "is" if count == 1 else "are"
    return Need(
        "card",
        f"{counted(count, 'payment').capitalize()} {verb} disputed",
        "The place stays closed until the bank has decided. It asks for answers by a date.",
        "List",
        routes.where(routes.ADMIN_PURCHASES, status=PurchaseStatus.disputed, by="created"),
    )


def _invitations(count: int) -> Need:
    return Need(
        "users",
        f"{counted(count, 'invitation').capitalize()} to decide",
        "Something looks odd. Points wait; nobody is without a place.",
        "Decide",
        routes.ADMIN_INVITATIONS,
    )
