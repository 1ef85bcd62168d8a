"""Where pages of an archive return to, and what each of them sets off there."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.domain.accounts import Member, is_timezone, known_timezones
from gynergy_app.domain.gamification import Activity
from gynergy_app.domain.journaling import zone_showing
from gynergy_app.models.programs import Action
from gynergy_app.repositories.book_sessions import Living
from gynergy_app.services import gamification
from gynergy_app.services.archives.rows import ArchivedRun, Row, day_in, moment_in, wall_in
from gynergy_app.services.gamification.recompute import Law
from gynergy_app.services.programs import Enrolled

FIRST, THEN, LAST, AFTER_ALL = range(4)
"""Within one moment: what somebody wrote, what that brought back, how it read before, what was chosen."""


@dataclass(frozen=True)
class Step:
    """`do` says whether something came back; False where it was here already, None where nothing counts."""

    at: datetime
    order: int
    table: str
    do: Callable[[], Awaitable[bool | None]]


@dataclass(frozen=True)
class Place:
    """One session of an archive on its way into one of a member. `moved`: rows by their former ids.

    `is_exact` where the ledger comes along as it was; else every page earns by what was in force on its day,
    which `law` tells. `challenges` are those of its book, in order.
    """

    db: AsyncSession
    member: Member
    living: Living
    run: ArchivedRun
    tables: Mapping[str, list[Row]]
    pictures: Set[str]
    now: datetime
    law: Law
    challenges: Sequence[Action]
    is_exact: bool = False
    moved: dict[str, str] = field(default_factory=dict)

    @property
    def session_id(self) -> UUID:
        return self.living.session.id

    @property
    def hers(self) -> dict[str, Any]:
        return {"user_id": self.member.id, "session_id": self.session_id}

    @cached_property
    def writer(self) -> Member:
        """The member by the clock of her archive: wherever she is now, its days were lived by that one."""
        said: Row = next(self.rows("profile_settings"), {})
        zone = said.get("timezone")
        return replace(self.member, timezone=zone) if is_timezone(zone) else self.member

    @cached_property
    def _clocks(self) -> dict[str, datetime]:
        """What her clock showed when a page was counted, by the id it had."""
        found: dict[str, datetime] = {}
        for row in self.rows("points_transactions"):
            said = row.get("metadata")
            if isinstance(said, Mapping) and (wall := wall_in(said, "local_at")):
                found[str(row.get("source_id"))] = wall
        return found

    def writer_of(self, row: Row, at: datetime) -> Member:
        """By the clock this very page was kept by: she may have travelled."""
        wall = self._clocks.get(str(row.get("id")))
        if wall is None:
            return self.writer
        zones = (self.writer.timezone, *sorted(known_timezones()))
        return replace(self.writer, timezone=zone_showing(wall, at, zones) or self.writer.timezone)

    def enrolled_at(self, moment: datetime, writer: Member) -> Enrolled:
        """Her place as of that moment, with what pages and badges were worth then."""
        enrolled = Enrolled.of(self.living, clock.day_in(writer.timezone, moment))
        return replace(
            enrolled,
            worth=self.law.worth[enrolled.book_id].at(moment),
            rules=self.law.rules.at(moment),
            rewards={badge_id: reward.at(moment) for badge_id, reward in self.law.rewards.items()},
        )

    def rows(self, table: str) -> Iterator[Row]:
        yield from self.tables.get(table, [])

    def dated(self, table: str) -> Iterator[tuple[Row, date]]:
        today = clock.day_in(self.member.timezone, self.now)
        for row in self.rows(table):
            day = day_in(row, "entry_date")
            if day and self.run.holds(day, today):
                yield row, day

    def written_at(self, row: Row, name: str = "created_at") -> datetime:
        return moment_in(row, name, self.now) or self.now

    def moments(self, row: Row) -> dict[str, Any]:
        """When it was begun and last changed."""
        return {name: self.written_at(row, name) for name in ("created_at", "updated_at")}

    def images(self, row: Row) -> list[str]:
        keys = row.get("images")
        names = [str(key).rpartition("/")[2] for key in keys] if isinstance(keys, list) else []
        return [f"{self.member.id}/{name}" for name in names if name in self.pictures]

    def move(self, row: Row, new_id: UUID) -> None:
        self.moved[str(row.get("id"))] = str(new_id)

    async def keep(self, row: Row, activity: Activity, day: date, source_id: UUID, at: datetime) -> None:
        if not self.is_exact:
            writer = self.writer_of(row, at)
            enrolled = self.enrolled_at(at, writer)
            await gamification.keep(self.db, writer, enrolled, activity, day=day, source_id=source_id, now=at)

    async def credit(self, row: Row, source_id: UUID, at: datetime) -> None:
        if not self.is_exact:
            writer = self.writer_of(row, at)
            enrolled = self.enrolled_at(at, writer)
            await gamification.credit(self.db, writer, enrolled, Activity.vision, source_id=source_id, now=at)

    async def look_for_badges(self, at: datetime) -> None:
        if not self.is_exact:
            enrolled = self.enrolled_at(at, self.writer)
            await gamification.look_for_badges(self.db, self.writer, enrolled, now=at)
