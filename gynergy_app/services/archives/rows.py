"""Rows of an archive, read one value at a time: what makes no sense is as if it were not there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from gynergy_app.domain.journaling import Draft
from gynergy_app.services.archives.opening import NOT_READABLE, ArchiveRefused

Row = Mapping[str, Any]
Written = TypeVar("Written", bound=Draft)
Chosen = TypeVar("Chosen", bound=StrEnum)

LONGEST_RUN = timedelta(days=400)
BEFORE_DAY_ONE = timedelta(days=60)
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""Nothing was written here before the one, and no session begins after the other."""


@dataclass(frozen=True)
class ArchivedRun:
    """A session as an archive names it."""

    id: str
    slug: str
    start: date
    end: date
    enrolled_on: date

    @classmethod
    def of(cls, row: Row) -> "ArchivedRun":
        """Raises `ArchiveRefused`: without its days nothing of a session has a place."""
        start, end = day_in(row, "start_date"), day_in(row, "end_date")
        if not start or not end or not start <= end <= start + LONGEST_RUN:
            raise ArchiveRefused(NOT_READABLE)
        enrolled_on = day_in(row, "enrolled_on") or start
        return cls(str(row.get("id")), str(row.get("slug")), start, end, enrolled_on)

    def holds(self, day: date | None, today: date) -> bool:
        return day is not None and self.start - BEFORE_DAY_ONE <= day <= today + timedelta(days=1)


def day_in(row: Row, name: str) -> date | None:
    try:
        day = date.fromisoformat(str(row.get(name)))
    except ValueError:
        return None
    return day if EARLIEST.date() <= day <= LATEST.date() else None


def moment_in(row: Row, name: str, now: datetime) -> datetime | None:
    """A point in time that has passed."""
    try:
        moment = datetime.fromisoformat(str(row.get(name)))
    except ValueError:
        return None
    return moment if moment.tzinfo and EARLIEST <= moment <= now else None


def wall_in(row: Row, name: str) -> datetime | None:
    """What a clock on a wall showed: a time without a zone."""
    try:
        wall = datetime.fromisoformat(str(row.get(name)))
    except ValueError:
        return None
    return None if wall.tzinfo else wall


def id_in(row: Row, name: str) -> UUID | None:
    try:
        return UUID(str(row.get(name)))
    except ValueError:
        return None


def number_in(row: Row, name: str) -> int:
    value = row.get(name)
    return value if isinstance(value, int) and 0 <= value < 2**31 else 0


def choice_in(kind: type[Chosen], row: Row, name: str) -> Chosen | None:
    value = row.get(name)
    return kind(value) if isinstance(value, str) and value in set(kind) else None


def draft_in(kind: type[Written], row: Row, what: str) -> Written:
    """Its words. Raises `ArchiveRefused` where they are more than a page holds: no text is ever cut."""
    draft = kind.of(row)
    if draft.too_long():
        raise ArchiveRefused(f"{what} holds more than fits on a page here. Nothing was taken in.")
    return draft
