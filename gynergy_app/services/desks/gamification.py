"""The gamification desk: badges, multiplier bands and point values. What is in a ledger stays as it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.db import elevated
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import (
    BOOK_COLUMNS,
    RULE_FIELDS,
    Activity,
    Band,
    Extra,
    MultiplierType,
    Rules,
    parse,
)
from gynergy_app.domain.gamification_drafts import BadgeDraft, BandDraft, ValueDraft, overlap_problem
from gynergy_app.domain.program_drafts import Circumstances
from gynergy_app.errors import Conflict, Invalid, NotFound
from gynergy_app.models.gamification import Badge, MultiplierConfig, PointValue
from gynergy_app.models.programs import Book
from gynergy_app.repositories import (
    audit_log,
    badges,
    books,
    multiplier_configs,
    point_values,
)
from gynergy_app.repositories.audit_log import Recorded
from gynergy_app.repositories.errors import UNIQUE_VIOLATION, sqlstate
from gynergy_app.services import audit
from gynergy_app.services.audit import Act

EASTERNMOST = "Etc/GMT-14"
"""Where a day begins first. A value for a day that has begun anywhere is in force there."""

AUDIT_SHOWN = 40
KINDS = ("badge", "band", "value", "points")


class NoSuchBadge(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such badge any more. The list shows them all.")


class NoSuchBand(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such band any more. The list shows them all.")


class ValueInForce(Conflict):
    def __init__(self) -> None:
        super().__init__("This value is in force already, or gone. Announce another one instead.")


@dataclass(frozen=True)
class BadgeLine:
    """`words` say what it takes, made from the condition itself."""

    badge: Badge
    words: str
    holders: int


@dataclass(frozen=True)
class BandLine:
    row: MultiplierConfig
    band: Band


@dataclass(frozen=True)
class ValueLine:
    """`is_ahead`: its day has begun nowhere, so it can still be taken back."""

    value: PointValue
    is_ahead: bool


@dataclass(frozen=True)
class Values:
    """`first` is what everything began with, in the order of the list."""

    book: Book
    first: Mapping[Activity | Extra, int]
    lines: tuple[ValueLine, ...]


@dataclass(frozen=True)
class Desk:
    badges: tuple[BadgeLine, ...]
    bands: tuple[BandLine, ...]
    values: tuple[Values, ...]
    audit: tuple[Recorded, ...]


async def read(db: AsyncSession, *, now: datetime) -> Desk:
    holders = await badges.holders(db)
    begun = _begun(now)
    rules = await multiplier_configs.rules_in_force(db)
    lines = [
        Values(
            book,
            first_values(book, rules),
            tuple(ValueLine(v, v.effective_on > begun) for v in await point_values.of_book(db, book.id)),
        )
        for book in await books.everything(db)
    ]
    return Desk(
        badges=tuple(
            BadgeLine(badge, parse(badge.unlock_condition).words, holders.get(badge.id, 0))
            for badge in await badges.every(db)
        ),
        bands=tuple(BandLine(row, _band(row)) for row in await multiplier_configs.bands(db)),
        values=tuple(lines),
        audit=tuple(await audit_log.about_kinds(db, KINDS, AUDIT_SHOWN)),
    )


async def change_badge(
    db: AsyncSession, admin: Member, badge_id: UUID, typed: Mapping[str, Any], *, now: datetime
) -> bool:
    """False when everything was as it is already. Points count for whoever earns it from now on."""
    badge = await books.find_part(db, Badge, badge_id)
    if badge is None:
        raise NoSuchBadge
    columns = _checked(BadgeDraft.of(typed), clock.day_in(admin.timezone, now))
    before = {name: getattr(badge, name) for name, value in columns.items() if getattr(badge, name) != value}
    if not before:
        return False
    was = {"name": badge.name, **before}
    async with elevated(db):
        for name in before:
            setattr(badge, name, columns[name])
    after = {"name": badge.name, **{name: columns[name] for name in before}}
    await audit.record(db, admin, Act.badge_changed, subject_id=badge_id, before=was, after=after, now=now)
    return True


async def typed_badge(db: AsyncSession, badge_id: UUID) -> tuple[BadgeDraft, str]:
    """A badge as its form shows it, and what takes it."""
    badge = await books.find_part(db, Badge, badge_id)
    if badge is None:
        raise NoSuchBadge
    return BadgeDraft.of(badge.model_dump()), parse(badge.unlock_condition).words


async def typed_band(db: AsyncSession, band_id: UUID) -> BandDraft:
    row = await _held_band(db, band_id)
    band = _band(row)
    return BandDraft(
        shortest=str(band.shortest),
        longest="" if band.longest is None else str(band.longest),
        multiplier=f"{band.multiplier.normalize():f}",
        is_active="on" if row.is_active else "",
    )


async def add_band(db: AsyncSession, admin: Member, typed: Mapping[str, Any], *, now: datetime) -> UUID:
    columns = await _checked_band(db, admin, BandDraft.of(typed), None, now)
    row = MultiplierConfig(multiplier_type=MultiplierType.streak, **columns)
    async with elevated(db):
        db.add(row)
        await _flush_band(db)
    await audit.record(db, admin, Act.band_added, subject_id=row.id, after=columns, now=now)
    return row.id


async def change_band(
    db: AsyncSession, admin: Member, band_id: UUID, typed: Mapping[str, Any], *, now: datetime
) -> bool:
    """Edit it or switch it off; for pages finished from now on. Ledger rows keep the band they came by."""
    await multiplier_configs.hold(db)
    row = await _held_band(db, band_id)
    columns = await _checked_band(db, admin, BandDraft.of(typed), band_id, now)
    was = {name: getattr(row, name) for name in columns}
    if was == columns:
        return False
    async with elevated(db):
        for name, value in columns.items():
            setattr(row, name, value)
        await _flush_band(db)
    await audit.record(db, admin, Act.band_changed, subject_id=band_id, before=was, after=columns, now=now)
    return True


async def announce(
    db: AsyncSession, admin: Member, book_id: UUID, typed: Mapping[str, Any], *, now: datetime
) -> UUID:
    """A value that holds for pages of that day and later, until the next one."""
    columns = _checked(ValueDraft.of(typed), _begun(now))
    if await point_values.is_announced(db, book_id, columns["activity"], columns["effective_on"]):
        raise Invalid({"effective_on": "This day has its value for it already. Take that one back first."})
    row = PointValue(book_id=book_id, set_by=admin.id, created_at=now, **columns)
    async with elevated(db):
        db.add(row)
    after = {**columns, "book_id": book_id}
    await audit.record(db, admin, Act.value_announced, subject_id=row.id, after=after, now=now)
    return row.id


async def take_back_value(db: AsyncSession, admin: Member, value_id: UUID, *, now: datetime) -> None:
    row = await point_values.find(db, value_id)
    if row is None or row.effective_on <= _begun(now):
        raise ValueInForce
    before = {
        "activity": row.activity,
        "points": row.points,
        "effective_on": row.effective_on,
        "book_id": row.book_id,
    }
    async with elevated(db):
        await db.delete(row)
    await audit.record(db, admin, Act.value_taken_back, subject_id=value_id, before=before, now=now)


def first_values(book: Book, rules: Rules) -> dict[Activity | Extra, int]:
    """What a program began with: each activity, and what is added to them."""
    worth = {activity: getattr(book, column) for activity, column in BOOK_COLUMNS.items()}
    return {**worth, **{extra: getattr(rules, name) for extra, name in RULE_FIELDS.items()}}


def _begun(now: datetime) -> date:
    """The latest day anybody is living."""
    return clock.day_in(EASTERNMOST, now)


def _checked(draft: BadgeDraft | ValueDraft | BandDraft, today: date) -> dict[str, Any]:
    if problems := draft.problems(Circumstances(today)):
        raise Invalid(problems)
    return draft.columns()


async def _checked_band(
    db: AsyncSession, admin: Member, draft: BandDraft, band_id: UUID | None, now: datetime
) -> dict[str, Any]:
    """Held together: two admins cannot make two bands overlap at one moment."""
    await multiplier_configs.hold(db)
    columns = _checked(draft, clock.day_in(admin.timezone, now))
    others = [row for row in await multiplier_configs.bands(db) if row.id != band_id]
    if any(row.name == columns["name"] for row in others):
        raise Invalid({"shortest": "There is a band for this stretch already. Edit that one."})
    active = [_band(row) for row in others if row.is_active]
    if columns["is_active"] and (problem := overlap_problem(draft.band, active)):
        raise Invalid({"shortest": problem})
    return columns


async def _held_band(db: AsyncSession, band_id: UUID) -> MultiplierConfig:
    row = await books.find_part(db, MultiplierConfig, band_id)
    if row is None or row.multiplier_type is not MultiplierType.streak:
        raise NoSuchBand
    return row


def _band(row: MultiplierConfig) -> Band:
    longest = row.condition.get("max")
    return Band(int(row.condition["min"]), None if longest is None else int(longest), row.multiplier_value)


async def _flush_band(db: AsyncSession) -> None:
    try:
        await db.flush()
    except DBAPIError as refused:
        if sqlstate(refused) == UNIQUE_VIOLATION:
            raise Conflict("Somebody else has just added this band. Nothing of yours was lost.") from refused
        raise
