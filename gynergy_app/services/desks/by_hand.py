"""Points an admin gives or takes back: one row of the ledger each, with its reason; the member is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import RecountScope
from gynergy_app.domain.gamification_drafts import AwardDraft, reason_problem
from gynergy_app.domain.notifications.desk_notices import by_hand_notice
from gynergy_app.domain.program_drafts import Circumstances
from gynergy_app.domain.text import tidy_line
from gynergy_app.errors import Conflict, Invalid, NotFound
from gynergy_app.models.accounts import User
from gynergy_app.models.gamification import PointsTransaction, Recount
from gynergy_app.repositories import (
    book_sessions,
    jobs,
    points_transactions,
    profile_settings,
    recounts,
    session_enrollments,
    users,
)
from gynergy_app.repositories.recounts import Asked, Found
from gynergy_app.routes import POINTS
from gynergy_app.services import audit, notifications
from gynergy_app.services.audit import Act
from gynergy_app.services.gamification.recompute import BY_HAND
from gynergy_app.services.gamification.statement import GIVEN_BY_HAND
from gynergy_app.services.roles import NoSuchMember

RECOUNTS_SHOWN = 8
DIFFERENCES_SHOWN = 100
GIVEN_SHOWN = 20


class NoSuchRow(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such row in this ledger.")


@dataclass(frozen=True)
class Given:
    """A row somebody wrote by hand, and whose it is."""

    row: PointsTransaction
    name: str
    is_taken_back: bool


async def given(db: AsyncSession) -> list[Given]:
    """The newest first."""
    rows = await points_transactions.by_hand(db, BY_HAND, GIVEN_SHOWN)
    return [Given(row, _name(user), is_back) for row, user, is_back in rows]


async def award_to_address(
    db: AsyncSession, admin: Member, email: str, typed: Mapping[str, Any], key: UUID, *, now: datetime
) -> str:
    """As `award`, for whoever has this address; the answer is her name."""
    person = await users.find_by_email(db, tidy_line(email))
    if person is None:
        others = AwardDraft.of(typed).problems(Circumstances(clock.day_in(admin.timezone, now)))
        raise Invalid({**others, "email": "Nobody is here with this address."})
    await award(db, admin, person.id, typed, key, now=now)
    return _name(person)


async def award(
    db: AsyncSession, admin: Member, user_id: UUID, typed: Mapping[str, Any], key: UUID, *, now: datetime
) -> int:
    """Add a row to the member's ledger; `key` names the form, so that a form sent twice counts once."""
    draft = AwardDraft.of(typed)
    if problems := draft.problems(Circumstances(clock.day_in(admin.timezone, now))):
        raise Invalid(problems)
    person, points = await _held(db, user_id), draft.amount or 0
    today = clock.day_in((await profile_settings.get(db, user_id)).timezone, now)
    living = await book_sessions.find_living(db, user_id, today)
    if living is None:
        raise Invalid({"points": "This member has no place in a session, and so no ledger to write in."})
    await _require_enough(db, living.session.id, user_id, points)
    row = PointsTransaction(
        user_id=user_id,
        session_id=living.session.id,
        activity_type=GIVEN_BY_HAND,
        base_points=points,
        final_points=points,
        source_type=BY_HAND,
        source_id=key,
        earned_on=today,
        earned_at=now,
        reason=draft.reason,
    )
    async with elevated(db):
        is_new = await points_transactions.add_once(db, [row])
    if is_new:
        after = {"points": points, "row": row.id}
        await _conclude(db, admin, Act.points_awarded, person, row, draft.reason, after, now)
    return points


async def take_back(db: AsyncSession, admin: Member, row_id: UUID, reason: str, *, now: datetime) -> None:
    """A row that reverses another one, and says why. Both stay."""
    words = tidy_line(reason)
    if problem := reason_problem(words):
        raise Invalid({"reason": problem})
    wrong = await points_transactions.find(db, row_id)
    if wrong is None:
        raise NoSuchRow
    person = await _held(db, wrong.user_id)
    if wrong.reverses_id or await points_transactions.is_reversed(db, row_id):
        raise Conflict("This row was taken back already, or takes another one back.")
    if wrong.session_id:
        await _require_given(db, wrong.session_id, wrong)
    today = clock.day_in((await profile_settings.get(db, wrong.user_id)).timezone, now)
    row = PointsTransaction(
        user_id=wrong.user_id,
        session_id=wrong.session_id,
        activity_type=wrong.activity_type,
        base_points=-wrong.final_points,
        final_points=-wrong.final_points,
        source_type=wrong.source_type,
        source_id=wrong.source_id,
        details=wrong.details,
        earned_on=today,
        earned_at=now,
        reverses_id=wrong.id,
        reason=words,
    )
    async with elevated(db):
        db.add(row)
    before, after = {"points": wrong.final_points, "row": wrong.id}, {"points": 0, "row": row.id}
    await _conclude(db, admin, Act.points_taken_back, person, row, words, after, now, before=before)


async def find_address(db: AsyncSession, email: str) -> UUID | None:
    person = await users.find_by_email(db, tidy_line(email))
    return person.id if person else None


async def recent(db: AsyncSession) -> list[Asked]:
    return await recounts.latest(db, RECOUNTS_SHOWN)


async def found(db: AsyncSession, recount_id: UUID) -> list[Found]:
    return await recounts.differences(db, recount_id, DIFFERENCES_SHOWN)


async def ask_recount(
    db: AsyncSession,
    admin: Member,
    scope: RecountScope,
    *,
    user_id: UUID | None = None,
    cohort_id: UUID | None = None,
    now: datetime,
) -> UUID:
    """Have ledgers worked out anew by the worker. It compares, and writes into none of them."""
    recount = Recount(scope=scope, user_id=user_id, cohort_id=cohort_id, asked_by=admin.id, created_at=now)
    async with elevated(db):
        db.add(recount)
        await db.flush()
        await jobs.enqueue(db, "recount", recount_id=str(recount.id))
    return recount.id


def _name(person: User) -> str:
    return f"{person.first_name} {person.last_name}".strip() or person.email or "Guest"


async def _held(db: AsyncSession, user_id: UUID) -> User:
    """A page finished meanwhile comes before or after, never between."""
    await session_enrollments.hold_practice(db, user_id)
    person = await users.find(db, user_id)
    if person is None:
        raise NoSuchMember
    return person


async def _require_enough(db: AsyncSession, session_id: UUID, user_id: UUID, points: int) -> None:
    total = await points_transactions.total(db, session_id, user_id)
    if total + points < 0:
        raise Invalid({"points": f"There are {total:,} points in this ledger, so no more can be taken off."})


async def _require_given(db: AsyncSession, session_id: UUID, wrong: PointsTransaction) -> None:
    total = await points_transactions.total(db, session_id, wrong.user_id)
    if total < wrong.final_points:
        raise Conflict(
            f"There are {total:,} points in this ledger, fewer than this row gave."
            " Take back first what was taken off it."
        )


async def _conclude(
    db: AsyncSession,
    admin: Member,
    act: Act,
    person: User,
    row: PointsTransaction,
    reason: str,
    after: Mapping[str, Any],
    now: datetime,
    *,
    before: Mapping[str, Any] | None = None,
) -> None:
    """Written down, and told by the bell."""
    await audit.record(
        db,
        admin,
        act,
        subject_id=row.id,
        about=person.id,
        reason=reason,
        before=before,
        after=after,
        now=now,
    )
    told = Member(person.id, person.email or "", person.first_name, person.last_name, "UTC")
    async with elevated(db):
        notifications.tell(db, told, by_hand_notice(row.final_points, reason, row.id), href=POINTS, now=now)
