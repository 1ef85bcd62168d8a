"""Reporting a post, hiding it, showing it again. Its author hears why, and never from whom a report came."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.community import ReportReason, Verdict, detail_problem
from gynergy_app.domain.gamification_drafts import reason_problem
from gynergy_app.domain.notifications import Notice
from gynergy_app.domain.notifications.desk_notices import post_hidden_notice, post_shown_notice
from gynergy_app.domain.text import tidy, tidy_line
from gynergy_app.errors import Conflict, Invalid
from gynergy_app.repositories import community_posts, moderation_queue
from gynergy_app.repositories.community_posts import Moderated
from gynergy_app.routes import COHORT
from gynergy_app.services import audit, notifications
from gynergy_app.services.audit import Act
from gynergy_app.services.community.posts import PostGone


class SettledAlready(Conflict):
    def __init__(self) -> None:
        super().__init__("Somebody has decided about this post already.")


async def report(
    db: AsyncSession, member: Member, post_id: UUID, reason: ReportReason, typed: str, *, now: datetime
) -> bool:
    """Whether it was new: reported again by the same member, the first report stands."""
    details = tidy(typed)
    if problem := detail_problem(details):
        raise Invalid({"details": problem})
    async with elevated(db):
        outcome = await moderation_queue.add(db, post_id, reason, details, now)
    if outcome is None:
        raise PostGone
    return outcome == "reported"


async def hide(db: AsyncSession, by: Member, post_id: UUID, typed: str, *, now: datetime) -> None:
    """By a moderator of its cohort, or an admin. What was reported about it is decided with that."""
    reason = _reason(typed)
    found = await _decide(db, post_id, Verdict.hide, reason, now)
    await _record(db, by, Act.post_hidden, post_id, found, reason, now)
    notice = post_hidden_notice(found.cohort_name, reason, f"{post_id}:{now.isoformat()}")
    await _tell(db, found, notice, now)


async def show(db: AsyncSession, by: Member, post_id: UUID, *, now: datetime) -> None:
    found = await _decide(db, post_id, Verdict.show, "", now)
    await _record(db, by, Act.post_shown, post_id, found, "", now)
    await _tell(db, found, post_shown_notice(found.cohort_name, f"{post_id}:{now.isoformat()}"), now)


async def dismiss(db: AsyncSession, admin: Member, post_id: UUID, typed: str, *, now: datetime) -> None:
    """The post stays, and its author does not learn that it was reported."""
    reason = _reason(typed)
    await _decide(db, post_id, Verdict.dismiss, reason, now)
    await audit.record(db, admin, Act.report_dismissed, subject_id=post_id, reason=reason, now=now)


def _reason(typed: str) -> str:
    reason = tidy_line(typed)
    if problem := reason_problem(reason):
        raise Invalid({"reason": problem})
    return reason


async def _decide(db: AsyncSession, post_id: UUID, verdict: Verdict, reason: str, now: datetime) -> Moderated:
    async with elevated(db):
        found = await community_posts.moderate(db, post_id, verdict, reason, now)
    if found is None:
        raise SettledAlready
    return found


async def _record(
    db: AsyncSession, by: Member, act: Act, post_id: UUID, found: Moderated, reason: str, now: datetime
) -> None:
    where = {"cohort": found.cohort_name}
    await audit.record(
        db, by, act, subject_id=post_id, about=found.author_id, reason=reason, after=where, now=now
    )


async def _tell(db: AsyncSession, found: Moderated, notice: Notice, now: datetime) -> None:
    async with elevated(db):
        await notifications.tell_another(db, found.author_id, notice, href=COHORT, now=now)
