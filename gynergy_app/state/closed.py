"""Why something is closed to a member and what opens it, in words."""

from dataclasses import replace
from datetime import datetime

from gynergy_app import routes
from gynergy_app.domain.payments.access import NOTHING, Door, Entitlement, Right
from gynergy_app.domain.payments.kinds import PurchaseStatus
from gynergy_app.domain.payments.kinds import SubscriptionStatus as Subscription
from gynergy_app.domain.text import as_sentence
from gynergy_app.state.shell import Closed

YOURS = "What you wrote stays yours, to read and to take with you."
FIRST_OF_ALL = "Your forty-five days begin with a place"
WAYS_IN = (
    "A place in the challenge is bought, or given with a friend’s code. "
    "A subscription opens a journal of your own instead."
)
PLANS, A_CODE = "See what opens it", "I have a friend code"


def closed_words(right: Right, hers: Entitlement, now: datetime) -> Closed:
    """For somebody whose entitlement does not allow this. The latest reason that is known is told."""
    if right is not Right.write and hers.journal(now) is not Door.closed:
        return _beside_a_journal(right)
    return (
        _after_a_subscription(hers) or _taken_back(hers) or (_over(right) if hers.came_by else _never(right))
    )


def without_a_place(hers: Entitlement, now: datetime) -> Closed:
    """For somebody who has no days. Empty while she may write: her start is there to choose, or comes."""
    if hers.allows(Right.write, now):
        return Closed()
    if hers == NOTHING:
        return _challenge(FIRST_OF_ALL, WAYS_IN)
    return replace(closed_words(Right.write, hers, now), has_written=False)


def _beside_a_journal(right: Right) -> Closed:
    if right is Right.start:
        return _challenge(
            "A start belongs to the challenge",
            "Your subscription keeps a journal of your own, which begins without one. "
            "A start with a cohort comes with a place in the challenge.",
        )
    return _challenge(
        "A cohort comes with the challenge",
        "Your journal is yours alone, so there is nobody who lives the same days.",
    )


def _after_a_subscription(hers: Entitlement) -> Closed | None:
    match hers.subscription:
        case Subscription.past_due:
            return _billing(
                "Your journal is closed",
                "A payment for it did not come, and the seven days to put that right are over.",
                "Put the payment right",
            )
        case Subscription.unpaid | Subscription.incomplete:
            return _billing(
                "Your journal waits for a payment",
                "It opens as soon as one arrives.",
                "Put the payment right",
            )
        case Subscription.paused:
            return _billing(
                "Your journal is paused", "It opens when you go on with it.", "See your subscription"
            )
        case Subscription.incomplete_expired:
            return _challenge(
                "Your journal did not begin",
                f"Its first payment never came, and nothing more is asked for. {YOURS}",
                has_written=True,
            )
        case Subscription.canceled:
            return _challenge("Your journal subscription has ended", YOURS, has_written=True)
    return None


def _taken_back(hers: Entitlement) -> Closed | None:
    if hers.closed_reason:
        why = f"Our team closed it and gave this reason: “{as_sentence(hers.closed_reason)}” {YOURS}"
        return _challenge("Your access is closed", why, has_written=True)
    match hers.taken_back:
        case PurchaseStatus.refunded:
            why = f"Its payment went back, and the challenge closed with it. {YOURS}"
        case PurchaseStatus.disputed:
            why = f"Its payment is disputed at the bank, and it stays closed until that is decided. {YOURS}"
        case _:
            return None
    return _challenge("Your place is closed", why, has_written=True)


def _over(right: Right) -> Closed:
    match right:
        case Right.start:
            title, why = "Another start needs a place of its own", "Yours was for the session you have lived."
        case Right.meet:
            title, why = "Your time in this cohort is over", "Its pages are open while the challenge is."
        case Right.write:
            title, why = "Your session is over", "So are the days after it that took pages."
    return _challenge(title, f"{why} {YOURS}", has_written=True)


def _never(right: Right) -> Closed:
    match right:
        case Right.start:
            title, why = "Your start comes with a place", "Choose it once the challenge is open to you."
        case Right.meet:
            title, why = (
                "Your cohort comes with a place",
                "Everyone who starts on one day lives the same days.",
            )
        case Right.write:
            title, why = (
                "Writing is not open to you yet",
                "It opens with a place in the challenge, or with a journal of your own.",
            )
    return _challenge(title, why)


def _challenge(title: str, why: str, *, has_written: bool = False) -> Closed:
    return Closed(title, why, PLANS, routes.PRICING, A_CODE, routes.REDEEM, has_written)


def _billing(title: str, why: str, opens: str) -> Closed:
    return Closed(title, f"{why} {YOURS}", opens, routes.BILLING, has_written=True)
