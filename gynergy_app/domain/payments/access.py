"""What somebody may open, at a moment. Reading and taking along what she wrote always stay open."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from gynergy_app.domain.payments.kinds import AccessType, PurchaseStatus, SubscriptionStatus

PAST_DUE_GRACE = timedelta(days=7)
"""How long the journal stays open for somebody whose card was refused."""

_PAID_FOR = frozenset({SubscriptionStatus.trialing, SubscriptionStatus.active})


class Door(StrEnum):
    """`grace` is open, and about to close."""

    open = "open"
    grace = "grace"
    closed = "closed"


def journal_door(status: SubscriptionStatus | None, past_due_since: datetime | None, now: datetime) -> Door:
    """What a subscription opens. Without the moment it became past due, its grace begins now."""
    if status in _PAID_FOR:
        return Door.open
    if status is SubscriptionStatus.past_due and now < (past_due_since or now) + PAST_DUE_GRACE:
        return Door.grace
    return Door.closed


class Right(StrEnum):
    """What an entitlement lets somebody do. Whatever has none of these asks for nothing but a sign-in."""

    start = "start"
    """Take a place in a shared session."""
    write = "write"
    """Keep pages, in the challenge or in a journal of her own."""
    meet = "meet"
    """Be among others: her cohort, and later the community."""


@dataclass(frozen=True)
class Entitlement:
    """Everything that decides what one member may open. Empty for somebody who bought nothing."""

    came_by: AccessType | None = None
    challenge_session_id: UUID | None = None
    challenge_until: datetime | None = None
    subscription: SubscriptionStatus | None = None
    past_due_since: datetime | None = None
    has_community: bool = False
    closed_reason: str = ""
    """An admin's, for her no."""
    taken_back: PurchaseStatus | None = None
    """`refunded` or `disputed`: a place she had bought, while nothing else opens the challenge."""
    trial_until: datetime | None = None
    """When she is charged for the first time, while she tries the journal."""
    journal_until: datetime | None = None
    """When a subscription she has cancelled ends."""

    @property
    def has_start_to_choose(self) -> bool:
        """A place, and no session to live it in."""
        return self.came_by is not None and self.challenge_session_id is None

    def challenge(self, now: datetime) -> Door:
        """Without an end: she has a place to take, and no session yet."""
        if self.came_by is None or (self.challenge_until is not None and self.challenge_until <= now):
            return Door.closed
        return Door.open

    def journal(self, now: datetime) -> Door:
        """A subscription's; the challenge has its own."""
        return journal_door(self.subscription, self.past_due_since, now)

    @property
    def journal_closes_at(self) -> datetime | None:
        """When the grace of a card that was refused is over."""
        if self.subscription is SubscriptionStatus.past_due and self.past_due_since:
            return self.past_due_since + PAST_DUE_GRACE
        return None

    def allows(self, right: Right, now: datetime) -> bool:
        """The one function that answers what somebody may do.

        A cohort is met while the challenge is hers, the community for good from the last day on.
        """
        has_challenge = self.challenge(now) is Door.open
        match right:
            case Right.start:
                return has_challenge
            case Right.write:
                return has_challenge or self.journal(now) is not Door.closed
            case Right.meet:
                return has_challenge or self.has_community


NOTHING = Entitlement()
"""Of somebody who bought nothing, and of somebody nothing is known of."""
