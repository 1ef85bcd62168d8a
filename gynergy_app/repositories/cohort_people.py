"""The members of a cohort as one of them sees the others: what each of them shows, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.cohorts import CohortRole

_PEOPLE = text("select * from private.cohort_people(:cohort_id, :search, :after_name, :after_id, :size)")
_DAYS = text("select * from private.shown_days(:cohort_id, :user_ids)")

Key = tuple[str, UUID]


@dataclass(frozen=True)
class Shown:
    """A badge somebody shows beside her name."""

    name: str
    icon: str
    rarity: str


@dataclass(frozen=True)
class Mate:
    """`members` is how many are in this cohort, the caller among them."""

    user_id: UUID
    sort_name: str
    name: str
    picture: str
    role: CohortRole
    takes_words: bool
    badges: tuple[Shown, ...]
    members: int

    @property
    def key(self) -> Key:
        return (self.sort_name, self.user_id)


@dataclass
class Days:
    """What a streak is worked out from, of somebody who shows hers."""

    timezone: str
    written: list[tuple[str, date]] = field(default_factory=list)


async def page(db: AsyncSession, cohort_id: UUID, *, search: str, after: Key | None, size: int) -> list[Mate]:
    """By name; nobody in a cohort that is not the caller's."""
    name, last = after or (None, None)
    asked = {"cohort_id": cohort_id, "search": search, "after_name": name, "after_id": last, "size": size}
    rows = await (await db.connection()).execute(_PEOPLE, asked)
    return [
        Mate(
            user_id=row.user_id,
            sort_name=row.sort_name,
            name=f"{row.first_name} {row.last_name}".strip(),
            picture=row.profile_image or "",
            role=CohortRole(row.role),
            takes_words=row.takes_words,
            badges=tuple(Shown(*badge) for badge in row.badges),
            members=row.members,
        )
        for row in rows
    ]


async def shown_days(db: AsyncSession, cohort_id: UUID, user_ids: Sequence[UUID]) -> dict[UUID, Days]:
    """Call while stepped up. Whoever keeps her streak to herself, or has no day yet, is not in it."""
    found: dict[UUID, Days] = {}
    asked = {"cohort_id": cohort_id, "user_ids": list(user_ids)}
    for row in await (await db.connection()).execute(_DAYS, asked):
        found.setdefault(row.user_id, Days(row.timezone)).written.append((row.kind, row.day))
    return found
