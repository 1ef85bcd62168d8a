"""A run over many ledgers, a batch of members at a time: each batch is kept before the next one begins."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.gamification import RecountStatus
from gynergy_app.models.gamification import Recount, RecountDifference
from gynergy_app.repositories import ledger_sources, recounts
from gynergy_app.repositories.ledger_sources import Whose
from gynergy_app.services.gamification import recompute
from gynergy_app.services.gamification.recompute import NOBODY, Checked, Difference

MEMBERS_AT_ONCE = 50
KEPT_DIFFERENCES = 500
"""Beyond these they are counted only: somebody must look at the first ones anyway."""

OVER = (RecountStatus.done, RecountStatus.failed)


async def go_on(db: AsyncSession, recount_id: UUID, *, now: datetime) -> bool:
    """Look at the next members; False when there is nobody left. For the worker."""
    recount = await recounts.take(db, recount_id)
    if recount is None or recount.status in OVER:
        return False
    whose = Whose(recount.user_id, recount.cohort_id)
    if recount.status is RecountStatus.waiting:
        recount.status, recount.started_at = RecountStatus.running, now
        recount.members = await ledger_sources.count(db, whose)
    users = await ledger_sources.members(db, whose, recount.reached or NOBODY, MEMBERS_AT_ONCE)
    if not users:
        recount.status, recount.finished_at = RecountStatus.done, now
        return False
    _keep(db, recount, await recompute.check(db, await recompute.read_law(db), users, now=now), len(users))
    return True


async def give_up(db: AsyncSession, recount_id: UUID, *, now: datetime) -> None:
    recount = await recounts.take(db, recount_id)
    if recount and recount.status not in OVER:
        recount.status, recount.finished_at = RecountStatus.failed, now


def _keep(db: AsyncSession, recount: Recount, checked: Checked, members: int) -> None:
    room = max(KEPT_DIFFERENCES - recount.differences, 0)
    recounts.keep(db, [_row(recount, difference) for difference in checked.differences[:room]])
    recount.members_done += members
    recount.rows_checked += checked.rows
    recount.differences += len(checked.differences)
    recount.reached = checked.last


def _row(recount: Recount, found: Difference) -> RecountDifference:
    return RecountDifference(
        recount_id=recount.id,
        user_id=found.user_id,
        session_id=found.session_id,
        kind=found.kind,
        what=found.what,
        day=found.day,
        kept=found.kept,
        expected=found.expected,
    )
