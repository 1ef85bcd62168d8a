"""Inviting: a link, whoever came by it, and the points when she has a place. Each is counted once."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification_drafts import reason_problem
from gynergy_app.domain.notifications.money_notices import referral_milestone_notice, referral_notice
from gynergy_app.domain.referrals import POINTS, ReferralStatus, next_milestone, tidy_referral_code
from gynergy_app.domain.text import tidy_line
from gynergy_app.errors import Conflict, Invalid
from gynergy_app.models.gamification import Badge
from gynergy_app.models.referrals import ReferralMilestone, UserReferralMilestone
from gynergy_app.repositories import referrals
from gynergy_app.repositories.referrals import Outcome
from gynergy_app.routes import BADGES
from gynergy_app.routes import POINTS as POINTS_PAGE
from gynergy_app.services import audit, notifications
from gynergy_app.services.audit import Act


class DecidedAlready(Conflict):
    def __init__(self) -> None:
        super().__init__("Somebody has decided about this invitation already.")


@dataclass(frozen=True)
class Step:
    """A milestone of inviting. `is_reached` stays, also when a place is given back."""

    name: str
    needed: int
    points: int
    is_reached: bool
    icon: str = "award"
    rarity: str = "common"


@dataclass(frozen=True)
class Inviting:
    """What the page about inviting shows. `ahead` is the number that the next milestone asks for.

    `points` came with people, `all_points` with the milestones too.
    """

    code: str
    joined: int
    on_the_way: int
    points: int
    steps: tuple[Step, ...]
    all_points: int = 0
    given_back: int = 0

    @property
    def ahead(self) -> int | None:
        return next_milestone(self.joined, [step.needed for step in self.steps])


async def read(db: AsyncSession, member: Member) -> Inviting:
    code = await referrals.code_of(db, member.id)
    rows = await referrals.milestones(db, member.id)
    return Inviting(
        code=code.code if code else "",
        joined=await referrals.count(db, member.id, ReferralStatus.converted),
        on_the_way=await referrals.count(db, member.id, ReferralStatus.pending),
        points=code.total_points_earned if code else 0,
        steps=tuple(_step(*row) for row in rows),
        all_points=await referrals.points(db, member.id),
        given_back=await referrals.count_given_back(db, member.id),
    )


def _step(milestone: ReferralMilestone, hers: UserReferralMilestone | None, badge: Badge | None) -> Step:
    step = Step(milestone.name, milestone.referrals_required, milestone.points_bonus, hers is not None)
    return replace(step, icon=badge.icon, rarity=badge.rarity.value) if badge else step


async def remember(
    db: AsyncSession, member: Member, typed: str, *, now: datetime, purchase_id: UUID | None = None
) -> bool:
    """Whether she now counts as invited by this link. The first one counts, and none once she has bought.

    A guest's link comes with her purchase, which is named then.
    """
    code = tidy_referral_code(typed)
    if code is None or member.is_anonymous:
        return False
    async with elevated(db):
        return await referrals.remember(db, code, now, purchase_id=purchase_id) == "remembered"


async def convert(db: AsyncSession, user_id: UUID, purchase_id: UUID, *, now: datetime) -> Outcome | None:
    """She has a place of her own: whoever invited her gets the points, unless a person has to look first."""
    async with elevated(db):
        outcome = await referrals.convert(db, user_id, purchase_id, POINTS, now)
        await _tell(db, outcome, now)
    return outcome


async def undo(db: AsyncSession, purchase_id: UUID, reason: str, *, now: datetime) -> bool:
    """The place is gone, and what came with it: a row that reverses, with the reason."""
    async with elevated(db):
        return await referrals.undo(db, purchase_id, reason, now)


async def decide(
    db: AsyncSession, admin: Member, review_id: UUID, *, is_fine: bool, reason: str, now: datetime
) -> Outcome:
    """What a person makes of an invitation with something odd. Raises `DecidedAlready` the second time."""
    words = tidy_line(reason)
    if problem := reason_problem(words):
        raise Invalid({"reason": problem})
    async with elevated(db):
        outcome = await referrals.decide(db, review_id, is_fine=is_fine, reason=words, points=POINTS, now=now)
        if outcome is None:
            raise DecidedAlready
        await _tell(db, outcome, now)
    after = {"outcome": outcome.outcome}
    await audit.record(
        db, admin, Act.referral_decided,
        subject_id=review_id, about=outcome.referrer_id, reason=words, after=after, now=now,
    )  # fmt: skip
    return outcome


async def _tell(db: AsyncSession, outcome: Outcome | None, now: datetime) -> None:
    if outcome is None or outcome.outcome != "converted":
        return
    notice = referral_notice(POINTS, outcome.referral_id)
    await notifications.tell_another(db, outcome.referrer_id, notice, href=POINTS_PAGE, now=now)
    for name in outcome.milestones:
        notice = referral_milestone_notice(name, outcome.referral_id)
        await notifications.tell_another(db, outcome.referrer_id, notice, href=BADGES, now=now)
