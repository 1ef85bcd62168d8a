"""A member's own ledger, as her archive has it: points, badges and forgiven days exactly as they were.

Only for an archive that we made for this person, in a place that has no ledger yet: worked out anew they
would be another account's, with its bands, its clock and its friends.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from gynergy_app.db import elevated
from gynergy_app.domain.gamification import StreakEventKind
from gynergy_app.models.gamification import PointsTransaction, StreakEvent, UserBadge
from gynergy_app.repositories import graduates, points_transactions, restored_rows, user_entitlements
from gynergy_app.services import audit
from gynergy_app.services.archives.place import Place
from gynergy_app.services.archives.rows import Row, choice_in, day_in, id_in, moment_in, number_in
from gynergy_app.services.audit import Act
from gynergy_app.services.gamification.keeping import COUNTERS, PAGE, WEEKLY_COUNTERS
from gynergy_app.services.gamification.recompute import BY_HAND
from gynergy_app.services.gamification.unlocking import BADGE

FROM_ARCHIVE = "Brought along with her own archive."


async def bring_along(place: Place) -> None:
    """After the pages: what they earned, and what their last day opened."""
    async with elevated(place.db):
        place.db.add_all(_forgiven(place))
        place.db.add_all(await _badges(place))
        await place.db.flush()
        rows = list(_entries(place))
        await points_transactions.add_once(place.db, [row for row in rows if not row.reverses_id])
        await points_transactions.add_once(place.db, [row for row in rows if row.reverses_id])
        _count(place)
        await _open_again(place)
    for row in rows:
        if row.source_type == BY_HAND:
            await _record(place, row)


def _forgiven(place: Place) -> Iterator[StreakEvent]:
    for row in place.rows("streak_events"):
        day, kind = day_in(row, "day"), choice_in(StreakEventKind, row, "kind")
        if day and kind:
            yield StreakEvent(**place.hers, day=day, kind=kind, created_at=place.written_at(row))


async def _badges(place: Place) -> list[UserBadge]:
    known = await restored_rows.badge_ids(place.db)
    found: list[UserBadge] = []
    for row in place.rows("user_badges"):
        badge_id = id_in(row, "badge_id")
        if badge_id not in known or badge_id is None:
            continue
        held = UserBadge(
            **place.hers,
            id=_new_id(place, row),
            badge_id=badge_id,
            unlocked_at=place.written_at(row, "unlocked_at"),
            is_showcased=row.get("is_showcased") is True,
            is_new=row.get("is_new") is True,
        )
        place.move(row, held.id)
        found.append(held)
    return found


def _entries(place: Place) -> Iterator[PointsTransaction]:
    """Every line whose page or badge came back, with the lines that reverse one of them."""
    here: set[str] = set()
    for row in sorted(place.rows("points_transactions"), key=lambda row: row.get("reverses_id") is not None):
        source = place.moved.get(str(row.get("source_id")))
        if source is None and row.get("source_type") not in (PAGE, BADGE):
            source = str(row.get("source_id"))
        undone = row.get("reverses_id")
        if source is None or (undone and str(undone) not in here):
            continue
        here.add(str(row.get("id")))
        yield _entry(place, row, UUID(source))


def _entry(place: Place, row: Row, source_id: UUID) -> PointsTransaction:
    undone = row.get("reverses_id")
    figures: dict[str, Any] = {
        name: int(row[name]) for name in ("base_points", "bonus_points", "final_points")
    }
    return PointsTransaction(
        **place.hers,
        **figures,
        id=_new_id(place, row),
        activity_type=str(row["activity_type"]),
        multiplier=Decimal(str(row["multiplier"])),
        source_type=str(row["source_type"]),
        source_id=source_id,
        details=row["metadata"],
        earned_on=day_in(row, "earned_on") or place.run.start,
        earned_at=moment_in(row, "earned_at", place.now) or place.now,
        reverses_id=uuid5(place.member.id, str(undone)) if undone else None,
        reason=row.get("reason"),
    )


def _new_id(place: Place, row: Row) -> UUID:
    """The same one however often it is asked for, and another one for every account."""
    return uuid5(place.member.id, str(row.get("id")))


def _count(place: Place) -> None:
    """The counters of her place as they stood, and the day from which its days were hers."""
    enrollment = place.living.enrollment
    enrollment.enrollment_date = min(enrollment.enrollment_date, place.run.enrolled_on)
    former = next(place.rows("session_enrollments"), {})
    for name in (*COUNTERS.values(), *WEEKLY_COUNTERS.values()):
        for counter in (f"{name}_completion", f"{name}_streak"):
            setattr(enrollment, counter, number_in(former, counter))
    enrollment.graduated_at = moment_in(former, "graduated_at", place.now)
    place.db.add(enrollment)


async def _open_again(place: Place) -> None:
    """Her last day had come, and our own signature says so."""
    if (at := place.living.enrollment.graduated_at) is None:
        return
    await user_entitlements.open_community(place.db, place.member.id, at)
    await graduates.join_alumni(place.db, place.member.id, at)


async def _record(place: Place, row: PointsTransaction) -> None:
    """A line that an admin wrote stands in the record, wherever it stands in a ledger."""
    await audit.record(
        place.db,
        place.member,
        Act.points_taken_back if row.reverses_id else Act.points_awarded,
        subject_id=row.id,
        about=place.member.id,
        reason=FROM_ARCHIVE,
        after={"points": row.final_points, "row": row.id},
        now=place.now,
    )
