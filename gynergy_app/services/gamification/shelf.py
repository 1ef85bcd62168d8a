"""The shelf of badges: what is earned, how far the others are, and the three that are shown."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app import clock
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import BadgeCategory, Progress, Story, parse
from gynergy_app.errors import Conflict, NotFound
from gynergy_app.models.gamification import Badge, UserBadge
from gynergy_app.repositories import badges
from gynergy_app.repositories.errors import SHOWCASE_IS_FULL, sqlstate
from gynergy_app.services import programs
from gynergy_app.services.gamification import stories
from gynergy_app.services.programs import Enrolled

SHOWCASE_SIZE = 3


class NoSuchBadge(NotFound):
    def __init__(self) -> None:
        super().__init__("That badge is not on your shelf, so it cannot be shown.")


class ShowcaseFull(Conflict):
    def __init__(self) -> None:
        super().__init__("Three badges are shown already. Choose which one makes room.")


@dataclass(frozen=True)
class Held:
    """A badge somebody has: when it came, whether it has been looked at, whether it is shown."""

    id: UUID
    since: date
    is_new: bool
    is_shown: bool


@dataclass(frozen=True)
class ShelfBadge:
    """One place on the shelf. `progress` is full for a badge that is held."""

    key: str
    name: str
    words: str
    icon: str
    category: BadgeCategory
    rarity: str
    points: int
    progress: Progress
    held: Held | None


@dataclass(frozen=True)
class Shelf:
    """`showcase` may hold badges of earlier sessions, which stand on no shelf of this one."""

    enrolled: Enrolled
    badges: tuple[ShelfBadge, ...]
    showcase: tuple[ShelfBadge, ...]

    @property
    def earned(self) -> tuple[ShelfBadge, ...]:
        return tuple(badge for badge in self.badges if badge.held)

    @property
    def new(self) -> frozenset[UUID]:
        return frozenset(badge.held.id for badge in self.badges if badge.held and badge.held.is_new)


async def open(
    db: AsyncSession, member: Member, session_id: UUID | None = None, *, now: datetime
) -> Shelf | None:
    """Look at the shelf. What was new is shown as new this once, and on no device after it."""
    seen = await badges.mark_seen(db, member.id)
    return await read(db, member, session_id, now=now, just_seen=seen)


async def read(
    db: AsyncSession,
    member: Member,
    session_id: UUID | None = None,
    *,
    now: datetime,
    just_seen: frozenset[UUID] = frozenset(),
) -> Shelf | None:
    """None for somebody without a place in a session. `just_seen` are shown as new this once more."""
    enrolled = await programs.enrollment(db, member, session_id, now=now)
    if enrolled is None:
        return None
    story = stories.with_freezes((await stories.read(db, member, enrolled)).story(member, enrolled, now))
    rows = await badges.shelf(db, enrolled.session_id, member.id)
    shown = await badges.showcased(db, member.id)
    return Shelf(
        enrolled,
        tuple(_place(*row, story, member, just_seen) for row in rows if row[1] or not row[0].is_hidden),
        tuple(_place(*row, story, member, just_seen) for row in shown),
    )


async def has_room(db: AsyncSession, member: Member, user_badge_id: UUID) -> bool:
    """Whether the showcase takes this badge without giving another one up."""
    shown = {held.id for _, held in await badges.showcased(db, member.id)}
    return len(shown) < SHOWCASE_SIZE or user_badge_id in shown


async def show(
    db: AsyncSession, member: Member, user_badge_id: UUID, *, instead_of: UUID | None = None
) -> None:
    """Put a badge into the showcase; a fourth needs to say which one it replaces. Raises `ShowcaseFull`."""
    badge = await _held(db, member, user_badge_id)
    if instead_of is not None and instead_of != user_badge_id:
        (await _held(db, member, instead_of)).is_showcased = False
        await db.flush()
    badge.is_showcased = True
    try:
        await db.flush()
    except DBAPIError as refused:
        if sqlstate(refused) == SHOWCASE_IS_FULL:
            raise ShowcaseFull from refused
        raise


async def put_away(db: AsyncSession, member: Member, user_badge_id: UUID) -> None:
    """Take a badge out of the showcase; it stays on the shelf."""
    (await _held(db, member, user_badge_id)).is_showcased = False


async def _held(db: AsyncSession, member: Member, user_badge_id: UUID) -> UserBadge:
    held = await badges.find_held(db, user_badge_id, member.id)
    if held is None:
        raise NoSuchBadge
    return held


def _place(
    badge: Badge, held: UserBadge | None, story: Story, member: Member, just_seen: frozenset[UUID]
) -> ShelfBadge:
    condition = parse(badge.unlock_condition)
    return ShelfBadge(
        key=badge.key,
        name=badge.name,
        words=condition.words,
        icon=badge.icon,
        category=badge.category,
        rarity=badge.rarity,
        points=badge.points_reward,
        progress=condition.progress(story),
        held=_as_held(held, member, just_seen) if held else None,
    )


def _as_held(held: UserBadge, member: Member, just_seen: frozenset[UUID]) -> Held:
    since = clock.day_in(member.timezone, held.unlocked_at)
    return Held(held.id, since, held.is_new or held.id in just_seen, held.is_showcased)
