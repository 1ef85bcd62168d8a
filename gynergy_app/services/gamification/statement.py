"""The member's ledger as a statement: every row explained, with the balance it left behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from gynergy_app.domain.accounts import Member
from gynergy_app.domain.gamification import BADGE_REWARD, Activity, Award, Band, Rules
from gynergy_app.domain.journaling import local_time
from gynergy_app.domain.referrals import MILESTONE, REFERRAL
from gynergy_app.domain.text import spoken_day
from gynergy_app.models.gamification import PointsTransaction
from gynergy_app.models.journaling import ActionLog, Journal
from gynergy_app.repositories import points_transactions
from gynergy_app.services import programs
from gynergy_app.services.gamification import stories
from gynergy_app.services.programs import Enrolled

NAMES = {
    Activity.morning_journal: "Morning journal",
    Activity.gratitude_action: "Gratitude action",
    Activity.evening_journal: "Evening journal",
    Activity.weekly_reflection: "Weekly reflection",
    Activity.weekly_challenge: "Weekly challenge",
    Activity.vision: "Vision",
}
INVITED = {REFERRAL: "Somebody you invited", MILESTONE: "Inviting: a milestone"}
GIVEN_BY_HAND = "given_by_hand"
"""The ledger's word for points an admin gave or took, with a reason."""

RECENT_DAYS = 7


class Kind(StrEnum):
    page = "page"
    badge = "badge"
    correction = "correction"
    hand = "hand"
    invitation = "invitation"
    other = "other"


class Filter(StrEnum):
    """What of the statement is shown."""

    all = "all"
    pages = "pages"
    badges = "badges"
    corrections = "corrections"


@dataclass(frozen=True)
class Entry:
    """One row of the ledger. `at` is the member's wall clock then, `balance` the sum of all rows up to it.

    `corrects` names the row that a correction takes back.
    """

    id: UUID
    kind: Kind
    activity: str
    name: str
    day: date
    at: datetime
    points: int
    balance: int
    award: Award
    reason: str = ""
    corrects: str = ""
    is_taken_back: bool = False

    def is_in(self, shown: Filter) -> bool:
        """A row that was taken back stands among the corrections too, beside the row that did it."""
        if shown is Filter.corrections:
            return self.kind is Kind.correction or self.is_taken_back
        return shown is Filter.all or shown == f"{self.kind}s"


@dataclass(frozen=True)
class Statement:
    """`entries` newest first. `streak` is the length that a page written today is counted with."""

    enrolled: Enrolled
    entries: tuple[Entry, ...]
    total: int
    rules: Rules
    streak: int

    def earned_since(self, day: date) -> int:
        return sum(entry.points for entry in self.entries if entry.day >= day)

    @property
    def today(self) -> int:
        return self.earned_since(self.enrolled.today)

    @property
    def recently(self) -> int:
        return self.earned_since(self.enrolled.today - timedelta(days=RECENT_DAYS - 1))

    @property
    def band(self) -> Band | None:
        return self.rules.band_for(self.streak)

    @property
    def multiplier(self) -> Decimal:
        return self.rules.multiplier_for(self.streak)

    @property
    def next_band(self) -> Band | None:
        return self.rules.next_band(self.streak)


async def read(
    db: AsyncSession, member: Member, session_id: UUID | None = None, *, now: datetime
) -> Statement | None:
    """None for somebody without a place in a session. Five questions."""
    enrolled = await programs.enrollment(db, member, session_id, now=now)
    if enrolled is None:
        return None
    record = await stories.read(db, member, enrolled)
    story = stories.with_freezes(record.story(member, enrolled, now))
    with_today = story.kept.with_page(Activity.morning_journal, story.today)
    rows = await points_transactions.statement(db, enrolled.session_id, member.id)
    return Statement(
        enrolled=enrolled,
        entries=entries_of(rows, member.timezone),
        total=await points_transactions.total(db, enrolled.session_id, member.id),
        rules=enrolled.rules_on(enrolled.today),
        streak=with_today.streak(story.today, story.open_from),
    )


def entries_of(rows: Iterable[PointsTransaction], timezone: str) -> tuple[Entry, ...]:
    """Newest first, by the day the points are for; what came with a page stands above it."""
    ordered = sorted(rows, key=lambda row: (row.earned_on, row.earned_at, row.source_type == "badge", row.id))
    by_id = {row.id: row for row in ordered}
    taken_back = {row.reverses_id for row in ordered}
    balance, entries = 0, []
    for row in ordered:
        balance += row.final_points
        corrected = by_id.get(row.reverses_id) if row.reverses_id else None
        entries.append(_entry(row, corrected, timezone, balance, is_taken_back=row.id in taken_back))
    return tuple(reversed(entries))


def _entry(
    row: PointsTransaction,
    corrected: PointsTransaction | None,
    timezone: str,
    balance: int,
    *,
    is_taken_back: bool,
) -> Entry:
    return Entry(
        id=row.id,
        kind=_kind(row),
        activity=row.activity_type,
        name=_name(row),
        day=row.earned_on,
        at=_wall_clock(row, timezone),
        points=row.final_points,
        balance=balance,
        award=Award.of(row.base_points, row.multiplier, row.details),
        reason=row.reason or "",
        corrects=f"{_name(corrected)}, {spoken_day(corrected.earned_on)}" if corrected else "",
        is_taken_back=is_taken_back,
    )


def _kind(row: PointsTransaction) -> Kind:
    if row.reverses_id:
        return Kind.correction
    if row.activity_type == BADGE_REWARD:
        return Kind.badge
    if row.activity_type == GIVEN_BY_HAND:
        return Kind.hand
    if row.activity_type in INVITED:
        return Kind.invitation
    return Kind.page if row.activity_type in NAMES else Kind.other


def _name(row: PointsTransaction) -> str:
    if row.activity_type == BADGE_REWARD:
        return str(row.details.get("name") or "Badge")
    known = NAMES.get(row.activity_type)  # pyright: ignore[reportArgumentType]
    return known or INVITED.get(row.activity_type) or row.activity_type.replace("_", " ").capitalize()


async def kept_at(
    db: AsyncSession, member: Member, activity: Activity, page: Journal | ActionLog | None
) -> datetime | None:
    """What her clock showed when a page was finished, wherever she is now; None while it is not."""
    if page is None or page.completed_at is None:
        return None
    row = await points_transactions.of_source(db, member.id, page.id, activity)
    return _wall_clock(row, member.timezone) if row else local_time(page.completed_at, member.timezone)


def _wall_clock(row: PointsTransaction, timezone: str) -> datetime:
    said = row.details.get("local_at")
    return datetime.fromisoformat(said) if said else local_time(row.earned_at, timezone)
